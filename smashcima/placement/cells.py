"""What belongs together: the notes, chords and rests of a page, and all that hangs on each."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import PrimitiveKind
from smashcima.placement.page_arrays import KIND_CODES, BoolArray, FloatArray, IntArray, PageArrays
from smashcima.scene.semantic import Chord, ControlEvent, Note, Score, SemanticObject
from smashcima.scene.semantic.event import Event

_K = PrimitiveKind

PARTS_OF_EVENTS = (
    _K.NOTEHEAD, _K.STEM, _K.FLAG, _K.GRACE_SLASH, _K.LEDGER_LINE, _K.ACCIDENTAL, _K.AUGMENTATION_DOT,
    _K.ARTICULATION, _K.TREMOLO, _K.REST, _K.MEASURE_REST, _K.ARPEGGIO, _K.FINGERING, _K.ORNAMENT, _K.FERMATA,
    _K.LYRIC, _K.CLUSTER, _K.TABLATURE_NUMBER, _K.MULTI_REST, _K.MULTI_REST_NUMBER, _K.MEASURE_REPEAT,
)  # fmt: skip
"""Kinds that are looked up: they belong to one note, chord or rest."""


class Cells:
    """The events of a page, a number each, in reading order: by system, staff, and x."""

    def __init__(self, arrays: PageArrays, score: Score) -> None:
        self._score = score
        self._known: dict[str, Event | None] = {}
        self._numbers: dict[object, int] = {}
        found = self._look_up(arrays)
        self.of: IntArray = found
        """The cell of each primitive; -1 for those in none."""
        heads = np.nonzero((arrays.kind == KIND_CODES[_K.NOTEHEAD]) & (found >= 0))[0]
        rests = np.nonzero(
            np.isin(arrays.kind, [KIND_CODES[_K.REST], KIND_CODES[_K.MEASURE_REST]]) & (found >= 0)
        )[0]
        self.heads: IntArray = heads
        anchors = np.concatenate([heads, rests])
        size = len(self._numbers)
        self.x: FloatArray = np.full(size, np.inf)
        """Left side of the heads, or of the rest."""
        np.minimum.at(self.x, found[anchors], arrays.low[anchors, 0])
        self.system: IntArray = np.full(size, -1, dtype=np.intp)
        self.staff: IntArray = np.full(size, -1, dtype=np.intp)
        self.space: FloatArray = np.ones(size)
        for column, source in ((self.system, arrays.system), (self.staff, arrays.staff)):
            column[found[anchors]] = source[anchors]
        self.space[found[anchors]] = arrays.space[anchors]
        self.is_anchored: BoolArray = np.isfinite(self.x) & (self.system >= 0)
        """Whether anything tells where it is."""
        self.x[~self.is_anchored] = 0.0
        self._sort()

    def __len__(self) -> int:
        return len(self.x)

    def _sort(self) -> None:
        order = np.lexsort((self.x, self.staff, self.system))
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        self.of = np.where(self.of >= 0, rank[self.of], -1) if len(rank) else self.of
        self.x, self.system, self.staff = self.x[order], self.system[order], self.staff[order]
        self.space, self.is_anchored = self.space[order], self.is_anchored[order]
        ranks = rank.tolist()
        self._numbers = {event: ranks[number] for event, number in self._numbers.items()}

    def _look_up(self, arrays: PageArrays) -> IntArray:
        wanted = {KIND_CODES[kind] for kind in PARTS_OF_EVENTS}
        result = [-1] * len(arrays.primitives)
        numbers = self._numbers
        known: dict[tuple[str, int], int] = {}
        systems = arrays.system.tolist()
        for i, (primitive, kind) in enumerate(zip(arrays.primitives, arrays.kind.tolist(), strict=True)):
            element = primitive.element
            if kind not in wanted or element is None:
                continue
            key = (element, systems[i])
            number = known.get(key)
            if number is None:
                event = self.event_of(element)
                number = -1
                if event is not None:
                    number = numbers.setdefault((event, systems[i]), len(numbers))
                known[key] = number
            result[i] = number
        return np.array(result, dtype=np.intp)

    def event_of(self, element: str) -> Event | None:
        """The chord, single note or rest that an element is, is part of, or starts at."""
        if element not in self._known:
            self._known[element] = _event_of(self._score.by_id(element))
        return self._known[element]

    def number_of(self, event: Event | None, system: int) -> int:
        """The cell of an event in a system; -1 if it has none there."""
        whole = _event_of(event)
        return self._numbers.get((whole, system), -1)

    def covered_by(self, element: str | None, system: int) -> list[int]:
        """The cells of all events that a mark names, as an arpeggio does, where they are in this system."""
        mark = self._score.by_id(element) if element is not None else None
        if not isinstance(mark, ControlEvent):
            return []
        numbers = [self.number_of(event, system) for event in mark.events]
        return [number for number in numbers if number >= 0]

    def ends_of(self, element: str | None, system: int) -> tuple[int, int]:
        """The cells at which a slur or tie starts and ends, where they are in this system."""
        mark = self._score.by_id(element) if element is not None else None
        if not isinstance(mark, ControlEvent):
            return -1, -1
        return self.number_of(mark.start, system), self.number_of(mark.end, system)


def _event_of(found: SemanticObject | None) -> Event | None:
    if isinstance(found, ControlEvent):
        # An arpeggio names its chords without saying where it starts.
        found = found.start if found.start is not None else next(iter(found.events), None)
    while found is not None and not isinstance(found, Event):
        found = found.parent
    if isinstance(found, Note):
        parent = found.parent
        while parent is not None and parent.is_transparent:
            parent = parent.parent
        return parent if isinstance(parent, Chord) else found
    return found
