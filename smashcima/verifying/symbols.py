"""What the symbols of music notation say: clefs, accidentals, noteheads, flags, rests and digits by SMuFL name.

Written from the SMuFL specification and the rules of notation; the importers have tables of their own.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from smashcima.engraving.symbol_boxes import font_symbol_box
from smashcima.scene.semantic import Accidental

_NAMES = 4096
"""More than SMuFL has symbols."""

_REFERENCE_FONT = "Leipzig"
"""Font from which the reference heights of symbols are measured; fonts and writers differ little in them."""

_CLEF = re.compile(r"(g|f|c)Clef(8vb|8va|15mb|15ma)?(?:Change|Small|Old|French|19thCentury)?$")
_DIATONIC_OF_CLEF = {"g": 32, "f": 24, "c": 28}
"""Diatonic number of the note on the line of a clef, counted from C0: G4, F3, C4."""

_OCTAVES = {None: 0, "": 0, "8vb": -1, "8va": 1, "15mb": -2, "15ma": 2}


@lru_cache(maxsize=_NAMES)
def clef_reference(name: str) -> int | None:
    """The diatonic number of the pitch on the line of a clef; `None` if it gives no pitches (percussion, tablature)."""
    if name == "gClef8vbOld":  # two treble clefs side by side
        return 25
    found = _CLEF.match(name)
    if found is None:
        return None
    return _DIATONIC_OF_CLEF[found[1]] + 7 * _OCTAVES[found[2]]


@lru_cache(maxsize=_NAMES)
def clef_shape(name: str) -> str | None:
    """The shape of a clef as the score names it: `G`, `F`, `C`, `perc`, `TAB`; `None` for others."""
    if name == "gClef8vbOld":
        return "GG"
    found = _CLEF.match(name)
    if found is not None:
        return found[1].upper()
    if name.startswith("unpitchedPercussionClef"):
        return "perc"
    return "TAB" if name.endswith("stringTabClef") else None


ALTERS: dict[str, Fraction | int] = {
    "accidentalFlat": -1,
    "accidentalNatural": 0,
    "accidentalSharp": 1,
    "accidentalDoubleSharp": 2,
    "accidentalSharpSharp": 2,
    "accidentalDoubleFlat": -2,
    "accidentalDoubleFlatJoinedStems": -2,
    "accidentalTripleSharp": 3,
    "accidentalTripleFlat": -3,
    "accidentalTripleFlatJoinedStems": -3,
    "accidentalNaturalFlat": -1,
    "accidentalNaturalSharp": 1,
    "accidentalFlatSmall": -1,
    "accidentalNaturalSmall": 0,
    "accidentalSharpSmall": 1,
    "accidentalQuarterToneSharpStein": Fraction(1, 2),
    "accidentalThreeQuarterTonesSharpStein": Fraction(3, 2),
    "accidentalQuarterToneFlatStein": Fraction(-1, 2),
    "accidentalThreeQuarterTonesFlatZimmermann": Fraction(-3, 2),
    "accidentalQuarterToneFlatArrowUp": Fraction(-1, 2),
    "accidentalThreeQuarterTonesFlatArrowDown": Fraction(-3, 2),
    "accidentalQuarterToneSharpNaturalArrowUp": Fraction(1, 2),
    "accidentalQuarterToneFlatNaturalArrowDown": Fraction(-1, 2),
    "accidentalThreeQuarterTonesSharpArrowUp": Fraction(3, 2),
    "accidentalQuarterToneSharpArrowDown": Fraction(1, 2),
}
"""Alterations in semitones by symbol. Signs of Turkish and Persian music stand for no exact number of them."""

SIGN_OF_KIND = {
    "n": ("accidentalNatural", "accidentalNaturalSmall"),
    "s": ("accidentalSharp", "accidentalSharpSmall"),
    "f": ("accidentalFlat", "accidentalFlatSmall"),
    "ss": ("accidentalSharpSharp", "accidentalDoubleSharp"),
    "x": ("accidentalDoubleSharp",),
    "ff": ("accidentalDoubleFlat", "accidentalDoubleFlatJoinedStems"),
    "ns": ("accidentalNaturalSharp",),
    "nf": ("accidentalNaturalFlat",),
    "ts": ("accidentalTripleSharp",),
    "tf": ("accidentalTripleFlat", "accidentalTripleFlatJoinedStems"),
    "1qs": ("accidentalQuarterToneSharpStein",),
    "3qs": ("accidentalThreeQuarterTonesSharpStein",),
    "1qf": ("accidentalQuarterToneFlatStein",),
    "3qf": ("accidentalThreeQuarterTonesFlatZimmermann",),
    "su": ("accidentalThreeQuarterTonesSharpArrowUp",),
    "sd": ("accidentalQuarterToneSharpArrowDown",),
    "fu": ("accidentalQuarterToneFlatArrowUp",),
    "fd": ("accidentalThreeQuarterTonesFlatArrowDown",),
    "nu": ("accidentalQuarterToneSharpNaturalArrowUp",),
    "nd": ("accidentalQuarterToneFlatNaturalArrowDown",),
}
"""Symbols of an accidental of the score, by its MEI name."""

_HEAD = re.compile(r"note(?:head|Shape)\w*?(DoubleWhole|Whole|Half|Black|White|Void|Filled)")
_REST = {
    "restMaxima": 32,
    "restLonga": 16,
    "restDoubleWhole": 8,
    "restWhole": 4,
    "restHalf": 2,
    "restQuarter": 1,
    "restQuarterOld": 1,
    "restQuarterZ": 1,
}
_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=_NAMES)
def head_form(name: str) -> str | None:
    """`breve`, `whole`, `half`, `black`, `white` (half or whole); `None` for a head that tells no duration."""
    if name.startswith("noteheadParenthesis"):
        return None
    if name in ("noteheadWholeFilled", "noteheadHalfFilled"):
        return "black"
    if name.startswith("noteheadSlash") and not name.startswith("noteheadSlashed"):
        return {"noteheadSlashWhiteWhole": "whole", "noteheadSlashWhiteHalf": "half"}.get(name, "black")
    found = _HEAD.match(name)
    if found is None:
        return None  # such as a circled x, which stands for all durations
    return {
        "DoubleWhole": "breve",
        "Whole": "whole",
        "Half": "half",
        "Black": "black",
        "White": "white",
        "Void": "white",
        "Filled": "black",
    }[found[1]]


@lru_cache(maxsize=_NAMES)
def flag_count(name: str) -> int | None:
    """Number of flags of a symbol: 1 for `flag8thUp`; `None` for other symbols."""
    found = _NUMBER.search(name)
    if not name.startswith("flag") or found is None:
        return None
    return int(found[0]).bit_length() - 3


@lru_cache(maxsize=_NAMES)
def rest_length(name: str) -> float | None:
    """Quarter lengths of a rest without dots; `None` for other symbols."""
    if name in _REST:
        return float(_REST[name])
    found = _NUMBER.search(name)
    if not name.startswith("rest") or found is None:
        return None
    return 4.0 / int(found[0])


@lru_cache(maxsize=_NAMES)
def digit(name: str) -> str | None:
    """The character that a symbol of a time signature, or of a tuplet, stands for; `None` for other symbols."""
    if name.startswith("tuplet"):
        rest = name.removeprefix("tuplet")
        return rest if rest.isdigit() else ":" if rest == "Colon" else None
    if not name.startswith("timeSig"):
        return None
    rest = re.sub(r"(Small|Large|Narrow)+$", "", name.removeprefix("timeSig"))
    if rest.isdigit():
        return rest
    return {"Plus": "+", "Common": "C", "CutCommon": "¢"}.get(rest)


@lru_cache(maxsize=_NAMES)
def reference_height(name: str) -> float:
    """Where the origin of a symbol lies in its box: 0 at the top, 1 at the bottom; 0.5 for unknown symbols.

    The origin of a clef lies on its line, that of a flat in the middle of its bowl.
    """
    if name.startswith(("note", "accidental")) and "Flat" not in name:
        return 0.5
    _, top, _, bottom = font_symbol_box(name.removesuffix("Small"), _REFERENCE_FONT)
    return -top / (bottom - top) if bottom > top else 0.5


def is_off_staff(accidental: object) -> bool:
    """Whether an accidental of the score is a mark above or below the staff, which affects no pitch on it."""
    return isinstance(accidental, Accidental) and accidental.mei.get("onstaff") == "false"
