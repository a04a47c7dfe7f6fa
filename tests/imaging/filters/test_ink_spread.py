"""Ink that spreads: how far, in bands, and in colours."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from smashcima.imaging import InkLayer
from smashcima.imaging.filters.ink_spread import spread_ink


def bar(height: int, rows: slice, columns: slice, width: int = 300) -> NDArray[np.uint8]:
    """Coverage with one full bar."""
    coverage = np.zeros((height, width), np.uint8)
    coverage[rows, columns] = 255
    return coverage


@pytest.mark.parametrize("spread", [0.1, 0.3, 0.6, 0.7, 1.5, 4.0])
def test_edges_move_by_the_distance(spread: float) -> None:
    ink = InkLayer(bar(100, slice(0, 100), slice(100, 140)))
    spread_ink(ink, spread)
    on_each_side = (ink.coverage[50] / 255).sum() / 2 - 20
    assert on_each_side == pytest.approx(spread, abs=0.08)


@pytest.mark.parametrize("spread", [0.3, 1.5, 40.0])
def test_rows_of_an_upright_bar_are_alike(spread: float) -> None:
    """The plane is changed in bands of rows, which do not show: the last spread is larger than a band."""
    ink = InkLayer(bar(500, slice(0, 500), slice(200, 400), 600))
    spread_ink(ink, spread)
    rounded = int(3 * spread) + 2  # the upper and lower ends of the bar
    rows = ink.coverage[rounded:-rounded]
    assert (rows == rows[0]).all()
    assert rows[0, 199 - int(spread) // 2] > 0


def test_lines_that_are_far_apart_become_wider_alike() -> None:
    coverage = np.zeros((400, 300), np.uint8)
    coverage[[0, 20, 21, 130, 399], 10:290] = 255
    ink = InkLayer(coverage)
    spread_ink(ink, 0.3)
    beside = ink.coverage[:, 150]
    assert np.flatnonzero(beside).tolist() == [0, 1, 19, 20, 21, 22, 129, 130, 131, 398, 399]
    assert beside[1] == beside[129] == beside[131] == beside[398]
    assert beside[19] == beside[22] >= beside[1]
    assert ink.coverage is coverage


def test_covered_pixels_stay_covered() -> None:
    pixel = np.zeros((9, 9), np.uint8)
    pixel[4, 4] = 200
    ink = InkLayer(pixel)
    spread_ink(ink, 0.3)
    assert ink.coverage[4, 4] >= 200


def test_new_ink_takes_the_colour_of_the_nearest() -> None:
    coverage = bar(40, slice(0, 40), slice(20, 30), 60)
    color = np.zeros((40, 60, 3), np.uint8)
    color[:, 20:30] = (0, 0, 200)
    ink = InkLayer(coverage, color)
    spread_ink(ink, 0.6)
    assert isinstance(ink.color, np.ndarray)
    blue, green, red = ink.color[20, 19].tolist()
    assert (blue, green) == (0, 0)
    assert red == pytest.approx(200 / 255 * ink.coverage[20, 19], abs=1)


def test_a_page_without_ink_stays_empty() -> None:
    ink = InkLayer(np.zeros((70, 50), np.uint8))
    spread_ink(ink, 2.0)
    assert not ink.coverage.any()
