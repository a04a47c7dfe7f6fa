"""Digits of time signatures, tuplets and figured bass, and symbols used with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from smashcima.synthesis.glyph.skeletons.notation import (
    Forms,
    SymbolForms,
    bounds,
    form,
    moved,
    together,
)
from smashcima.synthesis.pen import Allograph, SkeletonStroke

DIGITS: Mapping[str, tuple[Allograph, ...]] = {
    "0": (
        form(
            "oval", 4, "0.62,-0.72 0.22,-0.46 0.10,0.14 0.32,0.70 0.66,0.52 0.82,-0.16 0.64,-0.68 0.48,-0.76"
        ),
        form("round", 3, "0.56,-0.70 0.12,-0.30 0.14,0.42 0.52,0.72 0.86,0.30 0.80,-0.42 0.50,-0.72"),
    ),
    "1": (
        form("stroke", 4, "0.52,-0.80 0.48,0.80"),
        form("flag", 4, "0.22,-0.36 0.58,-0.80! 0.52,0.80"),
        form("serif", 1, "0.24,-0.40 0.54,-0.80! 0.50,0.74", "0.22,0.78 0.80,0.74"),
    ),
    "2": (
        form("angle", 4, "0.14,-0.44 0.40,-0.78 0.78,-0.50 0.58,0.10 0.10,0.74! 0.92,0.70"),
        form("loop", 3, "0.16,-0.50 0.48,-0.80 0.80,-0.44 0.52,0.22 0.18,0.66 0.12,0.42 0.44,0.50 0.98,0.72"),
        form(
            "swan", 2, "0.20,-0.38 0.28,-0.72 0.66,-0.74 0.76,-0.30 0.40,0.34 0.10,0.72! 0.50,0.64 0.94,0.72"
        ),
        form("z", 1, "0.16,-0.66 0.56,-0.78 0.74,-0.46 0.10,0.70! 0.86,0.68"),
    ),
    "3": (
        form("swept", 3, "0.34,-0.72 0.66,-0.74 0.76,-0.52 0.42,-0.14! 0.84,-0.02 0.72,0.36 -0.06,0.66"),
        form("broad", 2, "0.02,-0.60 0.54,-0.70 0.72,-0.44 0.34,-0.08! 0.96,0.14 0.70,0.58 0.30,0.56"),
        form("round", 5, "0.18,-0.62 0.52,-0.80 0.76,-0.48 0.38,-0.08! 0.80,0.12 0.72,0.62 0.14,0.70"),
        form("flat top", 3, "0.14,-0.72 0.80,-0.74! 0.40,-0.12! 0.80,0.14 0.70,0.64 0.14,0.72"),
        form(
            "looped", 2, "0.16,-0.58 0.56,-0.78 0.72,-0.40 0.32,-0.10 0.36,0.02 0.78,0.18 0.66,0.70 0.10,0.64"
        ),
        form("pointed", 2, "0.20,-0.76 0.74,-0.60 0.34,-0.10! 0.74,0.16 0.60,0.56 0.08,0.80"),
        form(
            "wide bowl",
            4,
            "0.16,-0.66 0.50,-0.78 0.72,-0.52 0.40,-0.16! 0.92,0.06 0.84,0.56 0.44,0.76 0.02,0.60",
        ),
        form(
            "small top",
            3,
            "0.24,-0.66 0.52,-0.78 0.64,-0.54 0.36,-0.26! 0.84,-0.04 0.80,0.54 0.36,0.74 0.06,0.58",
        ),
        form(
            "hooked tail",
            3,
            "0.14,-0.60 0.46,-0.78 0.70,-0.56 0.34,-0.12! 0.78,0.02 0.80,0.46 0.40,0.78 0.0,0.74 0.04,0.60",
        ),
        form("slanted", 3, "0.34,-0.70 0.70,-0.78 0.82,-0.50 0.44,-0.12! 0.80,0.06 0.66,0.52 0.06,0.70"),
    ),
    "4": (
        form("wide open", 4, "0.20,-0.70 0.12,0.06! 0.74,-0.16", "0.74,-0.44 0.66,0.80"),
        form(
            "underlined", 1, "0.44,-0.76 0.14,0.12! 0.86,0.08", "0.66,-0.60 0.60,0.70", "0.10,0.76 0.96,0.72"
        ),
        form("short bar", 2, "0.24,-0.60 0.16,0.10! 0.66,0.06", "0.66,-0.40 0.60,0.74"),
        form("open", 5, "0.34,-0.78 0.10,0.14! 0.90,0.10", "0.66,-0.36 0.60,0.82"),
        form("closed", 3, "0.66,0.80 0.70,-0.80! 0.06,0.22! 0.94,0.20"),
        form("tall open", 4, "0.30,-0.66 0.16,0.10! 0.84,0.04", "0.76,-0.82 0.64,0.84"),
        form("bent", 2, "0.28,-0.72 0.16,-0.06 0.44,0.08 0.88,-0.08", "0.74,-0.60 0.60,0.84"),
        form("one stroke", 2, "0.26,-0.70 0.14,0.06! 0.76,0.0! 0.80,-0.70! 0.62,0.84"),
        form("chair", 4, "0.20,-0.80 0.06,0.04! 0.40,-0.02 0.76,-0.16! 0.72,0.34 0.70,0.84"),
        form("low stem", 4, "0.26,-0.80 0.06,0.06! 0.84,-0.06", "0.82,-0.30 0.74,0.82"),
        form("slanted closed", 2, "0.78,-0.74 0.06,0.18! 0.92,0.10", "0.76,-0.70 0.60,0.80"),
        form(
            "curved",
            3,
            "0.26,-0.74 0.08,-0.14 0.24,0.12 0.60,0.04 0.80,-0.22",
            "0.82,-0.54 0.72,0.30 0.70,0.84",
        ),
    ),
    "5": (
        form(
            "two strokes",
            4,
            "0.30,-0.74 0.22,-0.10! 0.66,-0.12 0.76,0.40 0.46,0.76 0.12,0.62",
            "0.30,-0.74 0.86,-0.78",
        ),
        form("one stroke", 3, "0.84,-0.76 0.30,-0.74! 0.22,-0.12! 0.66,-0.10 0.74,0.42 0.42,0.76 0.10,0.60"),
        form("s", 1, "0.82,-0.74 0.32,-0.66 0.28,-0.22 0.70,0.06 0.66,0.58 0.12,0.68"),
    ),
    "6": (
        form("curve", 5, "0.64,-0.82 0.24,-0.24 0.14,0.40 0.44,0.76 0.78,0.42 0.56,0.06 0.18,0.34"),
        form("straight", 3, "0.58,-0.84 0.22,0.06 0.20,0.60 0.54,0.74 0.76,0.38 0.50,0.10 0.20,0.40"),
        form("wide", 2, "0.80,-0.70 0.36,-0.50 0.12,0.20 0.38,0.74 0.80,0.48 0.66,0.06 0.20,0.24"),
        form(
            "crossing", 3, "0.80,-0.80 0.46,-0.56 0.20,0.10 0.34,0.60 0.72,0.52 0.74,0.16 0.44,0.20 0.04,0.66"
        ),
        form(
            "curled top",
            2,
            "0.74,-0.56 0.60,-0.78 0.22,-0.40 0.10,0.30 0.42,0.76 0.80,0.46 0.60,0.10 0.16,0.28",
        ),
    ),
    "7": (
        form("plain", 4, "0.12,-0.74 0.86,-0.76! 0.50,0.10 0.36,0.80"),
        form("crossed", 5, "0.12,-0.70 0.84,-0.76! 0.52,0.06 0.36,0.80", "0.24,0.06 0.80,-0.02"),
        form("hooked", 2, "0.12,-0.50 0.18,-0.74 0.82,-0.74! 0.46,0.16 0.40,0.80"),
    ),
    "8": (
        form(
            "one stroke",
            5,
            "0.74,-0.56 0.46,-0.80 0.20,-0.52 0.46,-0.08 0.76,0.40 0.46,0.78 0.16,0.46 0.46,-0.04 0.74,-0.50",
        ),
        form(
            "two rings",
            2,
            "0.50,-0.78 0.22,-0.46 0.48,-0.08 0.74,-0.44 0.52,-0.78",
            "0.48,-0.06 0.14,0.36 0.46,0.78 0.80,0.38 0.52,-0.06",
        ),
        form(
            "open top",
            3,
            "0.78,-0.70 0.46,-0.74 0.24,-0.44 0.56,-0.02 0.74,0.44 0.42,0.76 0.18,0.40 0.50,-0.08 0.82,-0.62",
        ),
        form(
            "slanted",
            2,
            "0.82,-0.60 0.56,-0.78 0.34,-0.50 0.56,0.0 0.60,0.56 0.28,0.76 0.16,0.42 0.56,-0.06 0.84,-0.56",
        ),
    ),
    "9": (
        form("curve", 4, "0.74,-0.48 0.46,-0.78 0.18,-0.40 0.42,-0.06 0.74,-0.40 0.72,0.20 0.38,0.82"),
        form("straight", 3, "0.72,-0.56 0.34,-0.76 0.18,-0.30 0.50,-0.08 0.76,-0.66! 0.66,0.82"),
    ),
    "+": (form("plus", 1, "0.10,0.0 0.90,0.0", "0.50,-0.42 0.50,0.42"),),
    "/": (form("slash", 1, "0.80,-0.80 0.20,0.80"),),
    "-": (form("minus", 1, "0.12,0.0 0.84,0.0"),),
    ".": (form("dot", 1, "0.2,0.66*1.4"),),
    "(": (form("bow", 1, "0.60,-0.90 0.30,-0.30 0.32,0.40 0.60,0.92"),),
    ")": (form("bow", 1, "0.30,-0.90 0.60,-0.30 0.58,0.40 0.30,0.92"),),
    ":": (form("dots", 1, "0.3,-0.4*1.4", "0.3,0.4*1.4"),),
}
"""Forms in a box with x from 0 to about 1 and y from -0.8 (top) to 0.8."""

_HEIGHT = 1.6

_PROPORTIONS = {"2": (1.0, 0.84), "3": (1.12, 0.92), "4": (1.1, 1.0), "6": (1.25, 1.05), "8": (1.1, 0.94)}
"""Width and height of handwritten digits relative to the others."""

_COMMON = (
    form("arc", 6, "1.40,-0.60 1.06,-0.96 0.56,-0.70 0.34,0.04 0.60,0.80 1.10,0.92 1.50,0.60"),
    form("upright", 4, "1.30,-0.76 0.90,-0.98 0.46,-0.50 0.44,0.40 0.86,0.94 1.40,0.72"),
    form("tall", 2, "1.46,-1.20 0.96,-1.20 0.52,-0.40 0.40,0.50 0.74,1.12 1.36,0.80"),
    form("hooked", 2, "1.24,-0.46 1.46,-0.76 1.02,-0.98 0.46,-0.50 0.36,0.36 0.80,0.94 1.46,0.66"),
    form("swung", 2, "1.60,-1.30 1.06,-1.10 0.60,-0.30 0.40,0.60 0.66,1.10 1.12,0.96"),
    form(
        "blob", 2, "1.34,-0.50*2.0 1.30,-0.80*1.2 0.90,-0.98 0.42,-0.50*1.5 0.40,0.40*1.5 0.86,0.96 1.42,0.56"
    ),
)

_CUT_STROKE = (form("stroke", 1, "0.92,-1.40 0.90,1.40"),)


def small_digit(digits: str, x: float, top: float, height: float = 0.9) -> tuple[SkeletonStroke, ...]:
    """Digits in their most frequent form; (`x`, `top`) is their top left corner."""
    scale = height / _HEIGHT
    strokes: list[SkeletonStroke] = []
    for index, digit in enumerate(digits):
        own = DIGITS[digit][0].strokes
        strokes.extend(moved(own, x + index * 0.62 * height, top + height / 2, scale))
    return tuple(strokes)


def _placed(digit: str, left: float, middle: float, height: float) -> SymbolForms:
    """A digit of height `height` whose forms have their left end at `left`."""
    scale = height / _HEIGHT
    wide, tall = _PROPORTIONS.get(digit, (1.0, 1.0))

    def placed(item: Allograph) -> tuple[SkeletonStroke, ...]:
        own_left = bounds(item.strokes)[0] * wide
        return moved(item.strokes, left - own_left * scale, middle, scale * wide, scale * tall)

    forms = (Allograph.later(item.name, item.weight, partial(placed, item)) for item in DIGITS[digit])
    return SymbolForms(f"digit {digit}", tuple(forms))


def _spelled(text: str, left: float, middle: float, height: float) -> SymbolForms:
    """Several digits side by side, in one form each."""
    return SymbolForms(
        f"digits {text}", (form("plain", 1, *small_digit(text, left, middle - height / 2, height)),)
    )


_SIGNS = {
    "timeSigPlus": "+",
    "timeSigPlusSmall": "+",
    "timeSigMinus": "-",
    "timeSigFractionalSlash": "/",
    "timeSigParensLeft": "(",
    "timeSigParensRight": ")",
}

DIGIT_SYMBOLS: Forms = {
    **{f"timeSig{digit}": _placed(digit, 0.46, 0.0, 1.56) for digit in "0123456789"},
    **{name: _placed(sign, 0.2, 0.0, 1.5) for name, sign in _SIGNS.items()},
    **{f"tuplet{digit}": _placed(digit, 0.24, -0.72, 0.98) for digit in "0123456789"},
    "tupletColon": _placed(":", 0.12, -0.72, 1.2),
    **{f"figbass{digit}": _placed(digit, 0.14, -0.5, 0.86) for digit in "0123456789"},
    "timeSigCommon": SymbolForms("common time", _COMMON),
    "timeSigCutCommon": SymbolForms("common time", together(_COMMON, _CUT_STROKE)),
    "ottava": _spelled("8", 0.1, -0.70, 1.3),
    "quindicesima": _spelled("15", 0.1, -0.70, 1.3),
}
"""Digits of time signatures (one staff space above and below y = 0), and digits that stand on y = 0."""
