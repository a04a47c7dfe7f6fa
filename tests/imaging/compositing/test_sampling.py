"""Images are sampled between pixels, and blank parts are recognized."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.imaging import DisplacementMap, ProjectiveMap, resample
from smashcima.imaging.compositing.plain_cells import PlainCells
from smashcima.imaging.compositing.sampling import sample


def test_a_pixel_between_two_is_their_mean():
    row = np.array([[0, 100, 200, 50]], np.uint8)
    moved = resample(row, ProjectiveMap.translation(0.5, 0), 5, 1, (10,))
    assert moved.tolist() == [[5, 50, 150, 125, 30]]


def test_a_pixel_between_four_weighs_them_by_their_distance():
    square = np.array([[0, 80], [160, 240]], np.uint8)
    nodes = np.array([[(0.25, 0.75), (1.25, 0.75)], [(0.25, 1.75), (1.25, 1.75)]]) * 2**16
    target = np.zeros((1, 1), np.uint8)
    sample(square, target, nodes.astype(np.int64), (0, 0), 0)
    # A quarter to the right adds 20, three quarters down add 120.
    assert target.tolist() == [[140]]


def test_channels_do_not_mix():
    pixels = np.array([[(0, 255, 10, 255), (255, 0, 20, 255)]], np.uint8)
    moved = resample(pixels, ProjectiveMap.translation(-0.25, 0), 1, 1)
    assert moved.tolist() == [[[64, 191, 13, 255]]]


@pytest.mark.parametrize("channels", [(), (3,), (4,)])
def test_blank_paper_is_what_it_was_and_ink_is_found_everywhere(channels):
    image = np.full((700, 500, *channels), 240, np.uint8)
    rng = np.random.default_rng(0)
    points = rng.integers(20, 480, (40, 2))
    image[points[:, 1], points[:, 0]] = 0
    turned = resample(image, ProjectiveMap.rotation(1, (250, 350)), 500, 700, (240,) * 4)
    assert turned.max() == 240
    # All of the ink is there: four pixels share each point.
    lost = 240.0 - turned.reshape(700, 500, -1).astype(float)
    assert lost[:, :, 0].sum() == pytest.approx(240 * len(np.unique(points, axis=0)), rel=0.02)


def test_cells_of_one_colour_are_plain():
    image = np.full((512, 512), 200, np.uint8)
    image[100, 300] = 0
    cells = PlainCells.of(image)
    assert cells is not None
    assert cells.color == 200
    # Pixel (300, 100) is in the cell from (288, 96) to (303, 111).
    low = np.array([(0, 0), (288, 96), (303, 111), (304, 96), (200, 50)])
    high = np.array([(511, 90), (288, 96), (303, 111), (511, 511), (400, 150)])
    assert cells.contain(low, high).tolist() == [True, False, False, True, False]


def test_textured_and_small_images_have_no_plain_cells():
    noise = np.random.default_rng(1).integers(0, 256, (512, 512), np.uint8)
    assert PlainCells.of(noise) is None
    assert PlainCells.of(np.zeros((20, 20), np.uint8)) is None


def test_positions_far_beyond_the_horizon_show_the_border():
    image = np.full((400, 400, 4), 255, np.uint8)
    steep = ProjectiveMap([[1, 0, 0], [0, 1, 0], [0, -0.004, 1]])
    seen = resample(image, steep, 400, 400, (1, 2, 3, 255))
    assert {tuple(pixel) for pixel in np.unique(seen.reshape(-1, 4), axis=0).tolist()} >= {(255,) * 4}


def test_a_rough_map_is_followed_pixel_by_pixel():
    image = np.tile(np.arange(200, dtype=np.uint8), (200, 1))
    bumps = DisplacementMap.from_function(
        lambda points: points + np.stack([1.5 * np.sin(points[:, 0] / 3), 0 * points[:, 1]], axis=1),
        200,
        200,
        1.5,
    )
    moved = resample(image, bumps, 200, 200)
    x = np.arange(20, 180) + 0.5
    expected = x + 1.5 * np.sin(x / 3) - 0.5
    assert np.abs(moved[100, 20:180] - expected).max() < 0.7
