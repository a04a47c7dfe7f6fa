"""Music symbols of Verovio's SVG: upright symbols, rotated symbols, and outlines of skewed symbols."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.fonts import glyph_name
from smashcima.engravers.verovio.svg_classes import SYMBOL_KINDS
from smashcima.engravers.verovio.svg_context import Context
from smashcima.engravers.verovio.svg_paths import (
    FLATTENING_TOLERANCE,
    Matrix,
    apply,
    combine,
    parse_transform,
    read_path,
)
from smashcima.engravers.verovio.verovio_setup import Scale
from smashcima.engraving import GenericShape, Primitive, PrimitiveKind, Symbol
from smashcima.geometry import Point

_FONT_UNITS_PER_STAFF_SPACE = 250.0
"""Verovio's glyphs have 1000 units per em, and a SMuFL em is four staff spaces."""

_BRACE = 0xE000

_SKEW = 1e-3
"""Maximum cosine of the angle between the axes of a rotated symbol; above it the symbol is skewed."""


def points_in_mm(points: NDArray[np.float64], matrix: Matrix | None, scale: Scale) -> NDArray[np.float64]:
    """Converts points of the SVG, (N, 2), to a read-only array in mm on the page."""
    if matrix is not None:
        points = apply(matrix, points)
    result: NDArray[np.float64] = points * scale.mm_per_unit + (scale.left, scale.top)
    result.setflags(write=False)
    return result


class SymbolReader:
    """Converts `use` elements to primitives."""

    def __init__(self, music_font: str, scale: Scale) -> None:
        self._font = music_font
        self._scale = scale
        self._names: dict[str, tuple[str, int]] = {}
        self._outlines: dict[str, ET.Element] = {}

    def start_page(self, root: ET.Element) -> None:
        """Reads the glyph outlines defined by a page."""
        self._outlines = {
            group.get("id", ""): group for definitions in root.iter("defs") for group in definitions
        }

    def read(self, use: ET.Element, context: Context, kind: PrimitiveKind) -> Primitive | None:
        """The symbol, or its outline if it is skewed; `None` if the page defines no outline for it."""
        reference = use.attrib.get("href", "")
        name, code = self._names.get(reference) or self._glyph(reference)
        if code in SYMBOL_KINDS and kind is not PrimitiveKind.GENERIC:
            kind = SYMBOL_KINDS[code]
        elif kind is PrimitiveKind.BRACKET and code == _BRACE:
            kind = PrimitiveKind.BRACE
        transform = use.attrib.get("transform", "")
        try:  # the only form that Verovio writes for upright symbols: translate(x, y) scale(sx, sy)
            position, size = transform[10:-1].split(") scale(")
            x_text, y_text = position.split(",")
            sx_text, sy_text = size.split(",")
            x, y, sx, sy = float(x_text), float(y_text), float(sx_text), float(sy_text)
        except ValueError:
            matrix = parse_transform(transform)
        else:
            if context.matrix is None:
                return self._made(name, code, kind, context, x, y, sx, sy)
            matrix = (sx, 0.0, 0.0, sy, x, y)
        if context.matrix is not None:
            matrix = combine(context.matrix, matrix)
        a, b, c, d, x, y = matrix
        sx, sy = math.hypot(a, b), math.hypot(c, d)
        if sx > 0 and sy > 0 and abs(a * c + b * d) < _SKEW * sx * sy and a * d - b * c > 0:
            turn = math.degrees(math.atan2(b, a)) if b else 0.0
            return self._made(name, code, kind, context, x, y, sx, sy, turn)
        return self._outline(reference, matrix, context, kind)

    def _made(
        self,
        name: str,
        code: int,
        kind: PrimitiveKind,
        context: Context,
        x: float,
        y: float,
        sx: float,
        sy: float,
        rotation_deg: float = 0.0,
    ) -> Symbol:
        scale = self._scale
        unit = scale.mm_per_unit
        font_unit = unit * _FONT_UNITS_PER_STAFF_SPACE
        return Symbol(
            kind,
            context.place,
            context.element,
            name,
            code,
            Point(scale.left + x * unit, scale.top + y * unit),
            sx * font_unit,
            sy * font_unit,
            self._font,
            rotation_deg,
        )

    def _glyph(self, reference: str) -> tuple[str, int]:
        digits = reference[1:].partition("-")[0]  # such as #E0A4-suffix
        try:
            code = int(digits, 16)
        except ValueError:
            code = 0
        known = self._names[reference] = (glyph_name(code, self._font), code)
        return known

    def _outline(
        self, reference: str, matrix: Matrix, context: Context, kind: PrimitiveKind
    ) -> Primitive | None:
        """The outline of a skewed or mirrored symbol; symbol primitives support only rotation and scaling."""
        group = self._outlines.get(reference[1:])
        rings = []
        for path in () if group is None else group.iter("path"):
            own = combine(matrix, parse_transform(path.get("transform", "")))
            for subpath in read_path(path.get("d", "")):
                rings.append(points_in_mm(subpath.flattened(FLATTENING_TOLERANCE), own, self._scale))
        if not rings:
            return None
        return GenericShape(kind, context.place, context.element, tuple(rings))
