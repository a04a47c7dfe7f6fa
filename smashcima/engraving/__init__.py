"""Layout as a value: pages of placed primitives, what belongs to what, and the interface of engravers."""

from smashcima.engraving.engraving import (
    EngravedMeasure,
    EngravedPage,
    EngravedStaff,
    EngravedSystem,
    Engraving,
)
from smashcima.engraving.layout_options import Breaks, LayoutOptions, MusicFont
from smashcima.engraving.page_size import NAMED_PAGE_SIZES, Margins, PageSize
from smashcima.engraving.primitives import (
    Box,
    Curve,
    Disc,
    FilledPolygon,
    GenericShape,
    Line,
    Place,
    Polyline,
    Primitive,
    PrimitiveKind,
    Symbol,
    Text,
    TextRun,
)

__all__ = [
    "NAMED_PAGE_SIZES",
    "Breaks",
    "LayoutOptions",
    "Margins",
    "MusicFont",
    "PageSize",
    "Box",
    "Curve",
    "Disc",
    "EngravedMeasure",
    "EngravedPage",
    "EngravedStaff",
    "EngravedSystem",
    "Engraving",
    "FilledPolygon",
    "GenericShape",
    "Line",
    "Place",
    "Polyline",
    "Primitive",
    "PrimitiveKind",
    "Symbol",
    "Text",
    "TextRun",
]
