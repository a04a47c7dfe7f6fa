"""Immutable plane geometry: x points right, y points down, lengths are in millimetres unless a name states otherwise."""

from smashcima.geometry.bezier import flatten_cubic, flatten_cubics
from smashcima.geometry.contours import Contours
from smashcima.geometry.point import Point, Vector2
from smashcima.geometry.polygon import Polygon
from smashcima.geometry.quad import Quad
from smashcima.geometry.rectangle import Rectangle
from smashcima.geometry.stroking import stroke_line, stroke_polyline
from smashcima.geometry.transform import Transform
from smashcima.geometry.units import MM_PER_INCH, mm_to_px, px_to_mm

__all__ = [
    "MM_PER_INCH",
    "Contours",
    "Point",
    "Polygon",
    "Quad",
    "Rectangle",
    "Transform",
    "Vector2",
    "flatten_cubic",
    "flatten_cubics",
    "mm_to_px",
    "px_to_mm",
    "stroke_line",
    "stroke_polyline",
]
