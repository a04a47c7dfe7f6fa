"""The drawn things of an engraved page: frozen, typed, in millimetres, each knowing what it belongs to.

Every primitive answers for its own geometry: its `points`, the same primitive `with_points` elsewhere, and how far
its ink `reach`es beyond them. So what scales, moves or measures primitives does not ask what shape they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.symbol_boxes import Extent, SymbolBoxes, font_symbol_box
from smashcima.geometry import Point, Rectangle

if TYPE_CHECKING:
    from typing_extensions import Self

Cap = Literal["butt", "round", "square"]

_SYMBOL_SPREAD_SS = 12.0
"""Ink of an upright symbol stays within so many staff spaces of its origin (the tallest braces aside)."""

_CORNERS_SPREAD = 10.0
"""So far in mm may the corners of a polygon lie from its first and last one; longer ones run between these two."""

_NO_REACH: Extent = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a primitive stands in the layout; shared by all primitives of the same place."""

    page: int
    """Index of the page in the engraving, from 0."""
    system: int | None = None
    """Index of the system on the whole score, from 0."""
    measure: int | None = None
    """Index of the measure in `Engraving.measures`, from 0."""
    staff: int | None = None
    """Number of the staff in the score (MEI `@n`), from 1."""


@dataclass(frozen=True, slots=True)
class Primitive:
    """Base of all drawn things. Coordinates are millimetres on the page, x right, y down.

    - Must override: `coordinates`, `with_coordinates`.
    - May override: `reach`, `sides`, `spread`, `resized`, `stretched`.
    - Don't override: `points`, `with_points`, `bounds`.
    """

    kind: PrimitiveKind
    place: Place
    element: str | None
    """Id of the object of the score that this draws: the innermost one around it that the score knows."""

    def coordinates(self) -> Sequence[float]:
        """X and y of each point in turn, flat: pages have thousands of primitives."""
        raise NotImplementedError

    def with_coordinates(self, coordinates: Sequence[float]) -> Self:
        """The primitive with its points elsewhere; takes as many numbers as `coordinates` gives."""
        raise NotImplementedError

    @property
    def points(self) -> NDArray[np.float64]:
        """(N, 2): the points that determine where it is. N may be 0, for a text without an origin."""
        return np.array(self.coordinates(), dtype=np.float64).reshape(-1, 2)

    def with_points(self, points: NDArray[np.float64]) -> Self:
        """The primitive with its points (N, 2) elsewhere; sizes and widths stay."""
        return self.with_coordinates(points.ravel().tolist())

    def reach(self, symbol_boxes: SymbolBoxes = font_symbol_box) -> Extent:
        """How far ink extends beyond the box of the points, in mm; negative to the left and upwards.

        `symbol_boxes` gives the ink of symbols, if they will not be those of the music font.
        """
        return _NO_REACH

    def sides(self) -> Extent:
        """Left, top, right and bottom of the ink on the page, in the music font and the text font of the layout."""
        coordinates = self.coordinates()
        xs, ys = coordinates[::2], coordinates[1::2]
        left, top, right, bottom = self.reach()
        return (min(xs) + left, min(ys) + top, max(xs) + right, max(ys) + bottom)

    def bounds(self) -> Rectangle:
        """Box of the ink in mm: the rectangle between its `sides`."""
        return Rectangle.from_sides(*self.sides())

    def spread(self) -> float:
        """Distance in mm from the first and the last point within which all ink surely lies; infinite by default.

        A quick answer, for those who have to measure exactly only what lies near an edge.
        """
        return math.inf

    def resized(self, factor: float) -> Self:
        """The primitive with every size and width, but not its points, multiplied by `factor`."""
        return self

    def stretched(self, x: float, y: float) -> Self:
        """A symbol with its size multiplied along each axis; primitives of another type have no such size."""
        return self


