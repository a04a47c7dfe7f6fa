"""Style of a writer's text: hand, width, slant and evenness."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from smashcima.randomness import Stream
from smashcima.synthesis.pen import PenWriter
from smashcima.synthesis.text.letters import HAND_WEIGHTS, HandName

_JOINED_LEAN_DEG = 7.0
"""Additional slant of joined hands, in degrees, relative to separate letters."""

_EVENNESS_OF_AVERAGE = 0.025
"""Wobble of an average writer, for which the variation of letters is specified."""

_CALM_LETTERS = 0.55
"""Variation of letters relative to that of music symbols, which are written less often and vary more."""


_HEIGHT_STEP = 0.02
"""Step of the heights of small letters, so that writers can share cached forms."""

_THICKEST = 0.33
"""Largest pen width in mm: thicker ink fills the loops of small letters."""


@dataclass(frozen=True, slots=True)
class PenTextStyle:
    """Style of a writer's text. Lengths are in ems."""

    hand: HandName
    slant_deg: float
    x_height: float
    """Height of small letters; that of capitals is 0.66."""
    width: float
    """Width of letters, relative to their forms."""
    gap: float
    """Clear space between letters that are not joined."""
    word_gap: float
    drift: float
    """Amplitude of the waves of the baseline."""
    climb: float
    """Mean slope of lines of text; positive if they rise."""
    unevenness: float
    """Amplitude of the variation of size, slant and distance between letters; 1 is average."""
    bold_width: float
    """Thickness of bold words, relative to others."""
    underlines: bool
    """Whether large headings get a line below."""
    pen: PenWriter
    """The writer with the parameters of text: slant and width are those of letters."""
    joining_pen: PenWriter
    """As `pen`, for letters that are joined to the next one."""
    ruling_pen: PenWriter
    """As `pen`, for underlines."""

    @staticmethod
    def of(writer: PenWriter) -> PenTextStyle:
        """The text style of a writer: forms depend on the seed; slant and evenness are those of the writer's music."""
        rng = Stream(writer.seed).child("words").generator()
        hands = list(HAND_WEIGHTS)
        totals = np.cumsum(list(HAND_WEIGHTS.values()))
        hand = hands[min(int(np.searchsorted(totals, rng.random() * totals[-1], "right")), len(hands) - 1)]
        draws = np.clip(rng.standard_normal(8), -2.0, 2.0).tolist()
        width = writer.aspect**0.5 * (1.08 + 0.08 * draws[2])
        joined = hand == "round"
        slant = 0.8 * writer.slant + 4.0 * draws[0] + (_JOINED_LEAN_DEG if joined else 1.0)
        slant = min(max(slant, -8.0), 30.0)
        unevenness = min(max((writer.wobble / _EVENNESS_OF_AVERAGE) ** 0.7, 0.15), 2.2)
        pen = replace(
            writer,
            pen_width=min(writer.pen_width * ((0.7 if joined else 0.78) + 0.04 * draws[7]), _THICKEST),
            slant=slant,
            # Wider, but not lower.
            aspect=width,
            size=width**0.5,
            slant_jitter=0.0,
            rotation_jitter=writer.rotation_jitter * 0.4,
            size_jitter=writer.size_jitter * _CALM_LETTERS,
            aspect_jitter=writer.aspect_jitter * _CALM_LETTERS,
            roundness=writer.roundness * _CALM_LETTERS,
            wobble=writer.wobble * _CALM_LETTERS,
            joining=writer.joining * _CALM_LETTERS,
            overshoot=0.0,
            overshoot_jitter=writer.overshoot_jitter * 0.4,
            taper_length=min(writer.taper_length, 0.5),
            habit=min(writer.habit, 1.0),
        )
        return PenTextStyle(
            hand=hand,
            slant_deg=slant,
            x_height=round(((0.37 if joined else 0.41) + 0.03 * draws[1]) / _HEIGHT_STEP) * _HEIGHT_STEP,
            width=width,
            gap=0.07 + 0.015 * draws[3],
            word_gap=0.4 + 0.05 * draws[4],
            drift=0.02 * unevenness,
            climb=0.006 * draws[5],
            unevenness=unevenness,
            bold_width=1.25 + 0.08 * draws[6],
            underlines=rng.random() < 0.3,
            pen=pen,
            ruling_pen=replace(pen, habit=0.0, aspect=1.0, size=1.0),
            joining_pen=replace(pen, overshoot_jitter=0.0, end_taper=0.5 * pen.end_taper),
        )
