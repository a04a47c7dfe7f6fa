"""Staves of the document model, with lyrics, texts and dynamics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smashcima.notations.mro.bar import MroBar
from smashcima.notations.mro.codecs import BOOLEAN, INTEGER, TEXT, choice
from smashcima.notations.mro.slots import array, simple
from smashcima.notations.mro.values import MroSlot
from smashcima.notations.mro.vocabulary import MroDynamicShape

DEFAULT_TEXT_HEIGHT_UNITS = 36
"""Height of lyrics and texts where the file states none, or one that is not reliable (before version 2011)."""

_FACES = ("sans-serif", "serif", "monospaced")


@dataclass(frozen=True, slots=True)
class MroFontStyle:
    """Font of a lyric line or text."""

    face: str
    """`sans-serif`, `serif` or `monospaced`."""

    is_bold: bool
    is_italic: bool

    @staticmethod
    def of(number: int) -> MroFontStyle:
        """Font style of its number, 0 to 11; plain serif for other numbers."""
        if not 0 <= number < 4 * len(_FACES):
            return MroFontStyle("serif", is_bold=False, is_italic=False)
        return MroFontStyle(_FACES[number // 4], bool(number & 1), bool(number & 2))

    @property
    def number(self) -> int:
        """Number in the file."""
        return 4 * _FACES.index(self.face) + self.is_bold + 2 * self.is_italic


@dataclass(frozen=True, slots=True)
class MroLyricElement:
    """Syllable, or extender line."""

    SLOT_NAME: ClassVar[str] = "lyricelement"

    is_extender: bool = simple("extender", BOOLEAN, False)

    left_units: int = simple("c0", INTEGER, 0)
    """Left end, relative to the stave; the specification calls it unreliable for syllables."""

    right_units: int = simple("c1", INTEGER, 0)
    """Right end, relative to the stave; as unreliable as the left one."""

    text: str = simple("text$", TEXT, "")
    """Syllable; ends with a hyphen if one or more hyphens follow."""

    middle_units: int = simple("midc", INTEGER, 0)
    """Column of the middle, relative to the stave."""

    bar: int = simple("bar", INTEGER, -1)
    """Index of the bar in the stave; -1 if not stated."""

    symbol: int = simple("symbol", INTEGER, -1)
    """Not described in the specification."""

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroLyricLine:
    """Line of lyrics below or above a stave."""

    SLOT_NAME: ClassVar[str] = "lyricline"

    baseline_units: int = simple("abot", INTEGER, 0)
    """Row of the baseline, relative to the stave."""

    height_units: int = simple("height", INTEGER, DEFAULT_TEXT_HEIGHT_UNITS)
    """Height of the text, from the top of capitals to the bottom of descenders; reliable since version 2011."""

    style: int = simple("style", INTEGER, 4, since=2011)
    """Number of the font style: `MroFontStyle.of`."""

    elements: tuple[MroLyricElement, ...] = array("elements", MroLyricElement, "lyricelement", "element")

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroText:
    """Text that is not a lyric."""

    SLOT_NAME: ClassVar[str] = "text"

    baseline_units: int = simple("abot", INTEGER, 0)
    """Row of the baseline, relative to the stave."""

    left_units: int = simple("c0", INTEGER, 0)
    """Left end, relative to the stave."""

    height_units: int = simple("height", INTEGER, DEFAULT_TEXT_HEIGHT_UNITS)
    style: int = simple("style", INTEGER, 4)
    """Number of the font style: `MroFontStyle.of`."""

    type: int = simple("type", INTEGER, 0, since=3000)
    """1 for the name of a chord, 0 for all other texts."""

    text: str = simple("text$", TEXT, "")

    unknown: tuple[MroSlot, ...] = ()

    @property
    def is_chord_name(self) -> bool:
        """Whether the text is the name of a chord."""
        return self.type == 1


@dataclass(frozen=True, slots=True)
class MroDynamic:
    """Dynamic mark or hairpin; positions are relative to the stave."""

    SLOT_NAME: ClassVar[str] = "dynamic"

    shape: MroDynamicShape = simple("type", choice(MroDynamicShape), MroDynamicShape.MF)

    centre_units: int = simple("c", INTEGER, 0)
    """Column of the centre of a mark."""

    left_units: int = simple("c0", INTEGER, 0)
    """Column of the left end of a hairpin."""

    right_units: int = simple("c1", INTEGER, 0)
    """Column of the right end of a hairpin."""

    row_units: int = simple("r", INTEGER, 0)
    """Baseline of a mark; vertical centre of a hairpin."""

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroStave:
    """Stave of one system."""

    SLOT_NAME: ClassVar[str] = "stave"

    top_units: int = simple("top", INTEGER, 0)
    """Row of the top line, relative to the page."""

    left_units: int = simple("left", INTEGER, 0)
    """Relative to the page."""

    width_units: int = simple("width", INTEGER, 0)

    size_units: int = simple("size", INTEGER, 64)
    """Height, from the top line to the bottom line."""

    is_split_into_voices: bool = simple("voicessplit", BOOLEAN, False)
    is_joined_to_below: bool = simple("joinedtobelow", BOOLEAN, False)
    """Whether the stave is the right hand of a piano, and the next one the left hand."""

    bars: tuple[MroBar, ...] = array("bars", MroBar, "bar")

    lyric_lines: tuple[MroLyricLine, ...] = array(
        "lyriclines", MroLyricLine, "lyricline", "lyricelement", loose_member=MroLyricElement
    )
    """The specification also calls their elements `lyricelement`; syllables that stand outside a line are read as a
    line."""

    texts: tuple[MroText, ...] = array("texts", MroText, "text", since=2011)
    dynamics: tuple[MroDynamic, ...] = array("dynamics", MroDynamic, "dynamic", since=2000)

    unknown: tuple[MroSlot, ...] = ()
