"""Documents of the MRO format: header, score, pages and systems.

All coordinates increase to the right and downwards, and are integers in *units* of 1/16 staff space, unless their name
ends in `_px` (pixels of the recognised image) or `_down` (half staff spaces, downwards from the middle line).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smashcima.notations.mro.codecs import INTEGER, POSITION, TEXT, WORD, choice
from smashcima.notations.mro.slots import array, block, simple
from smashcima.notations.mro.stave import MroStave
from smashcima.notations.mro.values import MroPosition, MroSlot
from smashcima.notations.mro.vocabulary import MroEncoding, MroVersion

DEFAULT_IDENTIFIER = "SharpEye"
"""Identifier that is written by default; the specification does not say which one SharpEye writes."""


@dataclass(frozen=True, slots=True)
class MroSlur:
    """Slur, tie or phrase mark, as an arc; positions are relative to the system."""

    SLOT_NAME: ClassVar[str] = "slur"

    left_units: MroPosition = simple("leftpt", POSITION, MroPosition(0, 0))
    right_units: MroPosition = simple("rightpt", POSITION, MroPosition(0, 0))

    radius_units: int = simple("radius", INTEGER, 0)
    """Radius of the arc; negative if the arc is curved upwards, like a slur above the notes."""

    partner: int = simple("partner", INTEGER, -1, is_sparse=True)
    """Not described in the specification; -1 if not stated."""

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroSystem:
    """System of staves; positions are relative to the page."""

    SLOT_NAME: ClassVar[str] = "system"

    top_units: int = simple("top", INTEGER, 0)
    left_units: int = simple("left", INTEGER, 0)
    width_units: int = simple("width", INTEGER, 0)
    height_units: int = simple("height", INTEGER, 0)
    """From the top of the top stave to the bottom of the bottom stave."""

    staves: tuple[MroStave, ...] = array("staves", MroStave, "stave", "staff")
    slurs: tuple[MroSlur, ...] = array("slurs", MroSlur, "slur")

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroPage:
    """Page."""

    SLOT_NAME: ClassVar[str] = "page"

    width_units: int = simple("width", INTEGER, 0)
    height_units: int = simple("height", INTEGER, 0)
    image_width_px: int = simple("origwidth", INTEGER, 0)
    image_height_px: int = simple("origheight", INTEGER, 0)
    skew_angle: int = simple("skewangle", INTEGER, 0)
    """For use by SharpEye, like `row_offset` and `column_offset`: they map positions to the image."""

    row_offset: int = simple("rowoffset", INTEGER, 0)
    column_offset: int = simple("coloffset", INTEGER, 0)

    staff_space_px_1024: int = simple("spacing", INTEGER, 0)
    """Staff space of the usual staves of the page in the image, in 1/1024 pixel; 0 if not stated."""

    image_path: str = simple("imagefpath$", TEXT, "")

    systems: tuple[MroSystem, ...] = array("systems", MroSystem, "system")

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroScore:
    """Score."""

    SLOT_NAME: ClassVar[str] = "score"

    title: str = simple("title$", TEXT, "")

    units_per_staff_space: int = simple("unitsperstavespacing", INTEGER, 16)
    """Always 16 in known versions."""

    preedit: str = simple("preedit", WORD, "", is_sparse=True)
    """For use by SharpEye; empty if not stated."""

    pages: tuple[MroPage, ...] = array("pages", MroPage, "page")

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroFileHeader:
    """Version and character encoding of a document."""

    SLOT_NAME: ClassVar[str] = "fileheader"

    version: int = simple("version", INTEGER, int(MroVersion.V3100))
    """One of `MroVersion`, or a later version."""

    encoding: MroEncoding = simple("characterencoding", choice(MroEncoding), MroEncoding.ISO88591)

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroDocument:
    """Content of an MRO file."""

    SLOT_NAME: ClassVar[str] = "file"

    identifier: str = DEFAULT_IDENTIFIER
    """First word of the file."""

    header: MroFileHeader = block("fileheader", MroFileHeader, MroFileHeader())
    score: MroScore = block("score", MroScore, MroScore())

    unknown: tuple[MroSlot, ...] = ()
