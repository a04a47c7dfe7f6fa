"""Text font of the verovio package: Liberation Serif, whose widths match those reserved by the engraver."""

from __future__ import annotations

import base64
import io
import re
import threading
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from smashcima.assets.fonts.clean_outlines import clean_outline
from smashcima.assets.fonts.font_tables import font_data_folder
from smashcima.assets.fonts.kept_measures import TEXT_FONTS, kept_face
from smashcima.assets.fonts.kerning import Kerning
from smashcima.caching import BoundedCache
from smashcima.errors import EngravingError
from smashcima.geometry import Contours, Transform
from smashcima.geometry.svg_path import read_svg_rings

FLATTENING_TOLERANCE_EM = 0.0005
"""Flattening tolerance of outlines in em: a twentieth of a pixel at 600 DPI and an em of 4 mm."""

_FACES = ((False, False), (True, False), (False, True), (True, True))
"""Bold and italic flags of the faces, in the order of the file."""

_OVERLAYS = {"\u0337": "/", "\u0338": "/", "\u20e5": "\\"}
"""Combining strokes through the previous character, as in figured bass; they are centred over a digit."""

_EMPTY_BOX = Contours(
    (
        np.array([(0.06, -0.66), (0.56, -0.66), (0.56, 0.0), (0.06, 0.0)]),
        np.array([(0.09, -0.03), (0.53, -0.03), (0.53, -0.63), (0.09, -0.63)]),
    )
)
"""Placeholder for a character that cannot be drawn, in ems."""

_EMPTY_BOX_ADVANCE = 0.62


@dataclass(frozen=True, slots=True)
class TextGlyph:
    """One character. Lengths are in ems, x right, y down, relative to the origin on the baseline."""

    character: str
    outline: Contours = field(repr=False)
    advance: float
    substitutes: str = ""
    """Substitute that is drawn instead: empty if the character itself is drawn, else `base letter` (without diacritic),
    `nothing`, or `box` (an empty box)."""


_DRAWING = threading.RLock()
"""Lock for reading fonts with fontTools, which is not thread-safe."""

_MOST_GLYPHS = 4096
"""Maximum number of cached characters, more than in most texts; an outline takes a few kilobytes."""

_MOST_KERNS = 16384
"""Maximum number of cached pairs of characters, more than in a language."""


