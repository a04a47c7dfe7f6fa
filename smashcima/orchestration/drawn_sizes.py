"""Sizes of symbols and lyrics as the writer draws them, from which placement leaves room."""

from __future__ import annotations

from functools import lru_cache

from smashcima.engraving import Engraving, Symbol, Text
from smashcima.engraving.assembly import entry_of
from smashcima.placement import SymbolBoxes, TextWidths, font_symbol_box
from smashcima.scene.visual import Label, SmashcimaLabels
from smashcima.synthesis.interfaces import GlyphSynthesizer, TextSynthesizer

_WIDE = ("notehead", "accidental", "gClef", "fClef", "cClef", "timeSig")
_HIGH = ("accidental", "gClef", "fClef", "cClef", "timeSig", "rest")
"""Symbols beside which others are placed: their extents are those of the writer's ink, not of the music font."""

STANDARD_STAFF_SPACE = 1.8
"""Staff space, in mm, for which synthesizers tell these extents."""

_LYRIC = Label.of(SmashcimaLabels.lyric)


def announce(engraving: Engraving, glyphs: GlyphSynthesizer, writing: TextSynthesizer) -> None:
    """Announces the symbols and texts of pages that will be measured and drawn, since many are made faster together."""
    symbols: set[tuple[str, float]] = set()
    texts: list[Text] = []
    for page in engraving.pages:
        for each in page.primitives:
            if isinstance(each, Symbol):
                symbols.add((each.name, min(each.scale_x, each.scale_y)))
            elif isinstance(each, Text):
                texts.append(each)
    measured = {(name, STANDARD_STAFF_SPACE) for name, _ in symbols if name.startswith((*_WIDE, *_HIGH))}
    labels = [(Label.smufl(name), scale) for name, scale in sorted(symbols | measured)]
    in_texts = dict.fromkeys(label for each in texts for label in writing.music_symbols(each.runs))
    glyphs.prepare_symbols([*labels, *((label, STANDARD_STAFF_SPACE) for label in in_texts)])
    writing.prepare_texts((entry_of(each.kind).text_label, each.runs) for each in texts)


def lyric_widths(writing: TextSynthesizer) -> TextWidths:
    """Widths of syllables as the writer writes them."""
    return lambda text: writing.natural_width(_LYRIC, text.runs)


def symbol_boxes(glyphs: GlyphSynthesizer, by_pen: bool) -> SymbolBoxes:
    """Sizes of symbols as drawn, so that stems meet noteheads and symbols do not touch each other.

    `by_pen` tells that noteheads are those of the pen; the height of sampled ones is that of the music font.
    """

    @lru_cache(maxsize=8192)  # more than the symbols of two fonts
    def box_of(name: str, font: str) -> tuple[float, float, float, float]:
        left, top, right, bottom = font_symbol_box(name, font)
        label = Label.smufl(name)
        if not name.startswith((*_WIDE, *_HIGH)) or not glyphs.supports_label(label):
            return left, top, right, bottom
        if name.startswith(_HIGH):
            top, bottom = _ink_rise(glyphs, label, top, bottom)
        if not name.startswith(_WIDE):
            return left, top, right, bottom
        if not name.startswith("notehead"):
            reach = glyphs.ink_reach(label)
            return (left, top, right, bottom) if reach is None else (reach[0], top, reach[1], bottom)
        gap = glyphs.notehead_gap(label)
        if by_pen:
            rise = (glyphs.ink_height(label) or bottom - top) / 2
            top, bottom = -rise, rise
        return left + gap, top, right - gap, bottom

    return box_of


def _ink_rise(glyphs: GlyphSynthesizer, label: Label, top: float, bottom: float) -> tuple[float, float]:
    """Top and bottom of the ink of a symbol, given those in the music font."""
    middle, height = glyphs.ink_middle(label), glyphs.ink_height(label)
    middle = (top + bottom) / 2 if middle is None else middle
    height = bottom - top if height is None else height
    return middle - height / 2, middle + height / 2
