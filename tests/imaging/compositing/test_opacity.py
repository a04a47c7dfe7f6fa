from __future__ import annotations

import numpy as np

from smashcima.imaging.compositing.opacity import divided, is_opaque, multiplied


def every_pixel() -> np.ndarray:
    """All values in all opacities."""
    value, opacity = np.meshgrid(np.arange(256), np.arange(256))
    return np.dstack([value, 255 - value, value, opacity]).astype(np.uint8)


def test_colours_are_multiplied_and_rounded():
    picture = every_pixel()
    product = picture[:, :, :3].astype(int) * picture[:, :, 3:]
    result = multiplied(picture)
    assert np.array_equal(result[:, :, :3], np.rint(product / 255))
    assert np.array_equal(result[:, :, 3], picture[:, :, 3])


def test_division_undoes_multiplication_as_far_as_eight_bits_go():
    picture = every_pixel()
    result = divided(multiplied(picture))
    assert np.array_equal(result[255], picture[255])
    assert (result[0, :, :3] == 0).all()  # of what is wholly transparent, nothing is known
    # Half a step of what was multiplied, and half a step of the rounding.
    off = np.abs(result[1:].astype(int) - picture[1:])[:, :, :3].max(axis=(1, 2))
    assert (off <= 127.5 / np.arange(1, 256) + 0.5).all()


def test_opaque_pictures_are_known():
    picture = np.full((3, 4, 4), 255, np.uint8)
    picture[:, :, :3] = 0
    assert is_opaque(picture)
    assert is_opaque(picture[:, ::2])
    picture[2, 3, 3] = 254
    assert not is_opaque(picture)
    assert not is_opaque(picture[:, 1::2])
    assert is_opaque(picture[:2])
