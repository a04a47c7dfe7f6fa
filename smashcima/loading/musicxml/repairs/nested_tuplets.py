"""Tuplets of MusicXML that begin or end with the same note as a tuplet inside them.

Verovio 6.4.1 reads one `<tuplet>` that starts at a note, and one that ends, and ignores the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from lxml import etree

from smashcima.errors import Issue
from smashcima.loading.musicxml.repairs.mei_times import EVENTS
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import TimedNote, in_voices
from smashcima.loading.musicxml.tree import integer, place_of

_MEI = "{http://www.music-encoding.org/ns/mei}"


class _Outer(NamedTuple):
    """A tuplet that is left out during the import."""

    first: str
    """Id of its first note."""

    last: str
    actual: int
    normal: int
    is_bracketed: bool
    is_numbered: bool
    place: str


class _Marked(NamedTuple):
    """A tuplet that is marked in the source; `first` and `last` are indices of notes of a voice."""

    first: int
    start: etree._Element
    last: int
    stop: etree._Element


class NestTuplets(Repair):
    """Leaves the outer tuplets out during the import, and puts them around the inner ones afterwards."""

    def __init__(self) -> None:
        self._outer: list[_Outer] = []

    def prepare(self, source: MusicXmlSource) -> None:
        for part in source.root.iterfind("part"):
            measures = source.rhythm_of(part)
            if any(len(note.tuplets) > 1 for notes in measures for note in notes):
                for voice in in_voices(measures):
                    self._take_out(source, voice)

    def _take_out(self, source: MusicXmlSource, notes: list[TimedNote]) -> None:
        marked = list(_marked(notes))
        by_end: dict[tuple[str, int], list[_Marked]] = {}
        for found in marked:
            by_end.setdefault(("first", found.first), []).append(found)
            by_end.setdefault(("last", found.last), []).append(found)
        for outer in marked:
            near = by_end["first", outer.first] + by_end["last", outer.last]
            inner = next((found for found in near if _shares_an_end(outer, found)), None)
            if inner is None:
                continue
            first, last = notes[outer.first], notes[outer.last]
            actual, normal = _ratio_of_outer(outer, inner, notes)
            self._outer.append(
                _Outer(
                    source.id_of(first.element),
                    source.id_of(last.element),
                    actual,
                    normal,
                    outer.start.get("bracket") != "no",
                    outer.start.get("show-number") != "none",
                    place_of(first.element),
                )
            )
            for mark in (outer.start, outer.stop):
                parent = mark.getparent()
                if parent is not None:
                    parent.remove(mark)
            source.mend(first)

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        for outer in self._outer:
            if _wrap(outer, result):
                result.change()
            else:
                what = "lost at import: it begins or ends with another tuplet, and inside a beam"
                result.issues.append(Issue(outer.place, "tuplet", what))


def _marked(notes: list[TimedNote]) -> Iterator[_Marked]:
    """The tuplets of a voice that have a start and an end."""
    opened: dict[str, tuple[int, etree._Element]] = {}
    for index, note in enumerate(notes):
        marks = note.tuplets
        for mark in marks:
            if mark.get("type") == "start":
                opened[mark.get("number", "1")] = (index, mark)
        for mark in marks:
            if mark.get("type") == "stop" and mark.get("number", "1") in opened:
                yield _Marked(*opened.pop(mark.get("number", "1")), index, mark)


def _shares_an_end(outer: _Marked, inner: _Marked) -> bool:
    """Whether a tuplet lies in another, and begins or ends with it."""
    if outer.first == inner.first:
        return inner.last < outer.last
    return outer.last == inner.last and inner.first > outer.first


def _ratio(mark: etree._Element) -> tuple[int, int] | None:
    """Actual and normal notes, if the mark itself says them."""
    count = integer(mark.findtext("tuplet-actual/tuplet-number"), 0)
    base = integer(mark.findtext("tuplet-normal/tuplet-number"), 0)
    return (count, base) if count > 0 and base > 0 else None


def _ratio_of_outer(outer: _Marked, inner: _Marked, notes: list[TimedNote]) -> tuple[int, int]:
    """Actual and normal notes: by the mark, by a note that is in no other tuplet, or by what the inner one leaves."""
    own = _ratio(outer.start)
    alone = notes[outer.last if outer.first == inner.first else outer.first].modification
    if own is not None:
        return own
    if alone is not None and inner.last - inner.first < outer.last - outer.first:
        return alone
    left = Fraction(*(notes[inner.first].modification or (3, 2))) / Fraction(*(_ratio(inner.start) or (1, 1)))
    return (left.numerator, left.denominator) if left > 1 else (3, 2)


def _wrap(outer: _Outer, result: ImportResult) -> bool:
    """Puts a tuplet around the events from its first to its last; whether whole elements lie there."""
    first, last = (_event(result, identity) for identity in (outer.first, outer.last))
    if first is None or last is None:
        return False
    around = [first, *first.iterancestors()]
    container = next((found for found in last.iterancestors() if found in around), None)
    if container is None or container is first:
        return False
    begin, end = _child_around(container, first), _child_around(container, last)
    if next(_events_in(begin)) is not first or list(_events_in(end))[-1] is not last:
        return False
    tuplet = etree.Element(f"{_MEI}tuplet", num=str(outer.actual), numbase=str(outer.normal))
    if not outer.is_bracketed:
        tuplet.set("bracket.visible", "false")
    if not outer.is_numbered:
        tuplet.set("num.visible", "false")
    place = container.index(begin)
    members = list(container)[place : container.index(end) + 1]
    container.insert(place, tuplet)
    tuplet.extend(members)
    return True


def _event(result: ImportResult, identity: str) -> etree._Element | None:
    found = result.by_id.get(identity)
    parent = found.getparent() if found is not None else None
    return parent if parent is not None and parent.tag == f"{_MEI}chord" else found


def _child_around(container: etree._Element, event: etree._Element) -> etree._Element:
    while (parent := event.getparent()) is not None and parent is not container:
        event = parent
    return event


def _events_in(element: etree._Element) -> Iterator[etree._Element]:
    """The events in an element, without the notes of chords."""
    for event in element.iter(*EVENTS):
        parent = event.getparent()
        if event is element or parent is None or parent.tag != f"{_MEI}chord":
            yield event
