"""Making XML elements, and the state that all parts of a document share."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from smashcima.errors import Issue
from smashcima.scene.semantic import Measure, SemanticObject

_ID = re.compile(r"[A-Za-z_][\w.\-]*\Z", re.A)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def add(parent: ET.Element, tag: str, text: str | int | None = None, **attributes: str | None) -> ET.Element:
    """Adds a child. An underscore in the name of an attribute stands for a hyphen; `None` leaves it out."""
    made = ET.SubElement(
        parent,
        tag,
        {name.strip("_").replace("_", "-"): value for name, value in attributes.items() if value is not None},
    )
    if text is not None:
        made.text = _NOT_XML.sub("", str(text))
    return made


@dataclass
class Shared:
    """What the writers of a document share."""

    ids: bool
    """Whether elements get the ids of the score."""

    issues: list[Issue] = field(default_factory=list)
    used_ids: set[str] = field(default_factory=set)

    def name(self, element: ET.Element, source: SemanticObject) -> ET.Element:
        """Gives an element the id of what it stands for, if that is a valid one not used before."""
        id = source.id
        if self.ids and id not in self.used_ids and _ID.match(id):
            self.used_ids.add(id)
            element.set("id", id)
        return element

    def lose(self, source: SemanticObject, what: str) -> None:
        """Tells that something is drawn that MusicXML does not say, or not fully."""
        measure = source if isinstance(source, Measure) else source.ancestor(Measure)
        where = f"measure {measure.n}" if measure is not None else "score"
        self.issues.append(Issue(where, source.tag, what))
