"""What a user may decide about the layout of a score."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from types import MappingProxyType
from typing import Any

from smashcima.engraving.page_size import Margins, PageSize
from smashcima.errors import SettingsError


class Breaks(str, Enum):
    """Where lines and pages end."""

    SOURCE = "source"
    """Where the source ends them, if it says so; lines or pages that it leaves open are filled."""
    AUTO = "auto"
    """Wherever a line or page is full, whatever the source says."""
    ENCODED = "encoded"
    """Where the source ends them and nowhere else, as long as that fits the sheet when scaled down."""
    NONE = "none"
    """Nowhere: the whole score is one line, as wide as it has to be; the sheet grows with it."""


class MusicFont(str, Enum):
    """The SMuFL fonts that Smashcima brings along."""

    BRAVURA = "Bravura"
    GOOTVILLE = "Gootville"
    LEIPZIG = "Leipzig"
    LELAND = "Leland"
    PETALUMA = "Petaluma"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutOptions:
    """How a score is laid out on sheets; every length is in mm, `_ss` in staff spaces.

    Raises `SettingsError` for a value that makes no sense.
    """

    page: PageSize | str = "default"
    """The sheet: a `PageSize`, or a name such as `A4`, `Letter`, `A4 landscape`.
    The default measures 2582 x 3652 pixels at 300 DPI."""

    margins: Margins | float = 15.0
    """White space around the music; one number stands for all four sides."""

    staff_space: float = 1.75
    """Distance of neighbouring staff lines, 0.3 to 10: the size of everything. (1.75 makes a staff of 7 mm, the
    usual size for songs and piano; parts have 1.75 to 2, pocket scores 1.)"""

    note_spacing: float = 1.0
    """How far apart notes stand, 0.4 to 4 times the usual distance; automatic breaks follow from it."""

    staff_distance_ss: float = 6.0
    """Least distance from the bottom line of a staff to the top line of the next, 0 to 24."""

    system_distance_ss: float = 2.0
    """Least white space between what belongs to one system and what belongs to the next, 0 to 24."""

    breaks: Breaks | str = Breaks.SOURCE
    """Where lines and pages end."""

    music_font: MusicFont | str | None = None
    """The font that symbols are measured with; `None` leaves it to the model, and is Leipzig without one."""

    titles: bool = True
    """Whether title, composer and the like stand at the head of the first page."""

    page_foot: bool = False
    """Whether the page foot of the source (copyright and the like) is printed."""

    measure_numbers: bool | int = True
    """Whether measure numbers stand at the start of each system; a number n puts them at every n-th measure."""

    hidden_staves: frozenset[int] = frozenset()
    """Numbers (from 1) of staves that are left out."""

    hidden_parts: frozenset[str] = frozenset()
    """Ids or names of parts that are left out; `engrave` finds their staves in the score."""

    justify: bool = True
    """Whether systems are stretched to the right margin (a short last one never is)."""

    justify_vertically: bool = True
    """Whether systems and staves are spread over the height of the page (a last page that is far from full is not)."""

    verovio: Mapping[str, object] = field(default_factory=dict)
    """Options of the Verovio engraver by its own names, for everything that has no option here."""

    def __post_init__(self) -> None:
        put = object.__setattr__  # the dataclass is frozen; what was given is brought into one form
        if isinstance(self.margins, int | float):
            put(self, "margins", Margins.all(self.margins))
        put(self, "breaks", _member(Breaks, self.breaks, "breaks"))
        if self.music_font is not None:
            put(self, "music_font", _member(MusicFont, self.music_font, "music font"))
        put(self, "hidden_staves", frozenset(self.hidden_staves))
        put(self, "hidden_parts", frozenset(self.hidden_parts))
        put(self, "verovio", MappingProxyType(dict(self.verovio)))
        _check_range("staff_space", self.staff_space, 0.3, 10, "mm")
        _check_range("note_spacing", self.note_spacing, 0.4, 4, "times the usual")
        _check_range("staff_distance_ss", self.staff_distance_ss, 0, 24, "staff spaces")
        _check_range("system_distance_ss", self.system_distance_ss, 0, 24, "staff spaces")
        if self.measure_numbers is not False and not 1 <= self.measure_numbers <= 64:
            raise SettingsError(
                f"measure_numbers={self.measure_numbers!r} was asked for; give True, False, or a number from 1 to 64."
            )
        if any(not isinstance(n, int) or n < 1 for n in self.hidden_staves):
            raise SettingsError(
                f"hidden_staves={sorted(map(str, self.hidden_staves))} was asked for; staves are numbered 1, 2, ..."
            )
        width, height = self.content_size
        if width < 10 * self.staff_space or height < 5 * self.staff_space:
            raise SettingsError(
                f"Margins of {self.page_margins} leave {width:.1f} x {height:.1f} mm of the page for staves with "
                f"a staff space of {self.staff_space:g} mm. Make the margins or the staves smaller, or the page larger."
            )

    def __reduce__(self) -> tuple[Any, ...]:
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return (_made_of, ({**values, "verovio": dict(self.verovio)},))

    @property
    def music_font_name(self) -> str:
        """Name of the font that symbols are measured with."""
        font = MusicFont.LEIPZIG if self.music_font is None else self.music_font
        return str(getattr(font, "value", font))

    @property
    def page_size(self) -> PageSize:
        """The sheet in mm."""
        return self.page if isinstance(self.page, PageSize) else PageSize.named(self.page)

    @property
    def page_margins(self) -> Margins:
        """The margins in mm."""
        return self.margins if isinstance(self.margins, Margins) else Margins.all(self.margins)

    @property
    def content_size(self) -> tuple[float, float]:
        """Width and height in mm that the margins leave of the sheet; may be negative."""
        size, margins = self.page_size, self.page_margins
        return size.width - margins.left - margins.right, size.height - margins.top - margins.bottom


def _made_of(values: dict[str, Any]) -> LayoutOptions:
    return LayoutOptions(**values)


def _member(kind: type[Breaks] | type[MusicFont], value: str, what: str) -> Enum:
    for member in kind:
        if value == member or (isinstance(value, str) and value.casefold() == member.value.casefold()):
            return member
    raise SettingsError(
        f"There is no {what} {value!r}; known are {', '.join(member.value for member in kind)}."
    )


def _check_range(name: str, value: float, least: float, most: float, unit: str) -> None:
    if not (math.isfinite(value) and least <= value <= most):
        raise SettingsError(
            f"{name}={value!r} was asked for; it must lie between {least:g} and {most:g} {unit}."
        )
