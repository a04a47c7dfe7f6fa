"""Noteheads by the pen: their size, and the limits within which their forms must stay."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.pen import PenWriter

STAFF_SPACE = 1.8
"""Staff space, in mm, that the parameters of writers refer to."""

Sides = tuple[float, float]
"""Left and right end of the ink, in mm."""

_MOST_HEAD_CHANGE_SS = 0.15
"""Largest difference of width between two forms of a notehead of one writer, whose stems would not touch narrower heads."""

_HEAD_FIT = 0.6
"""How much of the height that the size and aspect of a writer would give noteheads is taken back, as they are written to fit
the space. Measured: heights of half and filled heads between writers 0.08 and 0.10 staff spaces; 0.16 without this."""

_HEAD_SIZES = 0.08
"""Step of the logarithm of the sizes of noteheads, so that writers can share forms."""

_MOST_HEAD_Y_SS = 0.04
"""Maximum distance of the middle of a notehead from its line or space that its form adds to that of its placement: half
a step off, it would be another note."""


def is_head(name: str) -> bool:
    """Whether a symbol is a notehead alone: notes with stems, as in tempo markings, have their heads at the origin."""
    return name.startswith("note") and not name.endswith(("Up", "Down"))


def head_unit(writer: PenWriter) -> float:
    """Size of a staff space, in mm, that noteheads are written at, in steps."""
    height = math.log(writer.size / math.sqrt(writer.aspect))
    return STAFF_SPACE * math.exp(-round(_HEAD_FIT * height / _HEAD_SIZES) * _HEAD_SIZES)


def have_like_widths(sides: Sides, other_sides: Sides) -> bool:
    """Whether a stem placed for one form of a notehead also touches another, by their left and right ends in mm."""
    change = (sides[1] - sides[0]) - (other_sides[1] - other_sides[0])
    return abs(change) <= _MOST_HEAD_CHANGE_SS * STAFF_SPACE


def keep_height(heads: NDArray[np.float64]) -> None:
    """Moves renderings of a notehead (count, m, 2) so that the middle of each is near its origin."""
    if heads.size == 0:
        return
    top, bottom = heads[:, :, 1].min(axis=1), heads[:, :, 1].max(axis=1)
    middle = top + (bottom - top) / 2
    most = _MOST_HEAD_Y_SS * STAFF_SPACE
    heads[:, :, 1] += (np.minimum(np.maximum(middle, -most), most) - middle)[:, np.newaxis]
