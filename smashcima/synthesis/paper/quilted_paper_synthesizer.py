"""Paper quilted from photographs of paper."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smashcima.assets.paper import PaperPatch
from smashcima.errors import SettingsError
from smashcima.geometry import Point, Rectangle
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.interfaces import PaperSynthesizer
from smashcima.synthesis.paper.paper_sprite import PaperSprite
from smashcima.synthesis.paper.quilt_texture import QuiltTexture
from smashcima.synthesis.paper.sheet import PaperSheet
from smashcima.synthesis.paper.style import PaperStyle

AS_PHOTOGRAPHED = PaperStyle("as-photographed", mottling=0.03, unevenness=0.01)
"""Style that adds no age or damage to that of the patches."""


class QuiltedPaperSynthesizer(PaperSynthesizer):
    """Makes sheets quilted from patches of real paper (Efros and Freeman, 2001).

    A few quilts of the patches are made at first use, which takes about a second each at 300 DPI. Every page is cut
    from one of them at a random position and orientation.
    """

    RECIPE_OPTIONS: tuple[str, ...] = ("dpi", "style", "quilts")

    def __init__(self, patches: Sequence[PaperPatch], rng: np.random.Generator) -> None:
        """`rng` draws the variation between sheets.

        Raises:
            SettingsError: there is no patch, or one is too small.
        """
        self._texture = QuiltTexture(patches)
        self._rng = rng
        self.dpi: float = 300.0
        """Resolution of sheet bitmaps. Rendering at the same resolution copies them without resampling."""
        self.style: PaperStyle = AS_PHOTOGRAPHED
        """Age and damage to add; colour and grain are those of the patches."""
        self._quilts = 2

    @property
    def quilts(self) -> int:
        """Number of different quilts that pages are cut from; each costs time once, and memory."""
        return self._quilts

    @quilts.setter
    def quilts(self, count: int) -> None:
        if count < 1:
            raise SettingsError(f"The number of quilts must be at least 1, not {count}.")
        self._quilts = count

    def set_resolution(self, dpi: float) -> None:
        """Sets the resolution of sheet bitmaps."""
        self.dpi = dpi

    def synthesize_paper(self, page_space: AffineSpace, placement: Rectangle) -> PaperSprite:
        texture = self._texture.with_seed(int(self._rng.integers(self._quilts)))
        seed, book_seed, number = (int(value) for value in self._rng.integers(2**63, size=3))
        sheet = PaperSheet(
            self.style, placement.width, placement.height, seed, book_seed, number % 2, texture
        )
        return PaperSprite.of_sheet(sheet, page_space, Point(placement.x, placement.y), self.dpi)
