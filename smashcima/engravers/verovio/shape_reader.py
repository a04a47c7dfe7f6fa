"""Conversion of a leaf element of Verovio's SVG to a primitive."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Collection, Mapping
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from smashcima.engravers.verovio.svg_context import Context
from smashcima.engravers.verovio.svg_paths import (
    FLATTENING_TOLERANCE,
    Matrix,
    combine,
    ellipse_chain,
    numbers_in,
    parse_transform,
    read_path,
)
from smashcima.engravers.verovio.symbol_reader import SymbolReader, points_in_mm
from smashcima.engravers.verovio.text_reader import TextReader
from smashcima.engravers.verovio.verovio_setup import Scale
from smashcima.engraving import (
    Box,
    Curve,
    Disc,
    FilledPolygon,
    GenericShape,
    Line,
    Polyline,
    Primitive,
    PrimitiveKind,
    Text,
)
from smashcima.errors import Issue
from smashcima.geometry import Point, Rectangle

_Cap = Literal["butt", "round", "square"]

_OUTLINE_WIDTH = 1.0
"""Stroke width set for all shapes by Verovio's style sheet, in SVG units (0.01 mm at the default staff size)."""


_NO_CUBICS: NDArray[np.float64] = np.empty((0, 4, 2))
_NO_CUBICS.setflags(write=False)


