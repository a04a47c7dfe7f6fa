"""Correction of the notes under octave lines, and of the ends of the lines.

Verovio 6.4.1 takes for the notes under a line those between its start and its stop in the file: it draws the notes of a
second voice, which follow after a `<backup>`, an octave too high, and those of the first one an octave too low if the line
ends in the second. It ignores the `<offset>` of a line for the notes, and does not draw a line whose stop has another
number.

The notes under each line are found by their time and staff, in all voices. A line without a stop lasts until the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from lxml import etree

from smashcima.loading.musicxml.layer_times import times_in_layer
from smashcima.loading.musicxml.octave_lines import (
    MeasureTime,
    OctaveLine,
    Order,
    measure_times,
    octave_lines,
)
from smashcima.loading.musicxml.repairs.repair import XML_ID, ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.staff_clefs import PlacedNote, StaffMeasure, staff_measures
from smashcima.loading.musicxml.tree import PartStaves, integer, numbered_parts

_MEI = "{http://www.music-encoding.org/ns/mei}"
_EVENTS = (f"{_MEI}note", f"{_MEI}chord")


class _PlacedNote(NamedTuple):
    """A note of the MEI with its place."""

    at: Fraction
    """Quarters from the start of the part."""
    grace_order: Order | None
    staff: int
    note: etree._Element
    event: etree._Element
    """The note itself, or its chord."""
    measure: etree._Element


class _NotUnderstoodError(Exception):
    """The MEI does not match the source, so that its notes cannot be placed."""


class RestoreOctaveLines(Repair):
    """Writes the pitches of all notes under octave lines, and draws each line over them; reports lines without a stop."""

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if next(source.root.iter("octave-shift"), None) is None:
            return
        units = {
            staff.get("n", ""): integer(staff.get("ppq"), 0) for staff in result.root.iter(f"{_MEI}staffDef")
        }
        for part in numbered_parts(source.root):
            if next(part.part.iter("octave-shift"), None) is None:
                continue
            times = measure_times(part.part)
            lines = octave_lines(part, times)
            for line in lines:
                if not line.is_ended:
                    source.report(line.element, "drawn to the end of the part, since nothing ends it")
            try:
                notes = list(_notes(result.root, part, times, units, _measures_under(lines, times)))
            except _NotUnderstoodError:
                continue
            for note in notes:
                octaves = sum(
                    line.octaves
                    for line in lines
                    if line.staff == note.staff and line.covers(note.at, note.grace_order)
                )
                if _set_octaves(note.note, octaves):
                    result.change()
            _restore_lines(lines, notes, result)


def _notes(
    root: etree._Element,
    part: PartStaves,
    times: list[MeasureTime],
    units: dict[str, int],
    under_lines: set[int],
) -> Iterator[_PlacedNote]:
    """The notes of the MEI that are or should be under lines of a part, and others of their measures.

    Raises `_NotUnderstoodError` if their times are not known.
    """
    content = list(staff_measures(part))
    index = 0
    for measure in root.iter(f"{_MEI}measure"):
        if index >= len(content):
            raise _NotUnderstoodError
        for staff in measure.iterfind(f"{_MEI}staff"):
            number = integer(staff.get("n"), 0)
            if number in part.all and (index in under_lines or _has_moved_notes(staff)):
                # Verovio keeps the divisions of the source as they are; the other road to MEI has its own.
                ppq = units.get(str(number), 0)
                per_quarter = times[index].divisions if ppq == times[0].divisions else ppq
                yield from _notes_of_staff(measure, staff, content[index], times[index], per_quarter, index)
        rest = next(measure.iter(f"{_MEI}multiRest"), None)
        index += 1 if rest is None else max(1, integer(rest.get("num"), 1))


def _measures_under(lines: list[OctaveLine], times: list[MeasureTime]) -> set[int]:
    """Indexes of the measures that a line reaches."""
    return {
        index
        for index in range(len(times) - 1)
        if any(line.start <= times[index + 1].start and times[index].start <= line.end for line in lines)
    }


def _has_moved_notes(staff: etree._Element) -> bool:
    return any("oct.ges" in note.attrib for note in staff.iter(f"{_MEI}note"))


def _notes_of_staff(
    measure: etree._Element,
    staff: etree._Element,
    content: dict[int, StaffMeasure],
    times: MeasureTime,
    per_quarter: int,
    index: int,
) -> Iterator[_PlacedNote]:
    own = integer(staff.get("n"), 0)
    for layer in staff.iterfind(f"{_MEI}layer"):
        events = times_in_layer(layer)
        if events is None or not per_quarter:
            raise _NotUnderstoodError
        graces: dict[Fraction, int] = {}
        for each in events:
            if each.element.tag not in _EVENTS:
                continue
            at = each.at / per_quarter
            order = None
            position = graces.get(at, 0)
            if each.is_grace:
                graces[at] = position + 1
            for note in [each.element] if each.element.tag == _EVENTS[0] else each.element.iter(_EVENTS[0]):
                drawn_on = integer(note.get("staff", each.element.get("staff")), own)
                if drawn_on not in content:
                    raise _NotUnderstoodError
                known = [other for other in content[drawn_on].notes if other.at == at * times.divisions]
                if not known and note.get("staff") is None:
                    raise _NotUnderstoodError
                if each.is_grace:
                    order = _order_of_grace(known, layer.get("n", ""), position, index)
                yield _PlacedNote(times.start + at, order, drawn_on, note, each.element, measure)


def _order_of_grace(known: list[PlacedNote], voice: str, position: int, index: int) -> Order | None:
    graces = [note for note in known if note.is_grace and note.voice == voice]
    return (index, graces[position].order) if position < len(graces) else None


def _set_octaves(note: etree._Element, octaves: int) -> bool:
    """Sets the written octave of a note so many octaves below the sounding one; returns whether it was another."""
    written = note.get("oct")
    if written is None:
        return False
    sounding = integer(note.get("oct.ges", written), 0)
    if (int(written), "oct.ges" in note.attrib) == (sounding - octaves, octaves != 0):
        return False
    note.set("oct", str(sounding - octaves))
    if octaves:
        note.set("oct.ges", str(sounding))
    elif "oct.ges" in note.attrib:
        del note.attrib["oct.ges"]
    return True


def _restore_lines(lines: list[OctaveLine], notes: list[_PlacedNote], result: ImportResult) -> None:
    times = {note.event: note.at for note in notes} | {note.note: note.at for note in notes}
    found = _found_lines(result.root)
    position: dict[tuple[int, int], int] = {}
    for line in lines:
        place = line.measure, line.staff
        position[place] = position.get(place, -1) + 1
        under = [
            note for note in notes if note.staff == line.staff and line.covers(note.at, note.grace_order)
        ]
        if not under:
            continue
        first, last = min(under, key=lambda note: note.at), max(under, key=lambda note: note.at)
        known = found.get(place, [])
        drawn = known[position[place]] if position[place] < len(known) else _new_line(line)
        if drawn.getparent() is not first.measure:
            first.measure.append(drawn)
            result.change()
        for name, note in (("startid", first), ("endid", last)):
            event = result.by_id.get(drawn.get(name, "").removeprefix("#"))
            if event is None or times.get(event) != note.at:
                drawn.set(name, f"#{note.event.get(XML_ID)}")
                result.change()
        if "tstamp2" in drawn.attrib:
            del drawn.attrib["tstamp2"]


def _found_lines(root: etree._Element) -> dict[tuple[int, int], list[etree._Element]]:
    """The octave lines of the MEI by index of the measure and number of the staff."""
    found: dict[tuple[int, int], list[etree._Element]] = {}
    index = 0
    for measure in root.iter(f"{_MEI}measure"):
        for line in measure.iterfind(f"{_MEI}octave"):
            found.setdefault((index, integer(line.get("staff"), 0)), []).append(line)
        rest = next(measure.iter(f"{_MEI}multiRest"), None)
        index += 1 if rest is None else max(1, integer(rest.get("num"), 1))
    return found


def _new_line(line: OctaveLine) -> etree._Element:
    attributes = {
        "staff": str(line.staff),
        "dis": {1: "8", 2: "15", 3: "22"}[abs(line.octaves)],
        "dis.place": "above" if line.octaves > 0 else "below",
    }
    return etree.Element(f"{_MEI}octave", attributes)
