"""Music fonts of the verovio package: outlines, boxes, advance widths and anchors, by SMuFL name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from smashcima.assets.fonts.clean_outlines import clean_outline
from smashcima.assets.fonts.drawn_noteheads import CODE_POINTS, drawn_notehead
from smashcima.assets.fonts.font_tables import FontTable, TableGlyph, font_data_folder, read_font_table
from smashcima.assets.fonts.kept_measures import kept_boxes
from smashcima.caching import BoundedCache
from smashcima.errors import SettingsError, UnsupportedLabelError
from smashcima.geometry import Contours, Point, Rectangle, Transform
from smashcima.geometry.svg_path import read_svg_rings

SMUFL_FONT_NAMES = ("Bravura", "Gootville", "Leipzig", "Leland", "Petaluma")
"""The available fonts; Petaluma looks handwritten."""

FALLBACK_FONT_NAMES = ("Leipzig", "Bravura")
"""Fonts that the engraver searches for symbols missing in its font, in this order."""

UNITS_PER_STAFF_SPACE = 250.0
"""Font units per staff space: a SMuFL em is four staff spaces, and these fonts have 1000 units per em.

Lengths are divided by it, whereas `engraver_metrics` multiplies by a rounded reciprocal, as Verovio does; the results
differ in the last bit, and both must stay reproducible.
"""

FLATTENING_TOLERANCE_SS = 0.002
"""Flattening tolerance of outlines in staff spaces: a tenth of a pixel at 600 DPI and a staff space of 2 mm."""

ENGRAVER_PEN_UNITS = 1.0
"""Width of the pen with which the engraver strokes filled outlines, in font units."""

_DRAWN = {code_point: name for name, code_point in CODE_POINTS.items()}
"""Names of the noteheads that no font has, by code point."""

_UNNAMED_PATTERN = re.compile(r"uni([0-9A-F]{4,5})")


@dataclass(frozen=True, slots=True)
class SmuflGlyph:
    """One symbol of one font. Lengths are in staff spaces, x right, y down, relative to SMuFL's origin."""

    name: str
    """Canonical name, such as `noteheadBlack`."""

    code_point: int
    font: str
    outline: Contours = field(repr=False)
    """Outline; empty for intentionally blank symbols, such as `noteheadNull`."""

    bounds: Rectangle
    """Bounding box from the font's tables."""

    advance: float
    anchors: Mapping[str, Point]
    """Anchors by SMuFL name, such as `stemUpSE`."""

    @property
    def reserved(self) -> tuple[float, float]:
        """Middle and width of the space that the engraver reserves: from stem to stem for noteheads, none for blank
        symbols.
        """
        return _reserved(self.anchors, None if self.outline.is_empty else self.outline.bbox())


def _reserved(anchors: Mapping[str, Point], box: Rectangle | None) -> tuple[float, float]:
    left, right = anchors.get("stemDownNW"), anchors.get("stemUpSE")
    if left is not None and right is not None:
        return (left.x + right.x) / 2, right.x - left.x
    return (0.0, 0.0) if box is None else ((box.left + box.right) / 2, box.width)


