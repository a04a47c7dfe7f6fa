"""Reduction of images."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from smashcima.imaging.compositing.reducing import reduced
from smashcima.imaging.compositing.resampling import resample
from smashcima.imaging.pixel_maps import ProjectiveMap


def test_whole_squares_are_averaged():
    picture = np.array([[0, 2, 10, 10], [4, 6, 10, 14]], np.uint8)
    assert reduced(picture, 2, 1).tolist() == [[3, 11]]


def test_an_even_picture_stays_even():
    picture = np.full((101, 77, 4), (1, 2, 3, 255), np.uint8)
    assert (reduced(picture, 40, 33) == (1, 2, 3, 255)).all()


@pytest.mark.parametrize("size", [(211, 300), (160, 240), (97, 131), (40, 60)])
def test_the_result_is_that_of_exact_means_and_lies_where_it_is(size: tuple[int, int]):
    noise = np.random.default_rng(1).integers(0, 256, (12, 16), np.uint8)
    picture = cv2.resize(noise, (321, 483), interpolation=cv2.INTER_CUBIC)
    exact = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(float)
    assert np.abs(reduced(picture, *size) - exact).mean() < 8


def test_thin_lines_are_not_interrupted():
    picture = np.zeros((300, 300), np.uint8)
    for place in range(300):
        picture[place, (2 * place) % 300] = 255
    lines = reduced(picture, 180, 180)
    assert lines.mean() == pytest.approx(picture.mean(), rel=0.05)


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ([[0, -1, 2], [1, 0, 0], [0, 0, 1]], [[4, 1], [5, 2], [6, 3]]),
        ([[0, 1, 0], [-1, 0, 3], [0, 0, 1]], [[3, 6], [2, 5], [1, 4]]),
        ([[-1, 0, 3], [0, -1, 2], [0, 0, 1]], [[6, 5, 4], [3, 2, 1]]),
    ],
)
def test_a_quarter_turn_copies_pixels(matrix: list[list[int]], expected: list[list[int]]):
    picture = np.array([[1, 2, 3], [4, 5, 6]], np.uint8)
    height, width = len(expected), len(expected[0])
    assert resample(picture, ProjectiveMap(matrix), width, height).tolist() == expected


def test_a_turn_with_a_move_leaves_a_border():
    picture = np.array([[1, 2], [3, 4]], np.uint8)
    moved = ProjectiveMap([[0, -1, 2], [1, 0, 0], [0, 0, 1]]).then(ProjectiveMap.translation(1, 0))
    assert resample(picture, moved, 3, 2, (9,)).tolist() == [[9, 3, 1], [9, 4, 2]]


def test_an_unmoved_picture_is_copied():
    picture = np.array([[1, 2], [3, 4]], np.uint8)
    same = resample(picture, ProjectiveMap.identity(), 2, 2)
    same[0, 0] = 7
    assert picture[0, 0] == 1
