"""Scaling a finished page, which always makes it fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from smashcima.engravers.verovio.page_extent import Extent
from smashcima.engravers.verovio.svg_reader import PageContent
from smashcima.engraving.engraving import EngravedMeasure, EngravedStaff, EngravedSystem
from smashcima.engraving.primitives import (
    Box,
    Curve,
    Disc,
    FilledPolygon,
    GenericShape,
    Line,
    Polyline,
    Primitive,
    Symbol,
    Text,
)
from smashcima.geometry import Point, Rectangle


class Shrink:
    """x' = x * factor + dx, y' = y * factor + dy."""

    def __init__(self, factor: float, dx: float, dy: float) -> None:
        self.factor = factor
        self.dx = dx
        self.dy = dy

    def x(self, x: float) -> float:
        return x * self.factor + self.dx

    def y(self, y: float) -> float:
        return y * self.factor + self.dy

    def point(self, point: Point) -> Point:
        return Point(self.x(point.x), self.y(point.y))

    def points(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        result: NDArray[np.float64] = points * self.factor + (self.dx, self.dy)
        result.setflags(write=False)
        return result

    def lengths(self, lengths: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(length * self.factor for length in lengths)


def scale_page(page: PageContent, extent: Extent, target: Rectangle) -> tuple[float, PageContent]:
    """The page, scaled down and moved so that its `extent` lies inside `target`; with the factor used.

    The page keeps its size if moving it is enough.
    """
    width, height = extent.right - extent.left, extent.bottom - extent.top
    factor = min(1.0, target.width / max(width, 1e-9), target.height / max(height, 1e-9))
    factor *= 1.0 if factor == 1.0 else 0.999999
    dx = _offset(extent.left * factor, extent.right * factor, target.left, target.right)
    dy = _offset(extent.top * factor, extent.bottom * factor, target.top, target.bottom)
    shrink = Shrink(factor, dx, dy)
    return factor, PageContent(
        [scaled(primitive, shrink) for primitive in page.primitives],
        tuple(_scaled_system(system, shrink) for system in page.systems),
    )


def _offset(low: float, high: float, least: float, most: float) -> float:
    if low < least:
        return least - low
    return most - high if high > most else 0.0


def scaled(primitive: Primitive, s: Shrink) -> Primitive:
    """The primitive with all its lengths and positions changed."""
    return _SCALERS[type(primitive)](primitive, s)


def _symbol(p: Symbol, s: Shrink) -> Primitive:
    return replace(p, origin=s.point(p.origin), scale_x=p.scale_x * s.factor, scale_y=p.scale_y * s.factor)


def _line(p: Line, s: Shrink) -> Primitive:
    return replace(
        p, start=s.point(p.start), end=s.point(p.end), width=p.width * s.factor, dashes=s.lengths(p.dashes)
    )


def _polyline(p: Polyline, s: Shrink) -> Primitive:
    return replace(p, points=s.points(p.points), width=p.width * s.factor, dashes=s.lengths(p.dashes))


def _polygon(p: FilledPolygon, s: Shrink) -> Primitive:
    return replace(p, points=s.points(p.points))


def _curve(p: Curve, s: Shrink) -> Primitive:
    return replace(
        p,
        outer=s.points(p.outer),
        inner=s.points(p.inner),
        stroke_width=p.stroke_width * s.factor,
        dashes=s.lengths(p.dashes),
    )


def _disc(p: Disc, s: Shrink) -> Primitive:
    return replace(
        p, center=s.point(p.center), radius_x=p.radius_x * s.factor, radius_y=p.radius_y * s.factor
    )


def _box(p: Box, s: Shrink) -> Primitive:
    r = p.rectangle
    rectangle = Rectangle(s.x(r.x), s.y(r.y), r.width * s.factor, r.height * s.factor)
    return replace(p, rectangle=rectangle, stroke_width=p.stroke_width * s.factor)


def _generic(p: GenericShape, s: Shrink) -> Primitive:
    return replace(p, rings=tuple(s.points(ring) for ring in p.rings))


def _text(p: Text, s: Shrink) -> Primitive:
    return replace(
        p,
        runs=tuple(
            replace(
                run,
                font_size=run.font_size * s.factor,
                letter_spacing=run.letter_spacing * s.factor,
                baseline_shift=run.baseline_shift * s.factor,
                origin=None if run.origin is None else s.point(run.origin),
            )
            for run in p.runs
        ),
    )


_SCALERS: dict[type[Primitive], Callable[..., Primitive]] = {
    Symbol: _symbol,
    Line: _line,
    Polyline: _polyline,
    FilledPolygon: _polygon,
    Curve: _curve,
    Disc: _disc,
    Box: _box,
    GenericShape: _generic,
    Text: _text,
}


def _scaled_system(system: EngravedSystem, s: Shrink) -> EngravedSystem:
    return replace(
        system,
        staves=tuple(_scaled_staff(staff, s) for staff in system.staves),
        measures=tuple(_scaled_measure(measure, s) for measure in system.measures),
    )


def _scaled_staff(staff: EngravedStaff, s: Shrink) -> EngravedStaff:
    return replace(
        staff,
        line_ys=tuple(s.y(y) for y in staff.line_ys),
        left=s.x(staff.left),
        right=s.x(staff.right),
        staff_space=staff.staff_space * s.factor,
    )


def _scaled_measure(measure: EngravedMeasure, s: Shrink) -> EngravedMeasure:
    return replace(measure, left=s.x(measure.left), right=s.x(measure.right))
