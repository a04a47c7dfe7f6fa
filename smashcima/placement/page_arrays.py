"""The primitives of a page as arrays of points, to be moved all at once, and back again."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from smashcima.engraving import (
    Box,
    Curve,
    Disc,
    EngravedPage,
    FilledPolygon,
    GenericShape,
    Line,
    Place,
    Polyline,
    Primitive,
    PrimitiveKind,
    Symbol,
    Text,
    TextRun,
)
from smashcima.geometry import Point, Rectangle
from smashcima.placement.symbol_boxes import SymbolBoxes

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]

KIND_CODES = {kind: code for code, kind in enumerate(PrimitiveKind)}

_DEFAULT_STAFF_SPACE = 1.8


class PageArrays:
    """A page in arrays. Row i of the first group is primitive i; `xy` holds all points of all primitives in turn.

    A symbol has one point (its origin), a line two, a curve all its control points, a box two corners, words one
    point for each chunk; whatever has no point of its own (an empty text) has none.
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
            if isinstance(primitive, Symbol):
                flat += (primitive.origin.x, primitive.origin.y)
                left, top, right, bottom = boxes(primitive.name, primitive.font)
                sx, sy = primitive.scale_x, primitive.scale_y
                extents[i] = (left * sx, top * sy, right * sx, bottom * sy)
                if primitive.rotation_deg:
                    extents[i] = _turned(extents[i], primitive.rotation_deg)
            elif isinstance(primitive, Line):
                start, end = primitive.start, primitive.end
                flat += (start.x, start.y, end.x, end.y)
            else:
                extents[i] = _READERS[type(primitive)](primitive, flat)
        first[count] = len(flat) >> 1
        self.xy: FloatArray = np.array(flat, dtype=np.float64).reshape(-1, 2)
        """(points, 2): where everything is; moved in place."""
        self.first: IntArray = np.array(first, dtype=np.intp)
        """Index of the first point of each primitive, and the number of all points."""
        self.kind: IntArray = np.array(codes, dtype=np.intp)
        self.count: IntArray = np.diff(self.first)
        self.owner: IntArray = np.repeat(np.arange(count), self.count)
        """The primitive of each point."""
        self.scale: FloatArray = np.ones((count, 2))
        """By how much symbols are scaled, and the thickness of nothing else."""
        self._read_places(list(known), np.array(places, dtype=np.intp))
        self._read_boxes(np.array(extents, dtype=np.float64).reshape(-1, 4))
        self.engraved: FloatArray = self.xy.copy()
        """Where everything was."""

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
        """Index of the system on the page; -1 for none."""
        self.staff: IntArray = table[:, 1].astype(np.intp)
        """Index of the staff on the page, counted through all systems; -1 for none."""
        self.measure: IntArray = table[:, 2].astype(np.intp)
        self.space: FloatArray = table[:, 3]
        """Staff space in mm."""
        self.middle: FloatArray = table[:, 4]
        """y of the middle of the staff."""
        self.half: FloatArray = table[:, 5]
        """Distance of its outermost lines from there."""

    def _read_boxes(self, extents: FloatArray) -> None:
        """Boxes of the ink, as far as they matter here."""
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

    # -- finding and moving ---------------------------------------------------------------------------------

    def of(self, *kinds: PrimitiveKind) -> IntArray:
        """Indices of the primitives of some kinds, in the order of drawing."""
        if len(kinds) == 1:
            return np.nonzero(self.kind == KIND_CODES[kinds[0]])[0]
        wanted = np.zeros(len(KIND_CODES), dtype=bool)
        wanted[[KIND_CODES[kind] for kind in kinds]] = True
        return np.nonzero(wanted[self.kind])[0]

    def of_type(self, indices: IntArray, kind: type[Primitive]) -> IntArray:
        """Those of some primitives that have a shape."""
        return np.array([i for i in indices.tolist() if isinstance(self.primitives[i], kind)], dtype=np.intp)

    @staticmethod
    def code(kind: PrimitiveKind) -> int:
        """The number of a kind in `kind`."""
        return KIND_CODES[kind]

    def boxes(self) -> tuple[FloatArray, FloatArray]:
        """(n, 2) each: the left top and the right bottom corner of the ink of each primitive, where it is by now.

        Beyond its points a primitive has the same ink as before. Primitives without points lie at the origin.
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
        """(n, 2): the first (or some other) point of some primitives, where it is by now."""
        return self.xy[self.first[indices] + number]

    def engraved_point(self, indices: IntArray, number: int = 0) -> FloatArray:
        """The same as the engraver had it."""
        return self.engraved[self.first[indices] + number]

    def move(self, indices: IntArray, dx: FloatArray | float = 0.0, dy: FloatArray | float = 0.0) -> None:
        """Moves whole primitives; an index must not come twice."""
        shift = np.zeros((len(self.count), 2))
        shift[indices, 0] = dx
        shift[indices, 1] = dy
        self.xy += shift[self.owner]

    # -- back ----------------------------------------------------------------------------------------------

    def moved_primitives(self) -> tuple[Primitive, ...]:
        """The primitives where they are by now; those that have not moved are the same objects."""
        moved = (self.xy != self.engraved).any(axis=1)
        changed = np.zeros(len(self.count), dtype=bool)
        changed[self.owner[moved]] = True
        changed |= (self.scale != 1.0).any(axis=1)
        flat = self.xy.ravel().tolist()
        first = self.first.tolist()
        scale = self.scale.tolist()
        result = list(self.primitives)
        for i in np.nonzero(changed)[0].tolist():
            p = result[i]
            at = 2 * first[i]
            if isinstance(p, Symbol):
                sx, sy = scale[i]
                result[i] = Symbol(
                    p.kind, p.place, p.element, p.source_class, p.name, p.code_point,
                    Point(flat[at], flat[at + 1]), p.scale_x * sx, p.scale_y * sy, p.font,
                    p.rotation_deg,
                )  # fmt: skip
            elif isinstance(p, Line):
                result[i] = Line(
                    p.kind, p.place, p.element, p.source_class,
                    Point(flat[at], flat[at + 1]), Point(flat[at + 2], flat[at + 3]), p.width, p.cap, p.dashes,
                )  # fmt: skip
            else:
                result[i] = _WRITERS[type(p)](p, self.xy[first[i] : first[i + 1]])
        return tuple(result)


# -- reading one primitive: its points are added to a list; what its ink has beyond them is returned ---------


def _turned(
    extent: tuple[float, float, float, float], rotation_deg: float
) -> tuple[float, float, float, float]:
    left, top, right, bottom = extent
    cos, sin = math.cos(math.radians(rotation_deg)), math.sin(math.radians(rotation_deg))
    xs = [x * cos - y * sin for x in (left, right) for y in (top, bottom)]
    ys = [x * sin + y * cos for x in (left, right) for y in (top, bottom)]
    return min(xs), min(ys), max(xs), max(ys)


def _read_points(
    points: FloatArray, flat: list[float], reach: float = 0.0
) -> tuple[float, float, float, float]:
    flat += points.ravel().tolist()
    return (-reach, -reach, reach, reach)


def _read_curve(p: Curve, flat: list[float]) -> tuple[float, float, float, float]:
    flat += p.outer.ravel().tolist()
    return _read_points(p.inner, flat, p.stroke_width / 2)


def _read_disc(p: Disc, flat: list[float]) -> tuple[float, float, float, float]:
    flat += (p.center.x, p.center.y)
    return (-p.radius_x, -p.radius_y, p.radius_x, p.radius_y)


def _read_box(p: Box, flat: list[float]) -> tuple[float, float, float, float]:
    r = p.rectangle
    flat += (r.left, r.top, r.right, r.bottom)
    return (0.0, 0.0, 0.0, 0.0)


def _read_text(p: Text, flat: list[float]) -> tuple[float, float, float, float]:
    width = size = 0.0
    anchor = "start"
    for run in p.runs:
        if run.origin is not None:
            flat += (run.origin.x, run.origin.y)
            width, anchor = 0.0, run.anchor
        width += run.width
        size = max(size, run.font_size)
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * width
    return (-before, -0.75 * size, width - before, 0.25 * size)


def _read_shape(p: GenericShape, flat: list[float]) -> tuple[float, float, float, float]:
    for ring in p.rings:
        flat += ring.ravel().tolist()
    return (0.0, 0.0, 0.0, 0.0)


_READERS: dict[type[Primitive], Callable[..., tuple[float, float, float, float]]] = {
    Polyline: lambda p, flat: _read_points(p.points, flat, p.width / 2),
    FilledPolygon: lambda p, flat: _read_points(p.points, flat),
    Curve: _read_curve,
    Disc: _read_disc,
    Box: _read_box,
    Text: _read_text,
    GenericShape: _read_shape,
}


# -- writing one primitive -------------------------------------------------------------------------------------


def _frozen(points: FloatArray) -> FloatArray:
    copy: FloatArray = points.copy()
    copy.setflags(write=False)
    return copy


def _write_polyline(p: Polyline, points: FloatArray) -> Primitive:
    return Polyline(p.kind, p.place, p.element, p.source_class, _frozen(points), p.width, p.cap, p.dashes)


def _write_polygon(p: FilledPolygon, points: FloatArray) -> Primitive:
    return FilledPolygon(p.kind, p.place, p.element, p.source_class, _frozen(points))


def _write_curve(p: Curve, points: FloatArray) -> Primitive:
    split = 4 * len(p.outer)
    return Curve(
        p.kind, p.place, p.element, p.source_class,
        _frozen(points[:split].reshape(-1, 4, 2)), _frozen(points[split:].reshape(-1, 4, 2)),
        p.stroke_width, p.dashes,
    )  # fmt: skip


def _write_disc(p: Disc, points: FloatArray) -> Primitive:
    x, y = points[0].tolist()
    return Disc(p.kind, p.place, p.element, p.source_class, Point(x, y), p.radius_x, p.radius_y)


def _write_box(p: Box, points: FloatArray) -> Primitive:
    (x0, y0), (x1, y1) = points.tolist()
    rectangle = Rectangle.from_sides(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return Box(p.kind, p.place, p.element, p.source_class, rectangle, p.filled, p.stroke_width)


def _write_text(p: Text, points: FloatArray) -> Primitive:
    origins = iter(points.tolist())
    runs = []
    for run in p.runs:
        if run.origin is None:
            runs.append(run)
            continue
        x, y = next(origins)
        runs.append(
            TextRun(
                run.text,
                run.font_size,
                run.family,
                run.italic,
                run.bold,
                Point(x, y),
                run.anchor,
                run.letter_spacing,
                run.baseline_shift,
            )
        )
    return Text(p.kind, p.place, p.element, p.source_class, tuple(runs))


def _write_shape(p: GenericShape, points: FloatArray) -> Primitive:
    ends = np.cumsum([len(ring) for ring in p.rings])[:-1]
    rings = tuple(_frozen(ring) for ring in np.split(points, ends))
    return GenericShape(p.kind, p.place, p.element, p.source_class, rings)


_WRITERS: dict[type[Primitive], Callable[..., Primitive]] = {
    Polyline: _write_polyline,
    FilledPolygon: _write_polygon,
    Curve: _write_curve,
    Disc: _write_disc,
    Box: _write_box,
    Text: _write_text,
    GenericShape: _write_shape,
}
