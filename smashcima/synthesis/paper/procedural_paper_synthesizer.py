"""Procedurally generated paper."""

from __future__ import annotations

import numpy as np

from smashcima.geometry import Point, Rectangle
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.interfaces import PaperSynthesizer
from smashcima.synthesis.paper.paper_sprite import PaperSprite
from smashcima.synthesis.paper.paper_style_domain import PaperStyleDomain
from smashcima.synthesis.paper.sheet import PaperSheet


class ProceduralPaperSynthesizer(PaperSynthesizer):
    """Makes sheets in the paper style of the sample: grain, mould lines, age, damage, edges.

    The sheets of a sample are those of one book: bound alternately on the left and on the right, with the same
    wormholes. The picture covers `placement`; if the style shows its backing, the sheet ends inside the picture.
    """

    RECIPE_OPTIONS: tuple[str, ...] = ("dpi",)

    def __init__(self, styles: PaperStyleDomain, rng: np.random.Generator) -> None:
        """`rng` draws the variation between sheets; it has a separate stream for each page."""
        self.styles = styles
        self._rng = rng
        self.dpi: float = 300.0
        """Resolution of sheet bitmaps. Rendering at the same resolution copies them without resampling."""
        self._page = 0

    def begin_page(self, index: int) -> None:
        self._page = index

    def set_resolution(self, dpi: float) -> None:
        """Sets the resolution of sheet bitmaps."""
        self.dpi = dpi

    def synthesize_paper(self, page_space: AffineSpace, placement: Rectangle) -> PaperSprite:
        sheet = PaperSheet(
            self.styles.style,
            placement.width,
            placement.height,
            seed=int(self._rng.integers(2**63)),
            book_seed=self.styles.book_seed,
            number=self.styles.first_number + self._page,
        )
        self._page += 1
        return PaperSprite.of_sheet(sheet, page_space, Point(placement.x, placement.y), self.dpi)
