"""Rests, flags, dynamics and other signs of the 17th to 19th century, as `period` has heads and clefs. Drawn for this project.

Eighth rests are wide sevens or brackets without a hook; flags are short and thick; f and p are letters of a round hand;
rests of measures are dashes of a broad nib.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smashcima.synthesis.glyph.skeletons.letters import DYNAMIC_WORDS_BY_NAME, LETTERS, word
from smashcima.synthesis.glyph.skeletons.notation import SymbolForms, form, moved, moved_forms, stroke
from smashcima.synthesis.pen import Allograph

# -- rests -----------------------------------------------------------------------------------------------

_DASH = (
    form("dash", 5, "0.0,0.30*0.7 0.16,0.26*1.9 0.98,0.26*1.9 1.20,0.18*0.7"),
    form("block", 3, "0.06,0.28*2.2 1.0,0.26*2.2"),
    form("wavy", 3, "-0.04,0.40*0.6 0.20,0.20*1.8 0.62,0.28*2.0 0.96,0.34*1.7 1.24,0.14*0.6"),
    form("slab", 2, "fill 0.06,0.06! 1.10,0.02! 1.08,0.50! 0.04,0.54!"),
)

_HOOKS: tuple[tuple[str, float, str, str, float], ...] = (
    # Name, weight, the hook up to the top of the stem, further hooks up to the stem, and how far the stem leans.
    ("wide seven", 6, "0.02,-0.42*1.0 0.24,-0.70*1.5 0.60,-0.76*1.6 1.02,-0.62!", "-0.80,0.16*1.2 -0.60,-0.06*1.6 0.0,-0.04", 0.56),
    ("bracket", 5, "0.34,-0.84*0.8 0.70,-0.66*1.1", "-0.62,-0.10*0.9 -0.30,-0.06*1.4 0.0,0.08", 0.52),
    ("long bracket", 3, "0.16,-0.92*1.0 0.54,-0.84*1.2 0.82,-0.50", "-0.66,-0.16*1.0 -0.34,-0.14*1.3 0.0,0.06", 0.70),
    ("flat seven", 4, "0.08,-0.60*1.5 0.52,-0.64*1.5 0.98,-0.66!", "-0.72,0.06*1.5 0.0,0.0", 0.60),
    ("comma", 2, "0.30,-0.52*2.1 0.52,-0.66*1.6 0.80,-0.44", "-0.54,0.02*2.0 -0.26,-0.08*1.4 0.0,0.06", 0.50),
)  # fmt: skip

_REST_STEP = 0.66
"""Distance between the hooks of a rest."""


def _hooked(count: int) -> tuple[Allograph, ...]:
    """Rests with `count` hooks; the stem bulges to the right and leans to the left."""
    rise = _REST_STEP * (count - 1) / 2
    foot = 0.90 + _REST_STEP * max(count - 2, 0) * 0.8 + 0.30 * (count > 1)
    made = []
    for name, weight, hook, further, lean in _HOOKS:
        x, y = map(float, hook.split()[-1].partition("*")[0].rstrip("!").split(","))
        height = foot + rise - y
        bulge = 0.10 if "bracket" in name or name == "comma" else -0.10
        stem = f"{x + bulge - 0.2 * lean:.3f},{y + 0.46 * height:.3f}*1.2 {x - lean:.3f},{y + height:.3f}*0.7"
        strokes = [stroke(f"{hook} {stem}")]
        for index in range(1, count):
            down = _REST_STEP * index
            place = x + (bulge - 0.2 * lean) * min(down / (0.46 * height), 1.0)
            strokes.extend(moved([stroke(further)], dx=place, dy=y + down))
        made.append(form(name, weight, *moved(strokes, dy=-rise)))
    return tuple(made)


_RESTS = ("rest8th", "rest16th", "rest32nd", "rest64th", "rest128th")

# -- flags -----------------------------------------------------------------------------------------------

_FLAG_STEP = 0.62
_UP = (
    ("thick", 5, "0.0,0.02*0.7 0.22,0.20*1.4 0.50,0.50*1.5 0.72,0.84*0.8"),
    ("curl", 4, "0.0,0.02*0.8 0.40,0.16*1.2 0.66,0.52*1.3 0.56,0.96*0.7"),
    ("straight", 3, "0.0,0.0*1.0 0.36,0.36*1.3 0.70,0.78*0.9"),
    ("horn", 2, "0.0,0.0*0.7 0.14,0.28*1.4 0.44,0.52*1.6 0.60,1.0*0.7"),
)
_DOWN = (
    ("thick", 5, "0.0,-0.02*0.7 0.24,-0.16*1.3 0.54,-0.50*1.5 0.62,-0.90*0.8"),
    ("curl", 4, "0.0,-0.02*0.8 0.36,-0.08*1.1 0.68,-0.46*1.3 0.70,-1.04*0.7"),
    ("straight", 3, "0.0,0.0*1.0 0.34,-0.40*1.3 0.66,-0.84*0.9"),
    ("horn", 2, "0.0,0.0*0.8 0.30,0.02*1.1 0.58,-0.34*1.3 0.50,-0.88*0.7"),
)
_FLAGS = ("flag8th", "flag16th", "flag32nd", "flag64th", "flag128th")


def _flags(shapes: Sequence[tuple[str, float, str]], count: int, down: float) -> tuple[Allograph, ...]:
    """As in `flags`: `down` is 1 for stems up and -1 for stems down."""
    beyond = _FLAG_STEP * max(count - 2, 0)
    stem = (stroke(f"0,0*0.6 0,{-down * beyond:.3f}*0.6"),) if beyond else ()
    return tuple(
        form(
            name,
            weight,
            *stem,
            *(moved([stroke(shape)], dy=down * (_FLAG_STEP * index - beyond))[0] for index in range(count)),
        )
        for name, weight, shape in shapes
    )


# -- letters of dynamics -----------------------------------------------------------------------------------

_F = (
    form(
        "round hand",
        5,
        "0.92,-1.30*1.5 0.80,-1.52 0.58,-1.20 0.42,-0.40*1.2 0.24,0.36 -0.02,0.58 -0.16,0.36*1.4",
        "0.06,-0.52*0.8 0.76,-0.66*0.8",
    ),
    form(
        "loops",
        4,
        "0.10,-0.30*0.7 0.56,-0.74 0.86,-1.34 0.74,-1.62 0.54,-1.24 0.40,-0.10*1.3 0.20,0.56 0.02,0.40 0.24,-0.14 0.78,-0.42*0.7",
    ),
    form(
        "long",
        4,
        "1.06,-1.42*1.4 0.86,-1.60 0.62,-1.20 0.40,-0.20*1.2 0.16,0.62 -0.14,0.74*1.6",
        "0.10,-0.40*1.0 0.70,-0.62*1.0",
    ),
    form("hook", 2, "0.86,-1.20*1.2 0.64,-1.36 0.48,-0.90 0.44,0.46*1.1", "0.10,-0.60*0.8 0.84,-0.70*0.8"),
)

_P = (
    form(
        "rising",
        5,
        "-0.16,-0.36*0.6 0.18,-0.90*0.8 0.34,-0.94 0.28,-0.20*1.1 0.08,0.56*0.9",
        "0.26,-0.60*0.7 0.62,-1.02*0.9 0.94,-0.74*1.3 0.74,-0.24*1.1 0.40,-0.20*0.8",
    ),
    form(
        "running",
        4,
        "-0.14,-0.30*0.6 0.26,-0.94*0.8 0.38,-0.86! 0.10,0.60*1.1! 0.34,-0.50*0.7 0.70,-1.0 0.98,-0.66*1.3 0.66,-0.16 0.36,-0.22",
    ),
    form(
        "open",
        3,
        "0.02,-0.70*0.7 0.30,-1.02*0.9 0.32,-0.60 0.12,0.54*1.1",
        "0.34,-0.78*0.8 0.76,-1.0 0.94,-0.60*1.3 0.60,-0.10*0.8",
    ),
    form(
        "long",
        2,
        "0.40,-1.0*1.0 0.02,0.86*1.1",
        "0.0,-0.56*0.6 0.44,-0.98*0.8 0.90,-0.86*1.2 0.80,-0.40 0.34,-0.24*0.8",
    ),
)

_M = (
    form(
        "arches",
        4,
        "0.0,-0.56*0.6 0.16,-0.80*0.8 0.20,-0.04*1.2! 0.34,-0.60*0.7 0.52,-0.80*0.9 0.54,-0.04*1.2! 0.70,-0.60*0.7 0.90,-0.78*0.9 0.88,-0.14*1.2 1.10,-0.20*0.6",
    ),
    form(
        "points",
        2,
        "0.04,-0.50*0.6 0.18,-0.76! 0.16,-0.04*1.2! 0.48,-0.80*0.7! 0.50,-0.04*1.2! 0.84,-0.80*0.7! 0.86,-0.08*1.2 1.10,-0.24*0.6",
    ),
)

_LETTERS = {**LETTERS, "f": _F, "p": _P, "m": _M}

# -- other signs -------------------------------------------------------------------------------------------

_NATURAL = (
    form(
        "thick bars",
        5,
        "0.16,-1.20*0.8 0.14,0.42*0.8",
        "0.66,-0.44*0.8 0.62,1.20*0.8",
        "0.14,-0.24*1.4 0.66,-0.46*1.4",
        "0.14,0.44*1.4 0.64,0.22*1.4",
    ),
    form("two corners", 4, "0.18,-1.26*0.8 0.12,0.44*0.8! 0.66,0.20*1.3", "0.14,-0.26*1.3 0.70,-0.48! 0.62,1.20*0.8"),
    form("z", 3, "0.24,-1.10*0.8 0.10,0.26! 0.60,-0.02*1.4 0.52,0.10! 0.34,1.24*0.8", "0.20,-0.34*1.4 0.64,-0.52*1.4"),
)  # fmt: skip

_FERMATA = (
    form("thick bow", 5, "0.20,-0.06*0.7 0.60,-0.66*1.3 1.20,-0.88*1.8 1.80,-0.68*1.3 2.22,-0.10*0.7", "1.20,-0.34*1.8"),
    form("flat", 3, "0.10,-0.24*0.7 0.60,-0.64*1.4 1.30,-0.72*1.7 1.90,-0.44*1.1 2.16,-0.10*0.7", "1.16,-0.26*1.8"),
    form("round", 3, "0.40,0.0*0.8 0.42,-0.70 1.14,-1.20*1.5 1.90,-0.80 2.04,0.04*0.8", "1.20,-0.36*1.8"),
)  # fmt: skip

_DIGITS: Mapping[str, tuple[Allograph, ...]] = {
    "2": (
        form("swan", 5, "0.16,-0.40*1.4 0.30,-0.74 0.70,-0.72 0.74,-0.30 0.36,0.34 0.08,0.70! 0.46,0.50*1.3 0.80,0.78 1.06,0.60*0.8"),
        form("loop", 3, "0.20,-0.46*1.3 0.48,-0.80 0.82,-0.46 0.46,0.30 0.12,0.72 0.16,0.40 0.56,0.66*1.2 1.04,0.54*0.8"),
    ),
    "3": (
        form("round", 5, "0.16,-0.54*1.3 0.46,-0.82 0.80,-0.50 0.40,-0.12! 0.88,0.14*1.2 0.70,0.74 0.16,0.66*1.4"),
        form("tailed", 3, "0.10,-0.72 0.84,-0.78! 0.42,-0.16! 0.86,0.12*1.2 0.66,0.72 0.0,0.90*1.2"),
    ),
    "4": (
        form("open", 5, "0.44,-0.84*0.9 0.08,0.22! 1.0,0.10*1.1", "0.74,-0.34 0.58,0.88*0.9"),
        form("closed", 3, "0.80,-0.84 0.02,0.28! 1.04,0.16*1.1", "0.80,-0.84*0.9 0.56,0.90*0.9"),
    ),
    "6": (
        form("curl", 4, "0.90,-0.80*1.2 0.40,-0.56 0.12,0.20 0.40,0.76 0.84,0.46 0.66,0.02 0.18,0.30"),
        form("tall", 2, "0.82,-1.0 0.26,-0.20 0.14,0.46 0.50,0.80 0.84,0.40 0.50,0.06 0.16,0.40"),
    ),
    "8": (
        form("crossed", 4, "0.86,-0.60*1.2 0.54,-0.84 0.22,-0.50 0.78,0.16*1.3 0.66,0.76 0.22,0.70 0.22,0.30 0.92,-0.56"),
        form("rings", 2, "0.54,-0.08 0.20,-0.46 0.54,-0.82 0.84,-0.46 0.50,-0.06 0.14,0.40 0.54,0.80 0.92,0.40 0.54,-0.08"),
    ),
}  # fmt: skip


def hooked_rests() -> dict[str, SymbolForms]:
    """The forms of eighth and shorter rests before 1830, by SMuFL name."""
    return {
        name: SymbolForms("hooked rest of the period", _hooked(count)) for count, name in enumerate(_RESTS, 1)
    }


def period_signs() -> dict[str, SymbolForms]:
    """The forms of signs that all periods wrote otherwise than people do today, by SMuFL name."""
    signs = {
        "restWhole": SymbolForms("rest dash", _DASH),
        "restHalf": SymbolForms("rest dash", moved_forms(_DASH, dy=-0.54)),
        "accidentalNatural": SymbolForms("natural of the period", _NATURAL),
        "fermataAbove": SymbolForms("fermata of the period", _FERMATA),
        "fermataBelow": SymbolForms(
            "fermata of the period", moved_forms(_FERMATA, scale_x=1.0, scale_y=-1.0)
        ),
        "dynamicForte": SymbolForms("letter f of the period", _F),
        "dynamicPiano": SymbolForms("letter p of the period", _P),
        "dynamicMezzo": SymbolForms("letter m of the period", _M),
    }
    for count, name in enumerate(_FLAGS, 1):
        signs[f"{name}Up"] = SymbolForms("flag of the period", _flags(_UP, count, 1.0))
        signs[f"{name}Down"] = SymbolForms("flag of the period", _flags(_DOWN, count, -1.0))
    for name, text in DYNAMIC_WORDS_BY_NAME.items():
        forms = word(text, letters=_LETTERS)
        signs[name] = SymbolForms(f"letters of {text[0]} of the period", forms)
    for digit, forms in _DIGITS.items():
        signs[f"timeSig{digit}"] = SymbolForms(f"digit {digit} of the period", forms)
    return signs
