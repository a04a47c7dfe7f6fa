"""Pages in the symbols of real writers are independent of each other, though symbols are made in stock."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import smashcima as sc
from smashcima.assets.glyphs import GlyphStore

SONG = Path(__file__).parents[2] / "short_song.musicxml"


def test_a_page_alone_is_the_page_of_the_whole(store: GlyphStore) -> None:
    def model() -> sc.BaseHandwrittenModel:
        return sc.BaseHandwrittenModel(seed=3, hand=store, dpi=50, page="A5 landscape")

    several = model()
    several(SONG, index=4, pages=[0])
    whole = several(SONG, index=5)
    for index in (1, 0):
        one = model()(SONG, index=5, pages=[index])
        assert np.array_equal(one.render(one.pages[0]), whole.render(whole.pages[index]))
        outlines = sc.SvgExporter(render_labeled_regions=True)
        assert outlines.export_string(one.pages[0].view_box) == outlines.export_string(
            whole.pages[index].view_box
        )
