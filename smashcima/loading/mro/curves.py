"""Slurs and ties, told from arcs by position.

The format stores arcs per system, without the notes that they belong to. An arc is a tie if it joins two notes of the
same pitch that follow each other in a voice, with both ends near their noteheads; all others are slurs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smashcima.loading.mro.anchors import Anchor, Anchors
from smashcima.loading.mro.findings import Findings, Located
from smashcima.notations.mro import MroPosition, MroSlur, MroStave, MroSystem
from smashcima.scene.semantic import Chord, Note, Slur, Tie

_NEAR = 40
"""Horizontal distance in units, 2.5 staff spaces, within which an end of an arc belongs to a note."""

_NEAR_HEAD = 24
"""Vertical distance, 1.5 staff spaces, within which the end of a tie is beside its notehead."""

_WEIGHT_OF_ROWS = 0.4
"""Vertical distances count less: slurs keep clear of stems, beams and articulations."""

_MAX_ROWS = 160
"""Vertical distance, 10 staff spaces, beyond which an arc does not belong to a note."""


@dataclass(frozen=True, slots=True)
class _Head:
    """Notehead with its place in units, relative to the page."""

    anchor: Anchor
    note: Note
    x: float
    row: float


@dataclass(eq=False, slots=True)
class _OpenArc:
    """Arc that goes on in the next system."""

    arc: Located[MroSlur]
    start: _Head
    row: float
    """Row of its end, relative to the system."""


class CurveReader:
    """Reads the arcs of one system after the other."""

    def __init__(self, anchors: Anchors, findings: Findings) -> None:
        self._anchors = anchors
        self._findings = findings
        self._open: list[_OpenArc] = []
        self._tied_from: set[Note] = set()
        self._tied_to: set[Note] = set()

    def read(self, system: Located[MroSystem]) -> None:
        """Reads the arcs of a system."""
        heads = list(_heads(system, self._anchors))
        coming, self._open = self._open, []
        for index, slur in enumerate(system.value.slurs):
            self._read_arc(Located(slur, (*system.indices, index)), system, heads, coming)
        for arc in coming:
            self._findings.tell(
                arc.arc.indices, "slur", "goes on in the next system, but is not found there: not read"
            )

    def finish(self) -> None:
        """Reports arcs that go on after the last system."""
        for arc in self._open:
            self._findings.tell(arc.arc.indices, "slur", "goes on after the last system: not read")

    def _read_arc(
        self, arc: Located[MroSlur], system: Located[MroSystem], heads: list[_Head], coming: list[_OpenArc]
    ) -> None:
        slur = arc.value
        left, right = _on_page(slur.left_units, system.value), _on_page(slur.right_units, system.value)
        start, end = _nearest(left, slur, heads), _nearest(right, slur, heads)
        if start is not None and end is not None and start.anchor is end.anchor:
            # Both ends are nearest to one note: the arc is the short rest of one from, or to, another system.
            is_coming = left[1] < start.x and bool(coming) and not _precedes(start, heads)
            start, end = (None, end) if is_coming else (start, None)
        if start is not None and end is not None:
            self._add([arc], start, left[0], end, right[0])
        elif start is not None and self._reaches_end(right, start, heads):
            self._open.append(_OpenArc(arc, start, slur.right_units.row))
        elif end is not None and coming:
            before = self._partner(slur, coming)
            coming.remove(before)
            top = system.value.top_units
            self._add([before.arc, arc], before.start, top + before.row, end, right[0], is_across=True)
        else:
            self._findings.tell(arc.indices, "slur", "no notes at its ends: not read")

    def _partner(self, slur: MroSlur, coming: list[_OpenArc]) -> _OpenArc:
        """The arc of the previous system that goes on in this one: the nearest in height."""
        named = [each for each in coming if each.arc.indices[-1] == slur.partner]
        return (
            named[0] if len(named) == 1 else min(coming, key=lambda each: abs(each.row - slur.left_units.row))
        )

    def _reaches_end(self, right: tuple[float, float], start: _Head, heads: list[_Head]) -> bool:
        staff = start.anchor.staff
        return all(head.x <= right[1] + _NEAR for head in heads if head.anchor.staff == staff)

    def _add(
        self,
        arcs: list[Located[MroSlur]],
        start: _Head,
        start_row: float,
        end: _Head,
        end_row: float,
        is_across: bool = False,
    ) -> None:
        tied = self._tied(start, start_row, end, end_row, is_across)
        direction = "above" if arcs[0].value.radius_units < 0 else "below"
        made: Slur | Tie
        if tied is not None:
            first, second = tied
            self._tied_from.add(first)
            self._tied_to.add(second)
            made = Tie(first, second, direction=direction)
        else:
            made = Slur(start.anchor.event, end.anchor.event, direction=direction)
        start.anchor.measure.children.append(made)
        for arc in arcs:
            self._findings.keep("slur", arc.indices, made)

    def _tied(
        self, start: _Head, start_row: float, end: _Head, end_row: float, is_across: bool
    ) -> tuple[Note, Note] | None:
        """The two notes that an arc ties, or `None` if it is a slur."""
        if start.anchor.staff != end.anchor.staff or not _follow(start.anchor, end.anchor):
            return None
        limit = _MAX_ROWS if is_across else _NEAR_HEAD
        pairs = [
            (abs(_row(one, start) - start_row) + abs(_row(other, end) - end_row), one, other)
            for one in _notes(start.anchor)
            for other in _notes(end.anchor)
            if one not in self._tied_from
            and other not in self._tied_to
            and _are_same_pitch(one, other)
            and abs(_row(one, start) - start_row) <= limit
            and abs(_row(other, end) - end_row) <= limit
        ]
        if not pairs:
            return None
        _, one, other = min(pairs, key=lambda pair: pair[0])
        return one, other


def _heads(system: Located[MroSystem], anchors: Anchors) -> Iterator[_Head]:
    for index in range(len(system.value.staves)):
        for anchor in anchors.of_stave((*system.indices, index)):
            for located, note in zip(anchor.item.notes, _notes(anchor), strict=False):
                below = min(index + located.value.staff_offset, len(system.value.staves) - 1)
                on = system.value.staves[max(below, 0)]
                yield _Head(anchor, note, anchor.x, _row_of(located.value.position_down, on))


def _row_of(position_down: int, stave: MroStave) -> float:
    return stave.top_units + stave.size_units * (0.5 + position_down / 8)


def _row(note: Note, head: _Head) -> float:
    """Row of a note of the same chord as a notehead."""
    assert note.staff_position is not None
    assert head.note.staff_position is not None
    return head.row + 8 * (head.note.staff_position - note.staff_position)


def _notes(anchor: Anchor) -> list[Note]:
    if isinstance(anchor.event, Note):
        return [anchor.event]
    return anchor.event.notes if isinstance(anchor.event, Chord) else []


def _on_page(point: MroPosition, system: MroSystem) -> tuple[float, float]:
    return system.top_units + point.row, system.left_units + point.column


def _nearest(point: tuple[float, float], slur: MroSlur, heads: list[_Head]) -> _Head | None:
    """The notehead to which an end of an arc belongs; an arc above the notes is at their top."""
    row, x = point
    best: _Head | None = None
    best_cost = 0.0
    for head in heads:
        dx, dy = abs(head.x - x), abs(head.row - row)
        if dx > _NEAR or dy > _MAX_ROWS:
            continue
        cost = dx + _WEIGHT_OF_ROWS * dy
        if best is None or cost < best_cost:
            best, best_cost = head, cost
    return best


def _precedes(head: _Head, heads: list[_Head]) -> bool:
    return any(other.anchor.staff == head.anchor.staff and other.x < head.x for other in heads)


def _follow(one: Anchor, other: Anchor) -> bool:
    """Whether one event ends where the other starts."""
    return one.event.end == other.event.onset


def _are_same_pitch(one: Note, other: Note) -> bool:
    if one.pitch is None or other.pitch is None or one.pitch.diatonic != other.pitch.diatonic:
        return False
    accidental = other.accidental
    return accidental is None or accidental.alter == one.pitch.alter
