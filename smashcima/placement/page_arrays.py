"""Conversion of the primitives of a page to arrays of points, for vectorised moves, and back."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import EngravedPage, Primitive, PrimitiveKind, Symbol, SymbolBoxes
from smashcima.engraving.symbol_boxes import font_symbol_box
from smashcima.placement.page_facts import KIND_CODES, BoolArray, FloatArray, IntArray, PageFacts

__all__ = ["FONT_OF_FIT", "KIND_CODES", "BoolArray", "FloatArray", "IntArray", "PageArrays"]

FONT_OF_FIT = "Petaluma"
"""The music font of the pages to which the styles of writers were fitted."""


class PageArrays:
    """A page as arrays. Row i of per-primitive arrays is primitive i; `xy` concatenates the points of all primitives.

    A symbol has one point (its origin), a line two, a curve all its control points, a box two corners, and a text one
    point for each chunk (none if it is empty). Only `xy` and `scale` may be modified.
    """

    def __init__(self, page: EngravedPage, boxes: SymbolBoxes) -> None:
        self.page = page
        self.primitives = page.primitives
        self.facts = facts = PageFacts.of(page)
        self.xy: FloatArray = facts.xy.copy()
        """Current positions of all points, (points, 2); modified in place."""
        self.scale: FloatArray = np.ones((len(page.primitives), 2))
        """Scale factors of symbols along x and y, (n, 2); other primitives keep their thickness."""
        self.engraved: FloatArray = facts.xy
        """Engraved positions of all points."""
        # See `PageFacts`.
        self.first, self.count, self.owner = facts.first, facts.count, facts.owner
        self.kind, self.system, self.staff, self.measure = (
            facts.kind,
            facts.system,
            facts.staff,
            facts.measure,
        )
        self.space, self.middle, self.half = facts.space, facts.middle, facts.half
        self.low, self.high = facts.low, facts.high
        extents = facts.extents(boxes)
        self.left: FloatArray = facts.low[:, 0] + extents[:, 0]
        """Left side of the ink of each primitive as engraved, in mm, (n,)."""
        self.top: FloatArray = facts.low[:, 1] + extents[:, 1]
        self.right: FloatArray = facts.high[:, 0] + extents[:, 2]
        self.bottom: FloatArray = facts.high[:, 1] + extents[:, 3]

    def printed_sides(self, indices: IntArray) -> FloatArray:
        """Left and right side of the engraved symbol of each primitive in mm, (n, 2); its ink may be narrower."""
        sides = [self.primitives[i].sides()[::2] for i in indices.tolist()]
        return np.array(sides, dtype=np.float64).reshape(-1, 2)

    def lower_ink(self, indices: IntArray) -> FloatArray:
        """Distance by which the middle of the ink of each symbol is below that of the font of the fit, in mm.

        Heights were measured as differences of the middles of real symbols from those of that font.
        """
        reference = np.zeros(len(indices))
        for row, index in enumerate(indices.tolist()):
            symbol = self.primitives[index]
            if isinstance(symbol, Symbol):
                _, top, _, bottom = font_symbol_box(symbol.name, FONT_OF_FIT)
                reference[row] = symbol.origin.y + symbol.scale_y * (top + bottom) / 2
            else:
                reference[row] = (self.top[index] + self.bottom[index]) / 2
        result: FloatArray = (self.top[indices] + self.bottom[indices]) / 2 - reference
        return result

    # -- finding and moving ---------------------------------------------------------------------------------

    def of(self, *kinds: PrimitiveKind) -> IntArray:
        """Indices of the primitives of some kinds, in drawing order."""
        return self.facts.of_kinds(kinds)

    def of_type(self, indices: IntArray, kind: type[Primitive]) -> IntArray:
        """The given indices whose primitives are of a type."""
        return indices[self.facts.is_type(kind)[indices]]

    def groups(self, indices: IntArray) -> IntArray:
        """Number of the group of each primitive, (n,), from 0: primitives of one element in one system are a group."""
        keys: dict[tuple[str | int, int], int] = {}
        systems = self.system[indices].tolist()
        return np.array(
            [
                keys.setdefault((self.primitives[i].element or i, system), len(keys))
                for i, system in zip(indices.tolist(), systems, strict=True)
            ],
            dtype=np.intp,
        )

    @staticmethod
    def code(kind: PrimitiveKind) -> int:
        """Code of a kind in the array `kind`."""
        return KIND_CODES[kind]

    def boxes(self) -> tuple[FloatArray, FloatArray]:
        """Current left top and right bottom corners of the ink of each primitive, (n, 2) each.

        The ink extends beyond the points by the engraved amount. Primitives without points lie at the origin.
        """
        low, high = self.facts.corners(self.xy)
        low += np.stack([self.left, self.top], axis=1) - self.low
        high += np.stack([self.right, self.bottom], axis=1) - self.high
        return low, high

    def point(self, indices: IntArray, number: int = 0) -> FloatArray:
        """Current position of point `number` (by default the first) of some primitives, (n, 2)."""
        return self.xy[self.first[indices] + number]

    def engraved_point(self, indices: IntArray, number: int = 0) -> FloatArray:
        """Engraved position of point `number` (by default the first) of some primitives, (n, 2)."""
        return self.engraved[self.first[indices] + number]

    def move(self, indices: IntArray, dx: FloatArray | float = 0.0, dy: FloatArray | float = 0.0) -> None:
        """Moves whole primitives; `indices` must not have duplicates."""
        shift = np.zeros((len(self.count), 2))
        shift[indices, 0] = dx
        shift[indices, 1] = dy
        self.xy += shift[self.owner]

    # -- back ----------------------------------------------------------------------------------------------

    def moved_primitives(self) -> tuple[Primitive, ...]:
        """The primitives at their current positions; unmoved ones are the original objects."""
        has_moved = (self.xy != self.engraved).any(axis=1)
        changed = np.zeros(len(self.count), dtype=bool)
        changed[self.owner[has_moved]] = True
        changed |= (self.scale != 1.0).any(axis=1)
        flat = self.xy.ravel().tolist()
        first = self.first.tolist()
        scale = self.scale.tolist()
        result = list(self.primitives)
        for i in np.nonzero(changed)[0].tolist():
            moved = result[i].with_coordinates(flat[2 * first[i] : 2 * first[i + 1]])
            result[i] = moved if scale[i] == [1.0, 1.0] else moved.stretched(*scale[i])
        return tuple(result)
