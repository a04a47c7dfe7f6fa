"""Patches of real paper, read from images."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima._moved import FormerAttributes
from smashcima.errors import AssetError, CorruptAssetError

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".jp2")
"""Suffixes of image files in a folder."""


@dataclass(frozen=True, eq=False)
class PaperPatch(FormerAttributes):
    """An image of blank paper."""

    pixels: NDArray[np.uint8]
    """(height_px, width_px, 3), BGR."""

    dpi: float
    """Resolution in pixels per inch."""

    name: str = "patch"

    def __post_init__(self) -> None:
        pixels = self.pixels
        if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.size == 0:
            raise AssetError(
                f"The patch {self.name!r} must be a uint8 array of shape (height, width, 3), BGR, "
                f"not {pixels.dtype} of shape {pixels.shape}."
            )
        if not 10 <= self.dpi <= 4800:
            raise AssetError(
                f"The resolution of the patch {self.name!r} must be between 10 and 4800 pixels per inch, not {self.dpi}."
            )


def read_patch(path: Path, dpi: float) -> PaperPatch:
    """Reads a patch from an image file; transparent pixels are blended with white, and grey is converted to BGR.

    Raises:
        AssetError: the file does not exist or cannot be read.
        CorruptAssetError: the file is not an image.
    """
    import cv2

    try:
        data = path.read_bytes()
    except OSError as error:
        raise AssetError(f"{path} cannot be read: {error.strerror or error}.") from error
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if data else None
    if image is None:
        raise CorruptAssetError(f"{path} is not an image, or is damaged ({len(data)} bytes).")
    if image.dtype == np.uint16:
        image = image // 257
    pixels = np.asarray(image, dtype=np.uint8)
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    if pixels.shape[2] in (2, 4):
        alpha = pixels[:, :, -1:].astype(np.uint16)
        pixels = ((pixels[:, :, :-1] * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
    if pixels.shape[2] == 1:
        pixels = np.repeat(pixels, 3, axis=2)
    return PaperPatch(np.ascontiguousarray(pixels), dpi, path.stem)


def paper_patches_from_folder(folder: str | Path, dpi: float) -> tuple[PaperPatch, ...]:
    """Reads the images in a folder as patches, in the order of their names; all have the resolution `dpi`.

    Raises:
        AssetError: the folder does not exist or contains no image.
        CorruptAssetError: a file with an image suffix is not an image.
    """
    directory = Path(folder)
    if not directory.is_dir():
        raise AssetError(f"{directory} is not a folder. Give a folder with images of paper.")
    paths = sorted(path for path in directory.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    if not paths:
        raise AssetError(f"There are no images in {directory}. Supported suffixes: {', '.join(SUFFIXES)}.")
    return tuple(read_patch(path, dpi) for path in paths)
