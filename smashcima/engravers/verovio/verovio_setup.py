"""How the options of a layout become options of Verovio, and its numbers become millimetres.

Verovio measures in hundredths of its page unit, and its fonts, lines and distances in multiples of `unit`, half a
staff space. `unit` may lie between 4.5 and 12 only, so it stays at its default of 9, and it is the page that gets
larger when staves are to be smaller: a staff space of s mm makes a page unit of s/18 mm. Margins are left to us:
Verovio fills a page that is just the space inside them, so that lengths stay exact whatever it rounds.
"""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.engraving.layout_options import Breaks, LayoutOptions
from smashcima.errors import SettingsError

_UNIT = 9.0
_UNITS_PER_STAFF_SPACE = 2 * _UNIT
_SVG_UNITS_PER_PAGE_UNIT = 10
_LARGEST_PAGE = (100_000, 60_000)
_SMALLEST_PAGE = 100

SVG_UNITS_PER_STAFF_SPACE = _UNITS_PER_STAFF_SPACE * _SVG_UNITS_PER_PAGE_UNIT
"""Units of the SVG in a staff space of a staff of full size."""


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
"""Options of Verovio that follow from ours, or that would change the form of what it returns."""


def check_options(options: LayoutOptions) -> None:
    """Refuses options of Verovio that follow from others, with a `SettingsError`."""
    managed = sorted(_MANAGED & options.verovio.keys())
    if managed:
        raise SettingsError(
            f"The Verovio options {', '.join(managed)} follow from other options here; "
            f"use page, margins, staff_space, breaks, music_font, titles and so on."
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """Places what Verovio drew on the sheet: mm = origin + units of the SVG * mm_per_unit."""

    mm_per_unit: float
    left: float
    """Where x = 0 of the SVG lies on the sheet, in mm."""
    top: float
    """Where y = 0 of the SVG lies on the sheet, in mm."""

    @property
    def staff_space(self) -> float:
        """Staff space of a staff of full size in mm."""
        return self.mm_per_unit * SVG_UNITS_PER_STAFF_SPACE


@dataclass(frozen=True, slots=True)
class Setup:
    """Options for Verovio, with the scale of what it will return."""

    options: dict[str, object]
    scale: Scale


def set_up(options: LayoutOptions, verovio_breaks: str, staff_scale: float, justify: bool = True) -> Setup:
    """Options for one run of Verovio.

    `verovio_breaks` is its own word for where lines end; `staff_scale` makes all staves smaller than asked for.
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
                f"{side:.1f} mm of the page are too little for a staff space of {staff_space:g} mm; "
                f"make the page larger or the staves smaller."
            )
        page[name] = min(units, largest)
    numbers = options.measure_numbers
    return Setup(
        {
            # By itself, Verovio hides empty staves of every score with several groups; here the source has to ask.
            "condense": "encoded",
            "footer": "encoded" if options.page_foot else "none",
            "header": "auto" if options.titles else "none",
            # White space goes between systems rather than between their staves, least of all inside a grand staff.
            "justificationSystem": 3.0,
            "justificationStaff": 1.0,
            "justificationBracketGroup": 1.0,
            "justificationBraceGroup": 0.75,
            "justifyVertically": options.justify_vertically,
            "spacingLinear": min(0.25 * options.note_spacing, 1.0),
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
