"""Boxes of crops lie in the crop, those of staff spaces too."""

from __future__ import annotations

from pathlib import Path

import pytest

import smashcima as sc


@pytest.mark.parametrize("level", ["measures", "staves"])
def test_no_box_reaches_out_of_a_crop(level: str, example_score: Path) -> None:
    scene = sc.EngravedModel(seed=0, dpi=60)(example_score, pages=[0])
    image = scene.compose_page(scene.pages[0])
    for crop in sc.CropExporter(level, margin_ss=0).export(image)[:3]:
        document = sc.CocoExporter().export(crop.image)
        assert document["annotations"]
        for annotation in document["annotations"]:
            left, top, width, height = annotation["bbox"]
            assert left >= 0
            assert top >= 0
            assert left + width <= crop.image.width
            assert top + height <= crop.image.height
