"""The interface of synthesizers of paper."""

from __future__ import annotations

from abc import ABC, abstractmethod

from smashcima.geometry import Rectangle
from smashcima.scene.visual import AffineSpace, InkPath, Sprite
from smashcima.synthesis.interfaces.page_start import StartsPages


class PaperSynthesizer(StartsPages, ABC):
    """Makes the sheet of paper under the music.

    - **Must override** `synthesize_paper`.
    - **May override** `begin_page`, to get the page number or to discard precomputed values; and
      `set_resolution`, if the paper is a bitmap.
    """

    @abstractmethod
    def synthesize_paper(self, page_space: AffineSpace, placement: Rectangle) -> Sprite | InkPath:
        """Returns a picture or a filled outline in `page_space` that covers `placement`, which is in mm."""

    def set_resolution(self, dpi: float) -> None:
        """Hook: receives the resolution of the rendered pages, in pixels per inch; does nothing by default."""
