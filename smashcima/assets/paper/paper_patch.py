"""Pieces of real paper, from pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import AssetError, CorruptAssetError

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".jp2")
"""What is taken for a picture in a folder."""


@dataclass(frozen=True, eq=False)
class PaperPatch:
    """A picture of paper that nothing is written on."""

    pixels: NDArray[np.uint8]
    """(height_px, width_px, 3), BGR."""

    dpi: float
    """Pixels per inch of the paper."""

    name: str = "patch"

    def __post_init__(self) -> None:
        pixels = self.pixels
        if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.size == 0:
            raise AssetError(
                f"The patch {self.name!r} is {pixels.dtype} of shape {pixels.shape}; patches are uint8 of shape "
                "(height, width, 3), BGR."
            )
        if not 10 <= self.dpi <= 4800:
            raise AssetError(f"The patch {self.name!r} cannot have {self.dpi} pixels per inch (10 to 4800).")


def read_patch(path: Path, dpi: float) -> PaperPatch:
    """The patch in an image file; transparency is laid over white, and grey becomes colour.

    Raises:
        AssetError: there is no such file, or it cannot be read.
        CorruptAssetError: it is not an image.
    """
    import cv2

    try:
        data = path.read_bytes()
    except OSError as error:
        raise AssetError(f"{path} cannot be read: {error.strerror or error}.") from error
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if data else None
    if image is None:
        raise CorruptAssetError(f"{path} is not an image, or it is damaged ({len(data)} bytes).")
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
    """The pictures in a folder, in the order of their names; all of one resolution.

    Raises:
        AssetError: there is no such folder, or no picture in it.
        CorruptAssetError: one is not an image, whatever its name says.
    """
    directory = Path(folder)
    if not directory.is_dir():
        raise AssetError(f"{directory} is not a folder; it should have pictures of paper.")
    paths = sorted(path for path in directory.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    if not paths:
        raise AssetError(f"There is no picture in {directory}; pictures are {', '.join(SUFFIXES)}.")
    return tuple(read_patch(path, dpi) for path in paths)
