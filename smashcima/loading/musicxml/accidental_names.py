"""Accidentals of MusicXML 4.0 in MEI: their names, and the sign nearest to an alteration."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from lxml import etree

from smashcima.scene.semantic.note_parts import ACCIDENTAL_ALTERS


class Sign(NamedTuple):
    """How MEI writes an accidental."""

    accid: str
    """MEI name; for a sign without one, the name of the sign that is nearest in meaning."""

    glyph: str | None = None
    """SMuFL name of the sign, if MEI has no name for it."""

    def write(self, element: etree._Element) -> None:
        """Sets the attributes of an `<accid>` or `<keyAccid>`."""
        element.set("accid", self.accid)
        if self.glyph is not None:
            element.set("glyph.auth", "smufl")
            element.set("glyph.name", self.glyph)


SIGNS: Mapping[str, Sign] = {
    "sharp": Sign("s"), "natural": Sign("n"), "flat": Sign("f"), "double-sharp": Sign("x"),
    "sharp-sharp": Sign("ss"), "flat-flat": Sign("ff"), "double-flat": Sign("ff"), "natural-sharp": Sign("ns"),
    "natural-flat": Sign("nf"), "quarter-flat": Sign("1qf"), "quarter-sharp": Sign("1qs"),
    "three-quarters-flat": Sign("3qf"), "three-quarters-sharp": Sign("3qs"),
    "sharp-down": Sign("sd"), "sharp-up": Sign("su"), "natural-down": Sign("nd"), "natural-up": Sign("nu"),
    "flat-down": Sign("fd"), "flat-up": Sign("fu"), "double-sharp-down": Sign("xd"), "double-sharp-up": Sign("xu"),
    "flat-flat-down": Sign("ffd"), "flat-flat-up": Sign("ffu"),
    "arrow-down": Sign("nd", "accidentalArrowDown"), "arrow-up": Sign("nu", "accidentalArrowUp"),
    "triple-sharp": Sign("ts"), "triple-flat": Sign("tf"),
    "slash-quarter-sharp": Sign("kms"), "slash-sharp": Sign("bms"),
    "slash-flat": Sign("bf"), "double-slash-flat": Sign("bmf"),
    "sharp-1": Sign("ks", "accidental1CommaSharp"), "sharp-2": Sign("1qs", "accidental2CommaSharp"),
    "sharp-3": Sign("1qs", "accidental3CommaSharp"), "sharp-5": Sign("s", "accidental5CommaSharp"),
    "flat-1": Sign("kf", "accidental1CommaFlat"), "flat-2": Sign("1qf", "accidental2CommaFlat"),
    "flat-3": Sign("1qf", "accidental3CommaFlat"), "flat-4": Sign("bf", "accidental4CommaFlat"),
    "sori": Sign("sori"), "koron": Sign("koron"),
}  # fmt: skip
"""Accidentals by MusicXML name, except `other`."""

CLEAR_ACCIDENTALS: Mapping[str, Fraction] = {
    "sharp": Fraction(1), "flat": Fraction(-1), "natural": Fraction(0), "double-sharp": Fraction(2),
    "sharp-sharp": Fraction(2), "flat-flat": Fraction(-2), "natural-sharp": Fraction(1), "natural-flat": Fraction(-1),
    "sharp-up": Fraction(3, 2), "sharp-down": Fraction(1, 2), "flat-up": Fraction(-1, 2), "flat-down": Fraction(-3, 2),
    "natural-up": Fraction(1, 2), "natural-down": Fraction(-1, 2),
    "quarter-sharp": Fraction(1, 2), "quarter-flat": Fraction(-1, 2), "three-quarters-sharp": Fraction(3, 2),
    "three-quarters-flat": Fraction(-3, 2), "triple-sharp": Fraction(3), "triple-flat": Fraction(-3),
}  # fmt: skip
"""Accidentals that mean the same alteration everywhere, with their semitones."""

_SHOWN = (
    "n", "s", "f", "x", "ff", "ts", "tf", "1qs", "1qf", "3qs", "3qf",
    "ks", "bs", "kms", "bms", "kf", "bf", "kmf", "bmf",
)  # fmt: skip
"""Signs that stand for an alteration whose sign the source does not name."""


def sign_of(name: str | None, smufl: str | None, alter: Fraction | None) -> Sign | None:
    """The sign of an accidental: by its name, by its SMuFL name, or else by the alteration of its note.

    `None` if none of them says what is drawn.
    """
    known = SIGNS.get((name or "").strip())
    if smufl and (known is None or known.glyph != smufl):
        nearest = known or (nearest_sign(alter) if alter is not None else Sign("n"))
        return Sign(nearest.accid, smufl)
    if known is not None:
        return known
    return None if alter is None else nearest_sign(alter)


def nearest_sign(alter: Fraction) -> Sign:
    """The usual sign for an alteration in semitones, or the nearest one."""
    return Sign(min(_SHOWN, key=lambda name: abs(ACCIDENTAL_ALTERS[name] - alter)))


def number_of(text: str | None) -> Fraction | None:
    """The alteration that a text such as `-0.5` gives; `None` if it is absent or no number."""
    try:
        return Fraction((text or "").strip()) if len(text or "") < 24 else None
    except (ValueError, ZeroDivisionError):
        return None
