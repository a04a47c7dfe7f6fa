"""Filled outlines with holes, used for all regions and vector ink."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from smashcima._moved import FormerAttributes
from smashcima.errors import GeometryError
from smashcima.geometry.polygon import Polygon, signed_area
from smashcima.geometry.rectangle import Rectangle
from smashcima.quick_init import quick_init

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@quick_init
@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Contours(FormerAttributes):
    """Closed rings that bound an area by the non-zero winding rule.

    Outer rings and holes have opposite directions (either may be clockwise). Overlapping rings of the same direction
    form a union.
    """

    rings: tuple[NDArray[np.float64], ...]
    """Arrays of shape (N, 2); the last point joins the first, which is not repeated. Must not be modified."""

    @staticmethod
    def empty() -> Contours:
        """Contours without rings."""
        return _EMPTY

    @staticmethod
    def from_polygons(polygons: Iterable[Polygon]) -> Contours:
        """The union of polygons, after giving them all the same direction."""
        rings = []
        for polygon in polygons:
            points = polygon.points
            rings.append(points if signed_area(points) >= 0 else points[::-1])
        return Contours(tuple(rings))

    @staticmethod
    def from_cv2_contours(contours: Iterable[NDArray[np.int32]]) -> Contours:
        """The union of contours of OpenCV, each of shape (n, 1, 2)."""
        return Contours.from_polygons(Polygon.from_cv2_contour(contour) for contour in contours)

    @staticmethod
    def from_rectangle(rectangle: Rectangle) -> Contours:
        """The area of a rectangle."""
        left, top, right, bottom = rectangle.left, rectangle.top, rectangle.right, rectangle.bottom
        return Contours((np.array([(left, top), (right, top), (right, bottom), (left, bottom)]),))

    @staticmethod
    def from_shapely(shape: BaseGeometry) -> Contours:
        """Contours of a shapely (multi-)polygon; parts without area are omitted."""
        from shapely.geometry.polygon import orient

        rings: list[NDArray[np.float64]] = []
        for part in getattr(shape, "geoms", [shape]):
            if part.geom_type == "Polygon" and not part.is_empty:
                oriented = orient(part)
                for ring in (oriented.exterior, *oriented.interiors):
                    rings.append(np.asarray(ring.coords, dtype=np.float64)[:-1, :2].copy())
            elif hasattr(part, "geoms"):
                rings.extend(Contours.from_shapely(part).rings)
        return Contours(tuple(rings))

    @staticmethod
    def union(parts: Sequence[Contours]) -> Contours:
        """The geometric union of several areas; their ring directions may differ."""
        filled = [part for part in parts if not part.is_empty]
        if len(filled) <= 1:
            return filled[0] if filled else _EMPTY
        from shapely import union_all

        return Contours.from_shapely(union_all([part.to_shapely() for part in filled]))

    @property
    def is_empty(self) -> bool:
        """Whether no ring has any points."""
        for ring in self.rings:  # noqa: SIM110 - `all` takes three times as long, and every glyph is asked
            if len(ring):
                return False
        return True

    @property
    def area(self) -> float:
        """Enclosed area; exact when rings of one direction do not overlap."""
        return abs(sum(signed_area(ring) for ring in self.rings))

    def bbox(self) -> Rectangle:
        """Bounding box of all rings; raises `GeometryError` if empty."""
        return Rectangle.from_sides(*self.sides())

    def sides(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the bounding box; raises `GeometryError` if empty."""
        if self.is_empty:
            raise GeometryError("Empty contours have no bounding box.")
        points = self.rings[0] if len(self.rings) == 1 else np.concatenate(self.rings)
        left, top = points.min(axis=0).tolist()
        right, bottom = points.max(axis=0).tolist()
        return left, top, right, bottom

    def reversed(self) -> Contours:
        """The same area with the direction of every ring reversed."""
        return Contours(tuple(ring[::-1] for ring in self.rings))

    def to_shapely(self) -> BaseGeometry:
        """The area as a shapely (multi-)polygon with holes, valid even where rings touch."""
        from shapely import Polygon as ShapelyPolygon
        from shapely import union_all

        areas = [(signed_area(ring), ring) for ring in self.rings if len(ring) >= 3]
        if not areas:
            return ShapelyPolygon()
        # The largest ring cannot be a hole, so its direction is that of outer rings.
        outer_sign = 1.0 if max(areas, key=lambda pair: abs(pair[0]))[0] > 0 else -1.0
        outers: list[Any] = []
        holes: list[Any] = []
        for area, ring in areas:
            shape = ShapelyPolygon(ring)
            shape = shape if shape.is_valid else shape.buffer(0)
            (outers if area * outer_sign > 0 else holes).append(shape)
        filled = outers[0] if len(outers) == 1 else union_all(outers)
        return filled.difference(union_all(holes)) if holes else filled

    def __repr__(self) -> str:
        return f"Contours({len(self.rings)} rings, {sum(map(len, self.rings))} points)"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Contours)
            and len(self.rings) == len(other.rings)
            and all(np.array_equal(a, b) for a, b in zip(self.rings, other.rings, strict=True))
        )

    def __hash__(self) -> int:
        return hash(tuple(ring.tobytes() for ring in self.rings))


_EMPTY = Contours(())


def another_of(contours: Contours) -> Contours:
    """The same area as another value, with rings that share the numbers of the given ones.

    For areas that are kept and used again: files of scenes tell which values are the same object.
    """
    return Contours(tuple([ring[:] for ring in contours.rings]))
