"""Pages of a single sheet of paper."""

from __future__ import annotations

from smashcima.geometry import Contours, Rectangle, Transform
from smashcima.scene.visual import AffineSpace, LabeledRegion, Page, SmashcimaLabels, ViewBox
from smashcima.synthesis.interfaces import PageSynthesizer, PaperSynthesizer


class SimplePageSynthesizer(PageSynthesizer):
    """Makes pages that each have one sheet of paper."""

    def __init__(self, paper_synthesizer: PaperSynthesizer) -> None:
        self.paper_synthesizer = paper_synthesizer

    def begin_page(self, index: int) -> None:
        self.paper_synthesizer.begin_page(index)

    def synthesize_page(
        self, index: int, width: float, height: float, root_space: AffineSpace, left: float = 0.0
    ) -> Page:
        space = AffineSpace(root_space, Transform(e=left))
        sheet = Rectangle(0.0, 0.0, width, height)
        return Page(
            space=space,
            view_box=ViewBox(space, sheet),
            index=index,
            paper=self.paper_synthesizer.synthesize_paper(space, sheet),
            region=LabeledRegion(space, SmashcimaLabels.page.value, Contours.from_rectangle(sheet)),
        )
