"""The benchmark of pictures: patches show staves at one scale, and equal pictures cannot be told apart."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "photos"
MODULES = ("sources", "patches")


@pytest.fixture(scope="module")
def bench() -> Iterator[SimpleNamespace]:
    """The modules of the benchmark, which is run as a script."""
    sys.path.insert(0, str(FOLDER))
    try:
        yield SimpleNamespace(**{name: importlib.import_module(name) for name in MODULES})
    finally:
        sys.path.remove(str(FOLDER))
        for name in MODULES:
            sys.modules.pop(name, None)


def page(space: int) -> np.ndarray:
    """Five staves of 3 px lines and some heads, in BGR."""
    picture = np.full((80 * space, 60 * space, 3), 225, np.uint8)
    for staff in range(5):
        top = (6 + 15 * staff) * space
        for line in range(5):
            y = top + line * space
            picture[y : y + max(2, space // 7), 4 * space : 56 * space] = 30
        for note in range(10):
            middle = ((7 + 5 * note) * space, top + (note % 8) * space // 2)
            cv2.ellipse(picture, middle, (3 * space // 5, 2 * space // 5), 0, 0, 360, (30, 30, 30), -1)
    return picture


@pytest.mark.parametrize("space", [10, 21])
def test_patches_have_a_staff_space_of_12_px(space: int, bench: SimpleNamespace, tmp_path: Path):
    path = tmp_path / "page.png"
    cv2.imwrite(str(path), page(space))
    patches = bench.patches.patches_of(path)
    assert patches.shape[1:] == (96, 96)
    assert len(patches) > 20
    lags = []
    for patch in patches:
        rows = 255 - patch.astype(float).mean(axis=1)
        rows -= rows.mean()
        power = np.correlate(rows, rows, "full")[95:]
        lags.append(8 + int(np.argmax(power[8:17])))
    assert np.median(lags) == 12


def test_features_are_alike_for_alike_patches(bench: SimpleNamespace):
    rng = np.random.default_rng(1)
    patch = np.full((96, 96), 220, np.uint8)
    patch[20::12] = 30
    noisy = np.clip(patch + rng.normal(0, 4, patch.shape), 0, 255).astype(np.uint8)
    plain, same, other = (bench.patches.features_of(each) for each in (patch, patch.copy(), noisy))
    assert plain.shape == (9 * 36 + 256 + 14 + 24,)
    assert np.array_equal(plain, same)
    assert np.abs(plain - other).max() > 0.3


def test_each_kind_has_pictures_for_fitting_and_held_out_ones(bench: SimpleNamespace, shared_data: Path):
    for kind in bench.sources.KINDS:
        pictures = bench.sources.real_pictures(kind)
        assert {picture.is_held_out for picture in pictures} == {True, False}
        assert all(picture.path.exists() for picture in pictures)
        assert set(bench.sources.HELD_OUT[kind]) <= {picture.source for picture in pictures}