class SmuflFont:
    """A music font of the verovio package; outlines are read on first use and cached.

    Get one with `SmuflFont.load("Bravura")`. Missing symbols are taken from the engraver's fallback fonts, and noteheads
    that these lack from `drawn_noteheads`.
    """

    def __init__(self, name: str, table: FontTable) -> None:
        self.name = name
        self._rows = table.glyphs
        self._code_points = {
            name or _unnamed(code_point): code_point for code_point, name in table.names.items()
        }
        self._boxes = kept_boxes(name, table.checksum)
        self._glyphs: dict[int, SmuflGlyph] = {}
        """Cached glyphs by code point, at most those of the font. Two threads may create the same glyph twice."""

    @staticmethod
    def load(name: str) -> SmuflFont:
        """The font of a name in `SMUFL_FONT_NAMES`, always the same object; raises `SettingsError` for other names."""
        if name not in SMUFL_FONT_NAMES:
            known = ", ".join(SMUFL_FONT_NAMES)
            raise SettingsError(f"Unknown music font {name!r}. Available fonts: {known}.")
        return _FONTS.get(name, lambda: SmuflFont(name, read_font_table(name)))

    @property
    def names(self) -> frozenset[str]:
        """Canonical names of the symbols in the font itself, without fallbacks."""
        return frozenset(self._code_points)

    def code_point_of(self, name: str) -> int | None:
        """Code point of a canonical name (or of `uniE123`), or `None` if neither the font nor a fallback has it."""
        for font in self._with_fallbacks():
            if name in font._code_points:
                return font._code_points[name]
        if name in CODE_POINTS:
            return CODE_POINTS[name]
        unnamed = _UNNAMED_PATTERN.fullmatch(name)
        return int(unnamed[1], 16) if unnamed else None

    def find(self, symbol: str | int) -> SmuflGlyph | None:
        """The symbol of a canonical name or code point, from this font or a fallback, or `None`."""
        code_point = symbol if isinstance(symbol, int) else self.code_point_of(symbol)
        if code_point is None:
            return None
        found = None
        for font in self._with_fallbacks():
            if code_point in font._rows:
                glyph = font.own_glyph(code_point)
                if not glyph.outline.is_empty:
                    return glyph
                # Some symbols are intentionally blank; others are listed without an outline (mensural stems in Petaluma).
                found = found or glyph
        return found or self._drawn(code_point)

    def has(self, symbol: str | int) -> bool:
        """Whether `find` finds the symbol; reads only the tables."""
        code_point = symbol if isinstance(symbol, int) else self.code_point_of(symbol)
        return code_point is not None and (
            code_point in _DRAWN or any(code_point in f._rows for f in self._with_fallbacks())
        )

    def bounds_of(self, symbol: str | int) -> Rectangle | None:
        """The bounds of the symbol that `find` finds; reads only the tables, unless the symbol is blank in a font."""
        code_point = symbol if isinstance(symbol, int) else self.code_point_of(symbol)
        row = None if code_point is None else self._rows.get(code_point)
        if row is not None and row.width > 0 and row.height > 0:
            return _bounds(row)
        found = self.find(symbol)
        return None if found is None else found.bounds

    def outline_box(self, symbol: str | int) -> Rectangle | None:
        """The box of the outline that `find` finds; `None` if there is no symbol, or it is blank.

        Reads no outline of symbols of the font itself whose boxes are kept with this package.
        """
        code_point = symbol if isinstance(symbol, int) else self.code_point_of(symbol)
        kept = None if code_point is None else self._boxes.get(code_point)
        if kept is not None:
            return kept
        found = self.find(symbol)
        return None if found is None or found.outline.is_empty else found.outline.bbox()

    def reserved_for(self, symbol: str | int) -> tuple[float, float] | None:
        """What `SmuflGlyph.reserved` is for the symbol that `find` finds; `None` as for `outline_box`, which it uses."""
        code_point = symbol if isinstance(symbol, int) else self.code_point_of(symbol)
        if code_point is not None and code_point in self._boxes:
            return _reserved(_anchors(self._rows[code_point]), self._boxes[code_point])
        found = self.find(symbol)
        return None if found is None or found.outline.is_empty else found.reserved

    def advance_of(self, symbol: str | int) -> float | None:
        """The advance width of the symbol that `find` finds, `None` if there is none; as `outline_box`."""
        code_point = symbol if isinstance(symbol, int) else self.code_point_of(symbol)
        if code_point is not None and code_point in self._boxes:
            return _advance(self._rows[code_point])
        found = self.find(symbol)
        return None if found is None else found.advance

    def name_of(self, code_point: int) -> str | None:
        """The name of the symbol that `find` finds, `None` if there is none; as `outline_box`."""
        if code_point in self._boxes:
            return _name(self._rows[code_point])
        found = self.find(code_point)
        return None if found is None else found.name

    def glyph(self, symbol: str | int) -> SmuflGlyph:
        """Like `find`, but raises `UnsupportedLabelError` if no font has the symbol."""
        found = self.find(symbol)
        if found is None:
            shown = f"U+{symbol:04X}" if isinstance(symbol, int) else repr(symbol)
            raise UnsupportedLabelError(
                f"Neither {self.name} ({len(self._rows)} symbols) nor its fallbacks "
                f"{', '.join(FALLBACK_FONT_NAMES)} have {shown}. Names are SMuFL's canonical ones."
            )
        return found

    def _with_fallbacks(self) -> Iterator[SmuflFont]:
        yield self
        for name in FALLBACK_FONT_NAMES:  # read only when needed
            if name != self.name:
                yield SmuflFont.load(name)

    def own_glyph(self, code_point: int) -> SmuflGlyph:
        """The symbol of a code point that is in the font's own table."""
        glyph = self._glyphs.get(code_point)
        if glyph is None:
            glyph = self._glyphs[code_point] = self._make(self._rows[code_point])
        return glyph

    def _drawn(self, code_point: int) -> SmuflGlyph | None:
        """A notehead that no font has, as wide as the black notehead of this font."""
        name = _DRAWN.get(code_point)
        if name is None:
            return None
        if code_point not in self._glyphs:
            usual = self.find("noteheadBlack")
            head = drawn_notehead(name, usual.reserved[1] if usual is not None else 1.0)
            assert head is not None
            box = head.outline.bbox()
            self._glyphs[code_point] = SmuflGlyph(
                name, code_point, self.name, head.outline, box, box.right, head.anchors
            )
        return self._glyphs[code_point]

    def _make(self, row: TableGlyph) -> SmuflGlyph:
        """Converts a row of the table, with font units and y up, to a symbol in staff spaces with y down."""
        return SmuflGlyph(
            _name(row),
            row.code_point,
            self.name,
            _read_outline(self.name, row.code_point),
            _bounds(row),
            _advance(row),
            _anchors(row),
        )

    def __repr__(self) -> str:
        return f"SmuflFont({self.name!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return (SmuflFont.load, (self.name,))


