"""Rests. Whole rests hang from y = 0 and half rests sit on it; others are centred on the middle of the staff."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.synthesis.glyph.skeletons.notation import Forms, SymbolForms, form, moved_forms, together
from smashcima.synthesis.pen import Allograph

_BAR = (
    form("filled", 6, "fill 0.05,0.08! 1.22,0.04! 1.20,0.52! 0.06,0.54!"),
    form(
        "scribbled", 3, "0.08,0.10*1.4 1.26,0.06*1.4 0.10,0.30*1.4 1.28,0.26*1.4 0.06,0.50*1.4 1.24,0.48*1.4"
    ),
    form("hollow", 2, "ring 0.06,0.08! 1.26,0.04! 1.22,0.56! 0.04,0.56!", "0.12,0.40*1.3 1.18,0.34*1.3"),
    form("wide", 2, "fill 0.0,0.10! 1.42,0.06! 1.40,0.50! 0.02,0.54!"),
    form("thick stroke", 2, "0.06,0.20*2.0 1.20,0.18*2.0", "0.08,0.42*1.8 1.18,0.40*1.8"),
    form("lined", 2, "-0.42,0.02 1.62,0.0", "fill 0.05,0.08! 1.16,0.06! 1.14,0.50! 0.06,0.52!"),
)

_QUARTER = (
    form(
        "low three",
        3,
        "0.24,-0.78 0.60,-0.84 0.76,-0.66 0.38,-0.18! 0.84,-0.02 0.82,0.46 0.46,0.70 0.18,0.56",
    ),
    form("flat three", 3, "0.16,-1.0 1.02,-0.96! 0.34,-0.18! 0.98,-0.24 0.80,0.30 0.50,0.66 0.0,0.86"),
    form(
        "zigzag c", 9, "0.22,-1.25 0.80,-0.78! 0.28,-0.42! 0.84,0.02! 0.34,0.16 0.16,0.62 0.46,0.98 0.84,0.90"
    ),
    form(
        "flat zigzag c",
        6,
        "0.30,-0.95 0.74,-0.62! 0.24,-0.40! 0.84,-0.10! 0.30,0.06 0.16,0.46 0.54,0.70 0.92,0.60",
    ),
    form(
        "stroke and epsilon",
        7,
        "0.36,-1.45 0.62,-0.86 0.72,-0.50! 0.36,-0.24 0.44,0.04 0.76,0.14! 0.34,0.22 0.16,0.74 0.46,1.18 0.88,1.02",
    ),
    form(
        "leaning epsilon",
        3,
        "0.78,-1.20 0.50,-0.66 0.28,-0.34 0.34,-0.08 0.72,0.02! 0.30,0.20 0.12,0.66 0.44,1.06 0.98,0.90",
    ),
    form(
        "three", 5, "0.20,-1.10 0.82,-1.06! 0.58,-0.60 0.34,-0.30! 0.80,-0.14 0.84,0.30 0.56,0.78 0.22,1.14"
    ),
    form("tall three", 3, "0.12,-1.36 0.84,-1.30! 0.34,-0.46! 0.72,-0.34 0.80,0.04 0.56,0.66 0.30,1.34"),
    form(
        "round three",
        2,
        "0.18,-0.84 0.54,-1.06 0.80,-0.80 0.46,-0.22! 0.86,-0.08 0.84,0.52 0.50,0.82 0.16,0.72",
    ),
    form(
        "wave",
        3,
        "0.42,-1.30 0.70,-0.90 0.50,-0.56 0.40,-0.36! 0.74,-0.02 0.52,0.30 0.44,0.48! 0.66,0.90 0.44,1.28",
    ),
    form("zigzag", 4, "0.30,-1.22 0.80,-0.86! 0.40,-0.46! 0.82,-0.04! 0.46,0.36! 0.66,0.72 0.50,1.16"),
    form("lightning", 3, "0.66,-1.50 0.44,-0.90 0.28,-0.34! 0.80,-0.50! 0.68,0.30 0.44,1.30"),
    form("bent three", 2, "0.20,-1.20 0.56,-1.26 0.78,-1.0 0.48,-0.34! 0.76,-0.30 0.74,0.10 0.40,1.30"),
    form(
        "low steps", 3, "0.50,-1.46 0.70,-1.0 0.86,-0.58! 0.22,0.10! 0.66,0.40 0.86,0.76! 0.46,0.70 0.30,1.10"
    ),
    form(
        "heavy middle",
        5,
        "0.60,-1.50*0.9 0.66,-0.90*2.2 0.62,-0.50*3.4 0.46,-0.10*3.2 0.52,0.36*1.8 0.60,0.72*0.9! 0.26,0.80*1.4 0.30,1.16*1.4",
    ),
    form("z", 2, "0.16,-0.86 0.30,-0.74 0.94,-0.92! 0.60,-0.20 0.24,0.76! 0.94,0.78"),
    form("hook", 1, "0.48,-1.10 0.66,-0.30 0.80,0.42! 0.52,0.66 0.14,0.80"),
    form("turned seven", 1, "0.84,-0.70 0.26,-0.42! 0.40,0.16 0.48,0.76"),
    form("angle", 2, "0.86,-0.70 0.50,-0.30 0.22,0.02! 0.84,0.58"),
    form("long angle", 1, "1.10,-0.80 0.70,-0.30 0.04,0.10! 0.60,0.30 1.16,0.76"),
    form(
        "heavy",
        6,
        "0.36,-1.40*0.8 0.54,-0.90*2.0 0.66,-0.62*2.2 0.40,-0.24*3.2! 0.62,0.28*1.6 0.74,0.56*0.8! 0.34,0.62*1.6 0.30,1.06*1.8 0.62,1.26*0.9",
    ),
    form(
        "steps", 3, "0.34,-1.45 0.60,-0.82 0.68,-0.50! 0.20,-0.02! 0.74,0.52! 0.36,0.54 0.22,0.86 0.40,1.14"
    ),
    form("swept three", 3, "0.04,-1.04 0.90,-1.10! 0.42,-0.44! 0.86,-0.30 0.76,0.24 0.46,0.72 0.06,1.14"),
    form(
        "crossed three",
        2,
        "0.10,-0.76 0.56,-0.90 1.0,-1.04! 0.36,-0.20! 0.70,-0.30 1.08,-0.30 0.84,0.20 0.44,0.66 -0.02,0.76",
    ),
    form("small wave", 3, "0.34,-0.82 0.66,-0.56 0.42,-0.20! 0.68,0.06 0.48,0.34! 0.64,0.56 0.40,0.86"),
    form("hooked wave", 3, "0.30,-1.0 0.64,-1.10 0.72,-0.80 0.44,-0.36! 0.80,-0.10 0.50,0.40 0.20,0.96"),
    form(
        "tall epsilon",
        5,
        "0.72,-1.60 0.52,-0.90 0.36,-0.30 0.44,0.0 0.68,-0.06! 0.28,0.20 0.10,0.76 0.40,1.20 0.98,1.04",
    ),
    form("wide z", 1, "0.02,-0.80 0.50,-0.70 1.02,-0.90! 0.56,-0.10 0.10,0.80! 0.60,0.72 1.20,0.80"),
    form("long hook", 1, "0.40,-0.86 0.62,-0.30 0.82,0.40! 0.46,0.62 0.06,0.72"),
    form("corner", 1, "0.80,-0.60 0.50,-0.52 0.20,-0.36! 0.30,0.10 0.42,0.66"),
    form(
        "double zigzag",
        4,
        "0.20,-0.96 0.80,-0.90! 0.30,-0.40! 0.86,-0.34! 0.34,0.06! 0.80,0.20 0.66,0.70 0.30,1.06",
    ),
)

_STEP = 0.98
"""Distance between the hooks of a rest."""

_MOST_LEAN = (1.0, 0.48, 0.24)
"""Largest lean of rests with one hook, with two, and with more, whose stems are long."""

_HOOK_KINDS: tuple[tuple[str, float, float, str, str], ...] = (
    ("seven", 6, 0.41, "{l},-0.62 {r},-0.68! {x1},0.10 {x2},{b}", "-0.74,0.02 0.0,0.0"),
    (
        "hooked seven",
        5,
        0.43,
        "{l},-0.72 {l2},-0.46 {m},-0.44 {r},-0.72! {x1},0.10 {x2},{b}",
        "-0.78,-0.26 -0.62,0.0 -0.26,0.06 0.02,-0.14",
    ),
    (
        "y",
        6,
        0.41,
        "{l},-0.80 {l2},-0.40 {m},-0.30 {r},-0.66 {r},-0.84! {x1},0.06 {x2},{b}",
        "-0.72,-0.34 -0.60,0.04 -0.26,0.10 0.02,-0.16",
    ),
    (
        "leaning y",
        5,
        0.65,
        "{l},-0.76 {l2},-0.40 {m},-0.32 {r},-0.84! {x1},0.06 {x2},{b}",
        "-0.66,-0.30 -0.54,0.02 -0.24,0.06 0.02,-0.20",
    ),
    (
        "dot",
        4,
        0.43,
        "{l},-0.60*2.1 {l2},-0.40 {m},-0.34 {r},-0.70! {x1},0.06 {x2},{b}",
        "-0.68,-0.14*2.0 -0.50,0.08 -0.20,0.08 0.02,-0.16",
    ),
    (
        "dot and bar",
        4,
        0.59,
        "{l},-0.74*2.6 {l2},-0.64*1.1 {m},-0.60 {r},-0.72! {x1},0.10 {x2},{b}",
        "-0.72,-0.08*2.4 -0.44,0.0 0.02,-0.06",
    ),
    (
        "curved seven",
        2,
        0.35,
        "{l},-0.64 {m},-0.80 {r},-0.58 {x1},0.10 {x2},{b}",
        "-0.74,0.06 -0.36,-0.12 0.02,0.0",
    ),
    (
        "angle",
        3,
        0.35,
        "{l2},-0.86 {m},-0.44 {r},-0.26! {x1},0.16 {x2},{b}",
        "-0.56,-0.50 -0.34,-0.16 0.02,0.0",
    ),
    (
        "tall angle",
        2,
        0.33,
        "{l2},-1.30 {l2},-0.72 {m},-0.40 {r},-0.24! {x1},0.30 {x2},{b}",
        "-0.60,-0.42 -0.40,-0.12 0.02,0.0",
    ),
    (
        "swung",
        3,
        0.51,
        "{m},-0.74 {l},-0.58 {l2},-0.34 {m},-0.38 {r},-0.78! {x1},0.0 {x2},{b}",
        "-0.52,-0.24 -0.70,0.0 -0.48,0.16 0.02,-0.20",
    ),
    (
        "broad",
        3,
        0.57,
        "{l},-0.66 {l2},-0.50 {m},-0.46 {r},-0.56! {y1},-0.10 {x2},{short}",
        "-0.70,-0.02 -0.40,0.06 0.02,-0.06",
    ),
    (
        "wide y",
        4,
        0.63,
        "{l},-0.50 {l2},-0.34 {m},-0.30 {r},-0.60! {y1},0.0 {x2},{short}",
        "-0.74,-0.20 -0.44,0.0 0.02,-0.12",
    ),
    (
        "looped",
        2,
        0.53,
        "{m},-0.80 {l},-0.90 {l},-0.60 {l2},-0.26 {m},-0.22 {r},-0.74! {x1},0.10 {x2},{b}",
        "-0.52,-0.30 -0.66,-0.10 -0.40,0.14 0.02,-0.18",
    ),
    (
        "upright",
        2,
        0.29,
        "{l2},-0.82 {m},-0.64 {r},-0.70! {x1},-0.30 {x1},{b}",
        "-0.56,-0.06 -0.20,0.02 0.02,-0.02",
    ),
    (
        "small",
        3,
        0.43,
        "{l},-0.50 {l2},-0.36 {r},-0.52! {x1},-0.10 {x2},{b}",
        "-0.66,-0.06 -0.40,0.10 0.02,-0.08",
    ),
    (
        "long seven",
        3,
        0.55,
        "{l},-0.70 {m},-0.60 {r},-0.86! {x1},0.10 {x2},{b}",
        "-0.62,0.04 -0.30,0.02 0.02,-0.10",
    ),
    (
        "bow",
        2,
        0.27,
        "{l},-0.84 {l2},-0.60 {m},-0.54 {r},-0.72! {bow},0.0 {bow},0.50 {x2},{b}",
        "-0.54,-0.10 -0.30,0.06 0.02,-0.06",
    ),
    (
        "filled loop",
        2,
        0.57,
        "{m},-0.62*1.6 {l2},-0.80*1.6 {l},-0.56*1.6 {l2},-0.40*1.4 {m},-0.36 {r},-0.80! {x1},0.04 {x2},{b}",
        "-0.50,-0.20*1.6 -0.64,-0.04*1.6 -0.44,0.10*1.4 0.02,-0.20",
    ),
)
"""Name, weight, lean of the stem (shift to the left for each staff space downwards), the first hook with the stem, and
further hooks, from the left to the stem. Measured: the ink of eighth rests leans by 7.2 degrees, that of sixteenths by 7.8."""


def _hooked(count: int) -> tuple[Allograph, ...]:
    """Rests with `count` hooks; the stem leans, so each further hook is a little further left."""
    rise = 0.98 * max(0, (count - 1) // 2)
    step = 0.56 if count == 2 else _STEP
    bottom = {1: 0.92, 2: 1.20}.get(count, -rise + _STEP * count + 0.10)
    made: list[Allograph] = []
    for name, weight, lean, shape, further in _HOOK_KINDS:
        lean = min(lean, _MOST_LEAN[min(count, 3) - 1])
        r = 0.86 + 0.17 * (count - 1) + 0.25 * (lean - 0.26)
        foot = r - lean * (bottom + rise + 0.7)
        places = {
            "l": r - 0.92,
            "l2": r - 0.70,
            "m": r - 0.42,
            "r": r,
            "x1": r - 0.06 - 0.76 * lean,
            "x2": foot,
            "bow": foot - 0.02,
            "b": bottom + rise,
            # The stem must reach further hooks.
            "y1": r - (0.36 if count == 1 else 0.16),
            "short": 0.46 if count == 1 else bottom + rise,
        }
        first = shape.format(**{key: f"{value:.3f}" for key, value in places.items()})
        strokes = [form(name, weight, first)]
        for index in range(1, count):
            y = -0.50 + step * index
            x = r - 0.02 - lean * (y + 0.68)
            strokes.extend(moved_forms([form(name, weight, further)], dx=x, dy=y))
        made.extend(moved_forms(together(*([each] for each in strokes)), dy=-rise))
    return tuple(made)


def _stacked(forms: Sequence[Allograph], dy: float) -> tuple[Allograph, ...]:
    return moved_forms(forms, dy=dy)


_UPRIGHT = (form("filled", 1, "fill 0.08,-0.94! 0.42,-0.94! 0.42,-0.06! 0.08,-0.06!"),)
_MAXIMA = (
    form(
        "filled",
        1,
        "fill 0.08,-0.94! 0.42,-0.94! 0.42,0.94! 0.08,0.94!",
        "fill 1.1,-0.94! 1.44,-0.94! 1.44,0.94! 1.1,0.94!",
    ),
)
_LONG = (form("filled", 1, "fill 0.08,-0.94! 0.42,-0.94! 0.42,0.94! 0.08,0.94!"),)

_NAMES = ("rest8th", "rest16th", "rest32nd", "rest64th", "rest128th", "rest256th", "rest512th", "rest1024th")

RESTS: Forms = {
    "restWhole": SymbolForms("rest bar", _BAR),
    "restHalf": SymbolForms("rest bar", _stacked(_BAR, -0.60)),
    "restDoubleWhole": SymbolForms("rest upright", _UPRIGHT),
    "restLonga": SymbolForms("rest upright", _LONG),
    "restMaxima": SymbolForms("rest upright", _MAXIMA),
    "restQuarter": SymbolForms("quarter rest", moved_forms(_QUARTER, dx=-0.08, scale_x=1.18, scale_y=1.0)),
    **{name: SymbolForms("hooked rest", _hooked(count)) for count, name in enumerate(_NAMES, 1)},
}
"""From longa to 256ths."""
