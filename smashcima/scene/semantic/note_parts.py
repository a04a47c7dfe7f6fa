"""Accidentals and articulations of notes and chords."""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from smashcima.scene.semantic.pitch import Alter
from smashcima.scene.semantic.semantic_object import MeiAttributes, SemanticObject

if TYPE_CHECKING:
    from smashcima.scene.semantic.note import Note, StemmedEvent

_COMMA = Fraction(12, 53)
"""A Holdrian comma in semitones: a 53rd of an octave, nine of which are a whole tone in Turkish music."""

ACCIDENTAL_ALTERS: dict[str, Alter] = {
    "n": 0, "s": 1, "f": -1, "ss": 2, "x": 2, "ff": -2, "xs": 3, "sx": 3, "ts": 3, "tf": -3,
    "nf": -1, "ns": 1, "su": Fraction(3, 2), "sd": Fraction(1, 2), "fu": Fraction(-1, 2), "fd": Fraction(-3, 2),
    "nu": Fraction(1, 2), "nd": Fraction(-1, 2), "1qf": Fraction(-1, 2), "3qf": Fraction(-3, 2),
    "1qs": Fraction(1, 2), "3qs": Fraction(3, 2), "xu": Fraction(5, 2), "ffd": Fraction(-5, 2),
    "xd": Fraction(3, 2), "ffu": Fraction(-3, 2), "koron": Fraction(-1, 2), "sori": Fraction(1, 2),
    "ks": _COMMA, "bs": 4 * _COMMA, "kms": 5 * _COMMA, "bms": 8 * _COMMA,
    "kf": -_COMMA, "bf": -4 * _COMMA, "kmf": -5 * _COMMA, "bmf": -8 * _COMMA,
}  # fmt: skip
"""Semitones by MEI name of an accidental; those of Turkish and Persian music are nominal values."""

_ALTERS_OF_GLYPHS: dict[str, Alter] = {
    f"accidental{commas}Comma{sign}": direction * commas * _COMMA
    for sign, direction in (("Sharp", 1), ("Flat", -1))
    for commas in range(1, 6)
}
"""Semitones by SMuFL name, for signs without a name in MEI."""


def alter_of_sign(kind: str | None, glyph: str | None) -> Alter | None:
    """Semitones of a sign, by its MEI name and the SMuFL name of its form, if given; `None` if it is unknown."""
    return _ALTERS_OF_GLYPHS.get(glyph or "", ACCIDENTAL_ALTERS.get(kind or ""))


class Accidental(SemanticObject):
    """An accidental, drawn or implicit (see `is_visible`).

    As a child of a note it applies to that note. As a child of a voice it stands alone, before the next element,
    and affects no pitch.
    """

    tag = "accid"

    kind: str | None = None
    """MEI name of the drawn accidental: `s`, `f`, `n`, `x`, `ff`, `1qs`, ...; `None` if nothing is drawn."""

    function: str | None = None
    """`caution` for a cautionary accidental, `edit` for an editorial one above the note."""

    enclosure: str | None = None
    """`paren` or `brack` if it is enclosed in parentheses or brackets."""

    staff_position: int | None = field(default=None, kw_only=True)
    """The staff position given in the source: 0 is the middle of the staff, +1 one step up. `None` for the position of
    its note. Required for an accidental without a note."""

    attribute_form: MeiAttributes | None = field(default=None, kw_only=True, repr=False)
    """The attributes of the note that the source wrote in its place, if it did."""

    @property
    def is_visible(self) -> bool:
        """Whether it is drawn."""
        return self.kind is not None and self.mei.get("visible") != "false"

    @property
    def alter(self) -> Alter | None:
        """The alteration in semitones; `None` if it has no sign, or an unknown one."""
        return None if self.kind is None else alter_of_sign(self.kind, self.glyph)

    @property
    def glyph(self) -> str | None:
        """SMuFL name of its sign if it is not the usual one of its `kind`, as for the accidentals of Turkish folk music."""
        return self.mei.get("glyph.name")

    @property
    def note(self) -> Note | None:
        """The note to which it applies; `None` if it stands alone."""
        return cast("Note | None", self.tagged_ancestor("note"))

    @property
    def position(self) -> int | None:
        """The staff position at which it is drawn: `staff_position` if given, else that of its note.

        `None` for accidentals above their note (`function` is `edit`).
        """
        if self.staff_position is not None or self.function == "edit":
            return self.staff_position
        note = self.note
        return None if note is None else note.position


class Articulation(SemanticObject):
    """One or more articulation signs of a note or chord."""

    tag = "artic"

    kinds: tuple[str, ...] = ()
    """MEI names: `stacc`, `ten`, `acc`, `marc`, `spicc`, `stacciss`, `upbow`, `dnbow`, `harm`, ..."""

    place: str | None = None
    """`above` or `below`, if specified in the source."""

    attribute_form: MeiAttributes | None = field(default=None, kw_only=True, repr=False)
    """The attributes of the note that the source wrote in its place, if it did."""

    @property
    def event(self) -> StemmedEvent | None:
        """The note or chord to which it applies."""
        return cast("StemmedEvent | None", self.tagged_ancestor("note", "chord"))
