"""Handwritten symbols: masks and outlines, by label and writer."""

from typing import TYPE_CHECKING

from smashcima.lazy_names import lazy_names

if TYPE_CHECKING:
    from smashcima.assets.glyphs.drawn_glyph import DrawnGlyph
    from smashcima.assets.glyphs.end_points import LINE_LABELS
    from smashcima.assets.glyphs.folder_glyphs import glyphs_from_folder
    from smashcima.assets.glyphs.glyph_store import GlyphStore, write_glyph_store
    from smashcima.assets.glyphs.labels import STORE_LABELS, checked_label
    from smashcima.assets.glyphs.mung import glyphs_from_mung

__all__ = [
    "DrawnGlyph",
    "GlyphStore",
    "LINE_LABELS",
    "STORE_LABELS",
    "checked_label",
    "glyphs_from_folder",
    "glyphs_from_mung",
    "write_glyph_store",
]

if not TYPE_CHECKING:  # type checkers report unknown names
    __getattr__ = lazy_names(
        __name__,
        {
            "drawn_glyph": "DrawnGlyph",
            "end_points": "LINE_LABELS",
            "folder_glyphs": "glyphs_from_folder",
            "glyph_store": "GlyphStore write_glyph_store",
            "labels": "STORE_LABELS checked_label",
            "mung": "glyphs_from_mung",
        },
    )
