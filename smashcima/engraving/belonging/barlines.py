"""Barlines: which pieces are one stroke, and which strokes are a barline by themselves."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator

from smashcima.engraving.engraving import EngravedPage
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Line

_MEET = 0.05
"""Pieces whose ends are closer than this, in mm, are parts of one stroke."""

_GROUP_SS = 1.2
"""Strokes that lie closer than this belong to one barline."""


class Barlines:
    """The strokes of the barlines of one page."""

    def __init__(self, page: EngravedPage) -> None:
        self._page = page
        self._strokes: dict[int, Line] = {
            index: primitive
            for index, primitive in enumerate(page.primitives)
            if primitive.kind is PrimitiveKind.BARLINE and isinstance(primitive, Line)
        }

    def strokes_in_pieces(self) -> tuple[tuple[int, ...], ...]:
        """Strokes that were engraved in several pieces, each as the indices of its pieces from the top down."""
        columns: dict[Hashable, list[int]] = defaultdict(list)
        for index, piece in self._strokes.items():
            if not piece.dashes:
                key = (piece.place.system, round(piece.start.x, 3), round(piece.width, 3))
                columns[key].append(index)
        return tuple(chain for column in columns.values() for chain in self._chains(column) if len(chain) > 1)

    def _chains(self, column: list[int]) -> Iterator[tuple[int, ...]]:
        """The pieces at one place of a system, in groups that meet."""
        lines = self._strokes
        column.sort(key=lambda index: lines[index].start.y)
        chain = column[:1]
        for index in column[1:]:
            if abs(lines[index].start.y - lines[chain[-1]].end.y) > _MEET:
                yield tuple(chain)
                chain = []
            chain.append(index)
        yield tuple(chain)

    def single(self) -> frozenset[int]:
        """Continuous strokes without another stroke of a barline beside them."""
        places: dict[int | None, set[float]] = defaultdict(set)
        for stroke in self._strokes.values():
            places[stroke.place.system].add(round(stroke.start.x, 3))
        columns = {system: sorted(xs) for system, xs in places.items()}
        return frozenset(
            index
            for index, stroke in self._strokes.items()
            if not stroke.dashes and self._is_alone(stroke, columns[stroke.place.system])
        )

    def _is_alone(self, stroke: Line, xs: list[float]) -> bool:
        x = round(stroke.start.x, 3)
        at = bisect_left(xs, x)
        neighbours = [*xs[max(at - 1, 0) : at], *xs[at + 1 : at + 2]]
        least = _GROUP_SS * self._page.staff_space_at(stroke.place)
        return all(abs(other - x) > least for other in neighbours)
