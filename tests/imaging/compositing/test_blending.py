"""Blending of layers of ink over paper."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.imaging.compositing.blending import blend
from smashcima.imaging.compositing.ink_layer import InkLayer

COLORS = [(0, 0, 0), (120, 40, 10)]


def layers(color: tuple[int, int, int]) -> list[InkLayer]:
    """Ink of all degrees of coverage above black lines, on 200 x 64 px."""
    lines = np.zeros((200, 64), np.uint8)
    lines[90:94] = 255
    return [InkLayer(lines), InkLayer(np.random.default_rng(1).integers(0, 256, (200, 64), np.uint8), color)]


@pytest.mark.parametrize("color", COLORS)
def test_white_paper_with_one_other_pixel_gives_the_same_as_plain_white_paper(
    color: tuple[int, int, int],
) -> None:
    plain, marked = np.full((200, 64, 4), 255, np.uint8), np.full((200, 64, 4), 255, np.uint8)
    marked[::50, 7, :3] = 254
    blend(plain, layers(color))
    blend(marked, layers(color))
    where = np.ones((200, 64), bool)
    where[::50, 7] = False
    assert np.array_equal(plain[where], marked[where])
    assert (plain[90:94] == (0, 0, 0, 255)).all()


def test_only_the_given_part_of_a_larger_image_changes() -> None:
    image = np.full((200, 100, 4), 255, np.uint8)
    blend(image[:, 10:74], layers(COLORS[1]))
    alone = np.full((200, 64, 4), 255, np.uint8)
    blend(alone, layers(COLORS[1]))
    assert np.array_equal(image[:, 10:74], alone)
    assert (image[:, :10] == 255).all()
    assert (image[:, 74:] == 255).all()
