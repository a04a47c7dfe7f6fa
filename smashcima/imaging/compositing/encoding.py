"""Image files."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, described
from smashcima.imaging.compositing.opacity import BAND_ROWS, is_opaque, multiplied

_WITH_OPACITY = {".png", ".webp", ".tif", ".tiff"}
_JPEG = {".jpg", ".jpeg"}
_WITHOUT_OPACITY = _JPEG | {".bmp"}

Bitmap = NDArray[np.uint8] | NDArray[np.bool_]
"""BGRA (height_px, width_px, 4); grayscale (height_px, width_px), 0 = black; or bilevel (height_px, width_px), bool,
`True` = white."""


def encode_image(bitmap: Bitmap, suffix: str, png_compression: int = 1, jpeg_quality: int = 95) -> bytes:
    """Encodes an image in the format of a suffix such as `.png`, and returns the bytes of the file.

    Images are grayscale, BGR or BGRA. PNG, WebP and TIFF keep the opacity of BGRA; JPEG and BMP blend it with white.
    Grayscale images give files with one channel (except WebP, which does not support them); bilevel images give 1 bit per pixel in PNG and TIFF.
    PNG uses compression level 1 by default, which gives small files for pages of music in a tenth of the time of level 9.

    Raises:
        ExportError: the suffix is unknown, or the format does not support the image.
    """
    import cv2

    _check_bitmap(bitmap)
    suffix = suffix.lower()
    if suffix not in _WITH_OPACITY | _WITHOUT_OPACITY:
        known = " ".join(sorted(_WITH_OPACITY | _WITHOUT_OPACITY))
        raise ExportError(f"No image format is known for the suffix {suffix!r}; choose from {known}.")
    options: list[int] = []
    if suffix == ".png":
        options = [cv2.IMWRITE_PNG_COMPRESSION, png_compression]
    elif suffix in _JPEG:
        options = [cv2.IMWRITE_JPEG_QUALITY, jpeg_quality]
    if bitmap.dtype == np.bool_:
        if suffix in {".tif", ".tiff"}:
            return _bilevel_tiff(bitmap)
        if suffix == ".png":
            options += [cv2.IMWRITE_PNG_BILEVEL, 1]
        picture: NDArray[np.uint8] = np.where(bitmap, 255, 0).astype(np.uint8)
    else:
        picture = bitmap.astype(np.uint8, copy=False)
    try:
        has_opacity = picture.ndim == 3 and picture.shape[2] == 4
        # The encoder of JPEG skips the fourth channel of an opaque page itself, which saves a copy.
        if has_opacity and suffix in _WITHOUT_OPACITY and not (suffix in _JPEG and is_opaque(picture)):
            picture = on_white(picture)
        ok, data = cv2.imencode(suffix, picture, options)
    except cv2.error:
        ok = False
    if not ok:
        raise ExportError(f"An image of shape {bitmap.shape} cannot be written as {suffix}.")
    return bytes(data.tobytes())


def decode_image(data: bytes) -> NDArray[np.uint8] | NDArray[np.uint16]:
    """Decodes the bytes of an image file: (height_px, width_px) if it is gray, otherwise with three (BGR) or four channels (BGRA).

    An orientation in EXIF data is ignored, since labels refer to the stored pixels.

    Raises:
        ExportError: the bytes are not an image.
    """
    import cv2

    try:
        found = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if data else None
    except cv2.error:  # such as one with too many pixels
        found = None
    if found is None or found.dtype not in (np.uint8, np.uint16):
        raise ExportError(f"{len(data)} bytes are not a readable image, such as PNG, JPEG or WebP.")
    return np.asarray(found, np.uint8) if found.dtype == np.uint8 else np.asarray(found, np.uint16)


def _check_bitmap(bitmap: Bitmap) -> None:
    """Raises an `ExportError` for what is not the array of an image."""
    is_array = isinstance(bitmap, np.ndarray)
    is_colour = is_array and bitmap.ndim == 3 and bitmap.shape[2] in (1, 3, 4) and bitmap.dtype == np.uint8
    is_gray = is_array and bitmap.ndim == 2 and bitmap.dtype in (np.uint8, np.bool_)
    if not (is_colour or is_gray) or 0 in bitmap.shape:
        raise ExportError(
            "An image must be an array of uint8 with shape (height, width), (height, width, 3) or (height, width, 4), or of "
            f"bool with shape (height, width), not {described(bitmap)}."
        )


def on_white(bitmap: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Blends a BGRA image with white: (height_px, width_px, 3), BGR."""
    import cv2

    if bitmap.size == 0 or is_opaque(bitmap):
        return np.asarray(cv2.cvtColor(bitmap, cv2.COLOR_BGRA2BGR), dtype=np.uint8)
    result: NDArray[np.uint8] = np.empty((*bitmap.shape[:2], 3), np.uint8)
    for top in range(0, len(bitmap), BAND_ROWS):
        band = bitmap[top : top + BAND_ROWS]
        white = cv2.cvtColor(cv2.bitwise_not(cv2.extractChannel(band, 3)), cv2.COLOR_GRAY2BGR)
        ink = cv2.cvtColor(multiplied(band), cv2.COLOR_BGRA2BGR)
        cv2.add(ink, white, dst=result[top : top + BAND_ROWS])
    return result


def _bilevel_tiff(bitmap: NDArray[np.bool_] | NDArray[np.uint8]) -> bytes:
    """Encodes a TIFF file with 1 bit per pixel, in one strip, compressed by zlib (TIFF 6.0, and its technical note 2).

    OpenCV writes at least 8 bits.
    """
    height, width = bitmap.shape
    strip = zlib.compress(np.packbits(bitmap, axis=1).tobytes(), 6)
    long, short = 4, 3
    entries = [
        (256, long, width),  # ImageWidth
        (257, long, height),  # ImageLength
        (258, short, 1),  # BitsPerSample
        (259, short, 8),  # Compression: Adobe's deflate
        (262, short, 1),  # PhotometricInterpretation: 0 is black
        (273, long, 8),  # StripOffsets: after the header
        (277, short, 1),  # SamplesPerPixel
        (278, long, height),  # RowsPerStrip
        (279, long, len(strip)),  # StripByteCounts
    ]
    strip += b"\0" * (len(strip) % 2)
    directory = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    header = struct.pack("<2sHI", b"II", 42, 8 + len(strip))
    return header + strip + struct.pack("<H", len(entries)) + directory + struct.pack("<I", 0)
