"""Restoration of the transpositions with which a MusicXML score begins.

Verovio 6.4.1 takes a `<transpose>` without `<diatonic>` as an interval of no steps, so that a note a major sixth lower
becomes the same note with nine flats, and takes one with the `number` of a staff for all staves of its part.
"""

from __future__ import annotations

from lxml import etree

from smashcima.loading.musicxml.mei_signatures import transposition
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.staff_signatures import signatures

_MEI = "{http://www.music-encoding.org/ns/mei}"

_NONE = {"trans.diat": "0", "trans.semi": "0"}


class RestoreTranspositions(Repair):
    """Sets the interval of each transposing staff at the start of the score; reports doublings, which MEI lacks."""

    def prepare(self, source: MusicXmlSource) -> None:
        reported: set[etree._Element | None] = set()
        for doubling in source.root.iter("double"):
            part = next(doubling.iterancestors("part"), None)
            if part not in reported:
                reported.add(part)
                source.report(
                    doubling, "the doubling at the octave is not part of the sounding pitches", "transpose"
                )

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if next(source.root.iter("transpose"), None) is None:
            return
        wanted: dict[str, dict[str, str]] = {}
        for found in signatures(source.root):
            if found.kind == "transpose" and found.is_at_start:
                wanted[str(found.staff)] = transposition(found.element)
        if not wanted:
            return
        start = next(result.root.iter(f"{_MEI}scoreDef"), None)
        for staff in start.iter(f"{_MEI}staffDef") if start is not None else ():
            interval = wanted.get(staff.get("n", ""), _NONE)
            if {name: staff.get(name, "0") for name in _NONE} != interval:
                _set(staff, interval)
                result.change()


def _set(staff: etree._Element, interval: dict[str, str]) -> None:
    for name, value in interval.items():
        if interval != _NONE:
            staff.set(name, value)
        elif name in staff.attrib:
            del staff.attrib[name]
