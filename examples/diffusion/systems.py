"""Systems of a data set in the VisionScores layout as tensors, with their key, metre and texture."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from smashcima.datasets import load
from smashcima.datasets.consuming import picture_of

FIELDS = ("key", "metre", "texture")
"""The conditions, by their names in `smashcima.Conditions`."""

SHAPE = (128, 512)
_FACTS = "visionscores.json"


@dataclass(frozen=True)
class Vocabulary:
    """The values of each condition; their numbers begin at 1, as 0 is "not given"."""

    values: Mapping[str, tuple[str, ...]]

    @staticmethod
    def of(conditions: Iterable[Mapping[str, str]]) -> Vocabulary:
        """All values that occur."""
        rows = list(conditions)
        return Vocabulary({field: tuple(sorted({row[field] for row in rows})) for field in FIELDS})

    @property
    def sizes(self) -> tuple[int, ...]:
        """The number of values of each condition, with "not given"."""
        return tuple(len(self.values[field]) + 1 for field in FIELDS)

    def numbers(self, conditions: Mapping[str, str]) -> list[int]:
        """The number of the value of each condition; 0 for those not given. Raises a `ValueError` for unknown ones."""
        found = []
        for field in FIELDS:
            value = conditions.get(field)
            if value is not None and value not in self.values[field]:
                raise ValueError(f"unknown {field} {value!r}; there are {', '.join(self.values[field])}")
            found.append(0 if value is None else 1 + self.values[field].index(value))
        return found


@dataclass(frozen=True)
class Systems:
    """Images with the numbers of their conditions."""

    images: torch.Tensor
    """(n, 1, 128, 512), uint8: 0 is ink."""

    conditions: torch.Tensor
    """(n, 3): the numbers of key, metre and texture."""

    def batch(self, indices: torch.Tensor, device: str) -> tuple[torch.Tensor, torch.Tensor]:
        """Images from -1 (paper) to 1 (ink), and their conditions."""
        images = self.images[indices].to(device, torch.float32)
        return 1 - images / 127.5, self.conditions[indices].to(device)


def read_systems(folder: Path) -> tuple[Systems, Systems, Vocabulary]:
    """The systems for training and for the test, and their vocabulary.

    Only the first system of a piece shows the metre, so the others are left out.
    """
    records = [record for record in load(folder) if json.loads(record.files[_FACTS])["system_index"] == 0]
    vocabulary = Vocabulary.of(record.metadata["conditions"] for record in records)
    parts = []
    for is_test in (False, True):
        chosen = [record for record in records if (record.split == "test") == is_test]
        images = np.array([picture_of(record) for record in chosen], np.uint8).reshape(-1, 1, *SHAPE)
        numbers = [vocabulary.numbers(record.metadata["conditions"]) for record in chosen]
        parts.append(Systems(torch.from_numpy(images), torch.tensor(numbers).reshape(-1, len(FIELDS))))
    return parts[0], parts[1], vocabulary


def bitmaps(images: torch.Tensor) -> np.ndarray:
    """Gray images, (n, 128, 512), from images of -1 (paper) to 1 (ink)."""
    return ((1 - images[:, 0]) * 127.5).round().clamp(0, 255).to(torch.uint8).cpu().numpy()
