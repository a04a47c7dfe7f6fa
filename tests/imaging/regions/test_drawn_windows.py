"""Masks of ink that outlines carry after it was painted with NumPy; kernels draw them again as fast, and keep none."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from smashcima.exporting import DefaultCompositor
from smashcima.exporting.annotation import annotation_of
from smashcima.imaging import Masks, Outlines, ProjectiveMap, Regions


@pytest.fixture(autouse=True)
def _with_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMASHCIMA_KERNELS", "off")


def drawn_again(regions: Regions) -> Regions:
    """The same regions without masks."""
    return replace(regions, outlines=replace(regions.outlines))


def assert_same_masks(regions: Regions, width: int, height: int) -> None:
    kept, again = Masks(regions, width, height), Masks(drawn_again(regions), width, height)
    for mine, expected in zip(kept.full_masks(), again.full_masks(), strict=True):
        assert mine[:2] == expected[:2]
        assert np.array_equal(mine.pixels, expected.pixels)
    assert np.array_equal(kept.instance_map, again.instance_map)


@pytest.mark.parametrize("dpi", [40, 150])
def test_masks_of_painted_ink_are_those_of_its_outlines(music_page, dpi):
    image = DefaultCompositor().compose(music_page, dpi=dpi)
    windows = image.regions.outlines.windows(image.width, image.height)
    assert len(windows) > 0.8 * (image.regions.drawn >= 0).sum()
    assert_same_masks(image.regions, image.width, image.height)
    assert_same_masks(annotation_of(image).regions, image.width, image.height)


def test_ink_at_the_edge_has_the_mask_of_its_clipped_outline(build):
    page = build.page(6, 4)
    build.path(page, build.inch_box(-1, 1, 2.3, 2.6), label="across the edge")
    build.path(page, build.inch_box(3, 1, 4.4, 2.6), label="inside")
    image = DefaultCompositor().compose(page, dpi=10)
    assert_same_masks(image.regions, image.width, image.height)
    labels = [image.regions.labels[index] for index in image.regions.outlines.windows(60, 40)]
    assert labels == ["inside"]


def test_shapes_that_change_lose_their_masks(music_page):
    image = DefaultCompositor().compose(music_page, dpi=60)
    outlines, size = image.regions.outlines, (image.width, image.height)
    assert outlines.windows(*size)
    assert not outlines.windows(size[0] + 1, size[1])
    assert not outlines.with_points(outlines.points + 1).windows(*size)
    assert not image.regions.moved(ProjectiveMap.rotation(3, (100, 100))).outlines.windows(*size)
    assert not image.regions.grown(1.0).outlines.windows(*size)
    assert not pickle.loads(pickle.dumps(outlines)).windows(*size)


def test_chosen_and_united_shapes_keep_their_masks(music_page):
    image = DefaultCompositor().compose(music_page, dpi=60)
    regions, size = image.regions, (image.width, image.height)
    order = np.arange(len(regions))[::-1]
    assert_same_masks(regions.chosen(order), *size)
    first, second, *_ = sorted(regions.outlines.windows(*size))
    united = regions.outlines.united([[second], [first, second], [first]])
    assert sorted(united.windows(*size)) == [0, 2]
    assert isinstance(united, Outlines)
    assert np.array_equal(united.windows(*size)[2].clear, regions.outlines.windows(*size)[first].clear)