class ShapeReader:
    """Converts `use`, `path`, `polygon`, `polyline`, `ellipse`, `circle`, `rect` and `text` elements to primitives."""

    def __init__(
        self, music_font: str, scale: Scale, known_ids: Collection[str], connector_of: Mapping[str, str]
    ) -> None:
        """`connector_of` maps ids of syllables to their connection to the next syllable (MEI `@con`)."""
        self._scale = scale
        self._symbols = SymbolReader(music_font, scale)
        self._connector_of = connector_of
        self._known = known_ids
        self._reported: set[tuple[str, str]] = set()
        self.issues: list[Issue] = []
        """Issues for unsupported content, one per class."""
        self._readers: dict[str, Callable[[ET.Element, Context, PrimitiveKind], Primitive | None]] = {
            "use": self._symbol,
            "path": self._path,
            "polygon": self._polygon,
            "polyline": self._polyline,
            "ellipse": self._ellipse,
            "circle": self._ellipse,
            "rect": self._rectangle,
            "text": self._text,
        }

    def start_page(self, root: ET.Element) -> None:
        """Reads the glyph outlines defined by a page."""
        self._symbols.start_page(root)

    def read(self, leaf: ET.Element, context: Context) -> Primitive | None:
        """The primitive of a leaf; `None` for one without visible content (reported as an issue where relevant)."""
        tag = leaf.tag
        reader = self._readers.get(tag)
        role = context.role
        kind = role.by_tag.get(tag, role.kind)
        if reader is None:
            self._report(context, f"not drawn: the SVG element '{tag}' is not supported")
            return None
        if kind is PrimitiveKind.GENERIC and tag != "use":
            self._report(context, f"unknown kind of shape ('{tag}'); kept as a generic shape")
        if "transform" in leaf.attrib and tag != "use":
            own = parse_transform(leaf.attrib["transform"])
            matrix = own if context.matrix is None else combine(context.matrix, own)
            context = context.with_matrix(matrix)
        return reader(leaf, context, kind)

    def _report(self, context: Context, what: str) -> None:
        name = context.source.partition(" ")[0] or "svg"
        if (name, what) not in self._reported:
            self._reported.add((name, what))
            self.issues.append(Issue(f"page {context.place.page + 1}", name, what))

    def _symbol(self, use: ET.Element, context: Context, kind: PrimitiveKind) -> Primitive | None:
        if kind is PrimitiveKind.GENERIC:
            self._report(context, "unknown kind of symbol ('use'); kept as a generic symbol")
        return self._symbols.read(use, context, kind)

    # ------------------------------------------------------------------ lines and areas

    def _points(self, points: NDArray[np.float64], matrix: Matrix | None) -> NDArray[np.float64]:
        return points_in_mm(points, matrix, self._scale)

    def _width(self, leaf: ET.Element) -> float:
        return float(leaf.attrib.get("stroke-width", _OUTLINE_WIDTH)) * self._scale.mm_per_unit

    def _dashes(self, leaf: ET.Element) -> tuple[float, ...]:
        text = leaf.attrib.get("stroke-dasharray")
        return () if text is None else tuple(n * self._scale.mm_per_unit for n in numbers_in(text))

    def _path(self, path: ET.Element, context: Context, kind: PrimitiveKind) -> Primitive | None:
        data = path.attrib["d"]
        parts = data.split(" ")
        if len(parts) == 4 and parts[2][:1] == "L" and context.matrix is None:
            return self._line(path, parts, context, kind)
        subpaths = read_path(data)
        if kind is PrimitiveKind.BRACKET and "C" in data:
            kind = PrimitiveKind.BRACE
        if len(subpaths) == 1:
            points = self._points(subpaths[0].cubics(), context.matrix)
            half = len(points) // 2
            stroked = path.attrib.get("fill") == "none"
            if stroked or ("C" in data and half * 2 == len(points)):
                outer, inner = (points, _NO_CUBICS) if stroked else (points[:half], points[half:])
                return Curve(
                    kind,
                    context.place,
                    context.element,
                    outer,
                    inner,
                    self._width(path),
                    self._dashes(path),
                )
        if not subpaths:
            return None
        rings = tuple(
            self._points(subpath.flattened(FLATTENING_TOLERANCE), context.matrix) for subpath in subpaths
        )
        return GenericShape(kind, context.place, context.element, rings)

    def _line(self, path: ET.Element, parts: list[str], context: Context, kind: PrimitiveKind) -> Primitive:
        x, y, x2, y2 = float(parts[0][1:]), float(parts[1]), float(parts[2][1:]), float(parts[3])
        if kind is PrimitiveKind.STEM and x != x2:
            kind = PrimitiveKind.GRACE_SLASH
        scale = self._scale
        unit, left, top = scale.mm_per_unit, scale.left, scale.top
        attributes = path.attrib
        if len(attributes) <= 2:  # d and stroke-width, as in nearly all lines
            cap: _Cap = "butt"
            dashes: tuple[float, ...] = ()
        else:
            cap = cast(_Cap, attributes.get("stroke-linecap", "butt"))
            dashes = self._dashes(path)
        return Line(
            kind,
            context.place,
            context.element,
            Point(left + x * unit, top + y * unit),
            Point(left + x2 * unit, top + y2 * unit),
            float(attributes.get("stroke-width", _OUTLINE_WIDTH)) * unit,
            cap,
            dashes,
        )

    def _vertices(self, leaf: ET.Element, context: Context) -> NDArray[np.float64]:
        numbers = leaf.attrib["points"].replace(",", " ").split()
        return self._points(np.array([float(n) for n in numbers]).reshape(-1, 2), context.matrix)

    def _polygon(self, polygon: ET.Element, context: Context, kind: PrimitiveKind) -> Primitive | None:
        points = self._vertices(polygon, context)
        if polygon.attrib.get("fill") == "none":
            return Polyline(
                kind,
                context.place,
                context.element,
                np.vstack([points, points[:1]]),
                self._width(polygon),
                cast(_Cap, polygon.attrib.get("stroke-linecap", "butt")),
                self._dashes(polygon),
            )
        if len(points) == 4:
            points = _from_left_top(points)
        return FilledPolygon(kind, context.place, context.element, points)

    def _polyline(self, polyline: ET.Element, context: Context, kind: PrimitiveKind) -> Primitive | None:
        points = self._vertices(polyline, context)
        attributes = polyline.attrib
        if attributes.get("fill") != "none" and len(points) > 2:
            return FilledPolygon(kind, context.place, context.element, points)
        return Polyline(
            kind,
            context.place,
            context.element,
            points,
            self._width(polyline),
            cast(_Cap, attributes.get("stroke-linecap", "butt")),
            self._dashes(polyline),
        )

    # ------------------------------------------------------------------ discs and boxes

    def _ellipse(self, ellipse: ET.Element, context: Context, kind: PrimitiveKind) -> Primitive | None:
        get = ellipse.attrib.get
        radius = get("r", "0")
        cx, cy = float(get("cx", "0")), float(get("cy", "0"))
        rx, ry = float(get("rx", radius)), float(get("ry", radius))
        unit = self._scale.mm_per_unit
        if _is_outlined(ellipse) or context.matrix is not None:
            is_niente = context.source.startswith("hairpin")
            if _is_outlined(ellipse) and kind in _WORDS and not is_niente:
                kind = PrimitiveKind.ENCLOSURE
            outline = self._points(ellipse_chain(cx, cy, rx, ry), context.matrix)
            inner = _NO_CUBICS if _is_outlined(ellipse) else outline[:0]
            return Curve(kind, context.place, context.element, outline, inner, self._width(ellipse))
        half = float(get("stroke-width", _OUTLINE_WIDTH)) / 2
        return Disc(
            kind,
            context.place,
            context.element,
            Point(self._scale.left + cx * unit, self._scale.top + cy * unit),
            (rx + half) * unit,
            (ry + half) * unit,
        )

    def _rectangle(self, rect: ET.Element, context: Context, kind: PrimitiveKind) -> Primitive | None:
        get = rect.attrib.get
        x, y = float(get("x", "0")), float(get("y", "0"))
        width, height = float(get("width", "0")), float(get("height", "0"))
        outlined = _is_outlined(rect)
        if not outlined and "fill-opacity" in rect.attrib:
            self._report(context, "not drawn: a translucent highlight")
            return None
        if outlined and kind in (*_WORDS, PrimitiveKind.EXTENDER_LINE):
            kind = PrimitiveKind.ENCLOSURE
        elif kind is PrimitiveKind.LYRIC:
            kind = self._syllable_mark(context, width)
        stroke = float(get("stroke-width", _OUTLINE_WIDTH))
        if not outlined:  # the outline only enlarges the filled area
            x, y, width, height, stroke = x - stroke / 2, y - stroke / 2, width + stroke, height + stroke, 0.0
        unit = self._scale.mm_per_unit
        corners = np.array([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
        if context.matrix is not None and (context.matrix[1] or context.matrix[2]):
            return FilledPolygon(kind, context.place, context.element, self._points(corners, context.matrix))
        points = self._points(corners, context.matrix)
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        return Box(
            kind,
            context.place,
            context.element,
            Rectangle.from_sides(float(left), float(top), float(right), float(bottom)),
            not outlined,
            stroke * unit,
        )

    def _syllable_mark(self, context: Context, width: float) -> PrimitiveKind:
        mark = _SYLLABLE_MARKS.get(self._connector_of.get(context.element or "", ""))
        if mark is not None:
            return mark
        # Verovio draws a hyphen about half a staff space wide, and no extender shorter than a staff space.
        return PrimitiveKind.LYRIC_HYPHEN if width < 180 else PrimitiveKind.LYRIC_EXTENDER

    # ------------------------------------------------------------------ words

    def _text(self, text: ET.Element, context: Context, kind: PrimitiveKind) -> Primitive | None:
        runs = TextReader(self._scale).read(text, context.bold, context.italic)
        if not any(run.text.strip() for run in runs):
            return None  # blank
        return Text(kind, context.place, self._figure(text) or context.element, runs)

    def _figure(self, text: ET.Element) -> str | None:
        """Id of the figure of a figured bass shown by a text; Verovio writes no group for figures."""
        if len(text) and text[0].attrib.get("class") == "f" and text[0].attrib.get("id") in self._known:
            return text[0].attrib["id"]
        return None


_SYLLABLE_MARKS = {"u": PrimitiveKind.LYRIC_EXTENDER, "d": PrimitiveKind.LYRIC_HYPHEN}
"""Kinds of connections between syllables, by the value of MEI `@con`."""

_WORDS = (
    PrimitiveKind.DIRECTION,
    PrimitiveKind.DYNAMIC,
    PrimitiveKind.HARMONY,
    PrimitiveKind.REHEARSAL_MARK,
    PrimitiveKind.STAFF_LABEL,
    PrimitiveKind.TEMPO,
    PrimitiveKind.TITLE,
)
"""Kinds of text that may have an outlined box or ellipse around it."""


def _is_outlined(leaf: ET.Element) -> bool:
    return leaf.attrib.get("fill") == "none" or leaf.attrib.get("fill-opacity") == "0"


def _from_left_top(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The corners of a beam, (4, 2), in the order left top, right top, right bottom, left bottom.

    Verovio starts at the left with the upper or the lower edge, depending on the stem direction.
    """
    if points[0, 0] > points[1, 0]:
        points = points[[1, 0, 3, 2]]
    if points[0, 1] > points[3, 1]:
        points = points[::-1]
    points.setflags(write=False)
    return points
