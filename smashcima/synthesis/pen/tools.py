"""Hands of historical and modern tools: each is a scribe, and the distributions of its writers.

The numbers were set by eye, beside manuscripts of 1740 to 1850 and notes on modern paper: no annotated data set has
such writers. Parameters of a writer that a hand does not name have the distribution of `priors`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smashcima.errors import SettingsError, described
from smashcima.synthesis.pen.priors import Prior
from smashcima.synthesis.pen.scribe import Scribe, TextHand

Ink = tuple[tuple[int, int, int], float, float, float]
"""Colour (BGR), opacity, variation of opacity between strokes, and weight."""


@dataclass(frozen=True)
class ToolHand:
    """A kind of hand, of which every seed is a writer."""

    scribe: Scribe
    priors: Mapping[str, Prior]
    """Distributions of parameters of `PenWriter` that differ from those of the plain pen."""

    inks: Sequence[Ink]
    text_hands: Mapping[TextHand, float]
    """Hands of words and their frequency; empty for those of the plain pen."""


_IRON_GALL: tuple[Ink, ...] = (
    ((34, 44, 58), 0.93, 0.03, 3.0),
    ((28, 34, 42), 0.95, 0.02, 2.0),
    ((44, 66, 96), 0.88, 0.04, 1.5),
    ((40, 40, 44), 0.95, 0.02, 1.0),
)
_BLACK_INK: tuple[Ink, ...] = (((34, 34, 36), 0.97, 0.015, 3.0), ((30, 36, 46), 0.95, 0.02, 2.0))
_BLUE_BLACK: tuple[Ink, ...] = (
    ((48, 40, 36), 0.95, 0.02, 3.0),
    ((70, 46, 32), 0.93, 0.03, 1.5),
    ((36, 44, 56), 0.92, 0.03, 1.5),
)


def _nib(width: Prior, contrast: tuple[float, float], angle: tuple[float, float]) -> dict[str, Prior]:
    """Priors of a nib held for music: steeper than for words, so that stems are thin and beams thick."""
    return {
        "pen_width": width,
        "nib_contrast": Prior(contrast[0], contrast[1], 0.0, 0.88),
        "nib_angle": Prior(angle[0], angle[1], 20.0, 88.0),
    }


TOOL_HANDS: Mapping[str, ToolHand] = {
    # A quill cut broad, in a hurry: composers and town musicians of the 17th and 18th century.
    "quill": ToolHand(
        Scribe(
            "quill",
            flexibility=0.25,
            dip_length=1500.0,
            dry_opacity=0.5,
            dry_width=0.78,
            split=0.5,
            thin_opacity=0.84,
            thin_warmth=0.35,
            pooling=0.3,
            period="baroque",
            text_contrast=0.62,
            text_flexibility=0.6,
            long_s=0.85,
            abbreviations=0.5,
            stem_length=0.86,
            stems_right=0.5,
            compactness=0.8,
            irregularity=1.5,
            ruling_width=0.25,
            ruling_opacity=0.72,
            ruling_warmth=0.75,
            ruling_ends=1.1,
            ruling_dryness=0.35,
            custodes=0.75,
            turn_marks=0.5,
            cancellations=0.14,
            erasures=0.12,
            blots=0.6,
            empty_staves=0.8,
            fading=0.3,
            unevenness=0.12,
            tooth=0.4,
            dry_load=0.35,
            thick_load=1.5,
            even_load=0.3,
        ),
        {
            **_nib(Prior(0.40, 0.12, 0.28, 0.58, is_ratio=True), (0.58, 0.08), (60.0, 8.0)),
            "pressure": Prior(0.12, 0.03, 0.06, 0.2),
            "start_blob": Prior(0.16, 0.06, 0.02, 0.35),
            "end_blob": Prior(0.2, 0.07, 0.02, 0.4),
            "end_taper": Prior(0.15, 0.08, 0.0, 0.4),
            "size": Prior(1.02, 0.06, 0.9, 1.16, is_ratio=True),
            "stem_width": Prior(0.56, 0.1, 0.44, 0.72, is_ratio=True),
            "beam_width": Prior(0.74, 0.1, 0.6, 0.9, is_ratio=True),
            "curve_swelling": Prior(0.4, 0.15, 0.1, 0.8),
            "rastrum": Prior(0.11, 0.03, 0.05, 0.2),
            "wobble": Prior(0.024, 0.006, 0.012, 0.045),
            "slant": Prior(4.0, 4.0, -6.0, 16.0),
        },
        _IRON_GALL,
        {"kurrent": 0.35, "italic": 0.3, "roundhand": 0.35},
    ),
    # A professional copyist of the 18th century: a broad music nib, even, round and close.
    "copyist": ToolHand(
        Scribe(
            "copyist",
            flexibility=0.1,
            dip_length=2400.0,
            dry_opacity=0.6,
            dry_width=0.9,
            split=0.15,
            thin_opacity=0.84,
            thin_warmth=0.4,
            pooling=0.3,
            period="classical",
            text_contrast=0.6,
            text_flexibility=0.7,
            long_s=0.7,
            abbreviations=0.35,
            stem_length=0.84,
            stems_right=0.5,
            compactness=0.84,
            irregularity=1.0,
            ruling_width=0.22,
            ruling_opacity=0.75,
            ruling_warmth=0.7,
            ruling_ends=0.6,
            ruling_dryness=0.12,
            custodes=0.6,
            turn_marks=0.7,
            cancellations=0.04,
            erasures=0.1,
            blots=0.3,
            empty_staves=0.9,
            fading=0.25,
            unevenness=0.08,
            tooth=0.4,
            dry_load=0.6,
            thick_load=1.5,
            even_load=0.4,
        ),
        {
            **_nib(Prior(0.42, 0.1, 0.32, 0.56, is_ratio=True), (0.66, 0.06), (72.0, 6.0)),
            "pressure": Prior(0.05, 0.02, 0.02, 0.1),
            "size": Prior(1.0, 0.05, 0.9, 1.1, is_ratio=True),
            "size_jitter": Prior(0.045, 0.012, 0.02, 0.08),
            "aspect_jitter": Prior(0.05, 0.012, 0.02, 0.08),
            "slant_jitter": Prior(1.6, 0.4, 0.6, 3.0),
            "rotation_jitter": Prior(1.4, 0.4, 0.5, 2.5),
            "wobble": Prior(0.014, 0.003, 0.007, 0.022),
            "joining": Prior(0.009, 0.002, 0.004, 0.015),
            "overshoot_jitter": Prior(0.03, 0.012, 0.01, 0.06),
            "habit": Prior(0.6, 0.12, 0.3, 0.9),
            "second_forms": Prior(0.06, 0.04, 0.0, 0.2),
            "stem_width": Prior(0.46, 0.1, 0.36, 0.6, is_ratio=True),
            "beam_width": Prior(0.84, 0.08, 0.7, 1.0, is_ratio=True),
            "curve_swelling": Prior(0.5, 0.12, 0.2, 0.8),
            "rastrum": Prior(0.07, 0.02, 0.03, 0.12),
            "end_taper": Prior(0.05, 0.03, 0.0, 0.12),
            "start_taper": Prior(0.03, 0.02, 0.0, 0.1),
            "slant": Prior(2.0, 2.5, -4.0, 8.0),
        },
        _IRON_GALL,
        {"roundhand": 0.4, "italic": 0.35, "copperplate": 0.25},
    ),
    # A fair copy for presentation: a pointed, flexible pen, black ink, copperplate words.
    "engrosser": ToolHand(
        Scribe(
            "engrosser",
            flexibility=0.6,
            dip_length=3000.0,
            dry_opacity=0.65,
            dry_width=0.95,
            split=0.05,
            thin_opacity=0.82,
            thin_warmth=0.2,
            pooling=0.2,
            period="classical",
            text_contrast=0.3,
            text_flexibility=2.6,
            long_s=0.2,
            stem_length=0.94,
            stems_right=0.2,
            compactness=0.95,
            irregularity=0.7,
            ruling_width=0.15,
            ruling_opacity=0.8,
            ruling_warmth=0.35,
            ruling_ends=0.2,
            custodes=0.1,
            turn_marks=0.3,
            erasures=0.05,
            empty_staves=0.5,
            fading=0.15,
            unevenness=0.05,
            tooth=0.3,
            dry_load=0.7,
            thick_load=1.4,
            even_load=0.35,
        ),
        {
            **_nib(Prior(0.36, 0.08, 0.28, 0.46, is_ratio=True), (0.7, 0.06), (76.0, 5.0)),
            "pressure": Prior(0.03, 0.01, 0.01, 0.06),
            "size_jitter": Prior(0.028, 0.008, 0.01, 0.05),
            "aspect_jitter": Prior(0.032, 0.008, 0.01, 0.05),
            "slant_jitter": Prior(1.0, 0.3, 0.4, 2.0),
            "rotation_jitter": Prior(0.9, 0.3, 0.3, 1.6),
            "wobble": Prior(0.01, 0.002, 0.005, 0.016),
            "joining": Prior(0.006, 0.0015, 0.003, 0.01),
            "habit": Prior(0.45, 0.1, 0.2, 0.7),
            "second_forms": Prior(0.03, 0.03, 0.0, 0.1),
            "overshoot_jitter": Prior(0.025, 0.01, 0.01, 0.05),
            "line_wobble": Prior(0.0035, 0.001, 0.0015, 0.006),
            "stem_width": Prior(0.48, 0.08, 0.4, 0.6, is_ratio=True),
            "beam_width": Prior(0.82, 0.06, 0.72, 0.94, is_ratio=True),
            "curve_swelling": Prior(0.8, 0.12, 0.5, 1.1),
            "rastrum": Prior(0.035, 0.012, 0.015, 0.06),
            "end_taper": Prior(0.06, 0.03, 0.0, 0.15),
            "start_taper": Prior(0.05, 0.03, 0.0, 0.15),
            "slant": Prior(3.0, 2.0, -2.0, 8.0),
        },
        _BLACK_INK,
        {"copperplate": 0.75, "roundhand": 0.25},
    ),
    # A pointed steel pen of the 19th century: thin lines that swell, cursive words.
    "steel-nib": ToolHand(
        Scribe(
            "steel-nib",
            flexibility=0.7,
            dip_length=1800.0,
            dry_opacity=0.55,
            dry_width=0.85,
            split=0.35,
            thin_opacity=0.86,
            thin_warmth=0.2,
            pooling=0.35,
            period="romantic",
            text_contrast=0.35,
            text_flexibility=1.6,
            long_s=0.3,
            abbreviations=0.3,
            stem_length=0.94,
            compactness=0.86,
            irregularity=1.35,
            ruling_width=0.17,
            ruling_opacity=0.85,
            ruling_warmth=0.3,
            ruling_ends=0.3,
            turn_marks=0.3,
            cancellations=0.12,
            erasures=0.05,
            blots=0.35,
            empty_staves=0.6,
            fading=0.25,
            unevenness=0.09,
            tooth=0.4,
            dry_load=0.45,
            thick_load=1.4,
            even_load=0.3,
        ),
        {
            **_nib(Prior(0.30, 0.12, 0.2, 0.42, is_ratio=True), (0.32, 0.08), (58.0, 9.0)),
            "pressure": Prior(0.1, 0.03, 0.04, 0.18),
            "stem_width": Prior(0.7, 0.1, 0.56, 0.9, is_ratio=True),
            "beam_width": Prior(0.5, 0.14, 0.36, 0.72, is_ratio=True),
            "curve_swelling": Prior(0.55, 0.15, 0.2, 0.9),
            "rastrum": Prior(0.03, 0.015, 0.0, 0.08),
            "slant": Prior(8.0, 4.0, -2.0, 20.0),
        },
        _BLUE_BLACK,
        {"kurrent": 0.45, "copperplate": 0.35, "roundhand": 0.2},
    ),
    "pencil": ToolHand(
        Scribe(
            "pencil",
            dip_length=4000.0,
            dry_opacity=0.8,
            dry_width=1.25,
            thin_opacity=0.93,
            load=0.95,
            pooling=0.1,
            fading=0.12,
            unevenness=0.07,
            tooth=0.95,
            erasures=0.15,
        ),
        {
            "pen_width": Prior(0.34, 0.14, 0.24, 0.5, is_ratio=True),
            "pressure": Prior(0.14, 0.03, 0.06, 0.2),
            "start_blob": Prior(0.0, 0.01, 0.0, 0.05),
            "end_blob": Prior(0.0, 0.01, 0.0, 0.05),
            "end_taper": Prior(0.3, 0.1, 0.05, 0.6),
        },
        (
            ((92, 90, 88), 0.84, 0.06, 2.0),
            ((72, 70, 70), 0.88, 0.05, 2.0),
            ((110, 106, 104), 0.78, 0.07, 1.0),
        ),
        {},
    ),
    "ballpoint": ToolHand(
        Scribe(
            "ballpoint",
            dry_opacity=0.7,
            thin_opacity=0.94,
            full_opacity=1.12,
            load=0.8,
            pooling=0.35,
            unevenness=0.06,
            skips=0.02,
            tooth=0.5,
            cancellations=0.06,
            even_load=0.5,
        ),
        {
            "pen_width": Prior(0.25, 0.1, 0.19, 0.33, is_ratio=True),
            "pressure": Prior(0.04, 0.015, 0.01, 0.08),
            "start_taper": Prior(0.25, 0.1, 0.0, 0.5),
            "start_blob": Prior(0.0, 0.01, 0.0, 0.03),
            "end_blob": Prior(0.1, 0.05, 0.0, 0.25),
            "stem_width": Prior(0.98, 0.03, 0.9, 1.05, is_ratio=True),
        },
        (
            ((140, 56, 30), 0.88, 0.05, 3.0),
            ((44, 40, 40), 0.88, 0.05, 2.0),
            ((110, 60, 40), 0.85, 0.05, 1.0),
            ((50, 40, 180), 0.88, 0.05, 0.3),
        ),
        {},
    ),
    "felt-tip": ToolHand(
        Scribe("felt-tip", overlaps=True, cancellations=0.04),
        {
            "pen_width": Prior(0.5, 0.12, 0.38, 0.7, is_ratio=True),
            "pressure": Prior(0.03, 0.01, 0.01, 0.06),
            "speed_thinning": Prior(0.12, 0.04, 0.0, 0.25),
            "start_taper": Prior(0.02, 0.02, 0.0, 0.08),
            "end_taper": Prior(0.04, 0.03, 0.0, 0.12),
            "start_blob": Prior(0.14, 0.06, 0.0, 0.3),
            "end_blob": Prior(0.16, 0.06, 0.0, 0.35),
            "stem_width": Prior(0.92, 0.05, 0.8, 1.05, is_ratio=True),
        },
        (((28, 26, 26), 0.86, 0.01, 4.0), ((150, 60, 30), 0.8, 0.02, 1.0), ((40, 30, 190), 0.8, 0.02, 0.4)),
        {},
    ),
}
"""Hands by name. Periods of the tools: `quill` and `copyist` the 18th century, `engrosser` about 1800, `steel-nib` from
1830 on, the others our time."""


def tool_hand(name: str) -> ToolHand:
    """The hand of a name; raises a `SettingsError` if there is none."""
    hand = TOOL_HANDS.get(name) if isinstance(name, str) else None
    if hand is None:
        raise SettingsError(
            f"There is no hand {described(name)} of the pen; available: {', '.join(TOOL_HANDS)}."
        )
    return hand
