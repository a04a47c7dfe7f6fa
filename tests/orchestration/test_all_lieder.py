"""Forty songs by hand: everything that was engraved is inked, kind by kind, and stays on its page."""

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
from smashcima.scene.visual import VisualObject


class SongModel(sc.BaseHandwrittenModel):
    """Draws scores without copying them, and keeps the layout of the last one."""

    laid_out: Engraving

    def call(self, source: Any = None, *, index: int, **options: Any) -> sc.MusicScene:
        return self.draw(Loaded(source, None, ()), index)

    def lay_out(self, loaded: Loaded) -> Engraving:
        self.laid_out = super().lay_out(loaded)
        return self.laid_out


@pytest.mark.slow
def test_every_primitive_of_every_song_is_written(
    lieder_paths: list[Path], load_mei_once: Callable[[Path], LoadedMei]
) -> None:
    model = SongModel(seed=0, dpi=60)
    pages = 0
    for path in lieder_paths:
        scene = model(read_mei(load_mei_once(path).meis[0])[0])
        engraved = Counter(
            p.kind.value for p in model.laid_out.primitives() if p.kind is not PrimitiveKind.STAFF_LINE
        )
        drawn = [d for d in scene.find(VisualObject) if d.kind != PrimitiveKind.STAFF_LINE.value]
        assert Counter(d.kind for d in drawn) == engraved, path.name
        for thing in drawn:
            assert thing.glyph.paths or thing.glyph.sprites, (path.name, thing)
            if thing.glyph.region.contours.is_empty:
                continue
            box, page = thing.bbox(), thing.page
            assert page is not None
            assert box.left > -1.5, (path.name, thing)
            assert box.top > -1.5, (path.name, thing)
            assert box.right < page.width + 1.5, (path.name, thing)
            assert box.bottom < page.height + 1.5, (path.name, thing)
        pages += len(scene.pages)
    assert pages > 100
