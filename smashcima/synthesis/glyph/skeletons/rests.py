"""Rests. Whole rests hang from y = 0 and half rests sit on it; others are centred on the middle of the staff."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.synthesis.glyph.skeletons.notation import Forms, SymbolForms, form, moved_forms
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
        "zigzag c", 6, "0.22,-1.25 0.80,-0.78! 0.28,-0.42! 0.84,0.02! 0.34,0.16 0.16,0.62 0.46,0.98 0.84,0.90"
    ),
    form(
        "flat zigzag c",
        4,
        "0.30,-0.95 0.74,-0.62! 0.24,-0.40! 0.84,-0.10! 0.30,0.06 0.16,0.46 0.54,0.70 0.92,0.60",
    ),
    form(
        "stroke and epsilon",
        5,
        "0.36,-1.45 0.62,-0.86 0.72,-0.50! 0.36,-0.24 0.44,0.04 0.76,0.14! 0.34,0.22 0.16,0.74 0.46,1.18 0.88,1.02",
    ),
    form(
        "leaning epsilon",
        2,
        "0.78,-1.20 0.50,-0.66 0.28,-0.34 0.34,-0.08 0.72,0.02! 0.30,0.20 0.12,0.66 0.44,1.06 0.98,0.90",
    ),
    form(
        "three", 7, "0.20,-1.10 0.82,-1.06! 0.58,-0.60 0.34,-0.30! 0.80,-0.14 0.84,0.30 0.56,0.78 0.22,1.14"
    ),
    form("tall three", 4, "0.12,-1.36 0.84,-1.30! 0.34,-0.46! 0.72,-0.34 0.80,0.04 0.56,0.66 0.30,1.34"),
    form(
        "round three",
        2,
        "0.18,-0.84 0.54,-1.06 0.80,-0.80 0.46,-0.22! 0.86,-0.08 0.84,0.52 0.50,0.82 0.16,0.72",
    ),
    form(
        "wave",
        4,
        "0.42,-1.30 0.70,-0.90 0.50,-0.56 0.40,-0.36! 0.74,-0.02 0.52,0.30 0.44,0.48! 0.66,0.90 0.44,1.28",
    ),
    form("zigzag", 4, "0.30,-1.22 0.80,-0.86! 0.40,-0.46! 0.82,-0.04! 0.46,0.36! 0.66,0.72 0.50,1.16"),
    form("lightning", 4, "0.66,-1.50 0.44,-0.90 0.28,-0.34! 0.80,-0.50! 0.68,0.30 0.44,1.30"),
    form("bent three", 4, "0.20,-1.20 0.56,-1.26 0.78,-1.0 0.48,-0.34! 0.76,-0.30 0.74,0.10 0.40,1.30"),
    form(
        "low steps", 3, "0.50,-1.46 0.70,-1.0 0.86,-0.58! 0.22,0.10! 0.66,0.40 0.86,0.76! 0.46,0.70 0.30,1.10"
    ),
    form(
        "heavy middle",
        3,
        "0.60,-1.50*0.9 0.66,-0.90*2.2 0.62,-0.50*3.4 0.46,-0.10*3.2 0.52,0.36*1.8 0.60,0.72*0.9! 0.26,0.80*1.4 0.30,1.16*1.4",
    ),
    form("z", 3, "0.16,-0.86 0.30,-0.74 0.94,-0.92! 0.60,-0.20 0.24,0.76! 0.94,0.78"),
    form("hook", 2, "0.48,-1.10 0.66,-0.30 0.80,0.42! 0.52,0.66 0.14,0.80"),
    form("turned seven", 2, "0.84,-0.70 0.26,-0.42! 0.40,0.16 0.48,0.76"),
    form("angle", 3, "0.86,-0.70 0.50,-0.30 0.22,0.02! 0.84,0.58"),
    form("long angle", 2, "1.10,-0.80 0.70,-0.30 0.04,0.10! 0.60,0.30 1.16,0.76"),
    form(
        "heavy",
        4,
        "0.36,-1.40*0.8 0.54,-0.90*2.0 0.66,-0.62*2.2 0.40,-0.24*3.2! 0.62,0.28*1.6 0.74,0.56*0.8! 0.34,0.62*1.6 0.30,1.06*1.8 0.62,1.26*0.9",
    ),
    form(
        "steps", 3, "0.34,-1.45 0.60,-0.82 0.68,-0.50! 0.20,-0.02! 0.74,0.52! 0.36,0.54 0.22,0.86 0.40,1.14"
    ),
)

_STEP = 0.98
"""Distance between the hooks of a rest."""

_HOOK_KINDS: tuple[tuple[str, float, str], ...] = (
    ("seven", 7, "{l},-0.62 {r},-0.68! {x1},0.10 {x2},{b}"),
    ("hooked seven", 5, "{l},-0.72 {l2},-0.46 {m},-0.44 {r},-0.72! {x1},0.10 {x2},{b}"),
    ("y", 7, "{l},-0.80 {l2},-0.40 {m},-0.30 {r},-0.66 {r},-0.84! {x1},0.06 {x2},{b}"),
    ("dot", 4, "{l},-0.60*2.1 {l2},-0.40 {m},-0.34 {r},-0.70! {x1},0.06 {x2},{b}"),
    ("curved seven", 2, "{l},-0.64 {m},-0.80 {r},-0.58 {x1},0.10 {x2},{b}"),
    ("angle", 4, "{l2},-0.86 {m},-0.44 {r},-0.26! {x1},0.16 {x2},{b}"),
    ("tall angle", 2, "{l2},-1.30 {l2},-0.72 {m},-0.40 {r},-0.24! {x1},0.30 {x2},{b}"),
    ("swung", 2, "{m},-0.74 {l},-0.58 {l2},-0.34 {m},-0.38 {r},-0.78! {x1},0.0 {x2},{b}"),
    ("broad", 3, "{l},-0.66 {l2},-0.50 {m},-0.46 {r},-0.56! {y1},-0.10 {x2},{short}"),
    ("wide y", 4, "{l},-0.50 {l2},-0.34 {m},-0.30 {r},-0.60! {y1},0.0 {x2},{short}"),
    ("looped", 2, "{m},-0.80 {l},-0.90 {l},-0.60 {l2},-0.26 {m},-0.22 {r},-0.74! {x1},0.10 {x2},{b}"),
    ("upright", 3, "{l2},-0.82 {m},-0.64 {r},-0.70! {x1},-0.30 {x1},{b}"),
    ("small", 3, "{l},-0.50 {l2},-0.36 {r},-0.52! {x1},-0.10 {x2},{b}"),
)

_FURTHER: tuple[str, ...] = (
    "-0.74,0.02 0.0,0.0",
    "-0.78,-0.26 -0.62,0.0 -0.26,0.06 0.02,-0.14",
    "-0.72,-0.34 -0.60,0.04 -0.26,0.10 0.02,-0.16",
    "-0.68,-0.14*2.0 -0.50,0.08 -0.20,0.08 0.02,-0.16",
    "-0.74,0.06 -0.36,-0.12 0.02,0.0",
    "-0.56,-0.50 -0.34,-0.16 0.02,0.0",
    "-0.60,-0.42 -0.40,-0.12 0.02,0.0",
    "-0.52,-0.24 -0.70,0.0 -0.48,0.16 0.02,-0.20",
    "-0.70,-0.02 -0.40,0.06 0.02,-0.06",
    "-0.74,-0.20 -0.44,0.0 0.02,-0.12",
    "-0.52,-0.30 -0.66,-0.10 -0.40,0.14 0.02,-0.18",
    "-0.56,-0.06 -0.20,0.02 0.02,-0.02",
    "-0.66,-0.06 -0.40,0.10 0.02,-0.08",
)
"""The second and further hooks of each kind, from the left to the stem."""


def _hooked(count: int) -> tuple[Allograph, ...]:
    """Rests with `count` hooks; the stem leans, so each further hook is a little further left."""
    rise = 0.98 * max(0, (count - 1) // 2)
    step = 0.56 if count == 2 else _STEP
    bottom = {1: 0.92, 2: 1.20}.get(count, -rise + _STEP * count + 0.10)
    lean = 0.26
    made = []
    for (name, weight, shape), further in zip(_HOOK_KINDS, _FURTHER, strict=True):
        r = 0.86 + 0.17 * (count - 1)
        foot = r - lean * (bottom + rise + 0.7) * 0.86
        places = {
            "l": r - 0.92,
            "l2": r - 0.70,
            "m": r - 0.42,
            "r": r,
            "x1": r - 0.24,
            "x2": foot,
            "b": bottom + rise,
            # The stem must reach further hooks.
            "y1": r - (0.36 if count == 1 else 0.16),
            "short": 0.46 if count == 1 else bottom + rise,
        }
        first = shape.format(**{key: f"{value:.3f}" for key, value in places.items()})
        strokes = [form("", 1, first)]
        for index in range(1, count):
            y = -0.50 + step * index
            x = r - 0.02 - 0.24 * (y + 0.68)
            strokes.extend(moved_forms([form("", 1, further)], dx=x, dy=y))
        joined = [item for one in strokes for item in one.strokes]
        made.append(
            form(
                name,
                weight,
                *(item for one in moved_forms([form("", 1, *joined)], dy=-rise) for item in one.strokes),
            )
        )
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
    "restQuarter": SymbolForms("quarter rest", moved_forms(_QUARTER, dx=-0.06, scale_x=1.12, scale_y=1.0)),
    **{name: SymbolForms("hooked rest", _hooked(count)) for count, name in enumerate(_NAMES, 1)},
}
"""From longa to 256ths."""
