"""The bridge to the engraver: music in, placed primitives out.

Submodules are imported where they are needed, since the engraver itself is heavy:
`smashcima.engraving.layout`, `smashcima.engraving.mei`, `smashcima.engraving.importing`.
"""

from smashcima.engraving.engraving import (
    EngravedMeasure,
    EngravedPage,
    EngravedStaff,
    EngravedSystem,
    Engraving,
)
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
