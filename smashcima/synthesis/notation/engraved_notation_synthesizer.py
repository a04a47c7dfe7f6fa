"""Synthesis of a scene from an engraving: pages, then ink for every primitive, then edges."""

from __future__ import annotations

from collections.abc import Mapping

from smashcima.engraving import EngravedPage, Engraving
from smashcima.errors import Issue
from smashcima.randomness import NO_STREAMS, SampleStreams
from smashcima.scene.graph import garbage_collection_paused
from smashcima.scene.semantic import Score
from smashcima.scene.visual import AffineSpace, Page, VisualObject
from smashcima.synthesis.interfaces import (
    CurveSynthesizer,
    GlyphSynthesizer,
    LineSynthesizer,
    MusicNotationSynthesizer,
    PageSynthesizer,
    StafflinesSynthesizer,
    SynthesizedNotation,
    TextSynthesizer,
)
from smashcima.synthesis.notation.ink_flow import InkFlow
from smashcima.synthesis.notation.page_inker import PageInker
from smashcima.synthesis.notation.primitive_inker import PrimitiveInker

PAGE_GAP = 10.0
"""Distance in mm between pages, which are side by side in the space of the scene."""


class EngravedNotationSynthesizer(MusicNotationSynthesizer):
    """Draws every primitive of an engraving at its engraved position, with the synthesizer of its kind.

    May override: `ink_flow` and `finish_page`.
    """

    def __init__(
        self,
        page_synthesizer: PageSynthesizer,
        stafflines_synthesizer: StafflinesSynthesizer,
        glyph_synthesizer: GlyphSynthesizer,
        line_synthesizer: LineSynthesizer,
        curve_synthesizer: CurveSynthesizer,
        text_synthesizer: TextSynthesizer,
        streams: SampleStreams = NO_STREAMS,
    ) -> None:
        """`streams` are the random streams of the services, which are advanced to each page before it is drawn."""
        self.page_synthesizer = page_synthesizer
        self.stafflines_synthesizer = stafflines_synthesizer
        self.glyph_synthesizer = glyph_synthesizer
        self.line_synthesizer = line_synthesizer
        self.curve_synthesizer = curve_synthesizer
        self.text_synthesizer = text_synthesizer
        self.streams = streams

    def synthesize_notation(
        self,
        score: Score,
        engraving: Engraving,
        root_space: AffineSpace,
    ) -> SynthesizedNotation:
        inker = PrimitiveInker(
            self.glyph_synthesizer, self.line_synthesizer, self.curve_synthesizer, self.text_synthesizer
        )
        pages = []
        issues: dict[Issue, None] = {}
        left = 0.0
        with garbage_collection_paused():
            for engraved in engraving.pages:
                self._begin_page(engraved.index)
                page = self.page_synthesizer.synthesize_page(
                    engraved.index, engraved.width, engraved.height, root_space, left
                )
                page_inker = PageInker(score, page, engraved, inker, self.ink_flow())
                page_inker.draw_stafflines(self.stafflines_synthesizer)
                page_inker.draw_primitives(self.text_synthesizer)
                page_inker.finish()
                self.finish_page(page, engraved, page_inker.drawn, score)
                issues.update(dict.fromkeys(page_inker.issues))
                pages.append(page)
                left += engraved.width + PAGE_GAP
        return SynthesizedNotation(tuple(pages), tuple(issues))

    def ink_flow(self) -> InkFlow | None:
        """Hook: the ink of the pen of a new page; `None`, the default, for ink that never runs dry."""
        return None

    def finish_page(
        self,
        page: Page,
        engraved: EngravedPage,
        drawn: Mapping[int, VisualObject],
        score: Score,
    ) -> None:
        """Hook: adds objects to a page that the engraving does not have; does nothing by default.

        `drawn` has the visual objects by the indices of their primitives.
        """

    def _begin_page(self, index: int) -> None:
        """Notifies all synthesizers, so that the page does not depend on previous pages."""
        self.streams.start_page(index)
        for synthesizer in (
            self.page_synthesizer,
            self.stafflines_synthesizer,
            self.glyph_synthesizer,
            self.line_synthesizer,
            self.curve_synthesizer,
            self.text_synthesizer,
        ):
            synthesizer.begin_page(index)
