"""DeepScoresV2's files."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import smashcima as sc
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.deepscores import DeepScoresExporter, merged_deepscores

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"


@pytest.fixture(scope="module")
def annotation() -> PageAnnotation:
    scene = sc.EngravedModel(seed=0, dpi=150)(EXAMPLE, pages=[0])
    return annotate(scene.compose_page(scene.pages[0]))


@pytest.fixture(scope="module")
def files(annotation: PageAnnotation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("deepscores") / "page.json"
    DeepScoresExporter(file_name="page.png").write(annotation, path)
    return path


@pytest.fixture(scope="module")
def document(files: Path) -> dict[str, Any]:
    return json.loads(files.read_text("utf-8"))


def named(document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [
        found
        for found in document["annotations"].values()
        if document["categories"][found["cat_id"][0]]["name"] == name
    ]


def test_the_json_has_the_layout_of_the_data_set(document: dict[str, Any]) -> None:
    assert document["annotation_sets"] == ["deepscores", "muscima++"]
    assert len(document["categories"]) == 208
    assert document["categories"]["6"] == {"name": "clefG", "annotation_set": "deepscores", "color": 10}
    (image,) = document["images"]
    assert image["filename"] == "page.png"
    assert (image["width"], image["height"]) == (1291, 1826)
    assert image["ann_ids"] == list(document["annotations"])
    for found in document["annotations"].values():
        left, top, right, bottom = found["a_bbox"]
        corners = np.array(found["o_bbox"]).reshape(4, 2)
        assert 0 <= left < right <= 1291
        assert 0 <= top < bottom <= 1826
        sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
        assert sides[0] * sides[1] <= (right - left) * (bottom - top) * 1.001
        assert found["img_id"] == "1"
        assert found["comments"].startswith("instance:#")


def test_noteheads_are_on_lines_or_in_spaces_and_both_sets_are_named(document: dict[str, Any]) -> None:
    on_line, in_space = named(document, "noteheadBlackOnLine"), named(document, "noteheadBlackInSpace")
    assert len(on_line) + len(in_space) == 147
    assert min(len(on_line), len(in_space)) > 40
    for found in on_line:
        position = int(found["comments"].split("rel_position:")[1].split(";")[0])
        assert position % 2 == 0
    assert {document["categories"][found["cat_id"][1]]["name"] for found in named(document, "clefG")} == {
        "clefG"
    }
    assert len(named(document, "keySharp")) == 24
    assert len(named(document, "staff")) == 12


def test_the_segmentation_has_the_colours_of_categories(files: Path, document: dict[str, Any]) -> None:
    data = files.with_name("page_seg.png").read_bytes()
    assert struct.unpack(">IIBBBBB", data[16:29])[:4] == (1291, 1826, 8, 3)  # 8 bits, with a palette
    values = DeepScoresExporter().segmentation(annotate_again())
    shown = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert shown.shape == (1826, 1291, 3)  # the file is whole: its checksums hold
    colors_shown = shown.astype(np.uint32) @ np.array([1, 256, 65536], np.uint32)
    assert len(np.unique(colors_shown)) == len(np.unique(values))
    colors = {
        each["color"] for each in document["categories"].values() if each["annotation_set"] == "deepscores"
    }
    assert set(np.unique(values)) <= {0, *colors}
    for found in named(document, "noteheadBlackInSpace"):
        left, top, right, bottom = found["a_bbox"]
        assert values[(top + bottom) // 2, (left + right) // 2] == 37
    assert (values == 165).sum() > 10_000  # staff lines


def annotate_again() -> PageAnnotation:
    scene = sc.EngravedModel(seed=0, dpi=150)(EXAMPLE, pages=[0])
    return annotate(scene.compose_page(scene.pages[0]))


def test_what_has_no_category_is_listed(annotation: PageAnnotation) -> None:
    omitted = {issue.element for issue in DeepScoresExporter().omissions(annotation)}
    assert {"lyric", "barlineSingle", "staffLine"} <= omitted
    assert "stem" not in omitted


def test_pages_are_merged_with_new_numbers(document: dict[str, Any]) -> None:
    both = merged_deepscores([document, document])
    assert [image["id"] for image in both["images"]] == [1, 2]
    count = len(document["annotations"])
    assert both["images"][1]["ann_ids"] == [str(number) for number in range(count + 1, 2 * count + 1)]
    assert both["annotations"][str(count + 1)]["img_id"] == "2"
