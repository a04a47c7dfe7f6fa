"""Colours of ink: thin layers are lighter and browner than thick ones."""

from __future__ import annotations

from smashcima.scene.visual import ColorBGRA

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
