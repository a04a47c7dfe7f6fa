"""Batches for segmentation."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.datasets.consuming import CollateSegmentation
from smashcima.errors import SettingsError
from smashcima.exporting.classes import ClassSelection
from smashcima.imaging import encode_image


def mask_png(*numbers: int) -> bytes:
    return encode_image(np.tile(np.array(numbers, np.uint8), (4, 1)), ".png")


def test_images_and_classes_are_padded_alike(make_record):
    records = [
        make_record(3, semantic_png=mask_png(0, 1, 2)),
        make_record(5, 1, semantic_png=mask_png(1, 1, 0, 0, 3)),
    ]
    batch = CollateSegmentation(multiple=4)(records)
    assert batch["images"].shape == (2, 3, 4, 8)
    assert batch["images"][0, 1, 0].tolist() == [0, 0, 0, 1, 1, 1, 1, 1]
    assert batch["classes"][:, 0].tolist() == [
        [0, 1, 2, -100, -100, -100, -100, -100],
        [1, 1, 0, 0, 3, -100, -100, -100],
    ]
    assert batch["samples"].tolist() == [0, 1]


def test_chosen_classes_are_numbered_from_1_and_others_are_background(make_record):
    names = ClassSelection().classes
    collate = CollateSegmentation((names[2], names[0]), multiple=1)
    batch = collate([make_record(4, semantic_png=mask_png(0, 1, 2, 3))])
    assert batch["classes"][0, 0].tolist() == [0, 2, 0, 1]


def test_unknown_classes_are_refused():
    with pytest.raises(SettingsError, match="no class notehed"):
        CollateSegmentation(("notehed",))
