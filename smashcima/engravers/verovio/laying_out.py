"""From prepared MEI to pages: layout, reading, and what follows from the layout alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from smashcima.engravers.verovio.fitting import render_to_fit, verovio_breaks
from smashcima.engravers.verovio.hidden import without_hidden
from smashcima.engravers.verovio.mei_edits import (
    source_breaks,
    without_absurd_spacing,
    without_measure_numbers,
    without_staves,
)
from smashcima.engravers.verovio.mei_index import MeiIndex, Portion, index_mei
from smashcima.engravers.verovio.pedal_signs import part_pedal_signs
from smashcima.engravers.verovio.toolkit import log_to_issues
from smashcima.engravers.verovio.zero_units import ZeroUnits, with_zero_units
from smashcima.engraving import Primitive, PrimitiveKind, Text
from smashcima.engraving.engraving import EngravedPage
from smashcima.engraving.keeping_inside import keep_inside
from smashcima.engraving.layout_options import Breaks, LayoutOptions
from smashcima.engraving.page_content import PageExtent
from smashcima.errors import Issue


@dataclass(frozen=True, slots=True)
class PortionOfScore:
    """A part of a score that is laid out as if the rest were there."""

    portion: Portion
    mode: str
    """How the whole score is broken (`verovio_breaks`)."""
    most: float = 1.0
    """Largest scale of the staves."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Pages without relations, and the issues that were found."""

    pages: list[EngravedPage]
    issues: list[Issue]
    index: MeiIndex
    scale: float
    """Scale of the staves; 1 for the requested size."""


def lay_out_mei(
    mei: str,
    options: LayoutOptions,
    hidden: frozenset[int],
    known_ids: Collection[str] | None,
    zero_units: ZeroUnits,
    part: PortionOfScore | None = None,
) -> LaidOut:
    """Lays out MEI without the hidden staves.

    `known_ids` are the ids that primitives may reference as their element; by default all ids of the MEI.
    """
    if hidden:
        mei = without_staves(mei, hidden)
    mei, hidden_with_notes = without_hidden(mei)
    if options.measure_numbers is False:
        mei = without_measure_numbers(mei)
    mei, respaced = without_absurd_spacing(mei)
    index = index_mei(mei)
    first = 0
    if part is not None:
        index.portion, first = part.portion, part.portion.page
    known_ids = index.ids if known_ids is None else known_ids
    mode = verovio_breaks(source_breaks(mei), options) if part is None else part.mode
    most = 1.0 if part is None else part.most
    fitted = render_to_fit(mei, options, index, known_ids, mode, most)
    rendering = fitted.rendering
    issues: list[Issue] = [
        *hidden_with_notes,
        *respaced,
        *log_to_issues(list(rendering.log)),
        *rendering.issues,
        *fitted.issues,
    ]
    size = options.page_size
    width, height = size.width, size.height
    if options.breaks is Breaks.NONE:
        width, height = _sheet_around(rendering.extents, options)
    pages = []
    for number, (page, extent) in enumerate(zip(rendering.pages, rendering.extents, strict=True), first):
        page = replace(page, primitives=part_pedal_signs(page.primitives))
        if options.breaks is not Breaks.NONE:
            page, moved = keep_inside(page, extent, options, number + 1)
            issues.extend(moved)
        primitives = with_zero_units(page.primitives, zero_units) if zero_units else page.primitives
        if rendering.number_of_first != first + 1:
            printed = rendering.number_of_first + number - first
            primitives = [_with_page_number(each, str(printed), str(number + 1)) for each in primitives]
        pages.append(EngravedPage(number, width, height, page.systems, tuple(primitives)))
    return LaidOut(pages, issues, index, fitted.size)


def _with_page_number(primitive: Primitive, printed: str, wanted: str) -> Primitive:
    """A primitive; if it is a page number, with another one."""
    if not isinstance(primitive, Text) or primitive.kind is not PrimitiveKind.TITLE:
        return primitive
    runs = tuple(replace(run, text=wanted) if run.text == printed else run for run in primitive.runs)
    return replace(primitive, runs=runs)


def _sheet_around(extents: tuple[PageExtent, ...], options: LayoutOptions) -> tuple[float, float]:
    """Size of a sheet that holds a score without breaks."""
    margins = options.page_margins
    right = max((extent.right for extent in extents), default=0.0)
    bottom = max((extent.bottom for extent in extents), default=0.0)
    return right + margins.right, bottom + margins.bottom
