"""Content of a page during layout: primitives and systems, which can be measured and scaled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smashcima.engraving.engraving import EngravedMeasure, EngravedStaff, EngravedSystem
from smashcima.engraving.primitives import Primitive
from smashcima.geometry import Rectangle


@dataclass(slots=True)
class PageExtent:
    """Sides of all ink of a page in mm; initially empty, with infinite sides in reverse order."""

    left: float = float("inf")
    top: float = float("inf")
    right: float = float("-inf")
    bottom: float = float("-inf")

    def include(self, left: float, top: float, right: float, bottom: float) -> None:
        """Extends the box to include another box."""
        self.left = min(self.left, left)
        self.top = min(self.top, top)
        self.right = max(self.right, right)
        self.bottom = max(self.bottom, bottom)

    def surely_contains(self, primitive: Primitive) -> bool:
        """Whether a primitive certainly lies inside, by a fast bound; False if only exact measurement can decide."""
        spread = primitive.spread()
        if spread > self.right - self.left:
            return False
        coordinates = primitive.coordinates()
        left, right = self.left + spread, self.right - spread
        top, bottom = self.top + spread, self.bottom - spread
        return (
            left < coordinates[0] < right
            and left < coordinates[-2] < right
            and top < coordinates[1] < bottom
            and top < coordinates[-1] < bottom
        )


@dataclass(frozen=True, slots=True)
class PageContent:
    """Content of one page."""

    primitives: list[Primitive]
    systems: tuple[EngravedSystem, ...]

    def extent(self) -> PageExtent:
        """Bounding box of all ink; primitives well inside are skipped by a fast bound."""
        extent = PageExtent()
        for system in self.systems:
            box = system.bounds
            if box is not None:
                extent.include(box.left, box.top, box.right, box.bottom)
        for primitive in self.primitives:
            if not extent.surely_contains(primitive):
                extent.include(*primitive.sides())
        return extent

    def scaled(self, scaling: Scaling) -> PageContent:
        """The page scaled and moved with all its content, including stroke widths."""
        return PageContent(
            [scaling.of(primitive) for primitive in self.primitives],
            tuple(scaling.of_system(system) for system in self.systems),
        )


@dataclass(frozen=True, slots=True)
class Scaling:
    """Uniform scaling and translation: x' = x * factor + dx, y' = y * factor + dy."""

    factor: float
    dx: float
    dy: float

    @staticmethod
    def into(extent: PageExtent, target: Rectangle) -> Scaling:
        """The scaling that fits an extent into a rectangle; its factor is 1 if a translation suffices."""
        width, height = extent.right - extent.left, extent.bottom - extent.top
        factor = min(1.0, target.width / max(width, 1e-9), target.height / max(height, 1e-9))
        factor *= 1.0 if factor == 1.0 else 0.999999
        dx = _offset(extent.left * factor, extent.right * factor, target.left, target.right)
        dy = _offset(extent.top * factor, extent.bottom * factor, target.top, target.bottom)
        return Scaling(factor, dx, dy)

    def x(self, x: float) -> float:
        """Maps an x coordinate of the page."""
        return x * self.factor + self.dx

    def y(self, y: float) -> float:
        """Maps a y coordinate of the page."""
        return y * self.factor + self.dy

    def of(self, primitive: Primitive) -> Primitive:
        """Maps a primitive, including all its lengths."""
        points = primitive.points * self.factor + (self.dx, self.dy)
        return primitive.resized(self.factor).with_points(points)

    def of_system(self, system: EngravedSystem) -> EngravedSystem:
        """Maps a system with its staves and measures."""
        return replace(
            system,
            staves=tuple(self._of_staff(staff) for staff in system.staves),
            measures=tuple(self._of_measure(measure) for measure in system.measures),
        )

    def _of_staff(self, staff: EngravedStaff) -> EngravedStaff:
        return replace(
            staff,
            line_ys=tuple(self.y(y) for y in staff.line_ys),
            left=self.x(staff.left),
            right=self.x(staff.right),
            staff_space=staff.staff_space * self.factor,
        )

    def _of_measure(self, measure: EngravedMeasure) -> EngravedMeasure:
        return replace(measure, left=self.x(measure.left), right=self.x(measure.right))


def _offset(low: float, high: float, least: float, most: float) -> float:
    """Displacement that moves an interval between two limits."""
    if low < least:
        return least - low
    return most - high if high > most else 0.0
