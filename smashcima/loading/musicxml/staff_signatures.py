"""The keys, times and transpositions of each staff of a MusicXML score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.timeline import Timed, duration_of, timeline
from smashcima.loading.musicxml.tree import PartStaves, numbered_parts

KINDS = ("key", "time", "transpose")
"""Elements that are read, in the order in which signatures are drawn."""


@dataclass(frozen=True)
class StaffSignature:
    """A key, a time or a transposition of one staff, which holds until the next one."""

    measure: int
    """Index of the measure, from 0. One after the last note of a measure belongs to the start of the next one."""

    is_inside: bool
    """Whether it stands behind the start of its measure."""

    staff: int
    """Number of the staff in the score, from 1."""

    element: etree._Element
    """The `<key>`, `<time>` or `<transpose>`."""

    origin: int
    """Index of the measure that contains the element."""

    followers: tuple[etree._Element, ...] = ()
    """For one inside a measure: the notes on its staff that start next, at its time or later."""

    is_empty: bool = False
    """Whether it is a key without signs after such a key: nothing changes, and nothing is drawn."""

    @property
    def is_at_start(self) -> bool:
        """Whether it is at the start of the score."""
        return not self.measure and not self.is_inside

    @property
    def kind(self) -> str:
        """One of `KINDS`."""
        return str(self.element.tag)


def signatures(root: etree._Element) -> Iterator[StaffSignature]:
    """The signatures of all staves of a part-wise score, part by part in the order of the file."""
    for staves in numbered_parts(root):
        measures = staves.part.findall("measure")
        has_signs: dict[int, bool] = {}
        for index, measure in enumerate(measures):
            if measure.find("attributes") is None:
                continue
            for found in _of_measure(staves, measure, index, is_last=index + 1 == len(measures)):
                if found.kind != "key":
                    yield found
                    continue
                had_signs = has_signs.get(found.staff, False)
                has_signs[found.staff] = found.element.findtext("fifths", "").strip() != "0"
                yield replace(found, is_empty=not had_signs and not has_signs[found.staff])


def _of_measure(
    staves: PartStaves, measure: etree._Element, index: int, is_last: bool
) -> Iterator[StaffSignature]:
    timed = list(timeline(measure))
    end = max((at + duration_of(child) for at, child in timed if child.tag == "note"), default=Fraction(0))
    for order, (at, child) in enumerate(timed):
        if child.tag != "attributes":
            continue
        for element in child.iterchildren(*KINDS):
            for staff in staves.numbers(element):
                if not at:
                    yield StaffSignature(index, False, staff, element, index)
                elif at >= end and not is_last:
                    yield StaffSignature(index + 1, False, staff, element, index)
                else:
                    notes = _next_notes(timed, order, staff - staves.first + 1)
                    yield StaffSignature(index, True, staff, element, index, notes)


def _next_notes(timed: list[Timed], order: int, staff: int) -> tuple[etree._Element, ...]:
    """The notes on a staff of the part that start next after an element; those behind it in the file first."""
    at = timed[order].at
    later = [
        (onset, position < order, position)
        for position, (onset, child) in enumerate(timed)
        if child.tag == "note" and onset >= at and _staff(child) == staff
    ]
    return tuple(timed[position].element for onset, _, position in sorted(later) if onset == min(later)[0])


def _staff(note: etree._Element) -> int:
    text = note.findtext("staff", "1").strip()
    return int(text) if text.isdecimal() else 1
