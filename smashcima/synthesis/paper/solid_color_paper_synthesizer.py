"""Paper of one colour."""

from __future__ import annotations

from smashcima.geometry import Contours, Rectangle
from smashcima.scene.visual import AffineSpace, ColorBGRA, InkPath
from smashcima.synthesis.interfaces import PaperSynthesizer


class SolidColorPaperSynthesizer(PaperSynthesizer):
    """Paper of one colour, white by default."""

    RECIPE_OPTIONS: tuple[str, ...] = ("color",)

    def __init__(self) -> None:
        self.color: ColorBGRA = (255, 255, 255, 255)
        """Blue, green, red and opacity; (0, 0, 0, 0) makes a transparent page."""

    def synthesize_paper(self, page_space: AffineSpace, placement: Rectangle) -> InkPath:
        return InkPath(page_space, Contours.from_rectangle(placement), self.color)
