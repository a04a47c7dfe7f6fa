"""Options for the layout of a score."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from types import MappingProxyType
from typing import Any

from smashcima.engraving.page_size import Margins, PageSize
from smashcima.errors import SettingsError
from smashcima.short_repr import ShortRepr

DEFAULT_SPACING_RATIO = 2.0**0.6


class Breaks(str, Enum):
    """Policy for system and page breaks."""

    SOURCE = "source"
    """Breaks of the source, if it has any; systems or pages without breaks in the source are broken automatically."""
    AUTO = "auto"
    """Automatic breaks where a system or page is full; those of the source are ignored."""
    ENCODED = "encoded"
    """Only the breaks of the source, as long as the music fits the page when scaled down."""
    NONE = "none"
    """No breaks: the whole score is one system, and the page is as wide as needed."""


class MusicFont(str, Enum):
    """SMuFL fonts included in Smashcima."""

    BRAVURA = "Bravura"
    GOOTVILLE = "Gootville"
    LEIPZIG = "Leipzig"
    LELAND = "Leland"
    PETALUMA = "Petaluma"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutOptions(ShortRepr):
    """Options for the layout of a score; lengths are in mm, or in staff spaces where the name ends in `_ss`.

    Raises `SettingsError` for invalid values.
    """

    page: PageSize | str = "default"
    """Page size: a `PageSize`, or a name such as `A4`, `Letter`, `A4 landscape`.
    The default has 2582 x 3652 pixels at 300 DPI."""

    margins: Margins | float = 15.0
    """Page margins in mm; a single number applies to all four sides."""

    staff_space: float = 1.75
    """Distance between adjacent staff lines in mm, 0.3 to 10; all symbols scale with it. (1.75 gives a staff height of
    7 mm, usual for songs and piano music; parts have 1.75 to 2, pocket scores 1.)"""

    note_spacing: float = 1.0
    """Horizontal note spacing as a factor of the default, 0.4 to 4; affects automatic breaks."""

    note_spacing_ratio: float = DEFAULT_SPACING_RATIO
    """How many times the room of a note a note of twice the duration has, 1 to 2; quarter notes keep theirs. Engravers use 1.4 to
    1.6; writers of MUSCIMA++ have 1.25. Small ratios limit `note_spacing` (Verovio: 1.25 to 0.85, 1.3 to 1.17, 1.4 to 2.1)."""

    staff_distance_ss: float = 6.0
    """Minimum distance from the bottom line of a staff to the top line of the next, 0 to 24 staff spaces."""

    system_distance_ss: float = 2.0
    """Minimum white space between the content of adjacent systems, 0 to 24 staff spaces."""

    breaks: Breaks | str = Breaks.SOURCE
    """Policy for system and page breaks."""

    music_font: MusicFont | str | None = None
    """Music font used to measure symbols; `None` uses the font of the model, or Leipzig without a model."""

    titles: bool = True
    """Whether title, composer and similar texts are printed at the top of the first page."""

    page_foot: bool = False
    """Whether the page footer of the source (such as a copyright notice) is printed."""

    measure_numbers: bool | int = True
    """Whether measure numbers are printed at the start of each system; an integer n prints them every n measures."""

    hidden_staves: frozenset[int] = frozenset()
    """Numbers (from 1) of omitted staves."""

    hidden_parts: frozenset[str] = frozenset()
    """Ids or names of omitted parts; `engrave` finds their staves in the score."""

    justify: bool = True
    """Whether systems are stretched to the right margin (except a short last system)."""

    justify_vertically: bool = True
    """Whether systems and staves are spread over the page height (except on a sparsely filled last page)."""

    verovio: Mapping[str, object] = field(default_factory=dict)
    """Options of the Verovio engraver by Verovio's names, for settings without an option in this class."""

    def __post_init__(self) -> None:
        put = object.__setattr__  # the dataclass is frozen; values are normalised here
        if isinstance(self.margins, int | float):
            put(self, "margins", Margins.all(self.margins))
        put(self, "breaks", _member(Breaks, self.breaks, "breaks"))
        if self.music_font is not None:
            put(self, "music_font", _member(MusicFont, self.music_font, "music font"))
        put(self, "hidden_staves", frozenset(self.hidden_staves))
        put(self, "hidden_parts", frozenset(self.hidden_parts))
        put(self, "verovio", MappingProxyType(dict(self.verovio)))
        _check_range("staff_space", self.staff_space, 0.3, 10, "mm")
        _check_range("note_spacing", self.note_spacing, 0.4, 4, "times the default")
        _check_range("note_spacing_ratio", self.note_spacing_ratio, 1, 2, "times")
        _check_range("staff_distance_ss", self.staff_distance_ss, 0, 24, "staff spaces")
        _check_range("system_distance_ss", self.system_distance_ss, 0, 24, "staff spaces")
        if self.measure_numbers is not False and not 1 <= self.measure_numbers <= 64:
            raise SettingsError(
                f"measure_numbers must be True, False or between 1 and 64, not {self.measure_numbers!r}."
            )
        if any(not isinstance(n, int) or n < 1 for n in self.hidden_staves):
            raise SettingsError(
                f"hidden_staves must be staff numbers from 1 upwards, not {sorted(map(str, self.hidden_staves))}."
            )
        width, height = self.content_size
        if width < 10 * self.staff_space or height < 5 * self.staff_space:
            raise SettingsError(
                f"{self.page_margins} leave {width:.1f} x {height:.1f} mm of the page, too little for a staff space of "
                f"{self.staff_space:g} mm. Make the margins or the staves smaller, or the page larger."
            )

    def __reduce__(self) -> tuple[Any, ...]:
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return (_made_of, ({**values, "verovio": dict(self.verovio)},))

    @property
    def music_font_name(self) -> str:
        """Name of the music font used to measure symbols."""
        font = MusicFont.LEIPZIG if self.music_font is None else self.music_font
        return str(getattr(font, "value", font))

    @property
    def page_size(self) -> PageSize:
        """The page size in mm."""
        return self.page if isinstance(self.page, PageSize) else PageSize.named(self.page)

    @property
    def page_margins(self) -> Margins:
        """The margins in mm."""
        return self.margins if isinstance(self.margins, Margins) else Margins.all(self.margins)

    @property
    def content_size(self) -> tuple[float, float]:
        """Width and height of the page inside the margins, in mm; may be negative."""
        size, margins = self.page_size, self.page_margins
        return size.width - margins.left - margins.right, size.height - margins.top - margins.bottom


def _made_of(values: dict[str, Any]) -> LayoutOptions:
    return LayoutOptions(**values)


def _member(kind: type[Breaks] | type[MusicFont], value: str, what: str) -> Enum:
    for member in kind:
        if value == member or (isinstance(value, str) and value.casefold() == member.value.casefold()):
            return member
    raise SettingsError(
        f"Unknown {what} {value!r}. Valid values: {', '.join(member.value for member in kind)}."
    )


def _check_range(name: str, value: float, least: float, most: float, unit: str) -> None:
    if not (math.isfinite(value) and least <= value <= most):
        raise SettingsError(f"{name} must be between {least:g} and {most:g} {unit}, not {value!r}.")
