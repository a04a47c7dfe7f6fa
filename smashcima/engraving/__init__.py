"""Engraved layout as a value: pages of placed primitives, relations between them, and the engraver interface."""

from smashcima.engraving.belonging import with_belonging
from smashcima.engraving.engraver import Engraver
from smashcima.engraving.engraving import (
    EngravedMeasure,
    EngravedPage,
    EngravedStaff,
    EngravedSystem,
    Engraving,
)
from smashcima.engraving.layout_options import Breaks, LayoutOptions, MusicFont
from smashcima.engraving.line_weights import LineWeights, VariedLineWeights
from smashcima.engraving.page_belonging import BeamPiece, PageBelonging
from smashcima.engraving.page_size import NAMED_PAGE_SIZES, Margins, PageSize
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import (
    Box,
    Cap,
    Curve,
    Disc,
    FilledPolygon,
    GenericShape,
    Line,
    Place,
    Polyline,
    Primitive,
    Symbol,
)
from smashcima.engraving.symbol_boxes import SymbolBoxes, font_symbol_box
from smashcima.engraving.text import Text, TextChunk, TextRun, chunks_of

__all__ = [
    "BeamPiece",
    "PageBelonging",
    "Engraver",
    "with_belonging",
    "NAMED_PAGE_SIZES",
    "Breaks",
    "LayoutOptions",
    "LineWeights",
    "VariedLineWeights",
    "Margins",
    "MusicFont",
    "PageSize",
    "Box",
    "Cap",
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
    "SymbolBoxes",
    "font_symbol_box",
    "Text",
    "TextChunk",
    "TextRun",
    "chunks_of",
]
