"""Pictures as image files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError

_WITH_OPACITY = {".png", ".webp", ".tif", ".tiff"}
_WITHOUT_OPACITY = {".jpg", ".jpeg", ".bmp"}


def encode_image(
    bitmap: NDArray[np.uint8], suffix: str, png_compression: int = 1, jpeg_quality: int = 95
) -> bytes:
    """The bytes of an image file of the format that a suffix such as `.png` names.

    `bitmap` is BGRA, (height_px, width_px, 4). PNG, WebP and TIFF keep the opacity; JPEG and BMP show the picture
    on white. PNG is compressed little: pages of music get small all the same, in a tenth of the time of level 9.
    Raises an `ExportError` for an unknown suffix, or when the picture does not fit the format.
    """
    import cv2

    suffix = suffix.lower()
    if suffix not in _WITH_OPACITY | _WITHOUT_OPACITY:
        known = " ".join(sorted(_WITH_OPACITY | _WITHOUT_OPACITY))
        raise ExportError(f"No image format is known for the suffix {suffix!r}; there are {known}.")
    options: list[int] = []
    if suffix == ".png":
        options = [cv2.IMWRITE_PNG_COMPRESSION, png_compression]
    elif suffix in {".jpg", ".jpeg"}:
        options = [cv2.IMWRITE_JPEG_QUALITY, jpeg_quality]
    try:
        ok, data = cv2.imencode(suffix, on_white(bitmap) if suffix in _WITHOUT_OPACITY else bitmap, options)
    except cv2.error:
        ok = False
    if not ok:
        raise ExportError(f"A picture of shape {bitmap.shape} cannot be written as {suffix}.")
    return bytes(data.tobytes())


def write_image(
    bitmap: NDArray[np.uint8], path: str | Path, png_compression: int = 1, jpeg_quality: int = 95
) -> None:
    """Writes a BGRA picture to a file, in the format that the suffix names; an `ExportError` if that fails."""
    path = Path(path)
    data = encode_image(bitmap, path.suffix, png_compression, jpeg_quality)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.") from error


def on_white(bitmap: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A BGRA picture without its opacity, (height_px, width_px, 3) BGR, as it looks on white."""
    import cv2

    if int(bitmap[:, :, 3].min(initial=255)) == 255:
        return np.asarray(cv2.cvtColor(bitmap, cv2.COLOR_BGRA2BGR), dtype=np.uint8)
    alpha = bitmap[:, :, 3:].astype(np.uint16)
    return ((bitmap[:, :, :3] * alpha + (255 - alpha) * 255 + 127) // 255).astype(np.uint8)
