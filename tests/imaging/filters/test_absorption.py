"""Light that is taken from paper."""

from __future__ import annotations

import numpy as np

from smashcima.imaging.filters.absorption import absorb


def test_each_colour_loses_its_share() -> None:
    paper = np.full((70, 5, 4), (200, 100, 50, 255), np.uint8)
    taken = np.zeros((70, 5), np.uint8)
    taken[0, 1], taken[69, 3] = 255, 51
    absorb(paper, taken, (1.0, 0.6, 0.0))
    assert paper[0, 1].tolist() == [0, 40, 50, 255]  # 255 - 0.6 * 255 = 102 of 255 remain
    assert paper[69, 3].tolist() == [160, 88, 50, 255]  # 204 and 224 of 255 remain
    paper[0, 1] = paper[69, 3] = (200, 100, 50, 255)
    assert (paper == (200, 100, 50, 255)).all()


def test_a_part_of_an_image_is_changed_in_place() -> None:
    paper = np.full((9, 9, 4), 255, np.uint8)
    absorb(paper[2:5, 3:6], np.full((9, 9), 255, np.uint8)[2:5, 3:6], (1.0, 1.0, 1.0))
    black = (paper[:, :, :3] == 0).all(axis=2)
    assert black.sum() == 9
    assert black[2:5, 3:6].all()
    assert (paper[:, :, 3] == 255).all()
