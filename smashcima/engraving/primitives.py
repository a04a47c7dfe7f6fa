"""Primitives of an engraved page: immutable, typed, in millimetres, with references to the score.

Each primitive provides its own geometry: its `points`, a copy `with_points` elsewhere, and the `reach` of its ink
beyond them. Code that scales, moves or measures primitives therefore does not depend on their types.
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
from smashcima.quick_init import quick_init
from smashcima.short_repr import ShortRepr

if TYPE_CHECKING:
    from typing_extensions import Self

Cap = Literal["butt", "round", "square"]

_SYMBOL_SPREAD_SS = 12.0
"""Maximum distance of ink of an upright symbol from its origin, in staff spaces (except the tallest braces)."""

_CORNERS_SPREAD = 10.0
"""Maximum distance in mm of a polygon's corners from its first and last corner; longer polygons lie between the two."""

_NO_REACH: Extent = (0.0, 0.0, 0.0, 0.0)


@quick_init
@dataclass(frozen=True, slots=True)
class Place:
    """Place of a primitive in the layout; one instance is shared by all primitives of the same place."""

    page: int
    """Index of the page in the engraving, from 0."""
    system: int | None = None
    """Index of the system in the whole score, from 0."""
    measure: int | None = None
    """Index of the measure in `Engraving.measures`, from 0."""
    staff: int | None = None
    """Number of the staff in the score (MEI `@n`), from 1."""


@dataclass(frozen=True, slots=True)
class Primitive(ShortRepr):
    """Base class of all primitives. Coordinates are millimetres on the page, x right, y down.

    - Must override: `coordinates`, `with_coordinates`.
    - May override: `reach`, `sides`, `spread`, `resized`, `stretched`.
    - Don't override: `points`, `with_points`, `bounds`.
    """

    kind: PrimitiveKind
    place: Place
    element: str | None
    """Id of the object of the score that this primitive draws: the innermost one known to the score."""

    def coordinates(self) -> Sequence[float]:
        """Flat sequence of x and y of each point (not an array, for speed: pages have thousands of primitives)."""
        raise NotImplementedError

    def with_coordinates(self, coordinates: Sequence[float]) -> Self:
        """A copy with other points; takes as many numbers as `coordinates` returns."""
        raise NotImplementedError

    @property
    def points(self) -> NDArray[np.float64]:
        """Points that determine the position, (N, 2). N may be 0, for a text without an origin."""
        return np.array(self.coordinates(), dtype=np.float64).reshape(-1, 2)

    def with_points(self, points: NDArray[np.float64]) -> Self:
        """A copy with other points (N, 2); sizes and widths are unchanged."""
        return self.with_coordinates(points.ravel().tolist())

    def reach(self, symbol_boxes: SymbolBoxes = font_symbol_box) -> Extent:
        """Extent of ink beyond the bounding box of the points, in mm; negative to the left and upwards.

        `symbol_boxes` returns the extents of symbols; by default those of the music font.
        """
        return _NO_REACH

    def sides(self) -> Extent:
        """Left, top, right and bottom of the ink on the page in mm, with the music and text fonts of the layout."""
        coordinates = self.coordinates()
        xs, ys = coordinates[::2], coordinates[1::2]
        left, top, right, bottom = self.reach()
        return (min(xs) + left, min(ys) + top, max(xs) + right, max(ys) + bottom)

    def bounds(self) -> Rectangle:
        """Bounding box of the ink in mm: the rectangle between its `sides`."""
        return Rectangle.from_sides(*self.sides())

    def spread(self) -> float:
        """Upper bound in mm of the distance of ink from the first and last points; infinite by default.

        A fast bound, for code that needs exact measurements only near an edge.
        """
        return math.inf

    def resized(self, factor: float) -> Self:
        """A copy with all sizes and widths multiplied by `factor`; the points are unchanged."""
        return self

    def stretched(self, x: float, y: float) -> Self:
        """A copy with the size of a symbol, or the width of a text, multiplied; primitives of other types are unchanged."""
        return self


@quick_init
@dataclass(frozen=True, slots=True)
class Symbol(Primitive):
    """A music symbol of a SMuFL font."""

    name: str
    """SMuFL canonical name, such as `noteheadBlack`, or `uniE123` for a glyph without a name."""
    code_point: int
    origin: Point
    """Position of the glyph's origin."""
    scale_x: float
    """Size along x, in millimetres per staff space of the font. (A SMuFL em is four staff spaces.)"""
    scale_y: float
    """Size along y; differs from `scale_x` only in stretched symbols."""
    font: str
    """Name of the music font with which the engraver measured the symbol."""
    rotation_deg: float = 0.0
    """Rotation about `origin` in degrees, clockwise on the page; used for the wiggles of arpeggios and glissandi."""

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
        # Equivalent to `dataclasses.replace`, in a quarter of its time.
        return Symbol(
            self.kind, self.place, self.element, self.name, self.code_point,
            origin, scale_x, scale_y, self.font, self.rotation_deg,
        )  # fmt: skip


