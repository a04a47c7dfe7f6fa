"""The Verovio implementation of `Engraver`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from smashcima.engravers.verovio.fitting import render_to_fit
from smashcima.engravers.verovio.hidden import without_hidden
from smashcima.engravers.verovio.kept_layouts import kept_layout
from smashcima.engravers.verovio.mei_edits import (
    without_absurd_spacing,
    without_measure_numbers,
    without_staves,
)
from smashcima.engravers.verovio.mei_index import index_mei
from smashcima.engravers.verovio.notehead_shapes import with_known_shapes, with_notehead_shapes
from smashcima.engravers.verovio.page_head import with_page_head
from smashcima.engravers.verovio.parts import staves_of_parts
from smashcima.engravers.verovio.pedal_signs import part_pedal_signs
from smashcima.engravers.verovio.repairs import with_complete_marks
from smashcima.engravers.verovio.stems_at_beams import with_stems_at_beams
from smashcima.engravers.verovio.toolkit import log_to_issues
from smashcima.engravers.verovio.undrawn import find_undrawn
from smashcima.engravers.verovio.unusual_accidentals import with_drawable_accidentals
from smashcima.engravers.verovio.unusual_positions import with_drawable_positions
from smashcima.engravers.verovio.unusual_signatures import with_drawable_signatures
from smashcima.engravers.verovio.verovio_setup import check_options
from smashcima.engravers.verovio.zero_units import ZeroUnits, with_zero_units
from smashcima.engraving.belonging import with_belonging
from smashcima.engraving.engraver import Engraver
from smashcima.engraving.engraving import EngravedPage, Engraving
from smashcima.engraving.keeping_inside import keep_inside
from smashcima.engraving.layout_cache import LayoutCache
from smashcima.engraving.layout_options import Breaks, LayoutOptions
from smashcima.engraving.page_content import PageExtent
from smashcima.errors import Issue
from smashcima.mei import write_mei
from smashcima.memory import return_freed_memory
from smashcima.scene.graph import garbage_collection_paused
from smashcima.scene.semantic import Score


class VerovioEngraver(Engraver):
    """Lays out scores with Verovio: writes MEI, and reads the SVG that Verovio returns.

    Layouts are kept: another score with the same MEI and the same options, such as a copy, has the same layout. Processes
    that make data sets also keep them on disk (`keep_layouts`).
    """

    def check_options(self, options: LayoutOptions) -> None:
        check_options(options)

    def lay_out(self, score: Score, options: LayoutOptions) -> Engraving:
        with garbage_collection_paused():
            written = write_mei(score)
            return _layouts.get(
                (written, repr(options)),
                lambda: kept_layout(written, options, lambda: self._lay_out(written, score, options)),
            )

    @staticmethod
    def _lay_out(written: str, score: Score, options: LayoutOptions) -> Engraving:
        hidden = options.hidden_staves | staves_of_parts(score, options.hidden_parts) | _hidden_in(score)
        mei, issues = with_complete_marks(written, score)
        signatures = with_drawable_signatures(mei, score)
        mei, unplaced = with_drawable_positions(signatures.mei, score)
        mei, replaced = with_drawable_accidentals(mei, score, options.music_font_name)
        mei = with_known_shapes(mei, score, options.music_font_name)
        if options.titles:
            mei = with_page_head(mei, score, options)
        found = [*issues, *signatures.issues, *unplaced, *replaced]
        engraving = _engrave(mei, options, hidden, None, found, signatures.zero_units)
        engraving = with_stems_at_beams(with_notehead_shapes(engraving, score), score)
        engraving = with_belonging(replace(engraving, mei=written), score)
        if len(engraving.pages) >= _MANY_PAGES:
            return_freed_memory()
        return engraving


_MANY_PAGES = 30
"""Pages of a layout from which the memory that Verovio has freed, 2 MB a page, is returned."""

_layouts = LayoutCache()
"""Shared by all models of the process."""


def engrave(score: Score, options: LayoutOptions | None = None) -> Engraving:
    """Lays out a score with Verovio: `VerovioEngraver().engrave`."""
    return VerovioEngraver().engrave(score, options)


def engrave_mei(
    mei: str, options: LayoutOptions | None = None, *, known_ids: Collection[str] | None = None
) -> Engraving:
    """Lays out MEI written by this library (other MEI must first pass through the import worker).

    Without a score, the engraving has no information on which objects belong together. `known_ids` are the ids that
    primitives may reference as their element; by default all ids of the MEI.
    """
    options = options or LayoutOptions()
    check_options(options)
    return _engrave(mei, options, options.hidden_staves, known_ids, [], {})


def _engrave(
    mei: str,
    options: LayoutOptions,
    hidden: frozenset[int],
    known_ids: Collection[str] | None,
    found: list[Issue],
    zero_units: ZeroUnits,
) -> Engraving:
    if hidden:
        mei = without_staves(mei, hidden)
    mei, hidden_with_notes = without_hidden(mei)
    if options.measure_numbers is False:
        mei = without_measure_numbers(mei)
    mei, respaced = without_absurd_spacing(mei)
    index = index_mei(mei)
    fitted = render_to_fit(mei, options, index, index.ids if known_ids is None else known_ids)
    rendering = fitted.rendering
    issues: list[Issue] = [
        *found,
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
    for number, (page, extent) in enumerate(zip(rendering.pages, rendering.extents, strict=True)):
        page = replace(page, primitives=part_pedal_signs(page.primitives))
        if options.breaks is not Breaks.NONE:
            page, moved = keep_inside(page, extent, options, number + 1)
            issues.extend(moved)
        primitives = with_zero_units(page.primitives, zero_units) if zero_units else page.primitives
        pages.append(EngravedPage(number, width, height, page.systems, tuple(primitives)))
    issues.extend(find_undrawn(index.root, pages))
    return Engraving(tuple(pages), tuple(issues), options.music_font_name)


def _hidden_in(score: Score) -> frozenset[int]:
    """Numbers of the staves that the score hides, for which Verovio would leave room; none if it hides all."""
    gone = frozenset(int(staff.n) for staff in score.staves if staff.is_hidden and staff.n.isdecimal())
    return gone if len(gone) < len(score.staves) else frozenset()


def _sheet_around(extents: tuple[PageExtent, ...], options: LayoutOptions) -> tuple[float, float]:
    """Size of a sheet that holds a score without breaks."""
    margins = options.page_margins
    right = max((extent.right for extent in extents), default=0.0)
    bottom = max((extent.bottom for extent in extents), default=0.0)
    return right + margins.right, bottom + margins.bottom
