"""Alignment of least cost of two sequences, by dynamic programming."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Pair = tuple[int | None, int | None]
"""Indices of aligned elements; `None` for an element that the other sequence lacks."""

Integers = NDArray[np.int64]

_MOST_CELLS = 1 << 24
"""Size of the table up to which it is kept to trace the alignment back; beyond, the sequences are divided."""

_DIAGONAL, _DELETION, _INSERTION = range(3)


@dataclass(frozen=True, slots=True, eq=False)
class EditTable:
    """Costs of editing one sequence to another."""

    pair_costs: Integers
    """(kinds, kinds) costs of aligning an element of one kind with an element of another."""

    truth: Integers
    """(n,) kinds of the elements of the first sequence."""

    result: Integers
    """(m,) kinds of the elements of the second sequence."""

    deletions: Integers
    """(n,) costs of deleting elements."""

    insertions: Integers
    """(m,) costs of inserting elements."""

    homes: Integers
    """(n,) where elements belong: aligning elements with different homes costs 1 more."""

    other_homes: Integers
    """(m,) where elements of the second sequence belong."""

    def alignment(self) -> list[Pair]:
        """The alignment of least cost, in order."""
        return list(_trace(self, 0, 0))

    def part(self, rows: slice, columns: slice) -> EditTable:
        """The table of parts of both sequences; a step of -1 reverses them."""
        return replace(
            self,
            truth=self.truth[rows],
            result=self.result[columns],
            deletions=self.deletions[rows],
            insertions=self.insertions[columns],
            homes=self.homes[rows],
            other_homes=self.other_homes[columns],
        )

    def last_row(self) -> Integers:
        """(m + 1,) costs of editing the whole first sequence to each beginning of the second."""
        inserted = costs = self._inserted()
        for row in range(len(self.truth)):
            costs, _ = self._next(row, costs, inserted)
        return costs

    def directions(self) -> NDArray[np.uint8]:
        """(n, m + 1) the last step on the cheapest way to each cell."""
        found = np.full((len(self.truth), len(self.result) + 1), _INSERTION, np.uint8)
        inserted = costs = self._inserted()
        for row, directions in enumerate(found):
            after, diagonal = self._next(row, costs, inserted)
            directions[after == costs + self.deletions[row]] = _DELETION
            directions[1:][after[1:] == diagonal] = _DIAGONAL
            costs = after
        return found

    def _inserted(self) -> Integers:
        """(m + 1,) costs of inserting each beginning of the second sequence."""
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(self.insertions)))

    def _next(self, row: int, before: Integers, inserted: Integers) -> tuple[Integers, Integers]:
        """Costs after a row from those before it, and the costs of arriving diagonally (without column 0)."""
        diagonal = before[:-1] + self.pair_costs[self.truth[row], self.result]
        diagonal += self.other_homes != self.homes[row]
        reached = before + self.deletions[row]
        np.minimum(reached[1:], diagonal, out=reached[1:])
        # The cheapest way along the row is a running minimum once the costs of insertions are subtracted.
        reached -= inserted
        np.minimum.accumulate(reached, out=reached)
        reached += inserted
        return reached, diagonal


def _trace(table: EditTable, first_row: int, first_column: int) -> Iterator[Pair]:
    height, width = len(table.truth), len(table.result)
    if height * (width + 1) > _MOST_CELLS and height > 1:
        # Hirschberg's algorithm: the cheapest way crosses the middle row where both halves together cost least.
        middle = height // 2
        above = table.part(slice(0, middle), slice(None)).last_row()
        below = table.part(slice(height, middle - 1, -1), slice(None, None, -1)).last_row()[::-1]
        split = int(np.argmin(above + below))
        yield from _trace(table.part(slice(0, middle), slice(0, split)), first_row, first_column)
        lower = table.part(slice(middle, None), slice(split, None))
        yield from _trace(lower, first_row + middle, first_column + split)
        return
    directions = table.directions()
    pairs: list[Pair] = []
    row, column = height, width
    while row or column:
        step = directions[row - 1, column] if row else _INSERTION
        row -= step != _INSERTION
        column -= step != _DELETION
        i = None if step == _INSERTION else first_row + row
        pairs.append((i, None if step == _DELETION else first_column + column))
    yield from reversed(pairs)
