"""Records for tests of batches."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from smashcima.datasets.generation import GenerationPlan, Record
from smashcima.imaging import encode_image

RED_BGRA = (0, 0, 255, 255)


@pytest.fixture
def make_record() -> Callable[..., Record]:
    """Makes records of red images of a width, 4 pixels high."""

    def make(width: int = 6, sample: int = 0, **files: bytes) -> Record:
        pixels = np.full((4, width, 4), RED_BGRA, np.uint8)
        named = {suffix.replace("_", "."): content for suffix, content in files.items()}
        return Record(f"{sample:06}", sample, "train", {"png": encode_image(pixels, ".png"), **named})

    return make


@pytest.fixture
def coco() -> bytes:
    """A COCO document of two objects of two of three classes, with a mask and a polygon."""
    return json.dumps(
        {
            "annotations": [
                # Column by column: three pixels of the first column and two of the second, without the top row.
                {
                    "category_id": 2,
                    "bbox": [0, 1, 2, 3],
                    "area": 5,
                    "segmentation": {"size": [4, 6], "counts": [1, 3, 2, 2, 16]},
                },
                {
                    "category_id": 7,
                    "bbox": [2, 0, 4, 2],
                    "area": 8,
                    "segmentation": [[2, 0, 6, 0, 6, 2, 2, 2]],
                },
            ],
            "categories": [{"id": 2, "name": "stem"}, {"id": 7, "name": "staff"}, {"id": 9, "name": "rest"}],
        }
    ).encode()


@pytest.fixture
def plan(tmp_path: Path) -> GenerationPlan:
    """Seven staves, of which some fail: one of two scores is empty."""
    scores = tmp_path / "scores"
    scores.mkdir()
    (scores / "song.mashcima").write_text("clef.G-2 q1 h-2 | e=-3 =e0 q4 |\n")
    (scores / "zero.mashcima").write_text("")
    return GenerationPlan.from_data(
        {
            "version": 1,
            "seed": 4,
            "count": 7,
            "sources": [{"folder": "scores"}],
            "model": {"model": "staff", "options": {"hand": "pen"}},
            "image": {"dpi": 60},
            "labels": ["coco", "masks"],
        },
        folder=tmp_path,
    )
