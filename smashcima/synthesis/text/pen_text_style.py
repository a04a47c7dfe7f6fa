"""Style of a writer's text: hand, width, slant and evenness."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from smashcima.randomness import Stream
from smashcima.synthesis.pen import PenWriter, Scribe
from smashcima.synthesis.text.letters import CURSIVE_WEIGHTS, HAND_WEIGHTS, JOINED, LIFTED, HandName

_JOINED_LEAN_DEG = 7.0
"""Additional slant of joined hands, in degrees, relative to separate letters."""

_UPRIGHT_LEAN_DEG = -2.0
"""The same for the upright hand."""

_MOST_LIFTS = 0.35
"""Largest share of the pairs of letters between which a writer lifts the pen."""

_EVENNESS_OF_AVERAGE = 0.025
"""Wobble of an average writer, for which the variation of letters is specified."""

_CALM_LETTERS = 0.55
"""Variation of letters relative to that of music symbols, which are written less often and vary more."""

_CALM_BENDS = 0.4
"""The same for the bends of strokes."""

_SIZE_SPREAD = 0.06
"""Standard deviation of the logarithm of the size of letters between writers."""

_X_HEIGHTS = (0.33, 0.37, 0.41, 0.45, 0.49)
"""Heights of small letters today, in ems: a few, so that writers can share cached forms."""

_HEIGHT_STEP = 0.02
"""Step of the heights of small letters of historical hands."""

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
    long_s: bool = False
    """Whether an s inside a word is long."""
    size: float = 1.0
    """Size of letters, relative to the text font."""
    second_forms: float = 0.0
    """Share of letters in a second form."""
    abbreviations: float = 0.0
    """Share of words in which a stroke stands for a doubled m or n."""

    lifts: float = 0.0
    """Share of the pairs of letters that are not joined, in hands whose writers lift the pen."""
    lead_ins: float = 0.0
    """Share of letters that begin a word with the stroke of a joint, or end it with one, in these hands."""

    @property
    def joining_pen(self) -> PenWriter:
        """As `pen`, for letters that are joined to the next one."""
        return replace(self.pen, overshoot_jitter=0.0, end_taper=0.5 * self.pen.end_taper)

    @property
    def ruling_pen(self) -> PenWriter:
        """As `pen`, for underlines."""
        return replace(self.pen, habit=0.0, aspect=1.0, size=1.0)

    @staticmethod
    def of(writer: PenWriter) -> PenTextStyle:
        """The text style of a writer: forms depend on the seed; slant and evenness are those of the writer's music."""
        rng = Stream(writer.seed).child("words").generator()
        hand = _drawn(HAND_WEIGHTS, rng)
        cursive = Stream(writer.seed).child("words", "cursive").generator()
        if hand == "round":
            hand = _drawn(CURSIVE_WEIGHTS, cursive)
        draws = np.clip(rng.standard_normal(8), -2.0, 2.0).tolist()
        manner = Stream(writer.seed).child("words", "manner").generator()
        # Who writes wide letters also leaves more space between them.
        spread, size, evenness, drift = np.clip(manner.standard_normal(4), -2.0, 2.0).tolist()
        width = writer.aspect**0.5 * 1.06 * math.exp(0.08 * draws[2] + 0.07 * spread)
        joined = hand in JOINED
        lean = _UPRIGHT_LEAN_DEG if hand == "upright" else _JOINED_LEAN_DEG if joined else 2.0
        slant = 0.8 * writer.slant + 6.9 * draws[0] + lean
        slant = min(max(slant, -8.0), 30.0)
        unevenness = (writer.wobble / _EVENNESS_OF_AVERAGE) ** 0.7 * math.exp(0.25 * evenness)
        unevenness = min(max(unevenness, 0.15), 2.2)
        pen = replace(
            writer,
            pen_width=min(writer.pen_width * ((0.7 if joined else 0.78) + 0.06 * draws[7]), _THICKEST),
            slant=slant,
            # Wider, but not lower.
            aspect=width,
            size=width**0.5,
            slant_jitter=0.0,
            rotation_jitter=writer.rotation_jitter * 0.4,
            size_jitter=writer.size_jitter * _CALM_LETTERS,
            aspect_jitter=writer.aspect_jitter * _CALM_LETTERS,
            roundness=writer.roundness * _CALM_LETTERS,
            wobble=writer.wobble * _CALM_BENDS,
            joining=writer.joining * _CALM_LETTERS,
            overshoot=0.0,
            overshoot_jitter=writer.overshoot_jitter * 0.4,
            taper_length=min(writer.taper_length, 0.5),
            habit=min(writer.habit, 1.0),
        )
        style = PenTextStyle(
            hand=hand,
            slant_deg=slant,
            x_height=_X_HEIGHTS[min(max(round(draws[1] + (1.5 if joined else 2.0)), 0), len(_X_HEIGHTS) - 1)],
            width=width,
            gap=0.072 * math.exp(0.22 * draws[3] + 0.2 * spread),
            word_gap=0.41 * math.exp(0.1 * draws[4] + 0.12 * spread),
            drift=0.022 * unevenness * math.exp(0.35 * drift),
            climb=0.008 * draws[5],
            unevenness=unevenness,
            bold_width=1.25 + 0.08 * draws[6],
            underlines=rng.random() < 0.3,
            pen=pen,
            size=math.exp(_SIZE_SPREAD * size),
            second_forms=0.7 * writer.second_forms,
            lifts=_MOST_LIFTS * cursive.random() if hand in LIFTED else 0.0,
            lead_ins=cursive.random() if hand in LIFTED else 0.0,
        )
        scribe = writer.scribe
        return style if scribe is None or not scribe.text_hand else _of_scribe(style, writer, scribe)


