"""Names and sizes of symbols and words as measured by the engraver, from its music fonts and Times.

Drawn symbols may be wider or narrower; these are the sizes for which the engraver reserves space.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from smashcima.assets.fonts.drawn_noteheads import drawn_notehead
from smashcima.assets.fonts.font_tables import TableGlyph, read_font_table
from smashcima.assets.fonts.smufl_font import FALLBACK_FONT_NAMES
from smashcima.caching import OnDemand

TEXT_FAMILY = "serif"
"""Font family of words; all other families are names of music fonts."""

_EM_SS = 4.0
"""A SMuFL em is four staff spaces."""

_ASCENT_EM, _DESCENT_EM = 0.7, 0.22
"""Ascent and descent, in em, of words without any character in the table."""

_FACES = {
    (False, False): "text/Times",
    (True, False): "text/Times-bold",
    (False, True): "text/Times-italic",
    (True, True): "text/Times-bold-italic",
}


@dataclass(frozen=True, slots=True)
class GlyphBox:
    """Name, ink and advance width of a glyph; x right, y *up*, from its origin on the baseline."""

    name: str
    left: float
    bottom: float
    right: float
    top: float
    advance: float


def symbol_box(symbol: str | int, font: str) -> GlyphBox | None:
    """Box of a symbol, given by SMuFL canonical name or code point, in staff spaces.

    Searches the music font and then its fallbacks; returns `None` if none of them has the symbol.
    """
    if isinstance(symbol, int):
        return music_glyphs(font).get(symbol)
    return _named(symbol, font) or _drawn_box(symbol, font)


def glyph_name(code_point: int, font: str) -> str:
    """SMuFL canonical name of a symbol, or `uniE123` for a symbol without a name."""
    glyph = music_glyphs(font).get(code_point)
    return glyph.name if glyph is not None and glyph.name else f"uni{code_point:04X}"


def text_width(
    text: str,
    font_size: float,
    family: str = TEXT_FAMILY,
    bold: bool = False,
    italic: bool = False,
    letter_spacing: float = 0.0,
) -> float:
    """Advance width of a text of one style.

    The unit is that of `font_size` (the em) and of `letter_spacing`, which is added after each character.
    """
    glyphs, size = _sized(font_size, family, bold, italic)
    # Verovio uses the width of the letter o for characters missing in its table.
    fallback = glyphs.get(ord("o")) or GlyphBox("", 0.0, 0.0, 1.0, 1.0, 1.0)
    return sum(glyphs.get(ord(c), fallback).advance for c in text) * size + letter_spacing * len(text)


def text_heights(
    text: str, font_size: float, family: str = TEXT_FAMILY, bold: bool = False, italic: bool = False
) -> tuple[float, float]:
    """Ascent and descent of a text of one style, in the unit of `font_size`."""
    glyphs, size = _sized(font_size, family, bold, italic)
    found = [glyphs[ord(c)] for c in text if ord(c) in glyphs]
    if not found:
        return _ASCENT_EM * font_size, _DESCENT_EM * font_size
    return max(0.0, *(g.top for g in found)) * size, max(0.0, *(-g.bottom for g in found)) * size


@lru_cache(maxsize=8)
def music_glyphs(font: str) -> Mapping[int, GlyphBox]:
    """Glyphs of a music font and of its fallbacks by code point, in staff spaces."""
    fonts = _fonts_by_code_point(font)
    boxes = {name: _boxes(name, _EM_SS) for name in dict.fromkeys(fonts.values())}
    return OnDemand(fonts, lambda code_point: boxes[fonts[code_point]][code_point])


def _fonts_by_code_point(font: str) -> dict[int, str]:
    """The font from which each symbol is taken."""
    names = (*reversed(FALLBACK_FONT_NAMES), font)
    return {code_point: name for name in names for code_point in read_font_table(name).names}


@lru_cache(maxsize=8)
def _code_points(font: str) -> Mapping[str, int]:
    """Code points of a music font and of its fallbacks by name."""
    fonts = _fonts_by_code_point(font)
    names = {each: read_font_table(each).names for each in dict.fromkeys(fonts.values())}
    return {names[each][code_point]: code_point for code_point, each in fonts.items()}


def _named(name: str, font: str) -> GlyphBox | None:
    code_point = _code_points(font).get(name)
    return None if code_point is None else music_glyphs(font)[code_point]


def _drawn_box(name: str, font: str) -> GlyphBox | None:
    """The box of a notehead that no font has."""
    black = _named("noteheadBlack", font)
    assert black is not None
    head = drawn_notehead(name, black.advance)
    if head is None:
        return None
    box = head.outline.bbox()
    return GlyphBox(name, box.left, -box.bottom, box.right, -box.top, box.right)


@lru_cache(maxsize=4)
def _text_glyphs(bold: bool, italic: bool) -> Mapping[int, GlyphBox]:
    """Glyphs of the text font by code point, in ems."""
    return _boxes(_FACES[bold, italic], 1.0)


def _sized(font_size: float, family: str, bold: bool, italic: bool) -> tuple[Mapping[int, GlyphBox], float]:
    """The glyphs of a style, and the factor of their lengths."""
    if family == TEXT_FAMILY:
        return _text_glyphs(bold, italic), font_size
    return music_glyphs(family), font_size / _EM_SS


def _boxes(name: str, em: float) -> Mapping[int, GlyphBox]:
    """The boxes of a table, scaled so that an em has the length `em`."""
    table = read_font_table(name)
    scale = em / table.units_per_em
    return OnDemand(table.glyphs, lambda code_point: _box(table.glyphs[code_point], scale))


def _box(glyph: TableGlyph, scale: float) -> GlyphBox:
    left, bottom = glyph.left * scale, glyph.bottom * scale
    width, height = glyph.width * scale, glyph.height * scale
    return GlyphBox(
        name=glyph.name,
        left=left,
        bottom=bottom,
        right=left + width,
        top=bottom + height,
        # If the table has no advance width, Verovio uses the right edge of the ink.
        advance=glyph.advance * scale if glyph.advance is not None else left + width,
    )