@quick_init
@dataclass(frozen=True, slots=True)
class Line(Primitive):
    """A straight stroke."""

    start: Point
    end: Point
    width: float
    cap: Cap = "butt"
    dashes: tuple[float, ...] = ()
    """Alternating lengths of dashes and gaps in mm; empty for a continuous line."""

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

    def ending_at(self, end: Point) -> Line:
        """The line from its start to another end."""
        return Line(self.kind, self.place, self.element, self.start, end, self.width, self.cap, self.dashes)

    def placed(self, place: Place, element: str | None) -> Line:
        """The line with another place and element."""
        return Line(self.kind, place, element, self.start, self.end, self.width, self.cap, self.dashes)


@quick_init
@dataclass(frozen=True, slots=True, eq=False)
class Polyline(Primitive):
    """A stroke with corners: hairpins, tuplet brackets, octave brackets."""

    corners: NDArray[np.float64]
    """Corners in drawing order, (N, 2)."""
    width: float
    cap: Cap = "butt"
    dashes: tuple[float, ...] = ()
    lifted: tuple[int, ...] = ()
    """Sides that are not drawn, as between the arms of a hairpin that is open on both sides; side i leads from corner i
    to the next."""

    def coordinates(self) -> Sequence[float]:
        return _flat(self.corners)

    def with_coordinates(self, coordinates: Sequence[float]) -> Polyline:
        corners = _frozen(coordinates)
        return Polyline(
            self.kind, self.place, self.element, corners, self.width, self.cap, self.dashes, self.lifted
        )

    @property
    def strokes(self) -> list[NDArray[np.float64]]:
        """The corners of each continuous stroke."""
        return np.split(self.corners, [side + 1 for side in self.lifted])

    def reach(self, symbol_boxes: SymbolBoxes = font_symbol_box) -> Extent:
        return _all_around(self.width / 2)

    def spread(self) -> float:
        return _CORNERS_SPREAD

    def resized(self, factor: float) -> Polyline:
        return replace(self, width=self.width * factor, dashes=_times(self.dashes, factor))


@quick_init
@dataclass(frozen=True, slots=True, eq=False)
class FilledPolygon(Primitive):
    """A filled polygon: a beam of one level, a tremolo stroke, a system divider."""

    corners: NDArray[np.float64]
    """Corners, (N, 2); for beams in the order left top, right top, right bottom, left bottom."""

    def coordinates(self) -> Sequence[float]:
        return _flat(self.corners)

    def with_coordinates(self, coordinates: Sequence[float]) -> FilledPolygon:
        return FilledPolygon(self.kind, self.place, self.element, _frozen(coordinates))

    def spread(self) -> float:
        return _CORNERS_SPREAD


@quick_init
@dataclass(frozen=True, slots=True, eq=False)
class Curve(Primitive):
    """A curved stroke of varying thickness (slur, tie, brace): the area between two Bézier chains.

    `outer` runs from the start to the end, `inner` from the end back to the start; each is a chain of cubics of shape
    (k, 4, 2). A curve of constant width has an empty `inner` (shape (0, 4, 2)).
    """

    outer: NDArray[np.float64]
    inner: NDArray[np.float64]
    stroke_width: float
    """Width in mm of the outline, which thickens the area, or of the stroke itself if `inner` is empty."""
    dashes: tuple[float, ...] = ()

    def coordinates(self) -> Sequence[float]:
        return [*_flat(self.outer), *_flat(self.inner)]

    def with_coordinates(self, coordinates: Sequence[float]) -> Curve:
        split = self.outer.size
        outer, inner = _frozen(coordinates[:split], (-1, 4, 2)), _frozen(coordinates[split:], (-1, 4, 2))
        return Curve(self.kind, self.place, self.element, outer, inner, self.stroke_width, self.dashes)

    def reach(self, symbol_boxes: SymbolBoxes = font_symbol_box) -> Extent:
        # The curve lies inside the hull of its control points, which is a close bound for slurs and ties.
        return _all_around(self.stroke_width / 2)

    def resized(self, factor: float) -> Curve:
        return replace(self, stroke_width=self.stroke_width * factor, dashes=_times(self.dashes, factor))


@quick_init
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


@quick_init
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


@quick_init
@dataclass(frozen=True, slots=True, eq=False)
class GenericShape(Primitive):
    """Any other shape, as closed filled rings."""

    rings: tuple[NDArray[np.float64], ...]
    """Rings of shape (N, 2), filled by the non-zero winding rule."""

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
    """The extent of an area after a rotation about its reference point, clockwise on the page."""
    left, top, right, bottom = extent
    cos, sin = math.cos(math.radians(rotation_deg)), math.sin(math.radians(rotation_deg))
    xs = [x * cos - y * sin for x in (left, right) for y in (top, bottom)]
    ys = [x * sin + y * cos for x in (left, right) for y in (top, bottom)]
    return min(xs), min(ys), max(xs), max(ys)
