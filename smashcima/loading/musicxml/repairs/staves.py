"""Declaration of all staves of a part at its start.

Verovio 6.4.1 crashes if a part gets more staves in the course of the music, and puts the notes of a staff that no `<staves>`
declares on the first one, at positions that are left to chance.
"""

from __future__ import annotations

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.tree import integer
from smashcima.loading.musicxml.validation import LARGEST_STAVES

_BEFORE_STAVES = ("footnote", "level", "divisions", "key", "time")
"""Elements that precede `<staves>` in `<attributes>`."""

_NUMBERED = ("clef", "key", "time", "transpose", "staff-details", "measure-style")


class DeclareStaves(Repair):
    """Makes each part begin with all of its staves, and reports those that begin later or are not declared."""

    def prepare(self, source: MusicXmlSource) -> None:
        for part in source.root.iterfind("part"):
            first = part.find("measure")
            if first is None:
                continue
            counts = [integer(staves.text, 1) for staves in part.iter("staves")]
            at_start = max((integer(staves.text, 1) for staves in first.iter("staves")), default=1)
            used = {integer(staff.text, 1) for staff in part.iterfind("measure/note/staff")}
            used = {number for number in used if 1 <= number <= LARGEST_STAVES}
            needed = max([at_start, *counts, *used])
            if needed == at_start:
                continue
            source.change()
            if not counts and len(used) == 1:
                what = f"all notes are on staff {needed}, which is not declared; read as staff 1"
                source.report(next(part.iterfind("measure/note/staff"), first), what)
                _renumber(part, needed)
                continue
            for number in range(at_start + 1, needed + 1):
                _report(source, part, number, is_declared=number <= max(counts, default=1))
            _declare(part, first, needed)
            for number in range(at_start + 1, needed + 1):
                _begin_with_clef(part, first, number)


def _report(source: MusicXmlSource, part: etree._Element, number: int, *, is_declared: bool) -> None:
    if not is_declared:
        note = next(
            (staff for staff in part.iterfind("measure/note/staff") if integer(staff.text, 1) == number), part
        )
        source.report(note, f"staff {number} is not declared by <staves>; read as if it were")
        return
    declared = next(staves for staves in part.iter("staves") if integer(staves.text, 1) >= number)
    source.report(declared, f"staff {number} begins here, and is drawn from the start of the part", "staff")


def _renumber(part: etree._Element, number: int) -> None:
    for staff in part.iter("staff"):
        if integer(staff.text, 1) == number:
            staff.text = "1"
    for element in part.iter(*_NUMBERED):
        if integer(element.get("number"), 0) == number:
            element.set("number", "1")


def _declare(part: etree._Element, first: etree._Element, count: int) -> None:
    for staves in list(part.iter("staves")):
        parent = staves.getparent()
        assert parent is not None
        parent.remove(staves)
    attributes = _attributes(first)
    position = sum(1 for child in attributes if child.tag in _BEFORE_STAVES)
    made = etree.Element("staves")
    made.text = str(count)
    attributes.insert(position, made)


def _begin_with_clef(part: etree._Element, first: etree._Element, number: int) -> None:
    """Moves the first clef of a staff to the start of its part."""
    clef = next((found for found in part.iter("clef") if integer(found.get("number"), 1) == number), None)
    attributes = _attributes(first)
    if clef is None or clef.getparent() is attributes:
        return
    others = attributes.findall("clef")
    if others:
        others[-1].addnext(clef)
    else:
        attributes.append(clef)


def _attributes(measure: etree._Element) -> etree._Element:
    """The first `<attributes>` of a measure, which is made if there is none."""
    found = measure.find("attributes")
    if found is None:
        found = etree.Element("attributes")
        measure.insert(0, found)
    return found
