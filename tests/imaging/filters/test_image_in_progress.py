"""An image between filters: warps and lights wait, and are applied all at once."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from smashcima.imaging import ImageLayer, ProjectiveMap
from smashcima.imaging.filters import Backing, ImageInProgress, Light, PictureSize, Warp


def white(width: int = 40, height: int = 30) -> ImageLayer:
    return ImageLayer(np.full((height, width, 4), 255, np.uint8), 300.0)


def shift(right: int, light: Light | None = None) -> Warp:
    return Warp(ProjectiveMap.translation(right, 0), 40, 30, light)


class Green(Backing):
    color = (0, 255, 0)

    def block(self, rows: slice, columns: slice) -> NDArray[np.uint8]:
        return np.full((rows.stop - rows.start, columns.stop - columns.start, 4), (0, 255, 0, 255), np.uint8)


def test_nothing_is_done_to_an_image_for_which_nothing_waits() -> None:
    image = white()
    assert ImageInProgress(image).develop() is image


def test_the_size_is_that_after_all_warps_that_wait() -> None:
    progress = ImageInProgress(white())
    progress.add_warp(Warp(ProjectiveMap.scaling(2), 80, 60))
    assert progress.size == PictureSize(80, 60, 300.0)
    assert progress.develop().bitmap.shape == (60, 80, 4)


def test_warps_wait_until_the_image_is_developed() -> None:
    image = white()
    image.bitmap[:, 3, :3] = 0
    progress = ImageInProgress(image)
    progress.add_warp(shift(2))
    progress.add_warp(shift(3))
    result = progress.develop()
    assert np.flatnonzero(result.bitmap[5, 6:, 1] < 128).tolist() == [2]  # from column 3 to 8
    assert progress.develop() is result


def test_a_change_sees_what_was_added_before_it_and_not_what_is_added_after() -> None:
    seen: list[int] = []
    progress = ImageInProgress(white())
    progress.add_light(Light(np.full((2, 2), 0.5, np.float32)))

    def look(image: ImageLayer) -> ImageLayer:
        seen.append(int(image.bitmap[10, 10, 0]))
        return image

    progress.change(look)
    progress.add_light(Light(np.full((2, 2), 0.5, np.float32)))
    result = progress.develop()
    assert seen == [pytest.approx(128, abs=1)]
    assert result.bitmap[10, 10, 0] == pytest.approx(64, abs=1)


def test_a_backing_fills_what_a_warp_uncovers() -> None:
    progress = ImageInProgress(white())
    progress.add_warp(shift(10))
    progress.set_backing(lambda outline, size: Green())
    bitmap = progress.develop().bitmap
    assert bitmap[15, 2].tolist() == [0, 255, 0, 255]
    assert bitmap[15, 30].tolist() == [255, 255, 255, 255]


def test_a_backing_needs_a_warp_and_an_opaque_image() -> None:
    progress = ImageInProgress(white())
    progress.set_backing(lambda outline, size: pytest.fail("no warp"))  # type: ignore[arg-type,return-value]
    progress.develop()
    clear = white()
    clear.bitmap[0, 0, 3] = 0
    progress = ImageInProgress(clear)
    progress.add_warp(shift(10))
    progress.set_backing(lambda outline, size: pytest.fail("no sheet"))  # type: ignore[arg-type,return-value]
    assert progress.develop().bitmap[15, 2, 3] == 0
