"""Barlines: which pieces are one stroke, and which strokes are a barline by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from smashcima.engraving.engraving import EngravedPage
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Line

_PARTS = frozenset({PrimitiveKind.BARLINE, PrimitiveKind.REPEAT_DOT})

_MEET = 0.05
"""Maximum distance between the ends of pieces of one stroke, in mm."""

_GROUP_SS = 1.5
"""Maximum distance between strokes and dots of one barline, in staff spaces."""


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
        """Strokes engraved in several pieces, each as the indices of its pieces from top to bottom."""
        columns: dict[Hashable, list[int]] = defaultdict(list)
        for index, piece in self._strokes.items():
            if not piece.dashes:
                key = (piece.place.system, round(piece.start.x, 3), round(piece.width, 3))
                columns[key].append(index)
        return tuple(chain for column in columns.values() for chain in self._chains(column) if len(chain) > 1)

    def _chains(self, column: list[int]) -> Iterator[tuple[int, ...]]:
        """Pieces at one x of a system, grouped by touching ends."""
        lines = self._strokes
        column.sort(key=lambda index: lines[index].start.y)
        chain = column[:1]
        for index in column[1:]:
            if abs(lines[index].start.y - lines[chain[-1]].end.y) > _MEET:
                yield tuple(chain)
                chain = []
            chain.append(index)
        yield tuple(chain)

    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Barlines, each through all staves of its system, as the indices of their strokes and repeat dots."""
        primitives = self._page.primitives
        parts = [
            (primitive.place.system, min(primitive.coordinates()[::2]), index)
            for index, primitive in enumerate(primitives)
            if primitive.kind in _PARTS and primitive.place.system is not None
        ]
        parts.sort()
        groups: list[list[int]] = []
        last: tuple[int, float] | None = None
        for system, x, index in parts:
            reach = _GROUP_SS * self._page.staff_space_at(primitives[index].place)
            if last is None or last[0] != system or x - last[1] > reach:
                groups.append([])
            groups[-1].append(index)
            last = (system, x)
        return tuple(tuple(sorted(group)) for group in groups)

    def single(self, groups: Iterable[tuple[int, ...]]) -> frozenset[int]:
        """Continuous strokes without another stroke beside them; `groups` are the barlines."""
        alone: set[int] = set()
        for group in groups:
            strokes = {index: self._strokes[index] for index in group if index in self._strokes}
            if len({round(stroke.start.x, 3) for stroke in strokes.values()}) == 1:
                alone.update(index for index, stroke in strokes.items() if not stroke.dashes)
        return frozenset(alone)
