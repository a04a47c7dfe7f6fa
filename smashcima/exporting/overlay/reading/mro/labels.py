"""Reading of an MRO file, and the mapping of its positions to an image.

The format states the staff space of a page in pixels, and the size of the recognised image. It also has an angle and two
offsets "for mapping between output and input coordinates", whose units and directions are not documented. So positions
are scaled only, from the top left corner of the image; an `MroView` can shift and turn them, and be fitted to the staff
lines of the image.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath, PureWindowsPath

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, Issue, SourceError
from smashcima.exporting.overlay.overlay_marks import Marks
from smashcima.exporting.overlay.reading.mark_list import MarkList
from smashcima.exporting.overlay.reading.mro.fitting import fit_view
from smashcima.exporting.overlay.reading.mro.page_shapes import page_shapes
from smashcima.exporting.overlay.reading.mro.placing import MroView, placed
from smashcima.notations.mro import MroDocument, MroPage, parse_mro

_BEGINNING = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:\S+\s+)?(?:fileheader|score)\s*\{")

_SAME_PROPORTIONS = 0.02
"""Largest relative difference between the proportions of two sizes of the same image."""

_OUTSIDE_SS = 2.0
"""Staves may reach beyond the image by this many staff spaces: their ends are rounded and guessed."""


def looks_like_mro(data: bytes) -> bool:
    """Whether a file begins like an MRO file."""
    return _BEGINNING.match(data) is not None


def read_mro(
    data: bytes,
    name: str,
    width: int,
    height: int,
    image_name: str,
    view: MroView,
    picture: NDArray[np.uint8] | None,
) -> tuple[Marks, tuple[Issue, ...], MroView]:
    """Returns the objects of a page as marks on an image of `width` × `height` px, issues, and the place of the page.

    With a picture, the place is fitted to it. Raises an `ExportError` if the file is not MRO, or does not belong to the
    image.
    """
    try:
        document, issues = parse_mro(data)
    except SourceError as error:
        raise ExportError(f"{name}: {error}") from error
    page = _page(document, name, image_name, view.page)
    scale = view.scale if view.scale is not None else _scale(document, page, name, width, height, image_name)
    if picture is not None:
        view = fit_view(picture, page, view, scale)
        scale = view.scale or scale
    found = MarkList()
    for label, ring in page_shapes(page):
        found.add(label, None, (placed(ring, view, scale, (width, height)),))
    marks = found.marks()
    _check_place(marks, name, width, height, image_name, scale)
    if picture is None:
        issues = [*issues, *_unused(page, name, view)]
    return marks, tuple(issues), replace(view, scale=scale)


def _page(document: MroDocument, name: str, image_name: str, number: int | None) -> MroPage:
    pages = document.score.pages
    if not pages:
        raise ExportError(f"{name} has no pages.")
    if number is not None:
        if not 1 <= number <= len(pages):
            raise ExportError(f"There is no page {number} in {name}; it has {len(pages)}.")
        return pages[number - 1]
    if len(pages) == 1:
        return pages[0]
    stem = PurePosixPath(image_name).stem.lower()
    of_image = [page for page in pages if PureWindowsPath(page.image_path).stem.lower() == stem]
    if len(of_image) != 1:
        raise ExportError(
            f"{name} has {len(pages)} pages, and {len(of_image)} of them are of an image {stem}. Choose one: --page N, or MroView(page=N)."
        )
    return of_image[0]


def _scale(
    document: MroDocument, page: MroPage, name: str, width: int, height: int, image_name: str
) -> float:
    """Pixels per unit: as stated for the recognised image, times the size of this image relative to that one."""
    size = page.image_width_px, page.image_height_px
    units = document.score.units_per_staff_space
    if min(size) > 0:
        if abs(width * size[1] / (height * size[0]) - 1) > _SAME_PROPORTIONS:
            raise ExportError(
                f"{name} is of an image of {size[0]} x {size[1]} px, but {image_name} has {width} x {height} px, which is "
                "no scaled copy of it. Set the scale in pixels per unit (--scale) to draw it nevertheless."
            )
        factor = width / size[0]
    else:
        factor = 1.0
    if page.staff_space_px_1024 > 0 and units > 0:
        return factor * page.staff_space_px_1024 / 1024 / units
    if page.width_units > 0:
        return width / page.width_units
    raise ExportError(
        f"{name} states neither the staff space in pixels nor the width of the page. Set the scale in pixels per unit (--scale)."
    )


def _check_place(marks: Marks, name: str, width: int, height: int, image_name: str, scale: float) -> None:
    staves = marks.boxes[[index for index, label in enumerate(marks.names) if label == "staff"]]
    if not len(staves):
        return
    beyond = _OUTSIDE_SS * 16 * scale
    low, high = staves[:, :2].min(axis=0), staves[:, 2:].max(axis=0)
    if (low < -beyond).any() or (high > np.array((width, height)) + beyond).any():
        raise ExportError(
            f"The staves of {name} reach from ({low[0]:.0f}, {low[1]:.0f}) to ({high[0]:.0f}, {high[1]:.0f}) px, which is "
            f"outside of the image {image_name} of {width} x {height} px. Is it another page? Otherwise set scale and "
            "offset (--scale, --offset)."
        )


def _unused(page: MroPage, name: str, view: MroView) -> list[Issue]:
    """An issue for the undocumented parts of the mapping."""
    stated = {
        "skewangle": page.skew_angle,
        "rowoffset": page.row_offset,
        "coloffset": page.column_offset,
    }
    values = ", ".join(f"{slot} {value}" for slot, value in stated.items() if value)
    if not values or view.is_moved:
        return []
    return [
        Issue(
            name,
            "mapping",
            f"{values} not applied: the meaning is not documented; --fit, or --offset and --skew, move the page",
        )
    ]
