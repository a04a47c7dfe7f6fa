"""Pages in the symbols of real writers are independent of each other, though symbols are made in stock."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import smashcima as sc
from smashcima.assets.glyphs import GlyphStore

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"


def test_a_page_alone_is_the_page_of_the_whole(store: GlyphStore) -> None:
    def model() -> sc.BaseHandwrittenModel:
        return sc.BaseHandwrittenModel(seed=3, hand=store, dpi=50)

    several = model()
    several(EXAMPLE, index=4)
    whole = several(EXAMPLE, index=5)
    for index in (1, 0):
        one = model()(EXAMPLE, index=5, pages=[index])
        assert np.array_equal(one.render(one.pages[0]), whole.render(whole.pages[index]))
        outlines = sc.SvgExporter(render_labeled_regions=True)
        assert outlines.export_string(one.pages[0].view_box) == outlines.export_string(
            whole.pages[index].view_box
        )
