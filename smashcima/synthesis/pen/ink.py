"""Inks: thin layers are lighter and browner than thick ones."""

from __future__ import annotations

from smashcima.scene.visual import ColorBGRA, InkMedium
from smashcima.synthesis.pen.scribe import Scribe

_THIN_BROWN = (96, 128, 164)
"""Colour (BGR) of the thinnest layer of iron gall ink on paper."""

_MOST_WARMTH = 0.75
"""Share of that colour in ink of warmth 1."""

FAINTEST = 104
"""Opacity of the faintest ink, of 255."""


def thinned(color: ColorBGRA, opacity: float, warmth: float) -> ColorBGRA:
    """A thinner layer of an ink: `opacity` is a factor; `warmth` goes from 0, the same colour, to 1, light brown."""
    share = _MOST_WARMTH * min(max(warmth, 0.0), 1.0)
    blue, green, red = (
        round(own + share * (thin - own)) for own, thin in zip(color[:3], _THIN_BROWN, strict=True)
    )
    return (blue, green, red, min(max(round(color[3] * opacity), FAINTEST), 255))


def medium_of(scribe: Scribe) -> InkMedium | None:
    """The ink of a scribe within strokes; `None` if it is even."""
    is_even = (
        not (scribe.pooling or scribe.fading or scribe.unevenness or scribe.skips or scribe.tooth)
        and scribe.dry_opacity
        == scribe.thin_opacity
        == scribe.full_opacity
        == scribe.load
        == scribe.dry_load
        == 1
    )
    if is_even:
        return None
    span = scribe.full_opacity - scribe.dry_opacity
    thin = (scribe.thin_opacity - scribe.dry_opacity) / span if span > 0 else 1.0
    return InkMedium(
        load=scribe.load,
        thick_load=scribe.thick_load,
        thin_load=min(max(thin, 0.0), 1.0),
        dry_opacity=scribe.dry_opacity,
        full_opacity=scribe.full_opacity,
        thin_color=_THIN_BROWN,
        warmth=_MOST_WARMTH * min(max(scribe.thin_warmth, 0.0), 1.0),
        pooling=scribe.pooling,
        fading=scribe.fading,
        unevenness=scribe.unevenness,
        skips=scribe.skips,
        tooth=scribe.tooth,
        even_load=scribe.even_load,
    )


def ruling_medium(scribe: Scribe) -> InkMedium:
    """The ink of lines that the scribe ruled: it fails along each line, and leaves low places of the paper bare."""
    return InkMedium(
        load=0.9,
        dry_opacity=0.5,
        pooling=0.3,
        fading=min(0.15 + 0.4 * scribe.ruling_dryness, 0.6),
        unevenness=0.07 + 0.2 * min(scribe.ruling_dryness, 1.0),
        tooth=min(0.3 + 0.6 * scribe.ruling_dryness, 0.8),
        even_load=0.5,
    )
