"""Masks are stacked so that none touches another, and all are found again."""

from __future__ import annotations

import numpy as np

from smashcima.assets.glyphs.mask_stacks import stacked


def test_masks_lie_below_one_another_from_narrow_to_wide():
    wide, narrow = np.ones((1, 3), np.uint8), np.ones((2, 1), np.uint8)
    (stack,) = stacked([wide, narrow])
    assert stack.indices == (1, 0)
    assert stack.picture.tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 0], [1, 1, 1], [0, 0, 0]]
    assert stack.tops.tolist() == [0, 3]
    assert stack.places([0, 1, 3]).tolist() == [0, 0, 1]


def test_every_mask_is_in_one_stack():
    masks = [np.ones((300, 1 + number % 200), np.uint8) for number in range(50)]
    stacks = list(stacked(masks))
    assert len(stacks) > 1
    assert sorted(index for stack in stacks for index in stack.indices) == list(range(50))
    for stack in stacks:
        for index, top in zip(stack.indices, stack.tops.tolist(), strict=True):
            height, width = masks[index].shape
            assert np.array_equal(stack.picture[top : top + height, :width], masks[index])


def test_nothing_makes_no_stack():
    assert list(stacked([])) == []
