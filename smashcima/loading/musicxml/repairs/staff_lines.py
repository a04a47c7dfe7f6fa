"""Restoration of staves without lines.

Verovio 6.4.1 imports `<staff-lines>0</staff-lines>` as five lines, and cannot change the number of lines in the course of the music.
"""

from __future__ import annotations

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.tree import PartStaves, integer, numbered_parts

_MEI = "{http://www.music-encoding.org/ns/mei}"

_USUAL = 5


class RestoreStaffLines(Repair):
    """Hides the lines of staves without lines, which keep the positions of five; reports changes, which are not drawn."""

    def prepare(self, source: MusicXmlSource) -> None:
        for staves in numbered_parts(source.root):
            in_force = _lines_at_start(staves)
            at_start = staves.part.find("measure")
            for lines in staves.part.iter("staff-lines"):
                measure = next(lines.iterancestors("measure"), None)
                if measure is at_start:
                    continue
                for staff in _staves(staves, lines):
                    number = integer(lines.text, _USUAL)
                    if in_force.get(staff, _USUAL) != number:
                        source.report(lines, f"the change to {number} lines on staff {staff} is not drawn")
                        in_force[staff] = number

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if next(source.root.iter("staff-lines"), None) is None:
            return
        without = {
            str(staff)
            for staves in numbered_parts(source.root)
            for staff, number in _lines_at_start(staves).items()
            if number == 0
        }
        for definition in result.root.iter(f"{_MEI}staffDef"):
            if definition.get("n") in without and definition.get("lines") is not None:
                definition.set("lines", str(_USUAL))
                definition.set("lines.visible", "false")
                result.change()


def _lines_at_start(staves: PartStaves) -> dict[int, int]:
    """The numbers of lines with which the staves of a part begin, if given."""
    first = staves.part.find("measure")
    found: dict[int, int] = {}
    for lines in first.iter("staff-lines") if first is not None else ():
        for staff in _staves(staves, lines):
            found[staff] = integer(lines.text, _USUAL)
    return found


def _staves(staves: PartStaves, lines: etree._Element) -> range:
    details = lines.getparent()
    assert details is not None
    return staves.numbers(details)
