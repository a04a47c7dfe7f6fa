"""The interface behind which words are drawn: lyrics, tempi, titles, fingerings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import replace

from smashcima.engraving import TextRun
from smashcima.geometry import Point, Transform
from smashcima.scene.visual import AffineSpace, Glyph
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.synthesis.interfaces.page_start import StartsPages
from smashcima.synthesis.interfaces.placing import place_glyph, unsupported


class TextSynthesizer(StartsPages, ABC):
    """Draws words by label.

    - **Must override** `supports_label` and `create_glyph`.
    - **May override** `missing_characters`, to tell what it cannot draw, and `begin_page`, if ink is drawn ahead.
    - **Don't override** `synthesize_text`: it checks the label, calls the hook and places what it made.
    """

    @abstractmethod
    def supports_label(self, label: LabelLike) -> bool:
        """Whether `create_glyph` draws words of this label, given as text or enum member."""

    @abstractmethod
    def create_glyph(self, label: str, runs: Sequence[TextRun]) -> Glyph:
        """Hook: a new glyph, in mm, in a new space without a parent.

        The runs' origins are in the space of the glyph, where the first run has the origin (0, 0). Words
        should keep to the width that they have in the text font, for which the engraver made room.
        """

    def missing_characters(self, run: TextRun) -> Sequence[str]:
        """Those characters of a run that are not drawn as they are; they become issues."""
        return ()

    def synthesize_text(self, label: LabelLike, parent_space: AffineSpace, runs: Sequence[TextRun]) -> Glyph:
        """Words whose runs have their origins in `parent_space`.

        An `UnsupportedLabelError` is raised for a label that is not supported.
        """
        label = Label.of(label)
        if not self.supports_label(label):
            raise unsupported(self, label)
        first = next((run.origin for run in runs if run.origin is not None), Point(0.0, 0.0))
        moved = [
            run if run.origin is None else replace(run, origin=run.origin + -first.vector) for run in runs
        ]
        glyph = self.create_glyph(label, moved)
        place_glyph(glyph, parent_space, Transform.translate(first.vector), self)
        return glyph
