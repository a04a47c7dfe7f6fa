"""What placement reads of an engraved page: arrays that are the same for all samples of it."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from smashcima.caching import BoundedCache
from smashcima.engraving import (
    EngravedPage,
    EngravedSystem,
    Place,
    Primitive,
    PrimitiveKind,
    Symbol,
    SymbolBoxes,
)

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]

T = TypeVar("T")

KIND_CODES = {kind: code for code, kind in enumerate(PrimitiveKind)}

_DEFAULT_STAFF_SPACE = 1.8

_MOST_TABLES = 64
"""Number of arrays about some primitives that are kept of one page; placement asks for some twenty."""

_MOST_PAGES = 32
"""Number of pages whose facts are kept while the pages exist, about half a megabyte each."""


class PageFacts:
    """The engraved positions, kinds and places of the primitives of a page. No array may be modified.

    Row i of per-primitive arrays is primitive i; `xy` concatenates the points of all primitives.
    """

    def __init__(self, page: EngravedPage) -> None:
        # Not the page itself, whose facts are forgotten when it is gone.
        self._primitives = page.primitives
        count = len(page.primitives)
        flat: list[float] = []
        first = [0] * (count + 1)
        codes = [0] * count
        places = [0] * count
        known: dict[Place, int] = {}
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
        first[count] = len(flat) >> 1
        self.xy: FloatArray = np.array(flat, dtype=np.float64).reshape(-1, 2)
        """Engraved positions of all points, (points, 2)."""
        self.first: IntArray = np.array(first, dtype=np.intp)
        """Index of the first point of each primitive, followed by the total number of points."""
        self.kind: IntArray = np.array(codes, dtype=np.intp)
        self.count: IntArray = np.diff(self.first)
        self.owner: IntArray = np.repeat(np.arange(count), self.count)
        """Index of the primitive of each point."""
        self.has_points: BoolArray = self.count > 0
        self.all_have_points = bool(len(self.count)) and bool(self.has_points.all())
        self._read_corners()
        self.low, self.high = self.corners(self.xy)
        """Left top and right bottom corner of the points of each primitive, (n, 2); 0 without points."""
        self._read_places(page.systems, list(known), np.array(places, dtype=np.intp))
        self._read_symbols()
        for value in vars(self).values():
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
        self._of_kinds: dict[tuple[PrimitiveKind, ...], IntArray] = {}
        self._of_type: dict[type[Primitive], BoolArray] = {}
        self._derived: dict[type, Any] = {}
        self._tables: dict[tuple[str, bytes], NDArray[Any]] = {}

    @staticmethod
    def of(page: EngravedPage) -> PageFacts:
        """The facts of a page, which are kept for its next sample."""
        # By identity, since comparing pages takes long. That is safe since they are forgotten before the identity is used again.
        number, forget = id(page), _FACTS.drop
        kept = _FACTS.get(number, lambda: (PageFacts(page), weakref.ref(page, lambda _: forget(number))))
        return kept[0]

    def _read_corners(self) -> None:
        """Which points are compared for the corners of each primitive: the first and the last, or all of more than two."""
        has = self.has_points
        self._start, self._last = self.first[:-1][has], self.first[1:][has] - 1
        count = self.count[has]
        self._many: IntArray = np.flatnonzero(count > 2)
        owner = np.repeat(np.arange(len(count)), count)
        self._of_many: IntArray = np.flatnonzero(count[owner] > 2)
        self._many_start: IntArray = np.cumsum(count[self._many]) - count[self._many]

    def corners(self, xy: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Left top and right bottom corner of positions of the points of each primitive, (n, 2); 0 without points."""
        first, last = xy.take(self._start, axis=0), xy.take(self._last, axis=0)
        low, high = np.minimum(first, last), np.maximum(first, last)
        if len(self._many):
            points = xy.take(self._of_many, axis=0)
            low[self._many] = np.minimum.reduceat(points, self._many_start)
            high[self._many] = np.maximum.reduceat(points, self._many_start)
        if self.all_have_points:
            return low, high
        corners = np.zeros((2, len(self.count), 2))
        corners[:, self.has_points] = low, high
        return corners[0], corners[1]

    def _read_places(
        self, systems: tuple[EngravedSystem, ...], places: list[Place], numbers: IntArray
    ) -> None:
        system_numbers = {system.index: number for number, system in enumerate(systems)}
        staves = {
            (s.index, staff.number): (number, staff)
            for number, (s, staff) in enumerate((s, staff) for s in systems for staff in s.staves)
        }
        spaces = [staff.staff_space for _, staff in staves.values()]
        usual = max(spaces, default=_DEFAULT_STAFF_SPACE)
        rows = []
        for place in places:
            system = system_numbers.get(place.system, -1) if place.system is not None else -1
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

    def _read_symbols(self) -> None:
        """Sorts upright symbols by name; only the extents of symbols depend on who draws them."""
        names: dict[tuple[str, str], int] = {}
        rows, numbers, scales = [], [], []
        self._turned: list[int] = []
        self._extents: FloatArray = np.zeros((len(self._primitives), 4))
        for i, primitive in enumerate(self._primitives):
            if not isinstance(primitive, Symbol):
                self._extents[i] = primitive.reach()
            elif type(primitive) is Symbol and not primitive.rotation_deg:
                rows.append(i)
                numbers.append(names.setdefault((primitive.name, primitive.font), len(names)))
                scale_x, scale_y = primitive.scale_x, primitive.scale_y
                scales.append((scale_x, scale_y, scale_x, scale_y))
            else:
                self._turned.append(i)
        self._names = list(names)
        self._upright: IntArray = np.array(rows, dtype=np.intp)
        self._name_numbers: IntArray = np.array(numbers, dtype=np.intp)
        self._scales: FloatArray = np.array(scales, dtype=np.float64).reshape(-1, 4)

    def extents(self, boxes: SymbolBoxes) -> FloatArray:
        """Extent of the ink of each primitive beyond its points, (n, 4); see `Primitive.reach`."""
        extents: FloatArray = self._extents.copy()
        sizes = np.array([boxes(*name) for name in self._names], dtype=np.float64).reshape(-1, 4)
        extents[self._upright] = sizes[self._name_numbers] * self._scales
        for i in self._turned:
            extents[i] = self._primitives[i].reach(boxes)
        return extents

    def of_kinds(self, kinds: tuple[PrimitiveKind, ...]) -> IntArray:
        """Indices of the primitives of some kinds, in drawing order."""
        found = self._of_kinds.get(kinds)
        if found is None:
            wanted = np.zeros(len(KIND_CODES), dtype=bool)
            wanted[[KIND_CODES[kind] for kind in kinds]] = True
            found = self._of_kinds[kinds] = np.nonzero(wanted[self.kind])[0]
        return found

    def is_type(self, kind: type[Primitive]) -> BoolArray:
        """Whether each primitive is of a type."""
        found = self._of_type.get(kind)
        if found is None:
            found = self._of_type[kind] = np.array(
                [isinstance(primitive, kind) for primitive in self._primitives], dtype=bool
            )
        return found

    def once(self, kind: type[T], make: Callable[[], T]) -> T:
        """A value of a class that depends on the page alone; `make` is called at the first time."""
        found: T | None = self._derived.get(kind)
        if found is None:
            found = self._derived[kind] = make()
        return found

    def table(self, name: str, indices: IntArray, read: Callable[[Primitive], Any]) -> NDArray[Any]:
        """What `read` returns for each of the given primitives, as an array; `read` is called for the first sample only.

        `name` stands for `read`, which must depend on the primitive alone. The shape is that of `np.array` of the results.
        """
        return self.kept(
            name, indices, lambda: np.array([read(self._primitives[i]) for i in indices.tolist()])
        )

    def kept(self, name: str, indices: IntArray, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """An array that depends on the page and on some primitives of it alone; made for the first sample only."""
        key = (name, indices.tobytes())
        found = self._tables.get(key)
        if found is None:
            if len(self._tables) >= _MOST_TABLES:
                self._tables.clear()
            found = make()
            found.setflags(write=False)
            self._tables[key] = found
        return found


_FACTS: BoundedCache[int, tuple[PageFacts, weakref.ref[EngravedPage]]] = BoundedCache(_MOST_PAGES)
