"""Slurs and ties, told from arcs by position.

The format stores arcs per system, without the notes that they belong to. An arc is a tie if it joins two notes of the
same pitch that follow each other in a voice, with both ends near their noteheads; all others are slurs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from smashcima.loading.mro.anchors import Anchor, Anchors
from smashcima.loading.mro.findings import Findings, Located
from smashcima.notations.mro import MroPosition, MroSlur, MroStave, MroSystem
from smashcima.scene.semantic import Chord, Note, Slur, Tie

_NEAR = 40
"""Horizontal distance in units, 2.5 staff spaces, within which an end of an arc belongs to a note."""

_ASIDE = 12
"""Horizontal distance, 3/4 of a staff space, beyond the outer notes of a system that tells that an arc goes on."""

_NEAR_HEAD = 24
"""Vertical distance, 1.5 staff spaces, within which the end of a tie is beside its notehead."""

_WEIGHT_OF_ROWS = 0.4
"""Vertical distances count less: slurs keep clear of stems, beams and articulations."""

_MAX_AROUND = 100
"""Noteheads on either side of a point that are looked at; like the next limit, it bounds the work for damaged files."""

_MAX_BESIDE = 8
"""Noteheads beside one end of a tie."""

_MAX_ROWS = 160
"""Vertical distance, 10 staff spaces, beyond which an arc does not belong to a note."""


_LONGEST_BROKEN_CHORD = Fraction(2)
"""Quarter lengths within which the notes of a broken chord are tied to the whole chord."""


@dataclass(frozen=True, slots=True)
class _Head:
    """Notehead with its place in units, relative to the page."""

    anchor: Anchor
    note: Note
    x: float
    row: float
    stave: MroStave


@dataclass(eq=False, slots=True)
class _OpenArc:
    """Arc that goes on in the next system."""

    arc: Located[MroSlur]
    start: _Head
    start_row: float
    """Row of its start, relative to the page."""

    end_row: float
    """Row of its end, relative to the stave."""

    end: _Head | None
    """Note at its end, where it ends if it does not go on."""


class CurveReader:
    """Reads the arcs of one system after the other."""

    def __init__(self, anchors: Anchors, findings: Findings) -> None:
        self._anchors = anchors
        self._findings = findings
        self._open: list[_OpenArc] = []
        self._heads: list[_Head] = []
        self._last_heads: list[_Head] = []
        self._extents: dict[int, tuple[float, float]] = {}
        """Places of the first and last noteheads of each staff."""
        self._tied_from: set[Note] = set()
        self._tied_to: set[Note] = set()

    def read(self, system: Located[MroSystem]) -> None:
        """Reads the arcs of a system."""
        self._last_heads = self._heads
        self._heads = sorted(_heads(system, self._anchors), key=lambda head: head.x)
        self._extents = {}
        for head in self._heads:
            left, _ = self._extents.get(head.anchor.staff, (head.x, head.x))
            self._extents[head.anchor.staff] = left, head.x
        coming, self._open = self._open, []
        for index, slur in enumerate(system.value.slurs):
            self._read_arc(Located(slur, (*system.indices, index)), system.value, coming)
        self._close(coming)

    def finish(self) -> None:
        """Reads arcs that would go on after the last system."""
        self._close(self._open)

    def _read_arc(self, arc: Located[MroSlur], system: MroSystem, coming: list[_OpenArc]) -> None:
        left, right = _on_page(arc.value.left_units, system), _on_page(arc.value.right_units, system)
        start, end = _nearest(left, self._heads), _nearest(right, self._heads)
        if start is not None and not start.anchor.item.is_grace:
            tied = self._tied(_beside(left, self._heads), left[0], _beside(right, self._heads), right[0])
            if tied is not None:
                self._add([arc], *tied, is_tie=True)
                return
        before = self._partner(arc, left, end, system, coming) if end is not None else None
        if before is not None and end is not None:
            coming.remove(before)
            starts = [head for head in self._last_heads if head.anchor is before.start.anchor]
            tied = self._tied(starts, before.start_row, _beside(right, self._heads), right[0])
            self._add([before.arc, arc], *(tied or (before.start, end)), is_tie=tied is not None)
        elif start is not None and self._goes_on(right, start):
            self._open.append(_OpenArc(arc, start, left[0], right[0] - start.stave.top_units, end))
        elif start is not None and end is not None and start.anchor is not end.anchor:
            self._add([arc], start, end)
        else:
            self._tell(arc, "no two notes at its ends: not read")

    def _close(self, arcs: list[_OpenArc]) -> None:
        """Reads arcs that seem to go on in the next system, but are not found there."""
        for each in arcs:
            if each.end is not None and each.end.anchor is not each.start.anchor:
                self._add([each.arc], each.start, each.end)
            else:
                self._tell(each.arc, "goes on in the next system, but is not found there: not read")

    def _partner(
        self,
        arc: Located[MroSlur],
        left: tuple[float, float],
        end: _Head,
        system: MroSystem,
        coming: list[_OpenArc],
    ) -> _OpenArc | None:
        """The arc of the previous system that goes on in this one, on the same staff and nearest in height."""
        staff = end.anchor.staff
        if left[1] > self._extents[staff][0] - _ASIDE:
            return None
        candidates = [each for each in coming if each.start.anchor.staff == staff]
        named = [each for each in candidates if each.arc.indices[-1] == arc.value.partner]
        if len(named) == 1:
            return named[0]
        row = left[0] - end.stave.top_units
        return min(candidates, key=lambda each: abs(each.end_row - row), default=None)

    def _goes_on(self, right: tuple[float, float], start: _Head) -> bool:
        """Whether an arc ends to the right of all notes of its staff."""
        return right[1] > self._extents[start.anchor.staff][1] + _ASIDE

    def _tell(self, arc: Located[MroSlur], what: str) -> None:
        self._findings.tell(arc.indices[:2], f"slur {arc.indices[-1] + 1}", what)

    def _add(self, arcs: list[Located[MroSlur]], start: _Head, end: _Head, is_tie: bool = False) -> None:
        direction = "above" if arcs[0].value.radius_units < 0 else "below"
        made: Slur | Tie
        if is_tie:
            self._tied_from.add(start.note)
            self._tied_to.add(end.note)
            made = Tie(start.note, end.note, direction=direction)
        else:
            made = Slur(start.anchor.event, end.anchor.event, direction=direction)
        start.anchor.measure.children.append(made)
        for arc in arcs:
            self._findings.keep("slur", arc.indices, made)

    def _tied(
        self, starts: list[_Head], start_row: float, ends: list[_Head], end_row: float
    ) -> tuple[_Head, _Head] | None:
        """The noteheads that an arc ties: those nearest to its ends; `None` if it is a slur."""
        pairs = [
            (one, other)
            for one in starts
            for other in ends
            if one.note not in self._tied_from
            and other.note not in self._tied_to
            and one.anchor.staff == other.anchor.staff
            and not one.anchor.item.is_grace
            and _are_same_pitch(one.note, other.note)
            and (_follow(one, other) or self._is_broken_chord(one, other))
        ]
        return min(
            pairs, key=lambda pair: abs(pair[0].row - start_row) + abs(pair[1].row - end_row), default=None
        )

    def _is_broken_chord(self, one: _Head, other: _Head) -> bool:
        """Whether a note goes on in a chord that collects the notes after it, as in a broken chord with ties."""
        start, end = one.anchor.event.onset, other.anchor.event.onset
        chord = other.anchor.event
        if not isinstance(chord, Chord) or end - start > _LONGEST_BROKEN_CHORD:
            return False
        first = bisect_left(self._heads, one.x, key=lambda head: head.x)
        last = bisect_right(self._heads, other.x, key=lambda head: head.x)
        between = [
            head
            for head in self._heads[first:last]
            if head.anchor.event.voice is one.anchor.event.voice and start < head.anchor.event.onset < end
        ]
        held = {note.staff_position for note in chord.notes}
        return bool(between) and all(head.note.staff_position in held for head in between)


def _follow(one: _Head, other: _Head) -> bool:
    """Whether one event ends where the other starts, also across a barline if the measure is longer on other staves."""
    start, end = one.anchor.event, other.anchor.event
    if start.end == end.onset:
        return True
    if end.onset_in_measure != 0 or other.anchor.measure.index != one.anchor.measure.index + 1:
        return False
    voice = start.voice
    return voice is not None and start.onset_in_measure + start.quarter_length == voice.quarter_length


def _heads(system: Located[MroSystem], anchors: Anchors) -> Iterator[_Head]:
    for index in range(len(system.value.staves)):
        for anchor in anchors.of_stave((*system.indices, index)):
            for located, note in zip(anchor.item.notes, _notes(anchor), strict=False):
                below = min(index + located.value.staff_offset, len(system.value.staves) - 1)
                on = system.value.staves[max(below, 0)]
                yield _Head(anchor, note, anchor.x, _row_of(located.value.position_down, on), on)


def _row_of(position_down: int, stave: MroStave) -> float:
    return stave.top_units + stave.size_units * (0.5 + position_down / 8)


def _notes(anchor: Anchor) -> list[Note]:
    if isinstance(anchor.event, Note):
        return [anchor.event]
    return anchor.event.notes if isinstance(anchor.event, Chord) else []


def _on_page(point: MroPosition, system: MroSystem) -> tuple[float, float]:
    return system.top_units + point.row, system.left_units + point.column


def _around(point: tuple[float, float], heads: list[_Head]) -> list[_Head]:
    """Noteheads, of those from left to right, in whose column a point is."""
    middle = bisect_left(heads, point[1], key=lambda head: head.x)
    first = bisect_left(heads, point[1] - _NEAR, key=lambda head: head.x)
    last = bisect_right(heads, point[1] + _NEAR, key=lambda head: head.x)
    return heads[max(first, middle - _MAX_AROUND) : min(last, middle + _MAX_AROUND)]


def _beside(point: tuple[float, float], heads: list[_Head]) -> list[_Head]:
    """Noteheads beside which a point is."""
    near = [head for head in _around(point, heads) if abs(head.row - point[0]) <= _NEAR_HEAD]
    return sorted(near, key=lambda head: abs(head.row - point[0]))[:_MAX_BESIDE]


def _nearest(point: tuple[float, float], heads: list[_Head]) -> _Head | None:
    """The notehead to which an end of an arc belongs."""
    row, x = point
    near = [head for head in _around(point, heads) if abs(head.row - row) <= _MAX_ROWS]
    return min(near, key=lambda head: abs(head.x - x) + _WEIGHT_OF_ROWS * abs(head.row - row), default=None)


def _are_same_pitch(one: Note, other: Note) -> bool:
    if one.pitch is None or other.pitch is None or one.pitch.diatonic != other.pitch.diatonic:
        return False
    accidental = other.accidental
    return accidental is None or accidental.alter == one.pitch.alter
