"""Durations and divisions that MusicXML files lack.

Verovio 6.4.1 counts a note without `<duration>` as 0 divisions, so that what follows a `<backup>` is misplaced, and reads
a part without `<divisions>` as if it had one per quarter note.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import TimedNote

_BEFORE_DURATION = ("pitch", "rest", "unpitched")


class FillDurations(Repair):
    """Gives such notes the duration of their type, and such parts the divisions that suit their notes."""

    def prepare(self, source: MusicXmlSource) -> None:
        for part in source.root.iterfind("part"):
            notes = [note for measure in source.rhythm_of(part) for note in measure]
            if notes and _lacks_divisions(part):
                _add_divisions(source, part, notes)
                notes = [note for measure in source.rhythm_of(part) for note in measure]
            first: TimedNote | None = None
            filled: dict[int, list[TimedNote]] = {}
            for note in notes:
                if not note.in_chord:
                    first = note
                if not note.lasting and not note.is_grace:
                    if _fill(source, note, first if note.in_chord else None):
                        filled.setdefault(note.measure, []).append(note)
                elif note.is_rest and not note.in_chord:
                    _fit_measure_rest(source, note)
            for members in filled.values():
                what = f"{len(members)} without a duration; they last as long as their types"
                source.report(members[0].element, what)
                source.mend(members[0])


def _lacks_divisions(part: etree._Element) -> bool:
    """Whether notes with a duration come before the first `<divisions>`."""
    for child in part.iterfind("measure/*"):
        if child.tag == "attributes" and child.find("divisions") is not None:
            return False
        if child.tag == "note" and child.find("duration") is not None:
            return True
    return False


def _add_divisions(source: MusicXmlSource, part: etree._Element, notes: list[TimedNote]) -> None:
    counts: Counter[Fraction] = Counter()
    for note in notes:
        written = note.written_ql
        if written and note.lasting and not note.is_grace:
            counts[Fraction(note.lasting) / written] += 1
    found = counts.most_common(1)[0][0] if counts else Fraction(1)
    number = found.numerator if found.denominator == 1 else 1
    source.report_part(part, f"without <divisions>; read as {number} per quarter note", "divisions")
    if number == 1:
        return
    measure = part.find("measure")
    assert measure is not None, "the part has notes"
    attributes = measure.find("attributes")
    if attributes is None:
        attributes = etree.Element("attributes")
        measure.insert(0, attributes)
    divisions = etree.Element("divisions")
    divisions.text = str(number)
    attributes.insert(0, divisions)
    source.change()


def _fill(source: MusicXmlSource, note: TimedNote, first: TimedNote | None) -> bool:
    length = note.written_ql if first is None or not first.lasting else first.lasting_ql
    if length is None:
        source.report(note.element, "has neither a duration nor a type")
        return False
    # The durations of a file are whole numbers of divisions; a rounded one still means its type.
    _set_duration(note, round(length * note.divisions))
    return True


def _fit_measure_rest(source: MusicXmlSource, rest: TimedNote) -> None:
    """Corrects a whole-measure rest of another length than the `<backup>` to the start that follows it."""
    following = rest.element.getnext()
    mark = rest.element.find("rest")
    if following is None or following.tag != "backup" or rest.at or mark is None:
        return
    back = (following.findtext("duration") or "").strip()
    if mark.get("measure") == "yes" and back.isdecimal() and int(back) != rest.lasting:
        source.report(
            rest.element,
            f"a whole-measure rest of {rest.lasting} divisions; lasts {back}, as long as its measure",
        )
        _set_duration(rest, int(back))
        source.mend(rest)


def _set_duration(note: TimedNote, divisions: int) -> None:
    duration = note.element.find("duration")
    if duration is None:
        duration = etree.Element("duration")
        place = [index for index, child in enumerate(note.element) if child.tag in _BEFORE_DURATION]
        note.element.insert(place[-1] + 1 if place else 0, duration)
    duration.text = str(divisions)
    note.lasting = divisions
