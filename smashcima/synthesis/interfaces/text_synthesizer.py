"""The interface of synthesizers of text: lyrics, tempi, titles, fingerings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from smashcima.engraving import TextRun
from smashcima.geometry import Point, Transform
from smashcima.scene.visual import AffineSpace, Glyph
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.synthesis.interfaces.page_start import StartsPages
from smashcima.synthesis.interfaces.placing import place_glyph, unsupported


class TextSynthesizer(StartsPages, ABC):
    """Draws text by label.

    - **Must override** `supports_label` and `create_glyph`.
    - **May override** `missing_characters`, to report characters it cannot draw; `natural_width`, if letters are not as wide
      as in print; `prepare_texts`, if preparing many texts together is faster; `music_symbols`, if another synthesizer draws
      those of a text; and `begin_page`, if the synthesizer precomputes ink.
    - **Don't override** `synthesize_text`: it checks the label, calls the hook and places the glyph.
    """

    @abstractmethod
    def supports_label(self, label: LabelLike) -> bool:
        """Whether `create_glyph` draws text with this label, given as text or enum member."""

    @abstractmethod
    def create_glyph(self, label: str, runs: Sequence[TextRun]) -> Glyph:
        """Hook: a new glyph, in mm, in a new space without a parent.

        The origins of the runs are in the space of the glyph; that of the first run is (0, 0). Words should be as wide
        as in the text font, since the engraver reserved that width.
        """

    def prepare_texts(self, texts: Iterable[tuple[Label, Sequence[TextRun]]]) -> None:
        """Hook: announces texts that the current writer will write, as their labels and runs.

        They need not be written in the end. The hook must not draw random numbers, so that texts look the same whether
        they were announced or not. Does nothing by default.
        """

    def music_symbols(self, runs: Sequence[TextRun]) -> Sequence[Label]:
        """Hook: the labels of the music symbols of a text that a `GlyphSynthesizer` will draw; none by default.

        They are announced to it together with those of the music.
        """
        return ()

    def natural_width(self, label: LabelLike, runs: Sequence[TextRun]) -> float | None:
        """Hook: the width in mm in which the current writer would write runs with one origin; `None`, the default, if it is
        that of the text font.

        Lyrics get this width where there is room for it. The hook must not draw random numbers.
        """
        return None

    def missing_characters(self, run: TextRun) -> Sequence[str]:
        """Characters of a run that are left out or replaced; each becomes an issue."""
        return ()

    def synthesize_text(self, label: LabelLike, parent_space: AffineSpace, runs: Sequence[TextRun]) -> Glyph:
        """Returns a new glyph of text; the origins of `runs` are in `parent_space`.

        Raises an `UnsupportedLabelError` if the label is not supported.
        """
        label = Label.of(label)
        if not self.supports_label(label):
            raise unsupported(self, label)
        first = next((run.origin for run in runs if run.origin is not None), Point(0.0, 0.0))
        back = -first.vector
        moved = [run if run.origin is None else run.at(run.origin + back) for run in runs]
        glyph = self.create_glyph(label, moved)
        place_glyph(glyph, parent_space, Transform.translate(first.vector), self)
        return glyph
