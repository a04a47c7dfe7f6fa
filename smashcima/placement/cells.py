"""Arrays of the notes, chords and rests of a page, with the primitives attached to each."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import PageBelonging, PrimitiveKind
from smashcima.placement.page_arrays import KIND_CODES, BoolArray, FloatArray, IntArray, PageArrays

_K = PrimitiveKind

_AT_HEADS = (KIND_CODES[_K.STEM], KIND_CODES[_K.ACCIDENTAL])
"""Kinds whose points are at the height of a notehead."""

_SAME_HEIGHT_SS = 0.5
_BESIDE_SS = 2.5
"""Maximum distances of the notehead of another voice from the stem or accidental of a note that shares it."""


class Cells:
    """The events of a page, numbered in reading order: by system, staff, and x. No array may be modified."""

    @staticmethod
    def of_page(arrays: PageArrays) -> Cells:
        """The cells of a page, which are the same for all samples of it."""
        belonging = arrays.page.belonging
        assert belonging is not None
        return arrays.facts.once(Cells, lambda: Cells(arrays, belonging))

    def __init__(self, arrays: PageArrays, belonging: PageBelonging) -> None:
        self._belonging = belonging
        self._numbers: dict[tuple[str, int], int] = {}
        found = self._look_up(arrays)
        self.of: IntArray = found
        """The cell of each primitive, or -1."""
        heads = np.nonzero((arrays.kind == KIND_CODES[_K.NOTEHEAD]) & (found >= 0))[0]
        rests = np.nonzero(
            np.isin(arrays.kind, [KIND_CODES[_K.REST], KIND_CODES[_K.MEASURE_REST]]) & (found >= 0)
        )[0]
        self.heads: IntArray = heads
        anchors = np.concatenate([heads, rests])
        size = len(self._numbers)
        self.x: FloatArray = np.full(size, np.inf)
        """Left side of the noteheads or of the rest, in mm."""
        np.minimum.at(self.x, found[anchors], arrays.low[anchors, 0])
        self.system: IntArray = np.full(size, -1, dtype=np.intp)
        self.staff: IntArray = np.full(size, -1, dtype=np.intp)
        self.space: FloatArray = np.ones(size)
        for column, source in ((self.system, arrays.system), (self.staff, arrays.staff)):
            column[found[anchors]] = source[anchors]
        self.space[found[anchors]] = arrays.space[anchors]
        self.is_anchored: BoolArray = np.isfinite(self.x) & (self.system >= 0)
        """Whether the cell has noteheads or a rest at a known position."""
        self._place_headless(arrays)
        self._sort()
        self.followed: IntArray = self._followed(arrays)
        """For each cell, itself; for a note whose head is hidden because another voice draws it, the cell of that voice."""

    def __len__(self) -> int:
        return len(self.x)

    def _place_headless(self, arrays: PageArrays) -> None:
        """Gives cells without noteheads and rests the place of their stem, or of what else is drawn for them."""
        found = self.of
        self.x[~self.is_anchored] = np.inf
        drawn = np.nonzero((found >= 0) & (arrays.count > 0) & (arrays.system >= 0))[0]
        stems = drawn[arrays.kind[drawn] == KIND_CODES[_K.STEM]]
        for members in (stems, drawn):
            members = members[np.isinf(self.x[found[members]])]
            for column, source in ((self.system, arrays.system), (self.staff, arrays.staff)):
                column[found[members]] = source[members]
            self.space[found[members]] = arrays.space[members]
            np.minimum.at(self.x, found[members], arrays.left[members])
        self.x[np.isinf(self.x)] = 0.0

    def _followed(self, arrays: PageArrays) -> IntArray:
        result: IntArray = np.arange(len(self))
        heads = self.heads
        head_x, head_y = (
            (low + high)[heads] / 2
            for low, high in ((arrays.left, arrays.right), (arrays.top, arrays.bottom))
        )
        for cell in np.flatnonzero(~self.is_anchored).tolist():
            marks = np.flatnonzero((self.of == cell) & np.isin(arrays.kind, _AT_HEADS) & (arrays.count > 0))
            points = np.flatnonzero(np.isin(arrays.owner, marks))
            if not len(points) or not len(heads):
                continue
            x, y = arrays.engraved[points].T
            here = (arrays.system[heads] == self.system[cell]) & (arrays.staff[heads] == self.staff[cell])
            up_or_down = np.abs(head_y[:, None] - y).min(axis=1)
            aside = np.abs(head_x[:, None] - x).min(axis=1)
            near = here & (up_or_down < _SAME_HEIGHT_SS * self.space[cell])
            near &= aside < _BESIDE_SS * self.space[cell]
            if near.any():
                result[cell] = self.of[heads[np.where(near, aside, np.inf).argmin()]]
        return result

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
        numbers = self._numbers
        return np.array(
            [
                -1 if event is None else numbers.setdefault((event, system), len(numbers))
                for event, system in zip(self._belonging.events, arrays.system.tolist(), strict=True)
            ],
            dtype=np.intp,
        )

    def covered_by(self, index: int, system: int) -> list[int]:
        """The cells of all events of an arpeggio that are in this system."""
        events = self._belonging.covered_events.get(index, ())
        return [self._numbers[event, system] for event in events if (event, system) in self._numbers]

    def ends_of(self, index: int, system: int) -> tuple[int, int]:
        """The cells at which a slur or tie starts and ends, or -1 if not in this system."""
        start, end = self._belonging.start_events.get(index), self._belonging.end_events.get(index)
        return self._number_of(start, system), self._number_of(end, system)

    def _number_of(self, event: str | None, system: int) -> int:
        return -1 if event is None else self._numbers.get((event, system), -1)
