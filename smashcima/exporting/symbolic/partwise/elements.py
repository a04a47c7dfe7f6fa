"""Construction of XML elements, and state shared by all parts of a document."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from fractions import Fraction

from smashcima.errors import Issue
from smashcima.scene.semantic import (
    ControlEvent,
    Glissando,
    LaissezVibrer,
    Pedal,
    SemanticObject,
    Slur,
    Tie,
    place_in_score,
)

_CURVES = (Glissando, LaissezVibrer, Slur, Tie)
"""Marks that are hidden with a note at one of their ends."""

_ID = re.compile(r"[A-Za-z_][\w.\-]*\Z", re.A)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def add(parent: ET.Element, tag: str, text: str | int | None = None, **attributes: str | None) -> ET.Element:
    """Adds a child element. Underscores in attribute names are replaced by hyphens; attributes with value
    `None` are omitted.
    """
    made = ET.SubElement(parent, tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.strip("_").replace("_", "-"), value)
    if text is not None:
        made.text = str(text) if isinstance(text, int) else _NOT_XML.sub("", text)
    return made


def units(length: Fraction, divisions: int) -> int:
    """A length in quarters as a number of divisions of a quarter."""
    whole, rest = divmod(length.numerator * divisions, length.denominator)
    assert rest == 0, "divisions make every length a whole number"
    return whole


@dataclass
class Shared:
    """State shared by the writers of a document."""

    ids: bool
    """Whether elements have the ids of the score."""

    hidden: bool = True
    """Whether hidden notes and rests are written, marked as hidden."""

    has_hidden: bool = True
    """Whether anything of the score is hidden. Looking for it around every note would take long."""

    issues: list[Issue] = field(default_factory=list)
    used_ids: set[str] = field(default_factory=set)

    def name(self, element: ET.Element, source: SemanticObject) -> ET.Element:
        """Sets the id of an element to that of the score object, if it is valid and not used before."""
        id = source.id
        if self.ids and id not in self.used_ids and _ID.match(id):
            self.used_ids.add(id)
            element.set("id", id)
        return element

    def is_hidden(self, source: SemanticObject) -> bool:
        """Whether an object of the score is hidden."""
        return self.has_hidden and source.is_hidden

    def leaves_out(self, mark: ControlEvent) -> bool:
        """Whether a mark is left out because it is hidden; reports it where hidden notes are written.

        MusicXML can hide notes and signatures, but no marks. Hidden ties are kept: they sound.
        """
        if not self.hidden:
            ends = (mark.start, mark.end) if isinstance(mark, _CURVES) else ()
            return self.is_hidden(mark) or any(end is not None and self.is_hidden(end) for end in ends)
        if not self.is_hidden(mark) or isinstance(mark, (Pedal, Tie)):
            return False
        self.lose(mark, "not written: it is hidden, which MusicXML cannot say")
        return True

    def lose(self, source: SemanticObject, what: str) -> None:
        """Reports a drawn element that MusicXML does not express, or not completely."""
        where = place_in_score(source)
        self.issues.append(Issue(where, source.tag, what))
