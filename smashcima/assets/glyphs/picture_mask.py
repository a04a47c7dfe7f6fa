"""Detection of ink pixels in an image."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import AssetError, CorruptAssetError

_HALF = 128


def read_ink(path: Path) -> NDArray[np.uint8]:
    """Reads the ink of an image file, (height, width), 1 = ink: opaque pixels, or dark pixels if none is transparent.

    Light ink on a dark background is recognised by the image border, which is mostly background.

    Raises:
        AssetError: the file does not exist or cannot be read.
        CorruptAssetError: the file is not an image, or has a single colour.
    """
    import cv2

    try:
        data = path.read_bytes()
    except OSError as error:
        raise AssetError(f"The image {path} cannot be read: {error}.") from error
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if data else None
    if picture is None:
        raise CorruptAssetError(f"{path} is not a readable image.")
    if picture.dtype == np.uint16:
        picture = (picture / 256).astype(np.uint8)
    if picture.dtype != np.uint8:
        raise CorruptAssetError(
            f"{path} has pixels of type {picture.dtype}. Convert it to 8 or 16 bits per channel."
        )
    channels = picture.reshape(*picture.shape[:2], -1)
    if channels.shape[2] in (2, 4) and channels[..., -1].min() < _HALF:
        ink = channels[..., -1] >= _HALF
    else:
        grey = channels[..., :3].mean(axis=2) if channels.shape[2] >= 3 else channels[..., 0]
        ink = _darker(grey.astype(np.uint8))
    if not ink.any() or ink.all():
        raise CorruptAssetError(f"{path} has no symbol that is distinguishable from its background.")
    return ink.astype(np.uint8)


def _darker(grey: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Pixels that differ from the background, by Otsu's threshold."""
    import cv2

    threshold, _ = cv2.threshold(np.ascontiguousarray(grey), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark: NDArray[np.bool_] = grey <= threshold
    border = np.concatenate([dark[0], dark[-1], dark[:, 0], dark[:, -1]])
    return ~dark if border.mean() > 0.5 else dark
