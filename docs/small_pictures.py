"""Picture files of limited size."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray


def write_jpeg(picture: NDArray[np.uint8], path: Path) -> None:
    """Writes a JPEG file with the highest quality that fits into 140 KiB."""
    for quality in range(90, 20, -4):
        data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        if data.nbytes <= 140 * 1024:
            break
    path.write_bytes(data.tobytes())