class TextFont:
    """One face of the text font; outlines are created on first use and cached."""

    def __init__(self, bold: bool, italic: bool) -> None:
        self.bold = bold
        self.italic = italic
        self._face = _FACES.index((bold, italic))
        self._glyphs: BoundedCache[str, TextGlyph] = BoundedCache(_MOST_GLYPHS)
        self._opened: _Opened | None = None
        self._kerns: BoundedCache[tuple[str, str], float] = BoundedCache(_MOST_KERNS)
        kept = kept_face(self._face)
        self._em: float = self._font.em if kept is None else kept.em
        self._kept = kept

    @property
    def _font(self) -> _Opened:
        """The font itself, which is opened for outlines, or if its measures are not kept."""
        with _DRAWING:
            if self._opened is None:
                self._opened = _Opened(self._face)
            return self._opened

    @staticmethod
    def load(bold: bool = False, italic: bool = False) -> TextFont:
        """The face of a weight and slope, always the same object."""
        return _FONTS.get((bool(bold), bool(italic)), lambda: TextFont(bool(bold), bool(italic)))

    def has(self, character: str) -> bool:
        """Whether the font itself has the character."""
        if self._kept is not None:
            return character in self._kept.advances
        return ord(character) in self._font.character_map

    def glyph(self, character: str) -> TextGlyph:
        """The character, or its substitute if the font lacks it (see `TextGlyph.substitutes`)."""
        return self._glyphs.get(character, lambda: self._make(character))

    def advance(self, character: str) -> float:
        """Advance width of a character in ems; creates no outline for characters of the font."""
        if not self.has(character):
            return self.glyph(character).advance
        if self._kept is not None:
            return self._kept.advances[character] / self._em
        return self._font.advance(self._font.character_map[ord(character)]) / self._em

    def width(self, text: str, letter_spacing: float = 0.0) -> float:
        """Advance width of a text in ems; `letter_spacing` (in ems) is added after each character."""
        advances = sum(self.advance(character) + letter_spacing for character in text)
        return advances + sum(self.kern(left, right) for left, right in pairwise(text))

    def kern(self, left: str, right: str) -> float:
        """Kerning of two adjacent characters, in ems; negative if they move closer."""
        return self._kerns.get((left, right), lambda: self._kern_of(left, right))

    def _kern_of(self, left: str, right: str) -> float:
        if self._kept is not None:
            return self._kept.kerns.get(left, {}).get(right, 0) / self._em
        first, second = (self._font.character_map.get(ord(character)) for character in (left, right))
        if first is None or second is None:
            return 0.0
        with _DRAWING:
            return self._font.kerning.between(first, second) / self._em

    def _make(self, character: str) -> TextGlyph:
        if self.has(character):
            return self._named(character, self._font.character_map[ord(character)])
        if character in _OVERLAYS:
            stroke = self.glyph(_OVERLAYS[character])
            back = Transform(e=-(self.glyph("0").advance + stroke.advance) / 2)
            return TextGlyph(character, back.apply_to(stroke.outline), 0.0)
        if unicodedata.combining(character):
            return TextGlyph(character, Contours.empty(), 0.0, "nothing")
        decomposed = [c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)]
        if decomposed and all(map(self.has, decomposed)):
            return self._joined(character, decomposed)
        return TextGlyph(character, _EMPTY_BOX, _EMPTY_BOX_ADVANCE, "box")

    def _named(self, character: str, name: str) -> TextGlyph:
        """The glyph with a name in the font."""
        return TextGlyph(character, self._outline(name), self._font.advance(name) / self._em)

    def _joined(self, character: str, parts: list[str]) -> TextGlyph:
        """Combines several characters side by side into one glyph."""
        rings: list[Any] = []
        advance = 0.0
        for part in map(self.glyph, parts):
            rings.extend(Transform(e=advance).apply_to(part.outline).rings)
            advance += part.advance
        has_diacritic = any(unicodedata.combining(c) for c in unicodedata.normalize("NFKD", character))
        return TextGlyph(character, Contours(tuple(rings)), advance, "base letter" if has_diacritic else "")

    def _outline(self, name: str) -> Contours:
        from fontTools.pens.svgPathPen import SVGPathPen

        with _DRAWING:
            glyphs = self._font.glyph_set
            pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.3f}")
            glyphs[name].draw(pen)
        rings = read_svg_rings(pen.getCommands(), FLATTENING_TOLERANCE_EM * self._em)
        if not rings:
            return Contours.empty()
        return Transform.scale(1 / self._em, -1 / self._em).apply_to(clean_outline(rings))

    def __repr__(self) -> str:
        return f"TextFont(bold={self.bold}, italic={self.italic})"

    def __reduce__(self) -> tuple[object, ...]:
        return (TextFont.load, (self.bold, self.italic))


class _Opened:
    """A face that was opened with fontTools. What is read on first use needs the lock `_DRAWING`."""

    def __init__(self, index: int) -> None:
        self._font: Any = open_face(index)
        self.character_map: dict[int, str] = self._font.getBestCmap()
        self.em: float = self._font["head"].unitsPerEm
        self._metrics: Any = self._font["hmtx"]

    def advance(self, name: str) -> float:
        """Advance width of a glyph, in font units."""
        return self._metrics[name][0]  # type: ignore[no-any-return]

    @cached_property
    def kerning(self) -> Kerning:
        """Kerning by the names of glyphs."""
        return Kerning(self._font)

    @cached_property
    def glyph_set(self) -> Any:
        """Glyphs by name, which draw themselves with a pen of fontTools."""
        return self._font.getGlyphSet()


def open_face(index: int) -> Any:
    """Opens a face with fontTools. The fonts are embedded in a style sheet, as base64-encoded WOFF2."""
    from fontTools.ttLib import TTFont

    sheet = (font_data_folder() / TEXT_FONTS).read_text()
    packed = re.findall(r"base64,([^)\"']+)", sheet)
    if len(packed) != len(_FACES):
        raise EngravingError(
            f"The text fonts in the verovio package have {len(packed)} faces instead of {len(_FACES)}. "
            "Install the version of verovio required by this version of smashcima."
        )
    return TTFont(io.BytesIO(base64.b64decode(packed[index])), lazy=True)


_FONTS: BoundedCache[tuple[bool, bool], TextFont] = BoundedCache(most=len(_FACES))
