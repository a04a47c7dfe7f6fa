"""Conversion of the primitives of a page to arrays of points, for vectorised moves, and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.engraving import EngravedPage, Place, Primitive, PrimitiveKind, Symbol, SymbolBoxes
from smashcima.engraving.symbol_boxes import font_symbol_box

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]

KIND_CODES = {kind: code for code, kind in enumerate(PrimitiveKind)}

_DEFAULT_STAFF_SPACE = 1.8

FONT_OF_FIT = "Petaluma"
"""The music font of the pages to which the styles of writers were fitted."""


class PageArrays:
    """A page as arrays. Row i of per-primitive arrays is primitive i; `xy` concatenates the points of all primitives.

    A symbol has one point (its origin), a line two, a curve all its control points, a box two corners, and a text one
    point for each chunk (none if it is empty).
    """

    def __init__(self, page: EngravedPage, boxes: SymbolBoxes) -> None:
        self.page = page
        self.primitives = page.primitives
        count = len(page.primitives)
        flat: list[float] = []
        first = [0] * (count + 1)
        codes = [0] * count
        places: list[int] = [0] * count
        known: dict[Place, int] = {}
        extents: list[tuple[float, float, float, float]] = [(0.0, 0.0, 0.0, 0.0)] * count
        last_place, number = None, 0
        for i, primitive in enumerate(page.primitives):
            first[i] = len(flat) >> 1
            codes[i] = KIND_CODES[primitive.kind]
            place = primitive.place
            if place is not last_place:
                number = known.setdefault(place, len(known))
                last_place = place
            places[i] = number
            flat += primitive.coordinates()
            extents[i] = primitive.reach(boxes)
        first[count] = len(flat) >> 1
        self.xy: FloatArray = np.array(flat, dtype=np.float64).reshape(-1, 2)
        """Current positions of all points, (points, 2); modified in place."""
        self.first: IntArray = np.array(first, dtype=np.intp)
        """Index of the first point of each primitive, followed by the total number of points."""
        self.kind: IntArray = np.array(codes, dtype=np.intp)
        self.count: IntArray = np.diff(self.first)
        self.owner: IntArray = np.repeat(np.arange(count), self.count)
        """Index of the primitive of each point."""
        self.scale: FloatArray = np.ones((count, 2))
        """Scale factors of symbols along x and y, (n, 2); other primitives keep their thickness."""
        self._read_places(list(known), np.array(places, dtype=np.intp))
        self._read_boxes(np.array(extents, dtype=np.float64).reshape(-1, 4))
        self.engraved: FloatArray = self.xy.copy()
        """Engraved positions of all points."""

    def _read_places(self, places: list[Place], numbers: IntArray) -> None:
        systems = self.page.systems
        self.system_numbers = {system.index: number for number, system in enumerate(systems)}
        staves = {
            (s.index, staff.number): (number, staff)
            for number, (s, staff) in enumerate((s, staff) for s in systems for staff in s.staves)
        }
        spaces = [staff.staff_space for _, staff in staves.values()]
        usual = max(spaces, default=_DEFAULT_STAFF_SPACE)
        rows = []
        for place in places:
            system = self.system_numbers.get(place.system, -1) if place.system is not None else -1
            found = staves.get((place.system, place.staff)) if place.staff is not None else None  # type: ignore[arg-type]
            number, space, middle, half = -1, usual, 0.0, 0.0
            if found is not None:
                number, staff = found
                space, middle = staff.staff_space, staff.middle_y
                half = middle - staff.line_ys[0] if staff.line_ys else 0.0
            measure = -1 if place.measure is None else place.measure
            rows.append((system, number, measure, space, middle, half))
        table = np.array(rows, dtype=np.float64).reshape(-1, 6)[numbers]
        self.system: IntArray = table[:, 0].astype(np.intp)
        """Index of the system on the page, or -1."""
        self.staff: IntArray = table[:, 1].astype(np.intp)
        """Index of the staff on the page, counted through all systems, or -1."""
        self.measure: IntArray = table[:, 2].astype(np.intp)
        self.space: FloatArray = table[:, 3]
        """Staff space in mm."""
        self.middle: FloatArray = table[:, 4]
        """y of the centre of the staff, in mm."""
        self.half: FloatArray = table[:, 5]
        """Distance of the outermost staff lines from the centre, in mm."""

    def _read_boxes(self, extents: FloatArray) -> None:
        """Sets the sides of the ink of all primitives."""
        has = self.count > 0
        starts = self.first[:-1][has]
        low = np.zeros((len(has), 2))
        high = np.zeros((len(has), 2))
        if len(starts):
            low[has] = np.minimum.reduceat(self.xy, starts, axis=0)
            high[has] = np.maximum.reduceat(self.xy, starts, axis=0)
        self.left: FloatArray = low[:, 0] + extents[:, 0]
        self.top: FloatArray = low[:, 1] + extents[:, 1]
        self.right: FloatArray = high[:, 0] + extents[:, 2]
        self.bottom: FloatArray = high[:, 1] + extents[:, 3]
        self.low, self.high = low, high

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
        if len(kinds) == 1:
            return np.nonzero(self.kind == KIND_CODES[kinds[0]])[0]
        wanted = np.zeros(len(KIND_CODES), dtype=bool)
        wanted[[KIND_CODES[kind] for kind in kinds]] = True
        return np.nonzero(wanted[self.kind])[0]

    def of_type(self, indices: IntArray, kind: type[Primitive]) -> IntArray:
        """The given indices whose primitives are of a type."""
        return np.array([i for i in indices.tolist() if isinstance(self.primitives[i], kind)], dtype=np.intp)

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
        has = self.count > 0
        starts = self.first[:-1][has]
        low, high = np.zeros((len(has), 2)), np.zeros((len(has), 2))
        if len(starts):
            low[has] = np.minimum.reduceat(self.xy, starts)
            high[has] = np.maximum.reduceat(self.xy, starts)
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
