"""Marks of drawn pages: primitives with the extent of their ink, from a layout or as drawn in a scene."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.engraving import (
    Curve,
    EngravedMeasure,
    EngravedPage,
    EngravedStaff,
    EngravedSystem,
    FilledPolygon,
    Line,
    Primitive,
    PrimitiveKind,
    Symbol,
)
from smashcima.engraving.belonging.beam_pieces import find_beam_pieces
from smashcima.geometry import Point, Rectangle, flatten_cubics
from smashcima.scene.semantic import Measure, Score, SemanticObject
from smashcima.scene.visual import BeamSegment, LineGlyph, Page, SystemStaff, VisualObject

_FLATNESS = 0.05
"""Maximum error of flattened curves in mm, a fraction of a unit of the format."""


IMPLIED = frozenset({PrimitiveKind.STAFF_LINE, PrimitiveKind.SYSTEM_START, PrimitiveKind.LEDGER_LINE})
"""Kinds that follow from what is written: readers of the format draw them without being told."""


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """One drawn primitive. Coordinates are millimetres on the page."""

    primitive: Primitive
    box: Rectangle
    """Bounding box of its ink."""

    start: Point
    """Left or upper end of a stroke, beam or curve; otherwise the left top corner of the box."""

    end: Point
    """The other end, or the right bottom corner of the box."""

    rise: float = 0.0
    """Distance of the middle of a curve above the line between its ends; negative if it is below."""

    stems: tuple[str | None, ...] = ()
    """Of a piece of a beam: ids of the notes and chords whose stems it touches, from left to right."""

    @property
    def kind(self) -> PrimitiveKind:
        """Kind of the primitive."""
        return self.primitive.kind

    @property
    def element(self) -> str | None:
        """Id of the object of the score that the primitive draws."""
        return self.primitive.element

    @property
    def system(self) -> int | None:
        """Index of the system in the score."""
        return self.primitive.place.system

    @property
    def staff(self) -> int | None:
        """Number of the staff in the score."""
        return self.primitive.place.staff

    @property
    def symbol(self) -> str:
        """SMuFL name of a symbol; empty for other primitives."""
        return self.primitive.name if isinstance(self.primitive, Symbol) else ""

    @property
    def baseline(self) -> float:
        """Y of the origin of a symbol, or of the first baseline of a text."""
        coordinates = self.primitive.coordinates()
        return coordinates[1] if len(coordinates) > 1 else self.box.bottom


@dataclass(frozen=True, slots=True, eq=False)
class DrawnPage:
    """One page with its systems and marks."""

    width: float
    height: float
    systems: tuple[EngravedSystem, ...]
    marks: tuple[Mark, ...]
    """Marks in drawing order."""

    unknown: int = 0
    """Number of drawn objects without a primitive, of which neither kind nor place are known."""


def pages_of_engraving(pages: Iterable[EngravedPage], score: Score) -> list[DrawnPage]:
    """Pages of a layout; boxes are those of the fonts of the layout."""
    drawn = []
    for page in pages:
        marks = {
            index: _laid_out(primitive)
            for index, primitive in enumerate(page.primitives)
            if primitive.kind not in IMPLIED
        }
        beams = find_beam_pieces(page, score) if page.belonging is None else page.belonging.beams
        for index, piece in beams.items():
            stems = tuple(page.primitives[stem].element for stem in piece.stems)
            marks[index] = replace(marks[index], stems=stems)
        drawn.append(DrawnPage(page.width, page.height, page.systems, tuple(marks.values())))
    return drawn


def _laid_out(primitive: Primitive) -> Mark:
    box = primitive.bounds() if primitive.coordinates() else Rectangle(0, 0, 0, 0)
    if isinstance(primitive, Line):
        return _mark(primitive, box, primitive.start, primitive.end)
    if isinstance(primitive, FilledPolygon) and len(primitive.corners) == 4:
        left_top, right_top, right_bottom, left_bottom = primitive.corners
        return _mark(primitive, box, _middle(left_top, left_bottom), _middle(right_top, right_bottom))
    if isinstance(primitive, Curve):
        sides = [
            flatten_cubics(chain, _FLATNESS) for chain in (primitive.outer, primitive.inner) if len(chain)
        ]
        ring = np.concatenate(sides)
        start, end = Point(*ring[0].tolist()), Point(*primitive.outer[-1, 3].tolist())
        return _mark(primitive, box, start, end, (ring,))
    return Mark(primitive, box, Point(box.left, box.top), Point(box.right, box.bottom))


def pages_of_scene(pages: Iterable[Page]) -> list[DrawnPage]:
    """Pages as they are drawn in a scene: boxes and ends are those of the ink."""
    drawn = []
    for page in pages:
        marks: list[Mark] = []
        unknown = 0
        for thing in VisualObject.many_of(page, "page"):
            if thing.kind in IMPLIED:
                continue
            if isinstance(thing.primitive, Primitive):
                marks.extend(_as_drawn(thing, thing.primitive, page))
            else:
                unknown += 1
        systems = tuple(
            EngravedSystem(
                system.index,
                page.index,
                tuple(staff for each in system.staves if (staff := _staff(each, page)) is not None),
                tuple(
                    EngravedMeasure(measure.semantic.id, measure.index, system.index, box.left, box.right)
                    for measure in system.measures
                    if isinstance(measure.semantic, Measure) and not measure.region.contours.is_empty
                    for box in [measure.region.bbox_in(page.space)]
                ),
            )
            for system in page.systems
        )
        drawn.append(DrawnPage(page.width, page.height, systems, tuple(marks), unknown))
    return drawn


def _staff(staff: SystemStaff, page: Page) -> EngravedStaff | None:
    if staff.region.contours.is_empty:
        return None
    box = staff.region.bbox_in(page.space)
    return EngravedStaff(staff.number, staff.line_ys, box.left, box.right, staff.staff_space)


def _as_drawn(thing: VisualObject, primitive: Primitive, page: Page) -> Iterator[Mark]:
    """The mark of a visual object; none if it has no ink."""
    glyph = thing.glyph
    contours = glyph.region.contours_in(page.space)
    if contours.is_empty:
        return
    box = contours.bbox()
    start, end = Point(box.left, box.top), Point(box.right, box.bottom)
    is_stroke = isinstance(primitive, (Line, FilledPolygon, Curve))
    if is_stroke and isinstance(glyph, LineGlyph) and glyph.start_point and glyph.end_point:
        start, end = glyph.start_point.in_space(page.space), glyph.end_point.in_space(page.space)
        mark = _mark(primitive, box, start, end, contours.rings if isinstance(primitive, Curve) else ())
        if isinstance(thing, BeamSegment):
            stems = tuple(stem.semantic for stem in thing.stems)
            mark = replace(mark, stems=tuple(s.id if isinstance(s, SemanticObject) else None for s in stems))
        yield mark
    else:
        yield Mark(primitive, box, start, end)


def _mark(
    primitive: Primitive,
    box: Rectangle,
    start: Point,
    end: Point,
    rings: Sequence[NDArray[np.float64]] = (),
) -> Mark:
    """A mark with its ends in order; `rings` are the outline of a curve."""
    if (end.x, end.y) < (start.x, start.y):
        start, end = end, start
    return Mark(primitive, box, start, end, _rise(rings, start, end) if rings else 0.0)


def _rise(rings: Sequence[NDArray[np.float64]], start: Point, end: Point) -> float:
    """Distance of the middle of a curve above the line between its ends: where its outline crosses the bisector."""
    length = math.hypot(end.x - start.x, end.y - start.y)
    crossings: list[float] = []
    for ring in rings if length > 0 else ():
        x, y = ring[:, 0] - start.x, ring[:, 1] - start.y
        dx, dy = (end.x - start.x) / length, (end.y - start.y) / length
        beyond = x * dx + y * dy - length / 2
        height = x * dy - y * dx
        after = np.roll(beyond, -1)
        crossed = np.flatnonzero((beyond < 0) != (after < 0))
        share = beyond[crossed] / (beyond[crossed] - after[crossed])
        crossings += (height[crossed] + share * (np.roll(height, -1)[crossed] - height[crossed])).tolist()
    return (min(crossings) + max(crossings)) / 2 if crossings else 0.0


def _middle(a: NDArray[np.float64], b: NDArray[np.float64]) -> Point:
    return Point(*((a + b) / 2).tolist())
