"""Paper from a picture of a sheet."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, SettingsError, described
from smashcima.geometry import Rectangle
from smashcima.imaging import decode_image
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.interfaces import PaperSynthesizer
from smashcima.synthesis.paper.picture_paper import PicturePaper

Picture = NDArray[np.uint8]

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp")
"""Suffixes of names that are taken for pictures."""


class PicturePaperSynthesizer(PaperSynthesizer):
    """Puts the same picture under every page, scaled to cover it; what sticks out on two sides is cut off."""

    def __init__(self, picture: Picture | str | os.PathLike[str]) -> None:
        """`picture` is an image file, or an array: gray (height, width), or BGR or BGRA (height, width, 3 or 4).

        Raises:
            SettingsError: it is none of these.
        """
        self._bitmap = _bgra(_read(picture))

    @property
    def name(self) -> str:
        """Size and checksum of the picture, for records."""
        height, width = self._bitmap.shape[:2]
        digest = hashlib.sha256(self._bitmap.tobytes()).hexdigest()[:12]
        return f"picture of {width} x {height} px ({digest})"

    def synthesize_paper(self, page_space: AffineSpace, placement: Rectangle) -> PicturePaper:
        height, width = self._bitmap.shape[:2]
        mm_per_px = max(placement.width / width, placement.height / height)
        kept_width = min(width, max(1, round(placement.width / mm_per_px)))
        kept_height = min(height, max(1, round(placement.height / mm_per_px)))
        left, top = (width - kept_width) // 2, (height - kept_height) // 2
        return PicturePaper.covering(
            placement, page_space, self._bitmap[top : top + kept_height, left : left + kept_width]
        )


def _read(picture: object) -> object:
    """The pixels of a file; arrays are returned as they are."""
    if not isinstance(picture, str | os.PathLike):
        return picture
    try:
        found = decode_image(Path(picture).read_bytes())
    except (OSError, ExportError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not an image"
        raise SettingsError(f"The picture of paper {os.fspath(picture)} cannot be read: {reason}.") from error
    return (found >> 8).astype(np.uint8) if found.dtype == np.uint16 else found


def _bgra(picture: object) -> Picture:
    """A copy of a picture with four channels."""
    if isinstance(picture, np.ndarray) and picture.dtype == np.uint8 and picture.size > 0:
        if picture.ndim == 2:
            picture = np.repeat(picture[:, :, None], 3, axis=2)
        if picture.ndim == 3 and picture.shape[2] in (3, 4):
            opaque = np.full((*picture.shape[:2], 1), 255, np.uint8)
            return np.concatenate(
                [picture[:, :, :3], picture[:, :, 3:] if picture.shape[2] == 4 else opaque], axis=2
            )
    raise SettingsError(
        "A picture of paper must be an image file, or an array of uint8 with shape (height, width), (height, width, 3) or "
        f"(height, width, 4), not {described(picture)}."
    )
