"""Names in MEI and in MusicXML."""

from __future__ import annotations

from collections.abc import Mapping

from smashcima.scene.semantic import BarlineForm, ClefShape
from smashcima.scene.visual.labels.notehead_families import NOTEHEAD_FAMILIES

ACCIDENTALS: Mapping[str, str] = {
    "s": "sharp", "f": "flat", "n": "natural", "x": "double-sharp", "ss": "sharp-sharp", "ff": "flat-flat",
    "ts": "triple-sharp", "xs": "triple-sharp", "sx": "triple-sharp", "tf": "triple-flat",
    "ns": "natural-sharp", "nf": "natural-flat", "1qs": "quarter-sharp", "3qs": "three-quarters-sharp",
    "1qf": "quarter-flat", "3qf": "three-quarters-flat", "su": "sharp-up", "sd": "sharp-down",
    "fu": "flat-up", "fd": "flat-down", "nu": "natural-up", "nd": "natural-down", "xu": "double-sharp-up",
    "xd": "double-sharp-down", "ffu": "flat-flat-up", "ffd": "flat-flat-down", "koron": "koron",
    "sori": "sori", "kms": "slash-quarter-sharp", "bms": "slash-sharp", "bf": "slash-flat", "bmf": "double-slash-flat",
}  # fmt: skip
"""Accidentals, by MEI name."""

_ACCIDENTALS_BY_GLYPH: Mapping[str, str] = {
    "accidental1CommaSharp": "sharp-1", "accidental2CommaSharp": "sharp-2", "accidental3CommaSharp": "sharp-3",
    "accidental5CommaSharp": "sharp-5", "accidental1CommaFlat": "flat-1", "accidental2CommaFlat": "flat-2",
    "accidental3CommaFlat": "flat-3", "accidental4CommaFlat": "flat-4", "accidentalArrowUp": "arrow-up",
    "accidentalArrowDown": "arrow-down",
}  # fmt: skip

_GLYPHS_OF_OTHERS: Mapping[str, str] = {
    "ks": "accidentalKomaSharp", "bs": "accidentalBakiyeSharp", "kf": "accidentalKomaFlat",
    "kmf": "accidentalKucukMucennebFlat",
}  # fmt: skip
"""SMuFL names of accidentals for which MusicXML has none, by MEI name."""


def accidental_name(kind: str, glyph: str | None) -> tuple[str | None, str | None]:
    """The MusicXML name of an accidental, and the SMuFL name if that is needed to tell it; `None` if there is none."""
    if glyph is not None and glyph in _ACCIDENTALS_BY_GLYPH:
        return _ACCIDENTALS_BY_GLYPH[glyph], None
    if kind in _GLYPHS_OF_OTHERS:
        return "other", glyph or _GLYPHS_OF_OTHERS[kind]
    return ACCIDENTALS.get(kind), glyph


ARTICULATIONS: Mapping[str, str] = {
    "acc": "accent", "marc": "strong-accent", "stacc": "staccato", "ten": "tenuto", "ten-stacc": "detached-legato",
    "stacciss": "staccatissimo", "spicc": "spiccato", "scoop": "scoop", "plop": "plop", "doit": "doit",
    "fall": "falloff", "stress": "stress", "unstress": "unstress",
}  # fmt: skip
"""Articulations, by MEI name, in the order of MusicXML."""

TECHNICAL: Mapping[str, str] = {
    "upbow": "up-bow", "dnbow": "down-bow", "harm": "harmonic", "open": "open-string", "dbltongue": "double-tongue",
    "trpltongue": "triple-tongue", "stop": "stopped", "snap": "snap-pizzicato", "heel": "heel", "toe": "toe",
    "fingernail": "fingernails", "lhpizz": "stopped", "tap": "tap",
}  # fmt: skip
"""Articulations of MEI that are technical indications in MusicXML."""

DYNAMICS = frozenset(
    "p pp ppp pppp ppppp pppppp f ff fff ffff fffff ffffff mp mf sf sfp sfpp fp rf rfz sfz sffz fz n pf sfzp".split()
)
"""Dynamics with an element in MusicXML; others are written as words."""

BAR_STYLES: Mapping[BarlineForm, str] = {
    BarlineForm.DASHED: "dashed",
    BarlineForm.DOTTED: "dotted",
    BarlineForm.DOUBLE: "light-light",
    BarlineForm.DOUBLE_DASHED: "dashed",
    BarlineForm.DOUBLE_DOTTED: "dotted",
    BarlineForm.DOUBLE_HEAVY: "heavy-heavy",
    BarlineForm.DOUBLE_SEGNO: "light-light",
    BarlineForm.END: "light-heavy",
    BarlineForm.HEAVY: "heavy",
    BarlineForm.INVISIBLE: "none",
    BarlineForm.REPEAT_START: "heavy-light",
    BarlineForm.REPEAT_END: "light-heavy",
    BarlineForm.REPEAT_BOTH: "light-heavy",
    BarlineForm.SEGNO: "light-light",
}
"""Styles of barlines; a regular one needs no element."""

INEXACT_BARLINES = frozenset(
    {BarlineForm.DOUBLE_DASHED, BarlineForm.DOUBLE_DOTTED, BarlineForm.DOUBLE_SEGNO, BarlineForm.SEGNO}
)
"""Barlines without a style in MusicXML."""

CLEF_SIGNS: Mapping[ClefShape, str] = {
    ClefShape.G: "G",
    ClefShape.F: "F",
    ClefShape.C: "C",
    ClefShape.DOUBLE_G: "G",
    ClefShape.PERCUSSION: "percussion",
    ClefShape.TAB: "TAB",
}

GROUP_SYMBOLS: Mapping[str, str] = {
    "brace": "brace",
    "bracket": "bracket",
    "bracketsq": "square",
    "line": "line",
    "none": "none",
}

NOTEHEADS: Mapping[str, str] = {
    "quarter": "normal", "half": "normal", "whole": "normal", "x": "x", "+": "cross", "diamond": "diamond",
    "slash": "slash", "square": "square", "rectangle": "rectangle", "isotriangle": "triangle", "circle": "circled",
    "backslash": "back slashed", "blank": "none", "rtriangle": "left triangle", "oval": "normal",
}  # fmt: skip
"""Noteheads, by MEI name."""

GLYPH_NOTEHEADS: Mapping[str, str] = {
    glyph: value for value, family in reversed(list(NOTEHEAD_FAMILIES.items())) for glyph in family
}
"""Noteheads, by SMuFL name; of several values for one name, the first of the table."""

BEAT_UNITS: Mapping[str, str] = {
    "\ueca0": "breve", "\ueca1": "breve", "\ueca2": "whole", "\ueca3": "half", "\ueca4": "half",
    "\ueca5": "quarter", "\ueca6": "quarter", "\ueca7": "eighth", "\ueca8": "eighth", "\ueca9": "16th",
    "\uecaa": "16th", "\uecab": "32nd", "\uecac": "32nd", "\uecad": "64th", "\uecae": "64th",
    "♩": "quarter", "♪": "eighth", "\U0001d15d": "whole", "\U0001d15e": "half", "\U0001d15f": "quarter",
    "\U0001d160": "eighth", "\U0001d161": "16th", "\ue1d2": "whole", "\ue1d3": "half", "\ue1d5": "quarter",
    "\ue1d7": "eighth", "\ue1d9": "16th",
}  # fmt: skip
"""Note values in metronome marks, by their characters in SMuFL and Unicode."""

BEAT_DOTS = frozenset("\uecb7\ue1e7.·")

PLACES = frozenset({"above", "below"})