def _drawn(weights: Mapping[HandName, float], rng: np.random.Generator) -> HandName:
    hands, totals = list(weights), np.cumsum(list(weights.values()))
    return hands[min(int(np.searchsorted(totals, rng.random() * totals[-1], "right")), len(hands) - 1)]


class _Usual(NamedTuple):
    """What is usual in a historical hand."""

    slant_deg: float
    slant_spread: float
    x_height: float
    width: float
    pen_width: float
    """Relative to that of music."""
    nib_angle: float
    gap: float


_USUAL: dict[str, _Usual] = {
    "roundhand": _Usual(24.0, 4.0, 0.33, 0.96, 0.29, 12.0, 0.06),
    "italic": _Usual(11.0, 4.0, 0.38, 0.94, 0.50, 38.0, 0.055),
    "kurrent": _Usual(16.0, 7.0, 0.31, 0.92, 0.28, 24.0, 0.06),
    "copperplate": _Usual(34.0, 3.0, 0.31, 0.98, 0.23, -30.0, 0.06),
}


def _of_scribe(style: PenTextStyle, writer: PenWriter, scribe: Scribe) -> PenTextStyle:
    """The style in the historical hand of a scribe, who holds the nib for words as the hand requires."""
    usual = _USUAL[scribe.text_hand]
    draws = np.clip(
        Stream(writer.seed).child("words", scribe.text_hand).generator().standard_normal(5), -2, 2
    )
    slant = usual.slant_deg + usual.slant_spread * float(draws[0])
    width = usual.width * (1 + 0.07 * float(draws[1]))
    pen = replace(
        style.pen,
        pen_width=min(writer.pen_width * usual.pen_width * (1 + 0.08 * float(draws[2])), _THICKEST),
        nib_angle=usual.nib_angle + 4.0 * float(draws[3]),
        nib_contrast=scribe.text_contrast,
        slant=slant,
        aspect=width,
        size=width**0.5,
        roundness=0.0 if scribe.text_hand == "kurrent" else 0.15,
        start_blob=0.5 * writer.start_blob,
        end_blob=0.5 * writer.end_blob,
        speed_thinning=0.0,
        scribe=replace(scribe, flexibility=scribe.text_flexibility),
    )
    hand: HandName = scribe.text_hand or style.hand
    return replace(
        style,
        hand=hand,
        slant_deg=slant,
        x_height=round((usual.x_height + 0.02 * float(draws[4])) / _HEIGHT_STEP) * _HEIGHT_STEP,
        width=width,
        gap=usual.gap,
        word_gap=style.word_gap * 0.9,
        bold_width=1.15,
        pen=pen,
        size=1.0,
        second_forms=0.0,
        long_s=scribe.long_s >= 0.5,
        abbreviations=scribe.abbreviations,
    )
