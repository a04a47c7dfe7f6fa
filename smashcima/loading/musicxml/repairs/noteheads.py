"""Noteheads of MusicXML that Verovio does not import, given to it as names of SMuFL.

Verovio imports few values of `<notehead>`; it drops shape notes, and reads arrows and inverted triangles as slashes. It
keeps the attribute `smufl`, so the values are replaced by `other` with the name of the head for the duration of the note.
"""

from __future__ import annotations

from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.scene.semantic import Duration, DurationType
from smashcima.scene.visual.labels.notehead_families import NOTEHEAD_FAMILIES

_IMPORTED = frozenset({"slash", "triangle", "diamond", "square", "cross", "x", "circle-x"})
"""Values that Verovio imports as the shape that they are."""


class NameNoteheads(Repair):
    """Names the noteheads that would be lost, by the SMuFL name of the head for the duration of each note."""

    def prepare(self, source: MusicXmlSource) -> None:
        for part in source.root.iterfind("part"):
            divisions = Fraction(1)
            for child in part.iterfind("measure/*"):
                if child.tag == "attributes":
                    divisions = _number(child.findtext("divisions")) or divisions
                elif child.tag == "note":
                    head = child.find("notehead")
                    if head is not None and _name(head, child, divisions):
                        source.change()


def _name(head: etree._Element, note: etree._Element, divisions: Fraction) -> bool:
    """Names a notehead, if its value would be lost; returns whether it did."""
    value = " ".join((head.text or "").split())
    family = NOTEHEAD_FAMILIES.get(value)
    if family is None or value in _IMPORTED:
        return False
    if head.get("smufl") is None:
        filled = head.get("filled")
        name = family.of_length(_length(note, divisions))
        if filled == "yes":
            name = family.black
        elif filled == "no" and name == family.black:
            name = family.half
        head.set("smufl", name)
    head.text = "other"
    return True


def _length(note: etree._Element, divisions: Fraction) -> Fraction:
    """Note value in quarter notes, without dots; from the duration if no type is given."""
    kind = (note.findtext("type") or "").strip()
    try:
        return DurationType(kind).quarter_length
    except ValueError:
        length = (_number(note.findtext("duration")) or divisions) / divisions
    written = Duration.of_quarter_length(length)
    return length if written is None else written.type.quarter_length


def _number(text: str | None) -> Fraction | None:
    try:
        return Fraction((text or "").strip())
    except (ValueError, ZeroDivisionError):
        return None
