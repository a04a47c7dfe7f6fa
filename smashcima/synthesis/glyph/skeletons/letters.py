"""Letters of dynamics, trills and pedals, as musicians write them. Their baseline is y = 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from smashcima.synthesis.glyph.skeletons.notation import (
    Forms,
    SymbolForms,
    form,
    moved,
    moved_forms,
    oval,
    stroke,
)
from smashcima.synthesis.pen import Allograph, SkeletonStroke

LETTERS: Mapping[str, tuple[Allograph, ...]] = {
    "f": (
        form("small", 4, "0.76,-0.96 0.56,-1.04 0.44,-0.70 0.40,0.12", "0.08,-0.46 0.76,-0.52"),
        form("small capital", 3, "0.24,-0.90 0.22,0.12", "0.08,-0.92 0.82,-0.96", "0.20,-0.42 0.68,-0.46"),
        form("low cross", 2, "0.72,-1.26 0.52,-1.42 0.36,-0.80 0.40,0.20 0.56,0.46", "-0.04,0.0 0.80,-0.10"),
        form("leaning", 2, "0.74,-1.04 0.54,-0.98 0.36,-0.40 0.16,0.16", "0.14,-0.46 0.64,-0.54"),
        form(
            "swash", 2, "0.10,0.10 0.50,-0.64 0.78,-1.50 0.62,-1.44 0.42,-0.40 0.24,0.50 0.20,0.10 0.80,-0.50"
        ),
        form(
            "tall loop",
            3,
            "0.20,-0.10 0.62,-0.70 0.84,-1.56 0.66,-1.70 0.50,-1.20 0.42,0.10 0.30,0.70 0.10,0.72 0.20,0.30 0.74,-0.34",
        ),
        form(
            "low loop",
            4,
            "0.70,-1.16 0.56,-1.44 0.38,-1.10 0.44,-0.30 0.46,0.20 0.28,0.50 0.14,0.16 0.40,-0.24 0.74,-0.40",
        ),
        form(
            "high loop",
            2,
            "0.30,-0.10 0.66,-0.90 0.62,-1.44 0.40,-1.10 0.44,-0.10 0.58,0.40 0.40,0.50",
            "0.10,-0.24 0.78,-0.36",
        ),
        form(
            "eight",
            3,
            "0.66,-1.20 0.42,-1.30 0.36,-0.90 0.58,-0.40 0.56,0.20 0.34,0.40 0.22,0.06 0.66,-0.56",
            "0.16,-0.60 0.70,-0.66",
        ),
        form(
            "slanted",
            3,
            "1.10,-1.20 0.86,-1.30 0.60,-0.70 0.30,0.20 0.0,0.36 -0.10,0.10",
            "0.10,-0.50 0.98,-0.56",
        ),
        form("serif capital", 2, "0.36,-1.10 0.34,0.16", "0.0,-1.16 0.86,-1.14", "0.08,-0.56 0.76,-0.60"),
        form(
            "hooks",
            5,
            "0.94,-1.40 0.70,-1.56 0.48,-1.10 0.40,-0.30 0.26,0.36 -0.06,0.40",
            "0.06,-0.74 0.86,-0.82",
        ),
        form("cross", 4, "0.86,-1.44 0.56,-1.40 0.46,-0.90 0.42,0.40", "0.08,-0.66 0.90,-0.74"),
        form(
            "loops",
            5,
            "0.16,-0.40 0.60,-0.84 0.80,-1.40 0.60,-1.60 0.42,-1.10 0.38,0.10 0.20,0.46 0.06,0.16 0.40,-0.30 0.84,-0.50",
        ),
        form(
            "long s",
            3,
            "1.04,-1.46 0.74,-1.52 0.56,-0.90 0.36,0.20 0.10,0.52 -0.16,0.36",
            "0.16,-0.66 0.82,-0.80",
        ),
        form("stem and bar", 3, "0.76,-1.50 0.40,-1.20 0.36,0.30", "0.04,-0.60 0.80,-0.66"),
        form("capital", 1, "0.24,-1.30 0.20,0.30", "0.20,-1.30 0.94,-1.36", "0.20,-0.60 0.76,-0.66"),
        form("dagger", 3, "0.46,-1.30 0.42,0.44", "0.06,-0.52 0.82,-0.62"),
        form("slash", 3, "0.96,-1.16 0.56,-0.70 0.08,0.36", "0.16,-0.46 0.88,-0.54"),
        form(
            "small eight",
            4,
            "0.64,-0.96 0.42,-1.14 0.32,-0.84 0.58,-0.40 0.58,0.0 0.36,0.24 0.20,0.0 0.44,-0.34 0.72,-0.50",
        ),
        form(
            "left foot",
            2,
            "0.84,-1.06 0.62,-1.14 0.48,-0.70 0.44,0.06 0.30,0.24 0.0,0.20",
            "0.14,-0.40 0.84,-0.50",
        ),
        form("roofed", 2, "0.34,-1.06 0.30,0.20", "-0.12,-1.10 0.96,-1.16", "0.0,-0.44 0.72,-0.50"),
        form(
            "swung",
            2,
            "0.86,-1.20 0.76,-1.50 0.48,-1.20 0.44,-0.40 0.50,0.20 0.22,0.50 0.02,0.26",
            "0.10,-0.80 0.80,-0.64",
        ),
    ),
    "p": (
        form("narrow", 4, "0.06,0.50 0.36,-0.50 0.50,-0.92 0.72,-0.96 0.78,-0.68 0.60,-0.42 0.40,-0.40"),
        form("wide", 3, "0.36,-0.86 0.28,0.30", "0.04,-0.66 0.46,-0.96 0.96,-0.86 0.90,-0.46 0.32,-0.26"),
        form(
            "thin bowl",
            3,
            "0.40,-0.90 0.34,-0.30 0.18,0.52",
            "0.40,-0.60 0.56,-0.98 0.72,-0.86 0.62,-0.46 0.38,-0.30",
        ),
        form(
            "footed",
            2,
            "0.46,-0.80 0.40,0.16 0.16,0.44 -0.04,0.28",
            "0.10,-0.72 0.50,-1.0 0.92,-0.76 0.74,-0.32 0.44,-0.28",
        ),
        form(
            "running",
            2,
            "-0.10,-0.40 0.30,-0.86 0.52,-0.90 0.34,-0.20 0.14,0.40! 0.50,-0.50 0.96,-0.96 1.06,-0.76 0.60,-0.34",
        ),
        form("bow", 5, "0.26,-0.96 0.16,0.46", "0.20,-0.70 0.56,-1.02 0.88,-0.70 0.66,-0.24 0.22,-0.20"),
        form("one stroke", 4, "0.22,-0.80 0.12,0.50! 0.28,-0.60 0.62,-0.98 0.86,-0.62 0.60,-0.20 0.24,-0.24"),
        form(
            "flag",
            3,
            "0.06,-0.76 0.30,-0.98 0.26,-0.30 0.14,0.48",
            "0.26,-0.72 0.64,-1.0 0.90,-0.64 0.64,-0.14 0.26,-0.22",
        ),
        form("overhang", 3, "0.40,-0.90 0.20,0.50", "0.08,-0.72 0.56,-1.10 1.02,-0.80 0.80,-0.28 0.32,-0.20"),
        form("round", 2, "0.24,0.46 0.26,-0.60 0.56,-0.94 0.84,-0.56 0.56,-0.16 0.26,-0.30"),
        form("open", 2, "0.26,-1.0 0.14,0.42", "0.22,-0.84 0.70,-0.96 0.78,-0.46 0.34,-0.22"),
    ),
    "m": (
        form(
            "arches",
            5,
            "0.06,-0.66 0.16,-0.86 0.18,-0.06! 0.40,-0.80 0.56,-0.70 0.54,-0.06! 0.82,-0.84 1.0,-0.64 0.96,-0.14 1.16,-0.10",
        ),
        form("points", 3, "0.10,-0.80 0.14,-0.06! 0.50,-0.86! 0.54,-0.10! 0.90,-0.86! 1.0,-0.10 1.20,-0.16"),
        form(
            "waves",
            2,
            "0.06,-0.50 0.22,-0.76 0.26,-0.10 0.46,-0.16 0.62,-0.76 0.66,-0.10 0.86,-0.16 1.0,-0.76 1.04,-0.14 1.24,-0.20",
        ),
    ),
    "s": (
        form("small", 4, "0.66,-0.74 0.34,-0.80 0.26,-0.58 0.64,-0.40 0.58,-0.10 0.18,-0.08"),
        form("flat", 2, "0.80,-0.76 0.30,-0.80 0.16,-0.56 0.74,-0.38 0.60,-0.04 0.0,-0.10"),
        form("loop", 2, "0.06,0.0 0.50,-0.96 0.56,-0.50 0.70,-0.20 0.46,0.12 0.20,-0.10 0.76,-0.24"),
        form("s", 5, "0.78,-0.84 0.42,-1.0 0.22,-0.72 0.62,-0.38 0.60,-0.06 0.10,-0.04"),
        form("angular", 2, "0.76,-0.92 0.28,-0.86 0.24,-0.58! 0.66,-0.46! 0.60,-0.04 0.08,-0.04"),
        form("joined", 2, "0.0,-0.30 0.40,-0.56 0.60,-0.96! 0.64,-0.46 0.76,-0.16 0.56,0.06 0.42,-0.10"),
        form(
            "knotted",
            2,
            "0.70,-0.66 0.48,-0.88 0.28,-0.66 0.62,-0.34 0.66,-0.04 0.36,0.06 0.22,-0.16 0.66,-0.46",
        ),
        form("leaning", 3, "0.96,-0.90 0.56,-0.86 0.36,-0.62 0.66,-0.40 0.56,-0.10 0.06,0.0"),
        form("sickle", 2, "0.70,-0.80 0.40,-0.90 0.30,-0.62 0.60,-0.30 0.50,0.04 0.10,-0.10"),
    ),
    "z": (
        form("z", 3, "0.12,-0.86 0.76,-0.90! 0.10,-0.04! 0.80,-0.06"),
        form("crossed", 1, "0.12,-0.86 0.74,-0.90! 0.10,-0.04! 0.78,-0.06", "0.22,-0.46 0.66,-0.50"),
        form("tailed", 1, "0.12,-0.74 0.48,-0.92 0.60,-0.60 0.20,-0.24! 0.62,0.06 0.46,0.46 0.14,0.40"),
    ),
    "r": (
        form("r", 3, "0.14,-0.80 0.20,-0.04! 0.34,-0.64 0.60,-0.84 0.74,-0.70"),
        form("shoulder", 1, "0.06,-0.30 0.26,-0.94 0.32,-0.74 0.62,-0.72 0.54,-0.14 0.74,-0.10"),
    ),
    "n": (form("n", 1, "0.10,-0.80 0.16,-0.04! 0.38,-0.80 0.64,-0.74 0.66,-0.06 0.84,-0.10"),),
    "t": (
        form("cross", 5, "0.40,-1.36 0.26,-0.40 0.32,-0.06 0.62,-0.14", "0.02,-0.86 0.74,-0.92"),
        form("plain", 3, "0.42,-1.30 0.30,0.0", "0.04,-0.82 0.76,-0.86"),
        form("bent", 2, "0.36,-1.26 0.22,-0.30 0.40,-0.04 0.70,-0.30", "0.0,-0.80 0.66,-0.88"),
    ),
    "P": (form("p", 1, "0.30,-1.80 0.20,-0.04", "0.04,-1.40 0.56,-1.90 1.12,-1.60 0.86,-1.0 0.30,-0.92"),),
    "e": (form("e", 1, "0.06,-0.40 0.44,-0.50 0.52,-0.82 0.22,-0.84 0.08,-0.40 0.26,-0.04 0.66,-0.20"),),
    "d": (
        form(
            "d",
            1,
            "0.62,-0.70 0.28,-0.80 0.08,-0.30 0.30,-0.04 0.60,-0.36 0.86,-1.70! 0.66,-0.40 0.76,-0.04 0.96,-0.12",
        ),
    ),
}
"""Forms of each letter; the baseline is y = 0."""

_ADVANCE = {
    "f": 0.86,
    "p": 1.0,
    "m": 1.28,
    "s": 0.78,
    "z": 0.82,
    "r": 0.70,
    "n": 0.9,
    "t": 0.66,
    "P": 1.05,
    "e": 0.62,
    "d": 1.0,
}

_FORMS_OF_WORDS = 6
"""Number of forms of a word: form i of the word uses form i of each letter."""


def word(
    text: str,
    count: int = _FORMS_OF_WORDS,
    left: float = 0.0,
    letters: Mapping[str, Sequence[Allograph]] = LETTERS,
) -> tuple[Allograph, ...]:
    """Letters side by side."""
    made = []
    for index in range(count):
        first = letters[text[0]]
        made.append(
            Allograph.later(
                f"{text} {index + 1}",
                first[index % len(first)].weight,
                partial(_spelled, text, index, left, letters),
            )
        )
    return tuple(made)


def _spelled(
    text: str, index: int, left: float, letters: Mapping[str, Sequence[Allograph]]
) -> tuple[SkeletonStroke, ...]:
    """The strokes of a word in one form."""
    x = left
    strokes: list[SkeletonStroke] = []
    for letter in text:
        forms = letters[letter]
        strokes.extend(moved(forms[index % len(forms)].strokes, dx=x))
        x += _ADVANCE[letter]
    return tuple(strokes)


def _letter(letter: str) -> SymbolForms:
    return SymbolForms(f"letter {letter}", LETTERS[letter])


def _word(text: str) -> SymbolForms:
    return SymbolForms(f"letters of {text[0]}", word(text))


_SINGLE: Mapping[str, str] = {
    "dynamicForte": "f",
    "dynamicPiano": "p",
    "dynamicMezzo": "m",
    "dynamicSforzando": "s",
    "dynamicZ": "z",
    "dynamicRinforzando": "r",
    "dynamicNiente": "n",
}

DYNAMIC_WORDS_BY_NAME: Mapping[str, str] = {
    "dynamicPP": "pp",
    "dynamicPPP": "ppp",
    "dynamicPPPP": "pppp",
    "dynamicPPPPP": "ppppp",
    "dynamicPPPPPP": "pppppp",
    "dynamicFF": "ff",
    "dynamicFFF": "fff",
    "dynamicFFFF": "ffff",
    "dynamicFFFFF": "fffff",
    "dynamicFFFFFF": "ffffff",
    "dynamicMP": "mp",
    "dynamicMF": "mf",
    "dynamicPF": "pf",
    "dynamicFortePiano": "fp",
    "dynamicForzando": "fz",
    "dynamicSforzando1": "sf",
    "dynamicSforzandoPiano": "sfp",
    "dynamicSforzandoPianissimo": "sfpp",
    "dynamicSforzato": "sfz",
    "dynamicSforzatoPiano": "sfzp",
    "dynamicSforzatoFF": "sffz",
    "dynamicRinforzando1": "rf",
    "dynamicRinforzando2": "rfz",
}


def _trills(texts: Sequence[int]) -> tuple[Allograph, ...]:
    """The letters t and r, joined to different degrees."""
    made = []
    for index in texts:
        t, r = LETTERS["t"][index % 3], (*LETTERS["r"], *LETTERS["n"])[index % 3]
        joint = (0.62, 0.44, 0.54, 0.36)[index % 4]
        point = (stroke("1.55,-0.06*1.3"),) if index in (4, 11) else ()
        low = 0.2 * (index % 5 == 4)  # some write the r lower
        letters = (*t.strokes, *moved(r.strokes, dx=joint, dy=low, scale_x=0.85))
        made.append(
            form(f"tr {index + 1}", t.weight, *moved(letters, scale_x=1.1 - 0.1 * (index % 3)), *point)
        )
    return tuple(made)


_PEDAL = tuple(
    form(f"ped {index + 1}", 1, *strokes, dot)
    for index, (strokes, dot) in enumerate(
        (
            (word("Ped", 1, 0.2)[0].strokes, "3.02,-0.10*1.5"),
            (moved(word("Ped", 1, 0.2)[0].strokes, scale_x=1.1, scale_y=1.0), "3.3,-0.10*1.5"),
        )
    )
)

_PEDAL_UP = (
    form(
        "star",
        3,
        "0.20,-0.90 1.60,-0.90",
        "0.90,-1.64 0.90,-0.14",
        "0.38,-1.46 1.40,-0.36",
        "1.40,-1.46 0.38,-0.36",
    ),
    form(
        "ring star",
        1,
        oval((0.9, -0.9), (0.34, 0.34), 0, -90, 370),
        "0.14,-0.90 1.66,-0.90",
        "0.90,-1.70 0.90,-0.10",
    ),
)

LETTER_SYMBOLS: Forms = {
    **{name: _letter(letter) for name, letter in _SINGLE.items()},
    **{name: _word(text) for name, text in DYNAMIC_WORDS_BY_NAME.items()},
    "ornamentTrill": SymbolForms("trill", moved_forms(_trills(range(12)), dx=0.2, scale_x=1.0, scale_y=0.88)),
    "keyboardPedalPed": SymbolForms("pedal", _PEDAL),
    "keyboardPedalUp": SymbolForms("pedal up", _PEDAL_UP),
}
"""Dynamics, `tr`, `Ped.` and its end."""
