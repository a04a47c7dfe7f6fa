"""How much of the sheet a page really takes."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.engravers.verovio.measuring import bounds
from smashcima.engravers.verovio.svg_reader import PageContent
from smashcima.engraving.primitives import Box, Disc, FilledPolygon, Line, Polyline, Primitive, Symbol

_NEAR_SS = 12.0
"""Ink of an upright symbol stays within so many staff spaces of its origin (the tallest braces aside)."""


@dataclass(slots=True)
class Extent:
    """Sides of all ink of a page in mm; infinite the wrong way round while there is none."""

    left: float = float("inf")
    top: float = float("inf")
    right: float = float("-inf")
    bottom: float = float("-inf")

    def include(self, left: float, top: float, right: float, bottom: float) -> None:
        """Grow to contain a box."""
        self.left = min(self.left, left)
        self.top = min(self.top, top)
        self.right = max(self.right, right)
        self.bottom = max(self.bottom, bottom)


def page_extent(page: PageContent) -> Extent:
    """The box of all ink; exact at the sides, where it matters, and quick for what lies well inside."""
    extent = Extent()
    for system in page.systems:
        box = system.bounds
        if box is not None:
            extent.include(box.left, box.top, box.right, box.bottom)
    for primitive in page.primitives:
        if not _is_inside(primitive, extent):
            box = bounds(primitive)
            extent.include(box.left, box.top, box.right, box.bottom)
    return extent


def _is_inside(primitive: Primitive, extent: Extent) -> bool:
    """Whether a primitive surely lies inside what is known already; False if that is not clear at once."""
    if isinstance(primitive, Symbol):
        x, y, reach = primitive.origin.x, primitive.origin.y, _NEAR_SS * abs(primitive.scale_y)
        return (
            extent.left + reach < x < extent.right - reach and extent.top + reach < y < extent.bottom - reach
        )
    if isinstance(primitive, Line):
        start, end = primitive.start, primitive.end
        return (
            extent.left <= start.x <= extent.right
            and extent.left <= end.x <= extent.right
            and extent.top <= start.y <= extent.bottom
            and extent.top <= end.y <= extent.bottom
        )
    if isinstance(primitive, Disc):
        center = primitive.center
        return extent.left < center.x < extent.right and extent.top < center.y < extent.bottom
    if isinstance(primitive, Box):
        box = primitive.rectangle
        return (
            extent.left < box.x
            and box.right < extent.right
            and extent.top < box.y
            and box.bottom < extent.bottom
        )
    if isinstance(primitive, FilledPolygon | Polyline):
        points = primitive.points
        first, last = points[0], points[-1]  # a cheap guard; the box decides near the sides
        reach = 10.0
        return bool(
            extent.left + reach < first[0] < extent.right - reach
            and extent.left + reach < last[0] < extent.right - reach
            and extent.top + reach < first[1] < extent.bottom - reach
            and extent.top + reach < last[1] < extent.bottom - reach
        )
    return False
