"""Contact sheets: small pictures of many images."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.imaging.compositing.encoding import encode_image

_MARGIN_PX = 8
_CAPTION_PX = 18
_BACKGROUND = 235
_FRAME = 190


def thumbnail(image: bytes, largest_px: int = 320) -> bytes:
    """Shrinks an encoded image to a JPEG whose sides are at most `largest_px`; smaller images keep their size.

    Raises:
        ExportError: the bytes are not an image that OpenCV reads.
    """
    return encode_image(_fitted(_decoded(image), largest_px, largest_px), ".jpg", jpeg_quality=80)


def contact_sheet(
    images: Sequence[tuple[str, bytes | None]], columns: int = 4, cell_px: int = 320
) -> NDArray[np.uint8]:
    """Arranges encoded images in rows, each with a caption (in ASCII): (height_px, width_px, 4), BGRA.

    An image that is `None` gives an empty cell.

    Raises:
        ExportError: there are no images, or one cannot be read.
    """
    import cv2

    if not images:
        raise ExportError("A contact sheet needs at least one image.")
    columns = min(columns, len(images))
    pictures = [None if data is None else _fitted(_decoded(data), cell_px, cell_px) for _, data in images]
    strips = []
    for first in range(0, len(images), columns):
        row = pictures[first : first + columns]
        height = max((len(picture) for picture in row if picture is not None), default=cell_px // 2)
        strip = np.full(
            (height + _CAPTION_PX + _MARGIN_PX, columns * (cell_px + _MARGIN_PX) + _MARGIN_PX, 4),
            _BACKGROUND,
            np.uint8,
        )
        strip[:, :, 3] = 255
        for column, picture in enumerate(row):
            left = _MARGIN_PX + column * (cell_px + _MARGIN_PX)
            caption = images[first + column][0]
            cv2.putText(
                strip, caption, (left, _CAPTION_PX - 5), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (60, 60, 60, 255), 1, cv2.LINE_AA
            )  # fmt: skip
            right = left + cell_px if picture is None else left + picture.shape[1]
            bottom = _CAPTION_PX + (height if picture is None else len(picture))
            if picture is not None:
                strip[_CAPTION_PX:bottom, left:right] = picture
            cv2.rectangle(
                strip, (left - 1, _CAPTION_PX - 1), (right, bottom), (_FRAME, _FRAME, _FRAME, 255), 1
            )
        strips.append(strip)
    return np.concatenate(strips)


def _decoded(image: bytes) -> NDArray[np.uint8]:
    import cv2

    try:
        decoded = cv2.imdecode(np.frombuffer(image, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:  # no bytes at all
        decoded = None
    if decoded is None:
        raise ExportError(f"{len(image)} bytes cannot be read as an image.")
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGR2BGRA), np.uint8)


def _fitted(bitmap: NDArray[np.uint8], width_px: int, height_px: int) -> NDArray[np.uint8]:
    """Shrinks a bitmap to fit into a box."""
    import cv2

    height, width = bitmap.shape[:2]
    scale = min(width_px / width, height_px / height)
    if scale >= 1:
        return bitmap
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(bitmap, size, interpolation=cv2.INTER_AREA), np.uint8)