def _name(row: TableGlyph) -> str:
    return row.name or _unnamed(row.code_point)


def _unnamed(code_point: int) -> str:
    return f"uni{code_point:04X}"


def _advance(row: TableGlyph) -> float:
    return (row.advance or 0.0) / UNITS_PER_STAFF_SPACE


def _anchors(row: TableGlyph) -> dict[str, Point]:
    return {name: Point(anchor.x, -anchor.y) for name, anchor in row.anchors.items()}


def _bounds(row: TableGlyph) -> Rectangle:
    """The bounds of a row of the table, in staff spaces, y down."""
    x, y, width, height = (
        length / UNITS_PER_STAFF_SPACE for length in (row.left, row.bottom, row.width, row.height)
    )
    return Rectangle(x, -y - height, width, height)


def _read_outline(font: str, code_point: int) -> Contours:
    """Outline of a symbol as drawn by the engraver, in staff spaces, y down."""
    from lxml import etree

    path = font_data_folder() / font / f"{code_point:04X}.xml"
    element = etree.fromstring(path.read_bytes()).find("path")
    if element is None:
        return Contours.empty()
    tolerance = FLATTENING_TOLERANCE_SS * UNITS_PER_STAFF_SPACE
    rings = read_svg_rings(element.get("d", ""), tolerance)
    outline = clean_outline(rings, thicken=ENGRAVER_PEN_UNITS / 2)
    return Transform.scale(1 / UNITS_PER_STAFF_SPACE, -1 / UNITS_PER_STAFF_SPACE).apply_to(outline)


_FONTS: BoundedCache[str, SmuflFont] = BoundedCache(most=len(SMUFL_FONT_NAMES))
