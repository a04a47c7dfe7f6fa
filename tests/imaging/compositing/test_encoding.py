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
