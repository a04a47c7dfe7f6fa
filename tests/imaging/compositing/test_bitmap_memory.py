"""The memory of large images serves again, and never while somebody still sees it."""

from __future__ import annotations

import numpy as np

from smashcima.imaging.compositing.bitmap_memory import new_bitmap

SIDE = 3000
"""Side of an image of 36 MB."""


def address(bitmap: np.ndarray) -> int:
    return bitmap.__array_interface__["data"][0]


def test_an_image_gets_the_memory_of_one_that_is_gone():
    first = new_bitmap((SIDE, SIDE, 4))
    where = address(first)
    del first
    second = new_bitmap((SIDE - 10, SIDE, 4))
    assert address(second) == where
    assert second.shape == (SIDE - 10, SIDE, 4)
    assert second.dtype == np.uint8
    assert second.flags.writeable
    assert second.flags.c_contiguous


def test_a_picture_and_its_copy_get_the_memory_of_two_that_are_gone():
    first, second = new_bitmap((SIDE, SIDE, 4)), new_bitmap((SIDE, SIDE, 4))
    places = {address(first), address(second)}
    assert len(places) == 2
    del first, second
    third, fourth = new_bitmap((SIDE, SIDE, 4)), new_bitmap((SIDE, SIDE, 4))
    assert {address(third), address(fourth)} == places


def test_a_picture_that_is_drawn_smaller_gets_the_memory_of_a_larger_one():
    first = new_bitmap((SIDE, SIDE, 4))
    where = address(first)
    del first
    smaller = new_bitmap((SIDE * 7 // 10, SIDE * 7 // 10, 4))
    assert address(smaller) == where
    assert smaller.shape == (2100, 2100, 4)


def test_memory_with_a_view_on_it_is_not_given_away():
    first = new_bitmap((SIDE, SIDE, 4))
    first[:] = 7
    corner = first[:5, :5, 1]
    del first
    second = new_bitmap((SIDE, SIDE, 4))
    second[:] = 9
    assert (corner == 7).all()


def test_a_much_smaller_image_does_not_keep_large_memory():
    first = new_bitmap((3 * SIDE, SIDE, 4))
    where = address(first)
    del first
    assert address(new_bitmap((SIDE, SIDE, 4))) != where


def test_small_images_are_plain_arrays():
    assert new_bitmap((20, 30, 4)).flags.owndata
    assert new_bitmap((20, 30)).shape == (20, 30)
