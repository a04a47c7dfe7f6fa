"""Notation as scribes of a time and a tool wrote it: with a dip pen, and with their marks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from smashcima.engraving import EngravedPage
from smashcima.randomness import NO_STREAMS, SampleStreams
from smashcima.scene.semantic import Score
from smashcima.scene.visual import Page, VisualObject
from smashcima.synthesis.interfaces import (
    CurveSynthesizer,
    GlyphSynthesizer,
    LineSynthesizer,
    PageSynthesizer,
    StafflinesSynthesizer,
    TextSynthesizer,
)
from smashcima.synthesis.notation.engraved_notation_synthesizer import EngravedNotationSynthesizer
from smashcima.synthesis.notation.ink_flow import InkFlow
from smashcima.synthesis.notation.scribal_marks import ScribalMarks
from smashcima.synthesis.pen import PenWriterDomain


class ScribalNotationSynthesizer(EngravedNotationSynthesizer):
    """Draws notation with the ink and the marks of the writer's `Scribe`; as its base class for writers without one."""

    def __init__(
        self,
        page_synthesizer: PageSynthesizer,
        stafflines_synthesizer: StafflinesSynthesizer,
        glyph_synthesizer: GlyphSynthesizer,
        line_synthesizer: LineSynthesizer,
        curve_synthesizer: CurveSynthesizer,
        text_synthesizer: TextSynthesizer,
        writers: PenWriterDomain,
        rng: np.random.Generator,
        streams: SampleStreams = NO_STREAMS,
    ) -> None:
        """`writers` is the style domain of writers; `rng` draws the dips of the pen and the marks."""
        super().__init__(
            page_synthesizer,
            stafflines_synthesizer,
            glyph_synthesizer,
            line_synthesizer,
            curve_synthesizer,
            text_synthesizer,
            streams,
        )
        self._writers = writers
        self._rng = rng

    def ink_flow(self) -> InkFlow | None:
        scribe = self._writers.writer.scribe
        return None if scribe is None else InkFlow(scribe, self._rng)

    def finish_page(
        self,
        page: Page,
        engraved: EngravedPage,
        drawn: Mapping[int, VisualObject],
        score: Score,
    ) -> None:
        writer = self._writers.writer
        if writer.scribe is None:
            return
        marks = ScribalMarks(page, engraved, drawn, self._writers.pen, writer, self._rng)
        marks.add_custodes()
        marks.add_custodes_to_next_page(score)
        marks.add_cancellations()
        marks.add_erasures()
        marks.add_blots()
        if _is_last(engraved, score):
            marks.add_empty_staves(self.stafflines_synthesizer)
        else:
            marks.add_turn_mark(self.text_synthesizer)


def _is_last(page: EngravedPage, score: Score) -> bool:
    """Whether the music ends on a page; known even if only some pages are drawn."""
    measures = [measure for system in page.systems for measure in system.measures]
    return not measures or score.by_id(measures[-1].element) is score.measures[-1]
