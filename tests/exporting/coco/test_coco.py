"""COCO documents, judged by the COCO API."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO

import smashcima as sc
from smashcima.errors import ExportError
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.annotation.run_lengths import RunLengths, RunTable
from smashcima.exporting.classes import ClassSelection
from smashcima.exporting.coco import CocoExporter, merged_coco
from smashcima.exporting.coco.rle import coco_counts, compressed
from smashcima.exporting.coco.text import polygon_texts
from smashcima.exporting.mung import MungExporter
from smashcima.imaging import ImageLayer, ProjectiveMap

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"


@pytest.fixture(scope="module")
def annotation() -> PageAnnotation:
    """A page at 150 dpi, turned by three degrees, so that nothing is upright."""
    scene = sc.EngravedModel(seed=0, dpi=150)(EXAMPLE, pages=[0])
    image = scene.compose_page(scene.pages[0])
    cos, sin = np.cos(np.radians(3)), np.sin(np.radians(3))
    turn = ProjectiveMap.affine(((cos, -sin, 60.0), (sin, cos, -20.0)))
    return annotate(image.warped(turn, image.width, image.height))


@pytest.fixture(scope="module")
def coco(annotation: PageAnnotation, tmp_path_factory: pytest.TempPathFactory) -> COCO:
    path = tmp_path_factory.mktemp("coco") / "page.json"
    CocoExporter(file_name="page.jpg", oriented_boxes=True, key_points=True).write(annotation, path)
    return COCO(str(path))


def named(coco: COCO, name: str) -> list[dict[str, Any]]:
    return coco.loadAnns(coco.getAnnIds(catIds=coco.getCatIds(catNms=[name])))


def test_the_api_loads_every_annotation(coco: COCO, annotation: PageAnnotation) -> None:
    ids = {found["attributes"]["smashcima_id"] for found in coco.anns.values()}
    assert len(ids) == len(coco.anns) == len(annotation)
    assert coco.imgs[1] == {"id": 1, "file_name": "page.jpg", "width": 1291, "height": 1826}
    assert len(named(coco, "staff")) == 12
    assert len(named(coco, "system")) == 4
    assert len(named(coco, "brace")) == 4


def test_masks_decode_to_the_drawn_shapes_and_areas_agree(coco: COCO, annotation: PageAnnotation) -> None:
    by_id = {found["attributes"]["smashcima_id"]: found for found in coco.anns.values()}
    masks = annotation.masks()
    checked = 0
    for index, node in enumerate(annotation.nodes):
        if not node.is_ink:
            continue
        found = by_id[node.id]
        mask = coco.annToMask(found)
        assert np.array_equal(mask, masks.full(index).on(1291, 1826))
        assert found["area"] == mask.sum() == coco_mask.area(coco.annToRLE(found))
        checked += 1
        if checked == 200:  # a mask of the whole picture each time takes a while
            break
        if not node.sign.label.startswith("notehead"):
            continue  # thin lines and sharp points have no pixel that is half covered at their tips
        rows, columns = np.nonzero(mask)
        left, top, wide, high = found["bbox"]
        assert left <= columns.min() <= left + 1
        assert top <= rows.min() <= top + 1
        assert left + wide - 2 <= columns.max() < left + wide
        assert top + high - 2 <= rows.max() < top + high
    assert checked == 200


def test_run_lengths_are_those_of_the_api() -> None:
    rng = np.random.default_rng(5)
    shapes = [(0, 0, 7, 9), (3, 2, 4, 7), (6, 0, 1, 1), (0, 3, 7, 2)]
    masks, expected = [], []
    for left, top, width, height in shapes:
        full = np.zeros((9, 7), np.uint8)
        full[top : top + height, left : left + width] = rng.random((height, width)) < 0.6
        full[top, left] = 1
        flat = full[top : top + height, left : left + width].T.ravel()
        bounds = np.concatenate([[0], np.flatnonzero(np.diff(flat)) + 1, [len(flat)]])
        counts = np.diff(bounds)
        masks.append(RunLengths(left, top, width, height, np.concatenate([[0], counts])))
        expected.append(coco_mask.encode(np.asfortranarray(full))["counts"].decode())
    assert compressed(coco_counts(RunTable.of(masks), 9, 7)) == expected


def test_long_runs_are_written_as_the_api_writes_them() -> None:
    full = np.zeros((3000, 2000), np.uint8)
    full[100:2900, 500:1500] = 1
    full[1000:1010, 600:610] = 0
    counts = coco_mask.encode(np.asfortranarray(full))
    window = full[100:2900, 500:1500].T.ravel()
    bounds = np.concatenate([[0], np.flatnonzero(np.diff(window)) + 1, [len(window)]])
    runs = RunLengths(500, 100, 1000, 2800, np.concatenate([[0], np.diff(bounds)]))
    assert compressed(coco_counts(RunTable.of([runs]), 3000, 2000)) == [counts["counts"].decode()]


def test_nothing_at_all_is_an_empty_document() -> None:
    document = CocoExporter().export(ImageLayer(np.zeros((4, 5, 4), np.uint8), 300))
    assert document["annotations"] == []
    assert document["images"][0]["width"] == 5


def test_parts_of_the_frame_are_polygons_that_follow_the_turn(coco: COCO) -> None:
    for staff in named(coco, "staff"):
        (ring,) = staff["segmentation"]
        points = np.array(ring).reshape(-1, 2)
        upper = points[np.argsort(points[:, 1] - points[:, 0] * np.tan(np.radians(3)))[:2]]  # both ends above
        slope = (upper[1, 1] - upper[0, 1]) / (upper[1, 0] - upper[0, 0])
        assert slope == pytest.approx(np.tan(np.radians(3)), abs=0.001)


def test_oriented_boxes_lie_along_the_staff_lines(coco: COCO) -> None:
    for line in named(coco, "staffLine"):
        corners = np.array(line["obb"]).reshape(4, 2)
        sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
        assert min(sides) < 6  # 0.23 mm is 1.4 px; the upright box is 60 px high


def test_key_points_are_the_ends_of_stems_and_the_middles_of_noteheads(coco: COCO) -> None:
    stems = named(coco, "stem")
    assert len(stems) > 100
    for stem in stems:
        assert stem["num_keypoints"] == 2
        left, top, width, height = stem["bbox"]
        for x, y, seen in np.array(stem["keypoints"]).reshape(2, 3):
            assert left - 1.5 <= x <= left + width + 1.5
            assert top - 1.5 <= y <= top + height + 1.5
            assert seen == 2
    category = coco.cats[stems[0]["category_id"]]
    assert category["keypoints"] == ["start", "end"]
    head = named(coco, "noteheadBlack")[0]
    assert head["num_keypoints"] == 1
    assert coco.cats[head["category_id"]]["keypoints"] == ["middle"]


def test_masks_can_be_polygons_or_counts_or_left_out(annotation: PageAnnotation) -> None:
    few = ClassSelection(keep=["noteheadHalf", "gClef"])
    with_counts = CocoExporter(few, segmentation="counts").export(annotation)["annotations"]
    polygons = CocoExporter(few, segmentation="polygon").export(annotation)["annotations"]
    without = CocoExporter(few, segmentation="none").export(annotation)["annotations"]
    assert len(with_counts) == len(polygons) == len(without) > 20
    for counted, outlined, bare in zip(with_counts, polygons, without, strict=True):
        assert sum(counted["segmentation"]["counts"]) == 1291 * 1826
        rle = coco_mask.merge(coco_mask.frPyObjects(outlined["segmentation"], 1826, 1291))
        # Polygons have no holes, which half noteheads and clefs do.
        assert coco_mask.area(rle) >= counted["area"] * 0.9
        assert bare["segmentation"] == []


@pytest.mark.parametrize("segmentation", ["rle", "counts", "polygon", "none"])
def test_the_text_is_that_of_the_json_library(annotation: PageAnnotation, segmentation: Any) -> None:
    exporter = CocoExporter(
        segmentation=segmentation, oriented_boxes=True, key_points=True, file_name='ä "quoted" \\.png'
    )
    expected = json.dumps(exporter.export(annotation), separators=(",", ":"), ensure_ascii=False)
    assert exporter.export_string(annotation) == expected


def test_coordinates_are_written_as_the_shortest_numbers_with_two_decimals() -> None:
    ring = np.array([[0.0, 12.0], [3.456, 7.1], [1999.999, 0.05]])
    assert polygon_texts([[ring], []]) == ["[[0.0,12.0,3.46,7.1,2000.0,0.05]]", "[]"]
    assert polygon_texts([[ring - 1]]) == ["[[-1.0,11.0,2.46,6.1,1999.0,-0.95]]"]


def test_categories_are_those_of_the_selection_in_its_order(annotation: PageAnnotation) -> None:
    classes = ClassSelection("deepscores", merge={"head": ["noteheadBlackOnLine", "noteheadBlackInSpace"]})
    document = CocoExporter(classes).export(annotation)
    assert [category["name"] for category in document["categories"]] == list(classes.classes)
    assert [category["id"] for category in document["categories"]] == list(range(1, len(classes.classes) + 1))
    used = {found["category_id"] for found in document["annotations"]}
    assert classes.classes.index("head") + 1 in used


def test_classes_outside_the_selection_have_the_same_id_everywhere(annotation: PageAnnotation) -> None:
    def own(thing: object, name: str) -> str:
        return f"my {name}" if name in ("stem", "beam") else name

    def only_stems(thing: object, name: str) -> str:
        return "my stem" if name == "stem" else name

    documents = [CocoExporter(ClassSelection(split=split)).export(annotation) for split in (own, only_stems)]
    ids = [{each["name"]: each["id"] for each in document["categories"]} for document in documents]
    assert ids[0]["my stem"] == ids[1]["my stem"] > 1_000_000
    assert "my beam" in ids[0]
    assert "my beam" not in ids[1]


def test_the_same_things_are_in_coco_and_mung(annotation: PageAnnotation) -> None:
    mung = {
        str(node.data["smashcima_id"]): node.mask.area
        for node in MungExporter().export(annotation)
        if node.class_name not in ("staff", "staffSpace")
    }
    found = CocoExporter(ClassSelection("mung")).export(annotation)["annotations"]
    coco = {entry["attributes"]["smashcima_id"]: entry["area"] for entry in found}
    assert {id: coco[id] for id in mung} == mung


def test_pages_are_merged_with_new_numbers(annotation: PageAnnotation) -> None:
    pages = [CocoExporter(file_name=f"{number}.png").export(annotation) for number in (0, 1)]
    both = merged_coco(pages)
    assert [image["id"] for image in both["images"]] == [1, 2]
    assert [image["file_name"] for image in both["images"]] == ["0.png", "1.png"]
    assert len(both["annotations"]) == 2 * len(pages[0]["annotations"])
    assert [found["id"] for found in both["annotations"]] == list(range(1, len(both["annotations"]) + 1))
    assert {found["image_id"] for found in both["annotations"]} == {1, 2}
    other = CocoExporter(ClassSelection("mung")).export(annotation)
    with pytest.raises(ExportError, match="different categories"):
        merged_coco([pages[0], other])


def test_equal_pages_give_equal_bytes(annotation: PageAnnotation) -> None:
    assert CocoExporter().export_string(annotation) == CocoExporter().export_string(annotation)
    assert json.loads(CocoExporter().export_string(annotation))["info"]["version"] == "1.0"
