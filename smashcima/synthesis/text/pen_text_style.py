"""What a writer's words look like, apart from the pen: which hand, how wide, how upright, how even."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from smashcima.randomness import Stream
from smashcima.synthesis.pen import PenWriter
from smashcima.synthesis.text.letters import HAND_WEIGHTS, HandName

_JOINED_LEAN_DEG = 7.0
"""By how much more joined hands lean than letters apart."""

_EVENNESS_OF_AVERAGE = 0.025
"""The wobble of an average writer, at which letters vary as written here."""

_CALM_LETTERS = 0.55
"""Letters are written far more often than music symbols, and vary less: part of the writer's variation."""


_HEIGHT_STEP = 0.02
"""Heights of small letters come in these steps, so that writers share what is made ready for them."""

_THICKEST = 0.33
"""In mm: with thicker ink the loops of small letters fill."""


@dataclass(frozen=True, slots=True)
class PenTextStyle:
    """Lengths are relative to the size of the text (ems)."""

    hand: HandName
    slant_deg: float
    x_height: float
    """Height of small letters; capitals have 0.66."""
    width: float
    """Width of letters, relative to their forms."""
    gap: float
    """Clear space between letters that are not joined."""
    word_gap: float
    drift: float
    """Amplitude of slow rises and falls of the baseline."""
    climb: float
    """Mean slope of lines of text, rising positive."""
    unevenness: float
    """Amplitude of the changes of size, slant and distance from letter to letter; 1 is average."""
    bold_width: float
    """Thickness of bold words, relative to others."""
    underlines: bool
    """Whether large headings get a line below."""
    pen: PenWriter
    """The writer with the habits of writing letters: slant and width are those of the text."""
    joining_pen: PenWriter
    """The same for letters that lead to the next one."""
    ruling_pen: PenWriter
    """The same for lines below words."""

    @staticmethod
    def of(writer: PenWriter) -> PenTextStyle:
        """The style of a writer: the forms by the seed, slant and evenness as in the writer's music."""
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
