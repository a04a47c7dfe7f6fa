"""Conversion of layout options to Verovio options, and of Verovio's coordinates to millimetres.

Verovio's coordinates are in hundredths of its page unit; its fonts, lines and distances are multiples of `unit`, half a
staff space. `unit` is limited to 4.5 to 12, so it stays at its default of 9, and smaller staves are obtained by a
larger page instead: a staff space of s mm corresponds to a page unit of s/18 mm. Verovio lays out a page that consists
only of the area inside the margins, which this module adds, so that lengths are exact regardless of Verovio's rounding.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from smashcima.engraving.layout_options import Breaks, LayoutOptions
from smashcima.errors import SettingsError

_UNIT = 9.0
_UNITS_PER_STAFF_SPACE = 2 * _UNIT
_SVG_UNITS_PER_PAGE_UNIT = 10
_LARGEST_PAGE = (100_000, 60_000)
_SMALLEST_PAGE = 100
_QUARTER_NOTE = 256
"""Duration of a quarter note in the unit that Verovio raises to its exponent of spacing."""

_USUAL_EXPONENT = 0.6
_LARGEST_LINEAR = 1.0
_WHOLE_NOTE = 4 * _QUARTER_NOTE
_SPACE_SS = 35.0 / math.pow(_WHOLE_NOTE, _USUAL_EXPONENT)
"""Room of a note of the duration 1, in staff spaces, if Verovio's `spacingLinear` is 1."""

SVG_UNITS_PER_STAFF_SPACE = _UNITS_PER_STAFF_SPACE * _SVG_UNITS_PER_PAGE_UNIT
"""SVG units per staff space of a full-size staff."""


_MANAGED = frozenset(
    {
        "adjustPageHeight",
        "adjustPageWidth",
        "allPages",
        "breaks",
        "expand",
        "expandAlways",
        "expandNever",
        "font",
        "footer",
        "fontAddCustom",
        "header",
        "inputFrom",
        "landscape",
        "mmOutput",
        "mnumInterval",
        "noJustification",
        "outfile",
        "outputTo",
        "page",
        "pageHeight",
        "pageMarginBottom",
        "pageMarginLeft",
        "pageMarginRight",
        "pageMarginTop",
        "pageWidth",
        "removeIds",
        "resourcePath",
        "scale",
        "scaleToPageSize",
        "shrinkToFit",
        "smuflTextFont",
        "svgAdditionalAttribute",
        "svgBoundingBoxes",
        "svgContentBoundingBoxes",
        "svgCss",
        "svgFormatRaw",
        "svgHtml5",
        "svgRemoveXlink",
        "svgViewBox",
        "unit",
        "xmlIdChecksum",
        "xmlIdSeed",
    }
)
"""Verovio options that are derived from layout options, or that would change the format of its output."""


def check_options(options: LayoutOptions) -> None:
    """Raises `SettingsError` for Verovio options that are derived from layout options."""
    managed = sorted(_MANAGED & options.verovio.keys())
    if managed:
        raise SettingsError(
            f"The Verovio options {', '.join(managed)} are derived from layout options and cannot be set. "
            f"Use page, margins, staff_space, breaks, music_font, titles and so on."
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """Conversion of SVG units to mm on the page: mm = origin + SVG units * mm_per_unit."""

    mm_per_unit: float
    left: float
    """x of the SVG's origin on the page, in mm."""
    top: float
    """y of the SVG's origin on the page, in mm."""

    @property
    def staff_space(self) -> float:
        """Staff space of a full-size staff, in mm."""
        return self.mm_per_unit * SVG_UNITS_PER_STAFF_SPACE


@dataclass(frozen=True, slots=True)
class Setup:
    """Verovio options, and the scale of its output."""

    options: dict[str, object]
    scale: Scale


def spacing_exponent(options: LayoutOptions) -> float:
    """Verovio's `spacingNonLinear`, the power of durations to which the room of notes is proportional."""
    return round(math.log2(options.note_spacing_ratio), 6)


def spacing_linear(options: LayoutOptions) -> float:
    """Verovio's `spacingLinear`, by which note spacing is multiplied; for quarter notes of one size with any exponent."""
    of_quarters = math.pow(_QUARTER_NOTE, _USUAL_EXPONENT - spacing_exponent(options))
    return min(0.25 * options.note_spacing * of_quarters, _LARGEST_LINEAR)


def whole_note_ss(options: LayoutOptions) -> float:
    """The least room of a whole note, in staff spaces (measured; 2.2 % less)."""
    return _SPACE_SS * math.pow(_WHOLE_NOTE, spacing_exponent(options)) * spacing_linear(options)


def set_up(options: LayoutOptions, verovio_breaks: str, staff_scale: float, justify: bool = True) -> Setup:
    """Options for one run of Verovio.

    `verovio_breaks` is Verovio's value of `breaks`; `staff_scale` scales all staves down from the requested size.
    """
    staff_space = options.staff_space * staff_scale
    mm_per_page_unit = staff_space / _UNITS_PER_STAFF_SPACE
    width, height = options.content_size
    page = {}
    for name, side, largest in (
        ("pageWidth", width, _LARGEST_PAGE[0]),
        ("pageHeight", height, _LARGEST_PAGE[1]),
    ):
        units = int(side / mm_per_page_unit)
        if units < _SMALLEST_PAGE:
            raise SettingsError(
                f"The page has only {side:.1f} mm inside its margins, which is too little for a staff space of "
                f"{staff_space:g} mm. Make the page larger or the staves smaller."
            )
        page[name] = min(units, largest)
    numbers = options.measure_numbers
    return Setup(
        {
            # By default, Verovio hides empty staves of every score with several groups; here only if the source says so.
            "condense": "encoded",
            "footer": "encoded" if options.page_foot else "none",
            "header": "auto" if options.titles else "none",
            # Extra space is added between systems rather than between staves, and least inside a grand staff.
            "justificationSystem": 3.0,
            "justificationStaff": 1.0,
            "justificationBracketGroup": 1.0,
            "justificationBraceGroup": 0.75,
            "justifyVertically": options.justify_vertically,
            "spacingLinear": spacing_linear(options),
            "spacingNonLinear": spacing_exponent(options),
            "spacingStaff": round(2 * options.staff_distance_ss),
            "spacingBraceGroup": round(2 * options.staff_distance_ss),
            "spacingBracketGroup": round(2 * options.staff_distance_ss),
            "spacingSystem": round(2 * options.system_distance_ss),
            **options.verovio,
            **page,
            "adjustPageHeight": options.breaks is Breaks.NONE,
            "adjustPageWidth": options.breaks is Breaks.NONE,
            "breaks": verovio_breaks,
            "expandNever": True,
            "font": options.music_font_name,
            "mnumInterval": 0 if isinstance(numbers, bool) else numbers,
            "noJustification": not (options.justify and justify),
            "pageMarginBottom": 0,
            "pageMarginLeft": 0,
            "pageMarginRight": 0,
            "pageMarginTop": 0,
            "smuflTextFont": "none",
            "svgFormatRaw": True,
            "svgRemoveXlink": True,
            "unit": _UNIT,
        },
        Scale(
            mm_per_page_unit / _SVG_UNITS_PER_PAGE_UNIT, options.page_margins.left, options.page_margins.top
        ),
    )
