"""The interface behind which the sheet itself is made."""

from __future__ import annotations

from abc import ABC, abstractmethod

from smashcima.geometry import Rectangle
from smashcima.scene.visual import AffineSpace, InkPath, Sprite
from smashcima.synthesis.interfaces.page_start import StartsPages


class PaperSynthesizer(StartsPages, ABC):
    """Makes what music is written on.

    - **Must override** `synthesize_paper`.
    - **May override** `begin_page`, to know the number of the page, or to forget what was drawn ahead; and
      `set_resolution`, if its paper is a bitmap.
    """

    @abstractmethod
    def synthesize_paper(self, page_space: AffineSpace, placement: Rectangle) -> Sprite | InkPath:
        """A picture (or a filled outline) in `page_space` that covers `placement`, which is in mm."""

    def set_resolution(self, dpi: float) -> None:
        """Hook: models tell the resolution of their pictures, in pixels per inch. By default it does not matter."""
