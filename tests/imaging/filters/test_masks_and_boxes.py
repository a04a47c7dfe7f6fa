"""After filters that move pixels: masks and boxes of objects against their ink, drawn finely before and moved by the map."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray

from smashcima.geometry import Rectangle
from smashcima.imaging import ImageLayer, Masks, ProjectiveMap, resample
from smashcima.imaging.filters import (
    BookPage,
    Curl,
    Filter,
    FilterStack,
    Fold,
    LensDistortion,
    Perspective,
    Skew,
)
from smashcima.randomness import stream

FINE = 4
"""How many times finer the ink is drawn, and moved."""

GEOMETRIC = [
    Skew(angle_deg=2.0, stretch=0.01),
    Perspective(tilt_x_deg=15.0, tilt_y_deg=-10.0, roll_deg=4.0),
    LensDistortion(barrel=0.02),
    Fold(rise_deg=8.0),
    Curl(slope_deg=25.0, reach_mm=50.0),
    BookPage(),
]
CHOSEN = [*GEOMETRIC, FilterStack(GEOMETRIC, name="all geometric")]


@pytest.fixture(scope="module")
def plain(build: SimpleNamespace) -> ImageLayer:
    """Discs next to staff lines, and some that hide parts of them and of each other."""
    page = build.marked_page()
    page.view_box.rectangle = Rectangle(0, 0, 90, 70)
    for x, y in ((20, 17), (50, 20), (52, 21)):
        build.add_disc(page, x, y)
    image: ImageLayer = build.processed(FilterStack([], name="nothing"), page)
    return image


@pytest.fixture(scope="module")
def fine_instances(plain: ImageLayer) -> NDArray[np.uint16]:
    """1 + index of the region on top at each point of the fine picture before."""
    regions = plain.regions.moved(ProjectiveMap.scaling(FINE))
    return np.asarray(Masks(regions, FINE * plain.width, FINE * plain.height).instance_map)


def processed(chosen: Filter, plain: ImageLayer) -> ImageLayer:
    """A copy of the picture after a filter, cut at its edges as the compositor does it."""
    copy = ImageLayer(plain.bitmap.copy(), plain.dpi, plain.regions, plain.from_scene, plain.space)
    image = chosen.process_image(copy, stream(2, 0, "masks"))
    image.regions = image.regions.clipped(image.width, image.height)
    return image


def moved_ink(
    index: int, instances: NDArray[np.uint16], before: ImageLayer, after: ImageLayer
) -> NDArray[np.bool_]:
    """What is seen of a region, drawn finely before, in the fine picture after."""
    pixel_map = before.from_scene.inverse().then(after.from_scene)
    fine_map = ProjectiveMap.scaling(1 / FINE).then(pixel_map).then(ProjectiveMap.scaling(FINE))
    ink = np.where(instances == index + 1, 255, 0).astype(np.uint8)
    result: NDArray[np.bool_] = resample(ink, fine_map, FINE * after.width, FINE * after.height) >= 128
    return result


@pytest.mark.parametrize("chosen", CHOSEN, ids=lambda one: one.name)
def test_visible_masks_and_boxes_are_those_of_the_ink_that_was_moved(
    chosen: Filter, plain: ImageLayer, fine_instances: NDArray[np.uint16]
):
    image = processed(chosen, plain)
    masks = image.masks()
    compared = boxes = 0
    for index, region in enumerate(image.regions):
        if image.regions.drawn[index] < 0:
            continue
        before = plain.regions.index_of(region.scene_object)
        assert before is not None
        fine = moved_ink(before, fine_instances, plain, image)
        part = fine.reshape(image.height, FINE, image.width, FINE).mean(axis=(1, 3))
        # Points this far apart leave it open on which side of a half a pixel is.
        sure = np.abs(part - 0.5) > 0.5 / FINE
        truth, ours = (part > 0.5) & sure, masks.visible(index).on(image.width, image.height) & sure
        if truth.sum() > 50:
            assert (truth & ours).sum() / (truth | ours).sum() >= 0.98, region.id
            compared += 1
        is_whole = np.array_equal(masks.visible(index).pixels, masks.full(index).pixels)
        if is_whole and fine.any():
            ys, xs = np.nonzero(fine)
            ink = np.array([xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]) / FINE
            # The ink is known to a fine pixel. Boxes contain it, and are not a pixel larger.
            excess = (ink - region.bbox) * (1, 1, -1, -1)
            assert excess.min() >= -1.5 / FINE, region.id
            assert excess.max() <= 1, region.id
            boxes += 1
    assert compared >= 12
    assert boxes >= 8
