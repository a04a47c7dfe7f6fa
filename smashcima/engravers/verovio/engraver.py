"""The Verovio implementation of `Engraver`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from smashcima.engravers.verovio.kept_layouts import kept_layout
from smashcima.engravers.verovio.laying_out import lay_out_mei
from smashcima.engravers.verovio.long_scores import LongScore, Run, is_long
from smashcima.engravers.verovio.notehead_shapes import with_known_shapes, with_notehead_shapes
from smashcima.engravers.verovio.page_head import with_page_head
from smashcima.engravers.verovio.parts import staves_of_parts
from smashcima.engravers.verovio.repairs import with_complete_marks
from smashcima.engravers.verovio.run_start import with_page_start
from smashcima.engravers.verovio.score_part import ScorePart
from smashcima.engravers.verovio.stems_at_beams import with_stems_at_beams
from smashcima.engravers.verovio.undrawn import find_undrawn
from smashcima.engravers.verovio.unusual_accidentals import with_drawable_accidentals
from smashcima.engravers.verovio.unusual_positions import with_drawable_positions
from smashcima.engravers.verovio.unusual_signatures import with_drawable_signatures
from smashcima.engravers.verovio.verovio_setup import check_options
from smashcima.engravers.verovio.zero_units import ZeroUnits
from smashcima.engraving.belonging import with_belonging
from smashcima.engraving.engraver import Engraver, joined
from smashcima.engraving.engraving import EngravedPage, Engraving
from smashcima.engraving.layout_cache import LayoutCache
from smashcima.engraving.layout_options import LayoutOptions
from smashcima.errors import EngravingError, Issue
from smashcima.mei import write_mei
from smashcima.memory import return_freed_memory
from smashcima.scene.graph import garbage_collection_paused
from smashcima.scene.semantic import Score


class VerovioEngraver(Engraver):
    """Lays out scores with Verovio: writes MEI, and reads the SVG that Verovio returns.

    Long scores are laid out in runs of some pages. Layouts are kept: another score with the same MEI and the same
    options, such as a copy, has the same layout. Processes that make data sets also keep them on disk (`keep_layouts`).
    """

    def check_options(self, options: LayoutOptions) -> None:
        check_options(options)

    def lay_out(self, score: Score, options: LayoutOptions) -> Engraving:
        return joined(self.lay_out_in_runs(score, options))

    def lay_out_in_runs(self, score: Score, options: LayoutOptions) -> Iterator[Engraving]:
        if not is_long(score, options):
            yield self._lay_out_whole(score, options)
            return
        hidden = _hidden(score, options)
        with garbage_collection_paused():
            music = LongScore(score, options)
            run: Run | None = music.first()
        while run is not None:
            try:
                with garbage_collection_paused():
                    made = self._kept_run(music, run, score, options, hidden)
            except MisplacedRunError:
                yield self._rest_of_whole(music, run, score, options)
                break
            if made.pages:
                yield replace(made, mei=None)
            with garbage_collection_paused():
                run = music.after(run, made)
        return_freed_memory()

    @staticmethod
    def _lay_out_whole(score: Score, options: LayoutOptions) -> Engraving:
        with garbage_collection_paused():
            written = write_mei(score)
            return _layouts.get(
                (written, repr(options)),
                lambda: kept_layout(written, options, lambda: _whole(written, score, options)),
            )

    def _rest_of_whole(self, music: LongScore, run: Run, score: Score, options: LayoutOptions) -> Engraving:
        """The pages from a run on, laid out with the whole score."""
        whole = self._lay_out_whole(score, options)
        pages = whole.pages[run.start.page :]
        first = _first_measure(pages)
        if first is None or music.index_of[first] != run.start.measure:
            raise EngravingError(
                f"Measure {run.start.measure + 1} of the score does not start page {run.start.page + 1}, as the pages "
                "before it require. Lay out the score in parts, such as `score.slice(measures=...)`."
            )
        return replace(whole, pages=pages, mei=None)

    @staticmethod
    def _kept_run(
        music: LongScore, run: Run, score: Score, options: LayoutOptions, hidden: frozenset[int]
    ) -> Engraving:
        written = run.part.mei()
        # What else its pages depend on.
        known_by = f"{written}<!-- {run.start} {run.last} {run.portion} -->"
        return _layouts.get(
            (known_by, repr(options)),
            lambda: kept_layout(known_by, options, lambda: _run(music, run, score, options, hidden)),
        )


class MisplacedRunError(Exception):
    """A run that does not start a page: it would not continue the pages before it."""


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
    laid_out = lay_out_mei(mei, options, options.hidden_staves, known_ids, {})
    issues = (*laid_out.issues, *find_undrawn(laid_out.index.root, laid_out.pages))
    return Engraving(tuple(laid_out.pages), issues, options.music_font_name, staff_scale=laid_out.scale)


def _whole(written: str, score: Score, options: LayoutOptions) -> Engraving:
    """The layout of a score in one piece."""
    mei, found, zero_units = _prepared(written, score, options)
    if options.titles:
        mei = with_page_head(mei, score, options)
    laid_out = lay_out_mei(mei, options, _hidden(score, options), None, zero_units)
    issues = (*found, *laid_out.issues, *find_undrawn(laid_out.index.root, laid_out.pages))
    engraving = Engraving(tuple(laid_out.pages), issues, options.music_font_name, staff_scale=laid_out.scale)
    engraving = with_stems_at_beams(with_notehead_shapes(engraving, score), score)
    return with_belonging(replace(engraving, mei=written), score)


def _run(
    music: LongScore, run: Run, score: Score, options: LayoutOptions, hidden: frozenset[int]
) -> Engraving:
    """The pages of a run that do not depend on what follows."""
    mei, found, zero_units = _prepared(run.part.mei(), run.part, options)
    if options.titles:
        mei = with_page_head(mei, score, options)
    start = run.portion.portion.start
    if start is not None:
        visible = {staff.n for staff in score.staves} - {str(number) for number in hidden}
        mei = with_page_start(mei, start, run.portion.mode, visible, options)
    laid_out = lay_out_mei(mei, options, hidden, None, zero_units, run.portion)
    if start is not None and start != _first_measure(laid_out.pages):
        raise MisplacedRunError
    kept = run.kept(laid_out.pages, music.index_of)
    measures = _measures(laid_out.pages[:kept])
    if found and measures:  # only those of the pages that are kept
        own = music.part(run.start.measure, max(map(music.index_of.__getitem__, measures)))
        _, found, _ = _prepared(mei, own, options)
    issues = (*found, *laid_out.issues, *find_undrawn(laid_out.index.root, laid_out.pages, measures))
    engraving = Engraving(tuple(laid_out.pages), issues, options.music_font_name, staff_scale=laid_out.scale)
    engraving = with_stems_at_beams(with_notehead_shapes(engraving, run.part), run.part)
    return with_belonging(engraving, score, kept, run.start.open_marks)


def _prepared(
    mei: str, music: Score | ScorePart, options: LayoutOptions
) -> tuple[str, list[Issue], ZeroUnits]:
    """The MEI of a score or a part of it with all that Verovio would not draw, or draw wrongly, in another form."""
    mei, issues = with_complete_marks(mei, music)
    signatures = with_drawable_signatures(mei, music)
    mei, unplaced = with_drawable_positions(signatures.mei, music)
    mei, replaced = with_drawable_accidentals(mei, music, options.music_font_name)
    mei = with_known_shapes(mei, music, options.music_font_name)
    return mei, [*issues, *signatures.issues, *unplaced, *replaced], signatures.zero_units


def _first_measure(pages: Sequence[EngravedPage]) -> str | None:
    """Id of the first measure on pages."""
    return next((m.element for page in pages for system in page.systems for m in system.measures), None)


def _measures(pages: Sequence[EngravedPage]) -> set[str]:
    """Ids of the measures on pages."""
    return {measure.element for page in pages for system in page.systems for measure in system.measures}


def _hidden(score: Score, options: LayoutOptions) -> frozenset[int]:
    """Numbers of the staves that are not laid out."""
    return options.hidden_staves | staves_of_parts(score, options.hidden_parts) | _hidden_in(score)


def _hidden_in(score: Score) -> frozenset[int]:
    """Numbers of the staves that the score hides, for which Verovio would leave room; none if it hides all."""
    gone = frozenset(int(staff.n) for staff in score.staves if staff.is_hidden and staff.n.isdecimal())
    return gone if len(gone) < len(score.staves) else frozenset()
