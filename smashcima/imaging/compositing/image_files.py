"""Writing of image files."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from smashcima.errors import ExportError
from smashcima.files import write_file
from smashcima.imaging.compositing.encoding import Bitmap, encode_image
from smashcima.imaging.compositing.image_of import ImageSource, image_of


def write_image(
    image: Bitmap | ImageSource, path: str | Path, png_compression: int = 1, jpeg_quality: int = 95
) -> None:
    """Writes an image to a file, in the format of its suffix; raises `ExportError` if that fails.

    The image is an array, as for `encode_image`; an image with regions; or a page of a scene.
    """
    path = Path(path)
    bitmap = image if isinstance(image, np.ndarray) else image_of(image).bitmap
    data = encode_image(bitmap, path.suffix, png_compression, jpeg_quality)
    try:
        write_file(path, data)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.") from error
