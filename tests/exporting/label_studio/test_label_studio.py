"""Tasks of Label Studio, compared with the fields that its documentation demands."""

from __future__ import annotations

import json

import pytest
from lxml import etree

import smashcima as sc
from smashcima.errors import ExportError
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.label_studio import LabelStudioExporter


@pytest.fixture(scope="module")
def annotation() -> PageAnnotation:
    scene = sc.PrintedStaffModel(seed=0, dpi=100)("clef.G-2 q0 ( ) h2 |")
    return annotate(scene.compose_page(scene.pages[0]))


def test_boxes_are_percentages_with_the_ids_of_all_formats(annotation: PageAnnotation) -> None:
    exporter = LabelStudioExporter("detector", image_url="/data/local-files/?d=images/staff.png")
    (task,) = json.loads(exporter.export_string(annotation))
    assert task["data"] == {"image": "/data/local-files/?d=images/staff.png"}
    (done,) = task["annotations"]
    boxes = {each["id"]: each for each in done["result"] if each["type"] == "rectanglelabels"}
    image = annotation.image
    for node, (left, top, right, bottom) in zip(
        annotation.nodes, annotation.regions.pixel_boxes().tolist(), strict=True
    ):
        if node.id not in boxes:
            continue
        box = boxes[node.id]
        assert (box["from_name"], box["to_name"]) == ("label", "image")
        assert (box["original_width"], box["original_height"]) == (image.width, image.height)
        value = box["value"]
        assert value["rectanglelabels"] == [node.sign.label]
        assert value["x"] * image.width / 100 == pytest.approx(left)
        assert value["y"] * image.height / 100 == pytest.approx(top)
        assert (value["x"] + value["width"]) * image.width / 100 == pytest.approx(right)
        assert (value["y"] + value["height"]) * image.height / 100 == pytest.approx(bottom)
    assert {each["value"]["rectanglelabels"][0] for each in boxes.values()} == {
        "gClef", "noteheadBlack", "noteheadHalf", "stem", "slur", "barlineSingle"
    }  # fmt: skip


def test_relations_lead_from_noteheads_to_their_signs(annotation: PageAnnotation) -> None:
    task = LabelStudioExporter("detector").export(annotation)
    results = task["annotations"][0]["result"]
    labels = {each["id"]: each["value"]["rectanglelabels"][0] for each in results if "id" in each}
    relations = {(labels[r["from_id"]], labels[r["to_id"]]) for r in results if r["type"] == "relation"}
    assert relations == {
        ("noteheadBlack", "stem"),
        ("noteheadBlack", "slur"),
        ("noteheadHalf", "stem"),
        ("noteheadHalf", "slur"),
    }
    without = LabelStudioExporter("detector", relations=False, kind="predictions").export(annotation)
    assert all(each["type"] == "rectanglelabels" for each in without["predictions"][0]["result"])


def test_the_configuration_has_every_class() -> None:
    config = LabelStudioExporter({"a <head>": "noteheadBlack", "stem": "stem"}).labeling_config()
    root = etree.fromstring(config)
    assert [each.get("value") for each in root.iter("Label")] == ["a <head>", "stem"]
    assert root.find("RectangleLabels").get("toName") == root.find("Image").get("name") == "image"


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ExportError, match="annotations, predictions"):
        LabelStudioExporter(kind="guesses")
