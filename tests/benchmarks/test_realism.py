"""The benchmark of realism: that it reads masks rightly, and draws what it says."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from smashcima.synthesis.glyph import SmuflGlyphSynthesizer

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "realism"


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """The modules of the benchmark, which is run as a script."""
    import importlib

    monkeypatch.syspath_prepend(str(FOLDER))
    names = ("symbol_classes", "real_masks", "samples")
    found = {name: importlib.import_module(name) for name in names}
    for name in names:
        monkeypatch.delitem(sys.modules, name)
    return found


def test_run_lengths_become_masks(modules: dict[str, ModuleType]) -> None:
    mask = modules["real_masks"]._decode(b"0:1 1:2 0:2 1:1", 2, 3)
    assert mask.tolist() == [[False, True, True], [False, False, True]]


def test_masks_are_cropped_to_their_ink(modules: dict[str, ModuleType]) -> None:
    mask = np.zeros((6, 8), np.bool_)
    mask[2, 3] = mask[4, 5] = True
    assert modules["samples"].crop(mask).shape == (3, 3)
    assert modules["samples"].crop(np.zeros((4, 4), np.bool_)).size == 0


def test_every_class_is_drawn_at_the_size_of_the_real_pages(modules: dict[str, ModuleType]) -> None:
    samples = modules["samples"].draw_samples([SmuflGlyphSynthesizer("Bravura")], 2)
    assert Counter(sample.name for sample in samples) == dict.fromkeys(modules["symbol_classes"].CLASSES, 2)
    head = next(sample for sample in samples if sample.name == "noteheadFull")
    assert head.mask.shape == pytest.approx((28.8, 1.18 * 28.8), abs=1.5)


def test_no_writer_has_more_than_a_fair_share(modules: dict[str, ModuleType]) -> None:
    ink = np.ones((3, 3), np.bool_)
    real_mask = modules["real_masks"].RealMask
    masks = [
        real_mask("gClef", writer, 1, 28.8, 0, 0, ink)
        for writer, count in ((1, 50), (2, 3), (3, 50))
        for _ in range(count)
    ]
    chosen = modules["samples"].real_samples(masks, 23)
    assert Counter(sample.writer for sample in chosen) == {1: 10, 2: 3, 3: 10}
