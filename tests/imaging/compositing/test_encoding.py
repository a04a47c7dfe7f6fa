"""Encoding and decoding of image files."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.errors import ExportError
from smashcima.imaging import decode_image, encode_image


@pytest.mark.parametrize("shape", [(3, 5), (3, 5, 4)])
def test_png_files_are_decoded_as_they_were_encoded(shape: tuple[int, ...]):
    pixels = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    assert decode_image(encode_image(pixels, ".png")).tolist() == pixels.tolist()


@pytest.mark.parametrize("data", [b"", b"no image"])
def test_other_bytes_are_refused(data: bytes):
    with pytest.raises(ExportError, match=f"{len(data)} bytes are not a readable image"):
        decode_image(data)


@pytest.mark.parametrize("suffix", [".jpg", ".bmp", ".png"])
def test_images_without_opacity_are_encoded(suffix: str):
    picture = np.full((4, 6, 3), (10, 120, 240), np.uint8)
    found = decode_image(encode_image(picture, suffix, jpeg_quality=100))
    assert found.shape[:2] == (4, 6)
    assert np.abs(found[..., :3].astype(int) - picture).max() <= 3


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".bmp"])
def test_an_opaque_picture_gives_the_file_of_its_colours(suffix: str):
    picture = np.random.default_rng(0).integers(0, 256, (37, 51, 4), dtype=np.uint8)
    picture[:, :, 3] = 255
    colours = np.ascontiguousarray(picture[:, :, :3])
    assert encode_image(picture, suffix) == encode_image(colours, suffix)
    assert encode_image(picture[:, ::2], suffix) == encode_image(colours[:, ::2], suffix)


def test_a_transparent_pixel_is_white_in_a_jpeg_file():
    picture = np.zeros((16, 16, 4), np.uint8)
    assert decode_image(encode_image(picture, ".jpg")).min() == 255