@dataclass(frozen=True, slots=True)
class Symbol(Primitive):
    """A music symbol of a SMuFL font."""

    name: str
    """SMuFL canonical name, such as `noteheadBlack`; `uniE123` where the font names none."""
    code_point: int
    origin: Point
    """Where the origin of the glyph lies."""
    scale_x: float
    """Millimetres per staff space of the font along x: its size. (A SMuFL em is four staff spaces.)"""
    scale_y: float
    """The same along y; differs from `scale_x` in stretched symbols only."""
    font: str
    """Name of the music font that the engraver measured it with."""
    rotation_deg: float = 0.0
    """Turn about `origin`, clockwise on the page: the wiggles of arpeggios and glissandi lie on their side."""

    def coordinates(self) -> Sequence[float]:
        return (self.origin.x, self.origin.y)

    def with_coordinates(self, coordinates: Sequence[float]) -> Symbol:
        return self._changed(Point(coordinates[0], coordinates[1]), self.scale_x, self.scale_y)

    def reach(self, symbol_boxes: SymbolBoxes = font_symbol_box) -> Extent:
        left, top, right, bottom = symbol_boxes(self.name, self.font)
        extent = (left * self.scale_x, top * self.scale_y, right * self.scale_x, bottom * self.scale_y)
        return _turned(extent, self.rotation_deg) if self.rotation_deg else extent

    def spread(self) -> float:
        return _SYMBOL_SPREAD_SS * abs(self.scale_y)

    def resized(self, factor: float) -> Symbol:
        return self.stretched(factor, factor)

    def stretched(self, x: float, y: float) -> Symbol:
        return self._changed(self.origin, self.scale_x * x, self.scale_y * y)

    def _changed(self, origin: Point, scale_x: float, scale_y: float) -> Symbol:
        # What `dataclasses.replace` does, in a quarter of its time.
        return Symbol(
            self.kind, self.place, self.element, self.name, self.code_point,
            origin, scale_x, scale_y, self.font, self.rotation_deg,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line(Primitive):
    """A straight stroke."""

    start: Point
    end: Point
    width: float
    cap: Cap = "butt"
    dashes: tuple[float, ...] = ()
    """Lengths of strokes and gaps in turn; empty for a continuous line."""

    def coordinates(self) -> Sequence[float]:
        return (self.start.x, self.start.y, self.end.x, self.end.y)

    def with_coordinates(self, coordinates: Sequence[float]) -> Line:
        x0, y0, x1, y1 = coordinates
        start, end = Point(x0, y0), Point(x1, y1)
        return Line(self.kind, self.place, self.element, start, end, self.width, self.cap, self.dashes)

    def reach(self, symbol_boxes: SymbolBoxes = font_symbol_box) -> Extent:
        return _all_around(self.width / 2)

    def spread(self) -> float:
        return self.width

    def resized(self, factor: float) -> Line:
        return replace(self, width=self.width * factor, dashes=_times(self.dashes, factor))

    def placed(self, place: Place, element: str | None) -> Line:
        """The line with another place and element."""
        return Line(self.kind, place, element, self.start, self.end, self.width, self.cap, self.dashes)


@dataclass(frozen=True, slots=True, eq=False)
class Polyline(Primitive):
    """A stroke with corners: hairpins, tuplet brackets, octave brackets."""

    corners: NDArray[np.float64]
    """(N, 2)"""
    width: float
    cap: Cap = "butt"
    dashes: tuple[float, ...] = ()

    def coordinates(self) -> Sequence[float]:
        return _flat(self.corners)

    def with_coordinates(self, coordinates: Sequence[float]) -> Polyline:
        corners = _frozen(coordinates)
        return Polyline(self.kind, self.place, self.element, corners, self.width, self.cap, self.dashes)

    def reach(self, symbol_boxes: SymbolBoxes = font_symbol_box) -> Extent:
        return _all_around(self.width / 2)

    def spread(self) -> float:
        return _CORNERS_SPREAD

    def resized(self, factor: float) -> Polyline:
        return replace(self, width=self.width * factor, dashes=_times(self.dashes, factor))


@dataclass(frozen=True, slots=True, eq=False)
class FilledPolygon(Primitive):
    """A filled polygon: a beam of one level, a tremolo stroke, a system divider."""

    corners: NDArray[np.float64]
    """(N, 2); beams run left top, right top, right bottom, left bottom."""

    def coordinates(self) -> Sequence[float]:
        return _flat(self.corners)

    def with_coordinates(self, coordinates: Sequence[float]) -> FilledPolygon:
        return FilledPolygon(self.kind, self.place, self.element, _frozen(coordinates))

    def spread(self) -> float:
        return _CORNERS_SPREAD


@dataclass(frozen=True, slots=True, eq=False)
class Curve(Primitive):
    """A curved stroke of varying thickness: slur, tie, brace; the area between two Bézier chains.

    `outer` leads from the start to the end, `inner` back from the end to the start; each is a chain of cubics
    of shape (k, 4, 2). A curve that is a plain stroke has an empty `inner` (shape (0, 4, 2)).
    """

    outer: NDArray[np.float64]
    inner: NDArray[np.float64]
    stroke_width: float
    """Width of the pen that outlines the area and so thickens it, or of the stroke itself."""
    dashes: tuple[float, ...] = ()

    def coordinates(self) -> Sequence[float]:
        return [*_flat(self.outer), *_flat(self.inner)]

    def with_coordinates(self, coordinates: Sequence[float]) -> Curve:
        split = self.outer.size
        outer, inner = _frozen(coordinates[:split], (-1, 4, 2)), _frozen(coordinates[split:], (-1, 4, 2))
        return Curve(self.kind, self.place, self.element, outer, inner, self.stroke_width, self.dashes)

    def reach(self, symbol_boxes: SymbolBoxes = font_symbol_box) -> Extent:
        # The curve stays inside the hull of its control points, which is close to it for slurs and ties.
        return _all_around(self.stroke_width / 2)

    def resized(self, factor: float) -> Curve:
        return replace(self, stroke_width=self.stroke_width * factor, dashes=_times(self.dashes, factor))


@dataclass(frozen=True, slots=True)
class Disc(Primitive):
    """A filled ellipse: augmentation and repeat dots."""

    center: Point
    radius_x: float
    radius_y: float

    def coordinates(self) -> Sequence[float]:
        return (self.center.x, self.center.y)

    def with_coordinates(self, coordinates: Sequence[float]) -> Disc:
        center = Point(coordinates[0], coordinates[1])
        return Disc(self.kind, self.place, self.element, center, self.radius_x, self.radius_y)

    def reach(self, symbol_boxes: SymbolBoxes = font_symbol_box) -> Extent:
        return (-self.radius_x, -self.radius_y, self.radius_x, self.radius_y)

    def spread(self) -> float:
        return max(self.radius_x, self.radius_y)

    def resized(self, factor: float) -> Disc:
        return replace(self, radius_x=self.radius_x * factor, radius_y=self.radius_y * factor)


@dataclass(frozen=True, slots=True)
class Box(Primitive):
    """A rectangle: filled (multi-rests, hyphens, extenders) or outlined (enclosures)."""

    rectangle: Rectangle
    filled: bool
    stroke_width: float = 0.0

    def coordinates(self) -> Sequence[float]:
        r = self.rectangle
        return (r.left, r.top, r.right, r.bottom)

    def with_coordinates(self, coordinates: Sequence[float]) -> Box:
        x0, y0, x1, y1 = coordinates
        rectangle = Rectangle.from_sides(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        return Box(self.kind, self.place, self.element, rectangle, self.filled, self.stroke_width)

    def reach(self, symbol_boxes: SymbolBoxes = font_symbol_box) -> Extent:
        return _all_around(self.stroke_width / 2)

    def spread(self) -> float:
        return self.stroke_width

    def resized(self, factor: float) -> Box:
        return replace(self, stroke_width=self.stroke_width * factor)


@dataclass(frozen=True, slots=True, eq=False)
class GenericShape(Primitive):
    """Any other drawn shape, as closed filled rings; nothing that the engraver draws is dropped."""

    rings: tuple[NDArray[np.float64], ...]
    """Each (N, 2); filled by the non-zero winding rule."""

    def coordinates(self) -> Sequence[float]:
        return [number for ring in self.rings for number in _flat(ring)]

    def with_coordinates(self, coordinates: Sequence[float]) -> GenericShape:
        ends = np.cumsum([0, *(ring.size for ring in self.rings)]).tolist()
        rings = tuple(_frozen(coordinates[a:b]) for a, b in pairwise(ends))
        return GenericShape(self.kind, self.place, self.element, rings)


def _flat(points: NDArray[np.float64]) -> list[float]:
    result: list[float] = points.ravel().tolist()
    return result


def _frozen(coordinates: Sequence[float], shape: tuple[int, ...] = (-1, 2)) -> NDArray[np.float64]:
    points = np.array(coordinates, dtype=np.float64).reshape(shape)
    points.setflags(write=False)
    return points


def _all_around(margin: float) -> Extent:
    return (-margin, -margin, margin, margin)


def _times(lengths: tuple[float, ...], factor: float) -> tuple[float, ...]:
    return tuple(length * factor for length in lengths)


def _turned(extent: Extent, rotation_deg: float) -> Extent:
    """The extent of an area after a turn about the point that it is relative to, clockwise on the page."""
    left, top, right, bottom = extent
    cos, sin = math.cos(math.radians(rotation_deg)), math.sin(math.radians(rotation_deg))
    xs = [x * cos - y * sin for x in (left, right) for y in (top, bottom)]
    ys = [x * sin + y * cos for x in (left, right) for y in (top, bottom)]
    return min(xs), min(ys), max(xs), max(ys)
