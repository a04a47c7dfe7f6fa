"""Layout: a score becomes an `Engraving`, pages of placed primitives in mm."""

from smashcima.engraving.layout.engraver import engrave, engrave_mei
from smashcima.engraving.layout.options import Breaks, LayoutOptions, MusicFont
from smashcima.engraving.layout.page_size import NAMED_PAGE_SIZES, Margins, PageSize

__all__ = [
    "NAMED_PAGE_SIZES",
    "Breaks",
    "LayoutOptions",
    "Margins",
    "MusicFont",
    "PageSize",
    "engrave",
    "engrave_mei",
]
