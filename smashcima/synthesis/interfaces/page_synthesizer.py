"""The interface of synthesizers of empty pages."""

from __future__ import annotations

from abc import ABC, abstractmethod

from smashcima.scene.visual import AffineSpace, Page
from smashcima.synthesis.interfaces.page_start import StartsPages


class PageSynthesizer(StartsPages, ABC):
    """Makes empty pages: a space, a view box, and paper.

    - **Must override** `synthesize_page`.
    - **May override** `begin_page`.
    """

    @abstractmethod
    def synthesize_page(
        self, index: int, width: float, height: float, root_space: AffineSpace, left: float = 0.0
    ) -> Page:
        """Returns page `index` (from 0) of `width` × `height` mm with its top left at (`left`, 0) of `root_space`."""
