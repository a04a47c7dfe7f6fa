"""Forty songs by hand: all that Verovio draws is engraved, all that is engraved is inked, and stays on its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import smashcima as sc
from smashcima.engraving import Engraving, PrimitiveKind
from smashcima.loading import Loaded, LoadedMei
from smashcima.mei import read_mei
from smashcima.scene.graph import garbage_collection_paused
from smashcima.scene.visual import VisualObject
from tests.engraved_pages import LayoutCheck


class SongModel(sc.BaseHandwrittenModel):
    """Draws scores without copying them, and keeps the layout of the last one, which it compares with its SVG."""

    laid_out: Engraving
    check: LayoutCheck

    def call(self, source: Any = None, *, index: int, **options: Any) -> sc.MusicScene:
        return self.draw(Loaded(source, None, ()), index)

    def lay_out(self, loaded: Loaded) -> Engraving:
        with self.check.watching():
            self.laid_out = super().lay_out(loaded)
        return self.laid_out


@pytest.fixture(scope="module")
def model() -> SongModel:
    return SongModel(seed=0, dpi=60)


def inked_pages(model: SongModel, mei: str, name: str) -> int:
    """Checks the layout and the ink of a song; how many pages it has."""
    model.check = LayoutCheck(name)
    scene = model(read_mei(mei)[0])
    assert model.check.problems_of(model.laid_out) == []
    engraved = Counter(
        p.kind.value for p in model.laid_out.primitives() if p.kind is not PrimitiveKind.STAFF_LINE
    )
    things = [thing for page in scene.pages for thing in VisualObject.many_of(page, "page")]
    drawn = [thing for thing in things if thing.kind != PrimitiveKind.STAFF_LINE.value]
    assert Counter(d.kind for d in drawn) == engraved, name
    for thing in drawn:
        assert thing.glyph.paths or thing.glyph.sprites, (name, thing)
        if thing.glyph.region.contours.is_empty:
            continue
        box, page = thing.bbox(), thing.page
        assert page is not None
        assert box.left > -1.5, (name, thing)
        assert box.top > -1.5, (name, thing)
        assert box.right < page.width + 1.5, (name, thing)
        assert box.bottom < page.height + 1.5, (name, thing)
    return len(scene.pages)


@pytest.mark.slow
def test_every_primitive_of_every_song_is_written(
    model: SongModel, lieder_paths: list[Path], load_mei_once: Callable[[Path], LoadedMei]
) -> None:
    pages = 0
    for path in lieder_paths:
        mei = load_mei_once(path).meis[0]
        with garbage_collection_paused():  # of the thousands of objects of a song, all live on
            pages += inked_pages(model, mei, path.name)
    assert pages > 100
