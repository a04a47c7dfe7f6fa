"""Batches for the segmentation of images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.consuming.pictures import file_of, picture_of, same_channels, scaled, stacked
from smashcima.datasets.generation import Record
from smashcima.errors import SettingsError
from smashcima.exporting.classes import ClassSelection
from smashcima.imaging import decode_image


@dataclass(frozen=True)
class CollateSegmentation:
    """Makes batches of images with the class of each pixel, from the label `masks`.

    A batch has `images`, float32 (n, channels, height, width) from 0 to 1; `classes`, int64 (n, height, width); and
    `samples`, the index of each sample. Images are padded with white at the right and bottom; the classes of the padding
    are `ignore`.
    """

    classes: tuple[str, ...] | None = None
    """Classes in the order of their numbers, from 1; all others become 0, as the background. `None` for all classes, with the
    category ids of COCO."""

    ignore: int = -100
    """Class of padding; the loss functions of PyTorch ignore -100."""

    multiple: int = 32
    """Height and width of batches are multiples of this, as networks that halve the resolution need."""

    def __post_init__(self) -> None:
        known = ClassSelection().classes
        unknown = [name for name in self.classes or () if name not in known]
        if unknown:
            raise SettingsError(f"There is no class {', '.join(unknown)}; choose from {', '.join(known)}.")

    def __call__(self, records: Sequence[Record]) -> dict[str, NDArray[Any]]:
        """Returns the batch of some records."""
        table = self._table()
        pictures = same_channels([picture_of(record) for record in records])
        masks = [table[decode_image(file_of(record, "semantic.png", "masks"))] for record in records]
        return {
            "images": stacked([scaled(picture) for picture in pictures], 1.0, self.multiple),
            "classes": stacked(masks, self.ignore, self.multiple),
            "samples": np.array([record.sample for record in records], np.int64),
        }

    def _table(self) -> NDArray[np.int64]:
        """The class of a pixel by its number in the mask."""
        known = ClassSelection().classes
        if self.classes is None:
            return np.arange(len(known) + 1, dtype=np.int64)
        table = np.zeros(len(known) + 1, np.int64)
        for number, name in enumerate(self.classes, 1):
            table[known.index(name) + 1] = number
        return table
