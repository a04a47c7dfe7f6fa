"""Drawing of primitives: the choice of synthesizer and pen for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from smashcima.engraving import (
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
from smashcima.engraving.assembly import entry_of
from smashcima.geometry import Contours, Point, Polygon, Transform
from smashcima.scene.visual import AffineSpace, Glyph, merge_contours
from smashcima.scene.visual.labels import Label
from smashcima.synthesis.interfaces import (
    CurveShape,
    CurveSynthesizer,
    GlyphSynthesizer,
    LinePen,
    LineSynthesizer,
    TextSynthesizer,
)
from smashcima.synthesis.interfaces.placing import move_glyph, place_glyph
from smashcima.synthesis.notation.dynamic_letters import with_letters
from smashcima.synthesis.notation.joined_strokes import joined_glyph

ENGRAVED_DOT_RADIUS_SS = 0.2
"""Radius of engraved dots: that of a SMuFL augmentation dot."""

ENGRAVED_PEN_SS = 1 / 180
"""Width of the pen with which the engraver strokes the outline of every filled area."""

_ELLIPSE_STEPS = 32


class PrimitiveInker:
    """Draws primitives into the space of a page; raises an `UnsupportedLabelError` if no synthesizer supports one."""

    def __init__(
        self,
        glyph_synthesizer: GlyphSynthesizer,
        line_synthesizer: LineSynthesizer,
        curve_synthesizer: CurveSynthesizer,
        text_synthesizer: TextSynthesizer,
    ) -> None:
        self._glyphs = glyph_synthesizer
        self._lines = line_synthesizer
        self._curves = curve_synthesizer
        self._texts = text_synthesizer
        self._labels: dict[str, Label] = {}
        self._pens: dict[tuple[float, str, tuple[float, ...]], LinePen] = {}
        self._ink: dict[type, Callable[..., Glyph]] = {
            Symbol: self._symbol,
            Line: self._line,
            Polyline: self._polyline,
            FilledPolygon: self._polygon,
            Curve: self._curve,
            Disc: self._disc,
            Box: self._box,
            Text: self._text,
            GenericShape: self._shape,
        }

    def prepare(self, primitives: Iterable[Primitive]) -> None:
        """Announces the symbols and texts of a page, which can be prepared faster together."""
        primitives = list(primitives)
        symbols = {
            (Label.smufl(each.name), min(each.scale_x, each.scale_y))
            for each in primitives
            if isinstance(each, Symbol)
        }
        self._glyphs.prepare_symbols(symbols)
        texts = [(entry_of(each.kind).text_label, each.runs) for each in primitives if isinstance(each, Text)]
        self._texts.prepare_texts(texts)

    def ink(self, primitive: Primitive, space: AffineSpace, staff_space: float, label: str = "") -> Glyph:
        """Returns the glyph of a primitive, placed in the space of its page.

        `staff_space` is that of its staff in mm; `label` overrides the default label of the primitive.
        """
        return self._ink[type(primitive)](primitive, space, staff_space, label)

    def label_of(self, primitive: Primitive) -> Label:
        """The default label of a primitive."""
        if isinstance(primitive, Symbol):
            return Label.smufl(primitive.name)
        entry = entry_of(primitive.kind)
        return entry.text_label if isinstance(primitive, Text) else entry.line_label

    def _symbol(self, symbol: Symbol, space: AffineSpace, staff_space: float, label: str) -> Glyph:
        own_label = self._labels.get(symbol.name)
        if own_label is None:
            own_label = self._labels[symbol.name] = Label.smufl(symbol.name)
        if symbol.rotation_deg:
            unit = self._glyphs.staff_space_of(own_label)
            turned = Transform.scale(symbol.scale_x / unit, symbol.scale_y / unit).then(
                Transform.rotateDegCC(-symbol.rotation_deg)
            )
            placed = turned.then(Transform.translate(symbol.origin.vector))
            return with_letters(self._glyphs.synthesize_glyph(own_label, space, placed))
        glyph = self._glyphs.synthesize_symbol(
            own_label, space, symbol.origin, symbol.scale_x, symbol.scale_y
        )
        return with_letters(glyph)

    def _pen(self, width: float, cap: str, dashes: tuple[float, ...] = ()) -> LinePen:
        key = (width, cap, dashes)
        pen = self._pens.get(key)
        if pen is None:
            pen = self._pens[key] = LinePen(width, cap, dashes)  # type: ignore[arg-type]
        return pen

    def _line(self, line: Line, space: AffineSpace, staff_space: float, label: str) -> Glyph:
        return self._lines.synthesize_line(
            label or entry_of(line.kind).line_label,
            space,
            line.start,
            line.end,
            self._pen(line.width, line.cap, line.dashes),
        )

    def _polyline(self, line: Polyline, space: AffineSpace, staff_space: float, label: str) -> Glyph:
        label = label or entry_of(line.kind).line_label
        pen = self._pen(line.width, line.cap, line.dashes)
        strokes = [[Point(x, y) for x, y in corners.tolist()] for corners in line.strokes]
        if len(strokes) == 1:
            return self._lines.synthesize_polyline(label, space, strokes[0], pen)
        drawn = [
            self._lines.synthesize_line(label, space, points[0], points[1], pen)
            if len(points) == 2
            else self._lines.synthesize_polyline(label, space, points, pen)
            for points in strokes
        ]
        return joined_glyph(drawn, space)

    def _polygon(self, polygon: FilledPolygon, space: AffineSpace, staff_space: float, label: str) -> Glyph:
        label = label or entry_of(polygon.kind).line_label
        outline = ENGRAVED_PEN_SS * staff_space
        bar = _upright_bar(polygon.corners, outline)
        if bar is not None:
            start, end, thickness = bar
            return self._lines.synthesize_line(label, space, start, end, self._pen(thickness, "vertical"))
        contours = Contours.from_polygons([Polygon(polygon.corners)])
        return _plain_ink(label, contours, space)

    def _curve(self, curve: Curve, space: AffineSpace, staff_space: float, label: str) -> Glyph:
        shape = CurveShape(curve.outer, curve.inner, curve.stroke_width, curve.dashes)
        return self._curves.synthesize_curve(label or entry_of(curve.kind).line_label, space, shape)

    def _disc(self, disc: Disc, space: AffineSpace, staff_space: float, label: str) -> Glyph:
        drawn_as = Label.of(label or entry_of(disc.kind).line_label)
        x, y = disc.center.x, disc.center.y
        if drawn_as.is_smufl and self._glyphs.supports_label(drawn_as):
            scale_x, scale_y = disc.radius_x / ENGRAVED_DOT_RADIUS_SS, disc.radius_y / ENGRAVED_DOT_RADIUS_SS
            glyph = self._glyphs.synthesize_symbol(drawn_as, space, disc.center, scale_x, scale_y)
            # The centre of the glyph, not its origin, is placed at the centre of the disc.
            middle = glyph.bbox_in(space).center
            move_glyph(glyph, Transform(e=x - middle.x, f=y - middle.y))
            return glyph
        angles = np.arange(_ELLIPSE_STEPS) * (2 * np.pi / _ELLIPSE_STEPS)
        ring = np.stack([x + disc.radius_x * np.cos(angles), y + disc.radius_y * np.sin(angles)], axis=1)
        return _plain_ink(drawn_as, Contours((ring,)), space)

    def _box(self, box: Box, space: AffineSpace, staff_space: float, label: str) -> Glyph:
        label = label or entry_of(box.kind).line_label
        r = box.rectangle
        if not box.filled:
            corners = [(r.left, r.top), (r.right, r.top), (r.right, r.bottom), (r.left, r.bottom)]
            points = [Point(*corner) for corner in (*corners, corners[0])]
            return self._lines.synthesize_polyline(label, space, points, self._pen(box.stroke_width, "butt"))
        if r.width >= r.height:
            start, end = Point(r.left, r.center.y), Point(r.right, r.center.y)
            return self._lines.synthesize_line(label, space, start, end, self._pen(r.height, "butt"))
        start, end = Point(r.center.x, r.top), Point(r.center.x, r.bottom)
        return self._lines.synthesize_line(label, space, start, end, self._pen(r.width, "butt"))

    def _text(self, text: Text, space: AffineSpace, staff_space: float, label: str) -> Glyph:
        return self._texts.synthesize_text(label or entry_of(text.kind).text_label, space, text.runs)

    def _shape(self, shape: GenericShape, space: AffineSpace, staff_space: float, label: str) -> Glyph:
        return _plain_ink(label or entry_of(shape.kind).line_label, Contours(shape.rings), space)


def _plain_ink(label: str, contours: Contours, space: AffineSpace) -> Glyph:
    """A shape that no synthesizer handles, drawn exactly as engraved."""
    glyph = Glyph.from_contours(label, merge_contours([contours]))
    place_glyph(glyph, space, Transform.identity(), _plain_ink)
    return glyph


def _upright_bar(points: NDArray[np.float64], outline: float) -> tuple[Point, Point, float] | None:
    """Start, end and vertical thickness of a bar with vertical ends, including its outline pen.

    `None` for a polygon that is none. Beams run left top, right top, right bottom, left bottom.
    """
    if len(points) != 4:
        return None
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points.tolist()
    thickness = y3 - y0
    if abs(x0 - x3) > 1e-6 or abs(x1 - x2) > 1e-6 or abs(y2 - y1 - thickness) > 1e-6 or x1 <= x0:
        return None
    slope = (y1 - y0) / (x1 - x0)
    half = outline / 2
    rise = slope * half
    start = Point(x0 - half, (y0 + y3) / 2 - rise)
    end = Point(x1 + half, (y1 + y2) / 2 + rise)
    return start, end, abs(thickness) + outline * (1 + slope * slope) ** 0.5
