"""Batches for recognisers that read an image as a sequence of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.datasets.consuming.pictures import file_of, picture_of, same_channels, scaled, stacked
from smashcima.datasets.consuming.vocabulary import PADDING, Vocabulary
from smashcima.datasets.generation import Record
from smashcima.errors import SettingsError

TEXTS = {
    "agnostic": "agnostic",
    "semantic": "semantic",
    "mashcima": "mashcima",
    "lmx": "lmx",
    "humdrum": "krn",
}
"""Labels whose text is a sequence of tokens, with the suffixes of their files."""


def text_of(record: Record, label: str) -> str:
    """The text of a label: `agnostic`, `semantic`, `mashcima`, `lmx` or `humdrum`.

    Raises `SettingsError` if the record does not have it.
    """
    if label not in TEXTS:
        raise SettingsError(f"The label {label!r} is no text of tokens; choose from {', '.join(TEXTS)}.")
    return file_of(record, TEXTS[label], label).decode()


@dataclass(frozen=True)
class CollateSequences:
    """Makes batches of images of staves with their tokens.

    A batch has `images`, float32 (n, channels, height, width) from 0 to 1, padded with white at the right and bottom;
    `widths`, the width of each image in pixels without padding; `tokens`, int64 (n, length), padded with 0;
    `lengths`, the number of tokens of each; and `samples`, the index of each sample.
    """

    vocabulary: Vocabulary

    label: str = "agnostic"
    """`agnostic`, `semantic`, `mashcima`, `lmx` or `humdrum`."""

    ends: bool = False
    """Whether tokens stand between the ids of begin and end, as decoders need; CTC does not."""

    multiple: int = 1
    """Height and width of batches are multiples of this."""

    def __call__(self, records: Sequence[Record]) -> dict[str, NDArray[Any]]:
        """Returns the batch of some records."""
        pictures = same_channels([picture_of(record) for record in records])
        tokens = [
            self.vocabulary.encode(text_of(record, self.label), ends=self.ends)[None] for record in records
        ]
        return {
            "images": stacked([scaled(picture) for picture in pictures], 1.0, self.multiple),
            "widths": np.array([picture.shape[2] for picture in pictures], np.int64),
            "tokens": stacked(tokens, PADDING)[:, 0],
            "lengths": np.array([each.shape[1] for each in tokens], np.int64),
            "samples": np.array([record.sample for record in records], np.int64),
        }
