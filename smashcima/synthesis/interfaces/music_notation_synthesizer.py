"""The interface behind which an engraved score becomes pages of visual objects."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from smashcima.engraving import Engraving
from smashcima.errors import Issue
from smashcima.scene.semantic import Score
from smashcima.scene.visual import AffineSpace, Page


@dataclass(frozen=True)
class SynthesizedNotation:
    """What a notation synthesizer made."""

    pages: tuple[Page, ...]
    """In reading order; everything drawn leads to its page by an edge."""

    issues: tuple[Issue, ...]
    """What could not be drawn, or not as it is."""


class MusicNotationSynthesizer(ABC):
    """Draws a score that has been laid out.

    - **Must override** `synthesize_notation`. Before each page it calls `start_page` of the `SampleStreams`, which it gets
      as a constructor argument, and `begin_page` of every synthesizer that it draws with.
    """

    @abstractmethod
    def synthesize_notation(
        self,
        score: Score,
        engraving: Engraving,
        root_space: AffineSpace,
    ) -> SynthesizedNotation:
        """Pages in `root_space` with a visual object for each primitive of the engraving.

        Visual objects lead to the objects of `score`, which are found by the primitives' ids. What belongs to what
        is in `EngravedPage.belonging`, wherever the primitives have been moved to since it was found. The
        engraving may have only some pages of the score; a page is drawn alike with and without the others.
        """
