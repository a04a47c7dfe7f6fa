"""Barlines: which pieces are one stroke, and which strokes are a barline by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable

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
        """Strokes engraved in several pieces, each as the indices of its pieces from top to bottom.

        Each piece begins where the one above it ends; pieces between staves may be slanted.
        """
        pieces = [(piece.start.y, index) for index, piece in self._strokes.items() if not piece.dashes]
        chains: list[list[int]] = []
        open_chains: dict[Hashable, list[list[int]]] = defaultdict(list)
        for top, index in sorted(pieces):
            piece = self._strokes[index]
            here = open_chains[_column(piece, piece.start.x)]
            chain = next((c for c in here if abs(self._strokes[c[-1]].end.y - top) <= _MEET), None)
            if chain is None:
                chains.append(chain := [])
            else:
                here.remove(chain)
            chain.append(index)
            open_chains[_column(piece, piece.end.x)].append(chain)
        return tuple(sorted(tuple(chain) for chain in chains if len(chain) > 1))

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


def _column(piece: Line, x: float) -> Hashable:
    """Key of the strokes that may continue a piece at an x."""
    return (piece.place.system, round(x, 3), round(piece.width, 3))
