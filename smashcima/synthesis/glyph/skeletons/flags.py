"""Flags. The end of the stem is at the origin; further flags are closer to the notehead.

Symbols of three and more flags begin beyond the end of the stem, as in SMuFL, and extend the stem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from smashcima.synthesis.glyph.skeletons.notation import Forms, SymbolForms, moved, stroke
from smashcima.synthesis.pen import Allograph, SkeletonStroke

_STEP = 0.72
"""Distance between the flags of a note."""

_SHORT = (0.85, 0.62)
"""Width and height of a flag if there are several, relative to a single one: writers keep them apart."""

_CURL = 0.05
"""Distance by which a knot is nearer to the stem than the one before it if the flag turns back."""

_DOWN_HEIGHT = 1.1
"""Height of the flags of stems down relative to their drawings below."""

_DOWN_WIDTH = 1.18
"""Width of the flags of stems down relative to their drawings below. Measured: single ones lean by 31 degrees, and are 0.98
by 1.46 staff spaces, with their ink."""

_UP: tuple[tuple[str, float, str], ...] = (
    ("curve", 6, "0.0,0.06 0.34,0.20 0.66,0.56 0.66,1.02*0.9"),
    ("hook", 4, "0.0,0.06 0.48,0.06 0.80,0.34 0.74,0.72*0.9"),
    ("straight", 3, "0.0,0.02 0.34,0.38 0.60,0.78 0.74,1.08*0.8"),
    ("wave", 3, "0.0,0.02 0.26,0.44 0.64,0.72 0.76,1.14 0.60,1.48*0.8"),
    ("bow", 3, "0.0,0.10 0.28,0.10 0.46,0.46 0.50,1.05 0.46,1.42*0.8"),
    ("angle", 3, "0.0,0.06 0.42,0.16 0.84,0.42! 0.56,0.62 0.26,0.84*0.9"),
    ("steep", 2, "0.0,0.0 0.18,0.50 0.44,1.05 0.66,1.46*0.8"),
    ("tail", 2, "0.0,0.06 0.40,0.28 0.78,0.72 0.62,1.02 0.86,1.22*0.8"),
    ("question", 3, "0.0,0.0 0.40,0.14 0.72,0.44 0.62,0.84 0.40,1.04*0.9"),
    ("tick", 3, "0.0,0.0*1.3 0.34,0.30*1.2 0.54,0.76*0.9"),
    ("arch", 3, "0.0,0.24 0.24,-0.02 0.56,0.10 0.74,0.50 0.76,0.96*0.9"),
)

_DOWN: tuple[tuple[str, float, str], ...] = (
    ("curve", 6, "0.0,-0.04 0.40,-0.20 0.68,-0.58 0.80,-1.06*0.9"),
    ("hook", 4, "0.0,-0.08 0.50,-0.14 0.78,-0.46 0.58,-0.86 0.30,-0.98*0.9"),
    ("straight", 3, "0.0,-0.02 0.30,-0.46 0.68,-1.02*0.8"),
    ("wave", 3, "0.0,-0.02 0.26,-0.36 0.46,-0.68 0.46,-1.06 0.76,-1.36*0.8"),
    ("bow", 3, "0.0,-0.06 0.44,-0.22 0.64,-0.72 0.56,-1.28*0.8"),
    ("angle", 3, "0.0,-0.02 0.36,-0.40 0.78,-0.78! 0.54,-0.92 0.22,-0.84*0.9"),
    ("steep", 2, "0.0,0.0 0.20,-0.42 0.42,-0.98 0.56,-1.44*0.8"),
    ("tail", 2, "0.10,-0.36*0.9 0.0,-0.02! 0.36,-0.46 0.74,-1.10*0.9"),
    ("question", 3, "0.0,-0.04 0.34,-0.36 0.66,-0.74 0.60,-1.12 0.28,-1.22*0.9"),
    ("tick", 3, "0.0,-0.02*1.3 0.28,-0.36*1.2 0.58,-0.84*0.9"),
    ("arch", 3, "0.02,-0.38 0.08,-0.02! 0.46,-0.24 0.72,-0.74 0.84,-1.30*0.9"),
)

_NAMES = ("flag8th", "flag16th", "flag32nd", "flag64th", "flag128th", "flag256th", "flag512th", "flag1024th")


def _without_curl(flag: SkeletonStroke) -> SkeletonStroke:
    """A flag that does not end back towards its stem, where it would close a loop with the next flag."""
    keep = len(flag.knots)
    while keep > 2 and flag.knots[keep - 1][0] < flag.knots[keep - 2][0] - _CURL:
        keep -= 1
    widths = flag.widths[:keep] if len(flag.widths) > 1 else flag.widths
    corners = frozenset(corner for corner in flag.corners if corner < keep - 1)
    return replace(flag, knots=flag.knots[:keep], widths=widths, corners=corners)


def _flags(shapes: Sequence[tuple[str, float, str]], count: int, down: float) -> tuple[Allograph, ...]:
    """Forms with `count` flags; `down` is 1 for stems up, whose further flags are lower, and -1 for stems down."""
    return tuple(
        Allograph.later(name, weight, partial(_strokes, shape, count, down)) for name, weight, shape in shapes
    )


def _strokes(shape: str, count: int, down: float) -> tuple[SkeletonStroke, ...]:
    """The stem, if it is longer, and the flags from its end on."""
    beyond = _STEP * max(count - 2, 0)
    stem = (stroke(f"0,0 0,{-down * beyond:.3f}"),) if beyond else ()
    one = stroke(shape) if count == 1 else _without_curl(stroke(shape))
    wide, tall = _SHORT if count > 1 else (1.0, 1.0)
    if down < 0:
        wide, tall = wide * _DOWN_WIDTH, tall * _DOWN_HEIGHT
    flags = [
        moved([one], dy=down * (_STEP * index - beyond), scale_x=wide, scale_y=tall)[0]
        for index in range(count)
    ]
    return (*stem, *flags)


FLAGS: Forms = {
    f"{name}{direction}": SymbolForms("flag", _flags(shapes, count, down))
    for count, name in enumerate(_NAMES, 1)
    for direction, shapes, down in (("Up", _UP, 1.0), ("Down", _DOWN, -1.0))
}
"""From eighths to 256ths."""
