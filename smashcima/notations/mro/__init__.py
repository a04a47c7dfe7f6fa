"""MRO, the output format of the music recogniser SharpEye: documents, parsing and writing.

`parse_mro` reads a file into an `MroDocument`, and `write_mro` writes it. The document holds what the recogniser saw,
where it saw it; `smashcima.loading.mro` interprets it as a score.
"""

from smashcima.notations.mro.bar import MroBar, MroBarline, MroClef, MroKeySignature, MroTimeSignature
from smashcima.notations.mro.chord import MroBeam, MroChord, MroNote
from smashcima.notations.mro.document import (
    MroDocument,
    MroFileHeader,
    MroPage,
    MroScore,
    MroSlur,
    MroSystem,
)
from smashcima.notations.mro.parsing import parse_mro
from smashcima.notations.mro.stave import (
    DEFAULT_TEXT_HEIGHT_UNITS,
    MroDynamic,
    MroFontStyle,
    MroLyricElement,
    MroLyricLine,
    MroStave,
    MroText,
)
from smashcima.notations.mro.values import MroPosition, MroRational, MroSlot
from smashcima.notations.mro.versions import with_version
from smashcima.notations.mro.vocabulary import (
    MroAccidental,
    MroBarlineShape,
    MroClefShape,
    MroDynamicShape,
    MroEncoding,
    MroNoteShape,
    MroVersion,
)
from smashcima.notations.mro.writing import write_mro

__all__ = [
    "DEFAULT_TEXT_HEIGHT_UNITS",
    "MroAccidental",
    "MroBar",
    "MroBarline",
    "MroBarlineShape",
    "MroBeam",
    "MroChord",
    "MroClef",
    "MroClefShape",
    "MroDocument",
    "MroDynamic",
    "MroDynamicShape",
    "MroEncoding",
    "MroFileHeader",
    "MroFontStyle",
    "MroKeySignature",
    "MroLyricElement",
    "MroLyricLine",
    "MroNote",
    "MroNoteShape",
    "MroPage",
    "MroPosition",
    "MroRational",
    "MroScore",
    "MroSlot",
    "MroSlur",
    "MroStave",
    "MroSystem",
    "MroText",
    "MroTimeSignature",
    "MroVersion",
    "parse_mro",
    "with_version",
    "write_mro",
]
