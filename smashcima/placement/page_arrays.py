"""Conversion of the primitives of a page to arrays of points, for vectorised moves, and back."""

from __future__ import annotations

import math

import numpy as np

from smashcima.engraving import EngravedPage, Primitive, PrimitiveKind, Symbol, SymbolBoxes
from smashcima.engraving.moving import moved_primitives
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
        self._reach = (
            np.stack([self.left, self.top], axis=1) - facts.low,
            np.stack([self.right, self.bottom], axis=1) - facts.high,
        )

    def printed_sides(self, indices: IntArray) -> FloatArray:
        """Left and right side of the engraved symbol of each primitive in mm, (n, 2); its ink may be narrower."""
        return self.sides(indices)[:, ::2]

    def sides(self, indices: IntArray) -> FloatArray:
        """Left, top, right and bottom of each primitive as engraved, with the fonts of the layout, in mm, (n, 4)."""
        return self.facts.table("sides", indices, lambda primitive: primitive.sides()).reshape(-1, 4)

    def lower_ink(self, indices: IntArray) -> FloatArray:
        """Distance by which the middle of the ink of each symbol is below that of the font of the fit, in mm.

        Heights were measured as differences of the middles of real symbols from those of that font.
        """
        middle = (self.top[indices] + self.bottom[indices]) / 2
        fitted = self.facts.table("fitted middle", indices, _fitted_middle)
        return middle - np.where(np.isnan(fitted), middle, fitted)

    # -- finding and moving ---------------------------------------------------------------------------------

    def of(self, *kinds: PrimitiveKind) -> IntArray:
        """Indices of the primitives of some kinds, in drawing order."""
        return self.facts.of_kinds(kinds)

    def of_type(self, indices: IntArray, kind: type[Primitive]) -> IntArray:
        """The given indices whose primitives are of a type."""
        return indices[self.facts.is_type(kind)[indices]]

    def named(self, *names: str, indices: IntArray) -> BoolArray:
        """Whether each of the given primitives is a symbol with one of the names."""
        return self.facts.table(
            "named " + " ".join(names),
            indices,
            lambda primitive: isinstance(primitive, Symbol) and primitive.name in names,
        ).astype(np.bool_)

    def groups(self, indices: IntArray) -> IntArray:
        """Number of the group of each primitive, (n,), from 0: primitives of one element in one system are a group."""

        def number() -> IntArray:
            keys: dict[tuple[str | int, int], int] = {}
            systems = self.system[indices].tolist()
            return np.array(
                [
                    keys.setdefault((self.primitives[i].element or i, system), len(keys))
                    for i, system in zip(indices.tolist(), systems, strict=True)
                ],
                dtype=np.intp,
            )

        return self.facts.kept("groups", indices, number)

    @staticmethod
    def code(kind: PrimitiveKind) -> int:
        """Code of a kind in the array `kind`."""
        return KIND_CODES[kind]

    def boxes(self) -> tuple[FloatArray, FloatArray]:
        """Current left top and right bottom corners of the ink of each primitive, (n, 2) each.

        The ink extends beyond the points by the engraved amount. Primitives without points lie at the origin.
        """
        low, high = self.facts.corners(self.xy)
        low += self._reach[0]
        high += self._reach[1]
        return low, high

    def boxes_of(self, indices: IntArray) -> tuple[FloatArray, FloatArray]:
        """The corners of some primitives, (n, 2) each, as of `boxes`; fast for those with one point."""
        if (self.count[indices] != 1).any():
            low, high = self.boxes()
            return low[indices], high[indices]
        at = self.xy.take(self.first[indices], axis=0)
        return at + self._reach[0].take(indices, axis=0), at + self._reach[1].take(indices, axis=0)

    def point(self, indices: IntArray, number: int = 0) -> FloatArray:
        """Current position of point `number` (by default the first) of some primitives, (n, 2)."""
        return self.xy.take(self.first[indices] + number, axis=0)

    def engraved_point(self, indices: IntArray, number: int = 0) -> FloatArray:
        """Engraved position of point `number` (by default the first) of some primitives, (n, 2)."""
        return self.engraved.take(self.first[indices] + number, axis=0)

    def move(self, indices: IntArray, dx: FloatArray | float = 0.0, dy: FloatArray | float = 0.0) -> None:
        """Moves whole primitives; `indices` must not have duplicates."""
        shift = np.zeros((len(self.count), 2))
        shift[indices, 0] = dx
        shift[indices, 1] = dy
        self.xy += shift.take(self.owner, axis=0)

    # -- back ----------------------------------------------------------------------------------------------

    def moved_primitives(self) -> tuple[Primitive, ...]:
        """The primitives at their current positions; unmoved ones are the original objects."""
        differs = self.xy != self.engraved
        is_changed = np.zeros(len(self.count), dtype=bool)
        is_changed[self.owner[differs[:, 0] | differs[:, 1]]] = True
        scaled = np.flatnonzero((self.scale[:, 0] != 1.0) | (self.scale[:, 1] != 1.0))
        is_changed[scaled] = True
        scales = dict(zip(scaled.tolist(), self.scale.take(scaled, axis=0).tolist(), strict=True))
        return moved_primitives(
            self.primitives,
            np.flatnonzero(is_changed).tolist(),
            self.xy.ravel().tolist(),
            (2 * self.first).tolist(),
            scales,
        )


def _fitted_middle(primitive: Primitive) -> float:
    """Y of the middle of a symbol in the font of the fit, in mm; NaN for other primitives."""
    if not isinstance(primitive, Symbol):
        return math.nan
    _, top, _, bottom = font_symbol_box(primitive.name, FONT_OF_FIT)
    return primitive.origin.y + primitive.scale_y * (top + bottom) / 2
