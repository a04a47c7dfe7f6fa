"""The interface behind which empty pages are made."""

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
        """Page `index` (from 0), of that size in mm; its left top corner lies at (`left`, 0) of `root_space`."""
