"""Writers who use a tool: their parameters are drawn from the distributions of its hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from smashcima.randomness import Stream
from smashcima.synthesis.pen.priors import draw_ink, draw_parameters
from smashcima.synthesis.pen.scribe import TextHand
from smashcima.synthesis.pen.tools import tool_hand

_THIN_BEAM = 1.06
"""Thickness of a beam of a round pen, relative to a stem."""

_RULING_SPREAD = 0.28
"""Standard deviation, between scribes, of the logarithm of the thickness of ruled lines."""


def draw_tool_parameters(seed: int, name: str) -> dict[str, Any]:
    """The parameters of the writer of a seed with a tool, except for name and seed."""
    hand = tool_hand(name)
    values = draw_parameters(seed)
    rng = Stream(seed).child("writer", name).generator()
    haste = float(np.clip(rng.standard_normal(), -2.0, 2.0))
    draws = rng.standard_normal(len(hand.priors))
    values["nib_contrast"], values["rastrum"] = 0.0, 0.0
    for (field, prior), draw in zip(hand.priors.items(), draws, strict=True):
        values[field] = prior.value(float(draw), haste)
    values["beam_strokes"] = 1
    if "beam_width" not in hand.priors:
        values["beam_width"] = round(_THIN_BEAM * values["pen_width"] * values["stem_width"], 4)
    values.update(draw_ink(hand.inks, 5.0, rng))
    scribe = hand.scribe
    if hand.text_hands:
        scribe = replace(scribe, text_hand=_picked(hand.text_hands, rng.random()))
    width = scribe.ruling_width * float(np.exp(_RULING_SPREAD * np.clip(rng.standard_normal(), -2.0, 2.0)))
    scribe = replace(scribe, ruling_width=round(width, 4))
    # Habits that a scribe either has or lacks.
    has = rng.random(3) < (scribe.custodes, scribe.long_s, scribe.stems_right)
    custodes, long_s, stems_right = map(float, has.tolist())
    scribe = replace(scribe, custodes=custodes, long_s=long_s, stems_right=stems_right)
    return {**values, "scribe": scribe}


def _picked(weights: Mapping[TextHand, float], draw: float) -> TextHand:
    names = list(weights)
    totals = np.cumsum(list(weights.values()))
    return names[min(int(np.searchsorted(totals, draw * totals[-1], side="right")), len(names) - 1)]
