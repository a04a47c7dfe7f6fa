"""What stands on a page while it is being laid out: primitives and systems, which can be measured and scaled."""

from __future__ import annotations

from dataclasses import dataclass, replace

from smashcima.engraving.engraving import EngravedMeasure, EngravedStaff, EngravedSystem
from smashcima.engraving.primitives import Primitive
from smashcima.geometry import Rectangle


@dataclass(slots=True)
class PageExtent:
    """Sides of all ink of a page in mm; infinite the wrong way round while there is none."""

    left: float = float("inf")
    top: float = float("inf")
    right: float = float("-inf")
    bottom: float = float("-inf")

    def include(self, left: float, top: float, right: float, bottom: float) -> None:
        """Grows to contain a box."""
        self.left = min(self.left, left)
        self.top = min(self.top, top)
        self.right = max(self.right, right)
        self.bottom = max(self.bottom, bottom)

    def surely_contains(self, primitive: Primitive) -> bool:
        """Whether a primitive clearly lies inside; False where that takes an exact measurement."""
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
    """The contents of one page."""

    primitives: list[Primitive]
    systems: tuple[EngravedSystem, ...]

    def extent(self) -> PageExtent:
        """The box of all ink: exact at the sides, where it matters, and quick for what lies well inside."""
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
        """The page with everything on it, widths of strokes included, scaled and moved."""
        return PageContent(
            [scaling.of(primitive) for primitive in self.primitives],
            tuple(scaling.of_system(system) for system in self.systems),
        )


@dataclass(frozen=True, slots=True)
class Scaling:
    """x' = x * factor + dx, y' = y * factor + dy."""

    factor: float
    dx: float
    dy: float

    @staticmethod
    def into(extent: PageExtent, target: Rectangle) -> Scaling:
        """The one that brings an extent inside a rectangle; it keeps the size if a move is enough."""
        width, height = extent.right - extent.left, extent.bottom - extent.top
        factor = min(1.0, target.width / max(width, 1e-9), target.height / max(height, 1e-9))
        factor *= 1.0 if factor == 1.0 else 0.999999
        dx = _offset(extent.left * factor, extent.right * factor, target.left, target.right)
        dy = _offset(extent.top * factor, extent.bottom * factor, target.top, target.bottom)
        return Scaling(factor, dx, dy)

    def x(self, x: float) -> float:
        """An x on the page, scaled and moved."""
        return x * self.factor + self.dx

    def y(self, y: float) -> float:
        """A y on the page, scaled and moved."""
        return y * self.factor + self.dy

    def of(self, primitive: Primitive) -> Primitive:
        """A primitive with all its lengths and positions changed."""
        points = primitive.points * self.factor + (self.dx, self.dy)
        return primitive.resized(self.factor).with_points(points)

    def of_system(self, system: EngravedSystem) -> EngravedSystem:
        """A system with its staves and measures changed."""
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
    """How far an interval has to move to lie between two limits."""
    if low < least:
        return least - low
    return most - high if high > most else 0.0
