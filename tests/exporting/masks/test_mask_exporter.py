"""Masks as images."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

import smashcima as sc
from smashcima.errors import ExportError
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.classes import ClassSelection
from smashcima.exporting.masks import MaskExporter

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"


@pytest.fixture(scope="module")
def annotation() -> PageAnnotation:
    scene = sc.EngravedModel(seed=0)(EXAMPLE, pages=[0])
    return annotate(scene.compose_page(scene.pages[0]))


def dark(annotation: PageAnnotation) -> np.ndarray:
    return annotation.image.bitmap[:, :, 0] < 128


def test_ink_is_where_the_picture_is_dark(annotation: PageAnnotation) -> None:
    mask = MaskExporter("ink").export(annotation) == 255
    assert (mask ^ dark(annotation)).sum() / dark(annotation).sum() < 0.01


def test_staff_lines_go_on_under_other_ink(annotation: PageAnnotation) -> None:
    mask = MaskExporter("staff_lines").export(annotation) == 255
    top = annotation.regions[next(i for i, n in enumerate(annotation.nodes) if n.sign.label == "staffLine")]
    left, upper, right, lower = top.pixel_box
    assert mask[upper:lower, left + 1 : right - 1].any(axis=0).all()


def test_the_semantic_mask_holds_numbers_of_the_classes(annotation: PageAnnotation) -> None:
    exporter = MaskExporter(classes=ClassSelection("mung", keep=["noteheadBlack", "stem", "staffLine"]))
    mask = exporter.export(annotation)
    table = exporter.table(annotation)
    assert set(np.unique(mask)) == {0, *table}
    number = {name: number for number, name in table.items()}["noteheadBlack"]
    signs = [node.sign for node in annotation.nodes]
    heads = [
        i for i, sign in enumerate(signs) if sign.label == "noteheadBlack" and "small" not in sign.traits
    ]
    for left, top, right, bottom in annotation.regions.pixel_boxes()[heads].tolist():
        middle = mask[(top + bottom) // 2, (left + right) // 2]
        assert middle == number


def test_the_instance_mask_leads_back_to_objects(annotation: PageAnnotation, tmp_path: Path) -> None:
    exporter = MaskExporter("instance")
    exporter.write(annotation, tmp_path / "instances.png")
    mask = cv2.imread(str(tmp_path / "instances.png"), cv2.IMREAD_UNCHANGED)
    table = exporter.table(annotation)
    assert mask.dtype == np.uint16
    assert set(np.unique(mask)) - {0} <= set(table)
    index = next(i for i, node in enumerate(annotation.nodes) if node.sign.label == "noteheadBlack")
    left, top, right, bottom = annotation.regions.pixel_boxes()[index].tolist()
    assert table[int(mask[(top + bottom) // 2, (left + right) // 2])] == annotation.nodes[index].id


def test_one_class_has_a_mask_of_its_own_hidden_or_not(annotation: PageAnnotation) -> None:
    classes = ClassSelection("mung")
    stems = MaskExporter("class", classes, class_name="stem").export(annotation)
    beams = MaskExporter("class", classes, class_name="beam").export(annotation)
    assert set(np.unique(stems)) == {0, 255}
    assert ((stems == 255) & (beams == 255)).any()  # where stems meet beams, both are


def test_masks_that_lose_pixels_or_do_not_exist_are_refused(
    annotation: PageAnnotation, tmp_path: Path
) -> None:
    with pytest.raises(ExportError, match="PNG or TIFF"):
        MaskExporter().write(annotation, tmp_path / "mask.jpg")
    with pytest.raises(ExportError, match="no mask 'depth'; available: semantic, instance"):
        MaskExporter("depth")
    with pytest.raises(ExportError, match="class_name"):
        MaskExporter("class")
    with pytest.raises(ExportError, match="no class 'nothing'"):
        MaskExporter("class", class_name="nothing")
