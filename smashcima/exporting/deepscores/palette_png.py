"""PNG with a palette, which OpenCV cannot write."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import encode_image

_HEAD = 8 + 25
"""Number of bytes of the signature and the chunk IHDR, which comes first."""

_COLOR_TYPE = 25
_INDEXED = 3


def palette_png(values: NDArray[np.uint8], palette: bytes) -> bytes:
    """Encodes an image (height_px, width_px) of palette indices; the palette has three bytes (red, green,
    blue) per entry.

    An 8-bit grey image and an indexed one differ only in the header and the palette (PNG specification,
    11.2).
    """
    gray = encode_image(values, ".png")
    header = bytearray(gray[12 : _HEAD - 4])
    header[_COLOR_TYPE - 12] = _INDEXED
    head = gray[:12] + bytes(header) + struct.pack(">I", zlib.crc32(bytes(header)))
    chunk = b"PLTE" + palette
    return (
        head + struct.pack(">I", len(palette)) + chunk + struct.pack(">I", zlib.crc32(chunk)) + gray[_HEAD:]
    )
