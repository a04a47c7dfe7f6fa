"""The interface of synthesizers that turn an engraved score into pages of visual objects."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from smashcima._moved import FormerAttributes
from smashcima.engraving import Engraving
from smashcima.errors import Issue
from smashcima.scene.semantic import Score
from smashcima.scene.visual import AffineSpace, Page
from smashcima.short_repr import ShortRepr


@dataclass(frozen=True)
class SynthesizedNotation:
    """The result of a notation synthesizer."""

    pages: tuple[Page, ...]
    """Pages in reading order; edges lead from everything drawn to its page."""

    issues: tuple[Issue, ...]
    """Elements that were not drawn, or drawn differently."""


class MusicNotationSynthesizer(FormerAttributes, ShortRepr, ABC):
    """Draws an engraved score.

    - **Must override** `synthesize_notation`. Before each page it calls `start_page` of the `SampleStreams` that its
      constructor receives, and `begin_page` of every synthesizer that it uses.
    """

    @abstractmethod
    def synthesize_notation(
        self,
        score: Score,
        engraving: Engraving,
        root_space: AffineSpace,
    ) -> SynthesizedNotation:
        """Returns pages in `root_space` with a visual object for each primitive of the engraving.

        Edges lead from visual objects to the objects of `score`, which are looked up by the ids of the primitives.
        `EngravedPage.belonging` tells which primitives belong to which object; it stays valid when primitives are
        moved. The engraving may contain only some pages of the score; a page is drawn the same way with and without
        the others.
        """
