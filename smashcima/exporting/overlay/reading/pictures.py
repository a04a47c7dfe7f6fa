"""Reading of image files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError


def read_picture(path: str | Path) -> NDArray[np.uint8]:
    """Reads an image file as BGRA (height_px, width_px, 4); raises an `ExportError` if it is missing or
    cannot be decoded.
    """
    import cv2

    file = Path(path)
    if not file.is_file():
        raise ExportError(f"There is no image {file}.")
    data = np.fromfile(file, np.uint8)
    # Ignores the orientation in EXIF data, since labels refer to stored pixels.
    try:
        found = cv2.imdecode(data, cv2.IMREAD_UNCHANGED) if data.size else None
    except cv2.error as error:  # such as one with too many pixels
        raise ExportError(f"The image {file} cannot be read: {error}.") from error
    if found is None:
        raise ExportError(f"{file} is not a readable image, such as PNG, JPEG or TIFF.")
    if found.dtype == np.uint16:
        found = found // 257
    picture = np.asarray(found, dtype=np.uint8)
    channels = 1 if picture.ndim == 2 else picture.shape[2]
    how = {1: cv2.COLOR_GRAY2BGRA, 3: cv2.COLOR_BGR2BGRA}.get(channels)
    return picture if how is None else np.asarray(cv2.cvtColor(picture, how), dtype=np.uint8)
