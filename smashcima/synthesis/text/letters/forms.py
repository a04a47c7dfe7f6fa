"""Notation for letter forms, and its parser.

`37,44 21,51! 5,38 / 4,70 | ...`: a stroke is a list of knots `x,y`; `!` marks a corner, `/` separates strokes, and
`|` separates forms of the same letter. A stroke with one knot is a dot. y points up from the baseline; 100 units are
the height of a tall letter.
"""

from __future__ import annotations

import math
from functools import lru_cache

from smashcima.synthesis.pen import SkeletonStroke

EM_PER_UNIT = 0.0069
"""Size of a unit: capitals of 95 units are as high as those of the text font, 0.66 em."""


@lru_cache(maxsize=4096)  # more than there are texts with forms
def read_forms(text: str) -> tuple[tuple[SkeletonStroke, ...], ...]:
    """Parses all forms in a text; returns their strokes in ems, y down."""
    return tuple(read_strokes(form) for form in text.split("|"))


@lru_cache(maxsize=8192)  # each form in one or two sizes
def read_strokes(form: str, x_scale: float = 1.0, y_scale: float = 1.0) -> tuple[SkeletonStroke, ...]:
    """Parses the strokes of one form, in ems, y down; they are scaled about the origin."""
    return tuple(_read_stroke(stroke.split(), x_scale, y_scale) for stroke in form.split("/"))


def _read_stroke(words: list[str], x_scale: float, y_scale: float) -> SkeletonStroke:
    knots, corners = [], set()
    for index, word in enumerate(words):
        x, y = word.rstrip("!").split(",")
        knots.append((float(x) * x_scale * EM_PER_UNIT, -float(y) * y_scale * EM_PER_UNIT))
        if word.endswith("!"):
            corners.add(index)
    return SkeletonStroke(tuple(knots), corners=frozenset(corners))


def moved(
    strokes: tuple[SkeletonStroke, ...], x: float, y: float, scale: float = 1.0
) -> tuple[SkeletonStroke, ...]:
    """Strokes scaled about the origin, then translated."""
    return tuple(
        SkeletonStroke(
            tuple((kx * scale + x, ky * scale + y) for kx, ky in stroke.knots),
            stroke.widths,
            stroke.corners,
            stroke.closed,
            stroke.filled,
        )
        for stroke in strokes
    )


def extent(strokes: tuple[SkeletonStroke, ...]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the knots, in ems."""
    xs = [x for stroke in strokes for x, _ in stroke.knots]
    ys = [y for stroke in strokes for _, y in stroke.knots]
    if not xs:
        return math.inf, math.inf, -math.inf, -math.inf
    return min(xs), min(ys), max(xs), max(ys)
