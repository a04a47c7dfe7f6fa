"""MusiCorpus data sets, and their validator."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from mung.graph import NotationGraph
from mung.io import read_nodes_from_file
from pycocotools import mask as masks

from smashcima.datasets.layouts import validate_musicorpus
from smashcima.errors import ExportError, PlanError

MUSICORPUS = {
    "name": "musicorpus",
    "short_institution_name": "Ufal",
    "short_dataset_name": "Synthetic",
    "full_institution_name": "Charles University",
    "created_at": "2026-03-05",
}


@pytest.fixture
def root(write) -> Path:
    """A data set of pages with one system of three staves each: a voice and a piano."""
    return write(MUSICORPUS, labels=["musicxml", "mei"])[1] / "Ufal.Synthetic"


def read(path: Path):
    return json.loads(path.read_bytes())


def test_a_data_set_violates_no_rule(root: Path):
    assert validate_musicorpus(root) == []
    assert validate_musicorpus(root.parent) == []


def test_pages_have_the_files_of_the_specification(root: Path):
    assert sorted(path.name for path in root.iterdir()) == [
        "000000", "000001", "000002", "LICENSE.txt", "README.md", "musicorpus.json", "splits.json",
    ]  # fmt: skip
    assert sorted(path.relative_to(root / "000000").as_posix() for path in (root / "000000").iterdir()) == [
        "Grandstaves", "Staves", "Systems", "coco-object-detection.json", "image.jpg", "layout.json", "metadata.json",
        "mung-to-coco-ids-map.json", "smashcima.json", "subdivisions.coco-object-detection.json",
        "subdivisions.image.json", "transcription.mei", "transcription.mung", "transcription.musicxml",
    ]  # fmt: skip
    parts = sorted(path.relative_to(root / "000000").as_posix() for path in (root / "000000").glob("*/*"))
    assert parts == ["Grandstaves/2-3", "Staves/1", "Staves/2", "Staves/3", "Systems/1-3"]


def test_the_root_files_describe_the_data_set(root: Path):
    assert read(root / "splits.json") == {"train": ["000000", "000002"], "validation": [], "test": ["000001"]}
    manifest = read(root / "musicorpus.json")
    assert manifest["full_institution_name"] == "Charles University"
    assert manifest["created_at"] == "2026-03-05T00:00:00Z"
    assert "| grandstaves | 3 |" in (root / "README.md").read_text()
    assert "song0.musicxml" in (root / "LICENSE.txt").read_text()


def test_facts_about_a_page_are_derived_from_its_music(root: Path):
    facts = read(root / "000000" / "metadata.json")
    assert facts["file_name"] == "Ufal.Synthetic/000000/image.jpg"
    assert facts["title_description"] == "Abendlied"
    assert facts["page_size"] == [120, 60]
    assert facts["dpi"] == 60
    assert facts["production"] == "handwritten"
    assert facts["notation_complexity"] == "pianoform"
    assert facts["systems"] == "multi-instrument"
    assert facts["clarity"] == "perfect"
    assert facts["institution_name"] is False
    assert facts["date"] is None


def test_crops_are_the_boxes_of_the_page(root: Path):
    page = cv2.imread(str(root / "000000" / "image.jpg")).astype(int)
    boxes = read(root / "000000" / "subdivisions.image.json")
    for level, parts in boxes.items():
        for name, part in parts.items():
            left, top, width, height = part["bbox"]
            crop = cv2.imread(str(root / "000000" / level / name / "image.jpg")).astype(int)
            assert crop.shape == (height, width, 3)
            # Both are JPEG, so they agree up to its losses.
            assert np.abs(page[top : top + height, left : left + width] - crop).mean() < 4


def test_masks_are_those_of_the_mung(root: Path):
    for folder in (root / "000000", root / "000000" / "Grandstaves" / "2-3"):
        coco = read(folder / "coco-object-detection.json")
        nodes = {node.id: node for node in read_nodes_from_file(str(folder / "transcription.mung"))}
        assert NotationGraph(list(nodes.values())).edges
        names = {each["id"]: each["name"] for each in coco["categories"]}
        links = read(folder / "mung-to-coco-ids-map.json")["mung_to_coco"]
        assert len(coco["annotations"]) == len(nodes) == len(links)
        for annotation in coco["annotations"]:
            node = nodes[annotation["id"]]
            assert links[str(node.id)] == annotation["id"]
            assert names[annotation["category_id"]] == node.class_name
            assert annotation["bbox"] == [node.left, node.top, node.width, node.height]
            runs = annotation["segmentation"]
            decoded = masks.decode(masks.frPyObjects(runs, *runs["size"]))
            np.testing.assert_array_equal(decoded, node.mask)
            assert annotation["area"] == decoded.sum()


def test_ids_of_crops_lead_to_the_same_objects(root: Path):
    page = {each["id"]: each for each in read(root / "000000" / "coco-object-detection.json")["annotations"]}
    boxes = read(root / "000000" / "subdivisions.image.json")["Systems"]
    links = read(root / "000000" / "subdivisions.coco-object-detection.json")["Systems"]["1-3"][
        "page_to_local"
    ]
    local = {
        each["id"]: each
        for each in read(root / "000000/Systems/1-3/coco-object-detection.json")["annotations"]
    }
    left, top, _, _ = boxes["1-3"]["bbox"]
    assert len(links) > 20
    for whole, part in links.items():
        x, y, width, height = page[int(whole)]["bbox"]
        assert local[int(part)]["bbox"] == [x - left, y - top, width, height]


def test_transcriptions_are_those_of_the_part_alone(root: Path):
    staves = [ET.parse(root / f"000000/Staves/{number}/transcription.musicxml") for number in (1, 2, 3)]
    system = ET.parse(root / "000000/Systems/1-3/transcription.musicxml")
    assert [len(each.findall("part")) for each in (*staves, system)] == [1, 1, 1, 2]
    counts = {len(part.findall("measure")) for each in (*staves, system) for part in each.findall("part")}
    assert len(counts) == 1
    assert staves[2].findtext(".//clef/sign") == "F"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"created_at": None}, r"layout\.created_at: .*it is missing"),
        ({"created_at": "yesterday"}, r"layout\.created_at: .*got 'yesterday'"),
        ({"short_dataset_name": "my set"}, r"layout\.short_dataset_name: .*begin with a capital.*'my set'"),
        ({"dataset_version": "2"}, r"layout\.dataset_version: expected two numbers"),
        ({"clarity": "good"}, r"layout\.clarity: 'good' is not available"),
        ({"margin_ss": -1}, r"layout\.margin_ss: must be between 0 and 20"),
    ],
)
def test_invalid_options_are_named(write, fields, message):
    with pytest.raises(PlanError, match=message):
        write({key: value for key, value in {**MUSICORPUS, **fields}.items() if value is not None})


def test_plans_that_musicorpus_cannot_hold_are_refused(write):
    with pytest.raises(PlanError, match=r"image\.format: .*demands jpg, not png"):
        write(MUSICORPUS, image={"dpi": 60, "format": "png"})
    with pytest.raises(PlanError, match=r"image\.crops: .*demands none, not systems"):
        write(MUSICORPUS, image={"dpi": 60, "crops": "systems"})
    with pytest.raises(PlanError, match=r"splits: MusiCorpus has only train, validation, test; rename 'val'"):
        write(MUSICORPUS, splits={"train": 1, "val": 1})


# -- the validator -----------------------------------------------------------------------------------------


def edit(path: Path, change: Callable[[dict], object]) -> None:
    data = read(path)
    change(data)
    path.write_text(json.dumps(data))


PAGE = "000000"
COCO = f"{PAGE}/coco-object-detection.json"
PART = f"{PAGE}/Grandstaves/2-3"

DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no licence": (lambda root: (root / "LICENSE.txt").unlink(), "the data set: LICENSE.txt: is missing"),
    "another version": (
        lambda root: edit(root / "musicorpus.json", lambda data: data.update(musicorpus_version="0.9")),
        "musicorpus.json: musicorpus_version: is '0.9'; must be '1.0'",
    ),
    "no time": (
        lambda root: edit(root / "musicorpus.json", lambda data: data.update(created_at="March")),
        "musicorpus.json: created_at: must be a time in ISO 8601, not 'March'",
    ),
    "another name": (
        lambda root: edit(root / "musicorpus.json", lambda data: data.update(short_dataset_name="Other")),
        "the data set: name: the folder must be named Ufal.Other, not Ufal.Synthetic",
    ),
    "a page in two splits": (
        lambda root: edit(root / "splits.json", lambda data: data["test"].append(PAGE)),
        "splits.json: 000000: is in train and again in test",
    ),
    "a page in no split": (
        lambda root: edit(root / "splits.json", lambda data: data["test"].clear()),
        "splits.json: 000001: is in no split",
    ),
    "a page without a folder": (
        lambda root: edit(root / "splits.json", lambda data: data["test"].append("9")),
        "splits.json: 9: is in test, but has no folder",
    ),
    "a space in a name": (
        lambda root: (root / "a page").mkdir(),
        "a page: name: has characters that are not allowed",
    ),
    "a missing file": (
        lambda root: (root / PAGE / "transcription.mei").unlink(),
        "000000: transcription.mei: is missing, but other folders of this kind have it",
    ),
    "a compressed file": (
        lambda root: (root / PAGE / "transcription.mxl").touch(),
        "000000: transcription.mxl: must be transcription.musicxml, which is not compressed",
    ),
    "an unknown choice": (
        lambda root: edit(root / PAGE / "metadata.json", lambda data: data.update(clarity="good")),
        "000000/metadata.json: clarity: is 'good'; must be one of 'perfect', 'sufficient', 'problematic', 'unreadable'",
    ),
    "a size in inches": (
        lambda root: edit(root / PAGE / "metadata.json", lambda data: data.update(page_size=[8.5, 11])),
        "000000/metadata.json: page_size: cannot be [8.5, 11]",
    ),
    "other info": (
        lambda root: edit(root / COCO, lambda data: data["info"].update(description="Mine")),
        f"{COCO}: info.description: is 'Mine'; must be 'Ufal.Synthetic', as musicorpus.json says",
    ),
    "a box outside": (
        lambda root: edit(root / COCO, lambda data: data["annotations"][0].update(bbox=[-1, 0, 4, 4])),
        f"{COCO}: annotation 0: bbox [-1, 0, 4, 4] is not inside the image",
    ),
    "a wrong area": (
        lambda root: edit(root / COCO, lambda data: data["annotations"][0].update(area=0)),
        f"{COCO}: annotation 0: area is 0; the mask has ",
    ),
    "a crowd": (
        lambda root: edit(root / COCO, lambda data: data["annotations"][0].update(iscrowd=1)),
        f"{COCO}: annotation 0: iscrowd must be 0, not 1",
    ),
    "an unused category": (
        lambda root: edit(root / COCO, lambda data: data["categories"].append({"id": 99, "name": "tie"})),
        f"{COCO}: categories: tie is not used",
    ),
    "a mask of the page": (
        lambda root: edit(
            root / COCO, lambda data: data["annotations"][0]["segmentation"].update(size=[142, 283])
        ),
        f"{COCO}: annotation 0: segmentation.size is [142, 283]; must be that of bbox",
    ),
    "a foreign class in the layout": (
        lambda root: edit(
            root / PAGE / "layout.json", lambda data: data["categories"][0].update(name="title")
        ),
        "000000/layout.json: categories: title is not a class of layouts",
    ),
    "a layout of polygons": (
        lambda root: edit(
            root / PAGE / "layout.json", lambda data: data["annotations"][0].update(segmentation=[[0, 0, 1, 1]])
        ),
        "000000/layout.json: annotation 0: segmentation must be the rectangle of bbox",
    ),
    "a crop of another size": (
        lambda root: edit(
            root / PAGE / "subdivisions.image.json",
            lambda data: data["Grandstaves"]["2-3"].update(bbox=[0, 0, 5, 5]),
        ),
        "000000/subdivisions.image.json: Grandstaves/2-3: bbox is 5 x 5 px; its image has ",
    ),
    "a part without a folder": (
        lambda root: shutil.rmtree(root / PART),
        "000000/subdivisions.image.json: Grandstaves/2-3: has no folder",
    ),
    "a grand staff of three staves": (
        lambda root: (root / PART).rename(root / PAGE / "Grandstaves" / "1-3"),
        "000000/Grandstaves/1-3: name: a grand staff has two adjacent staves",
    ),
    "a link to nothing": (
        lambda root: edit(
            root / PAGE / "subdivisions.coco-object-detection.json",
            lambda data: data["Systems"]["1-3"]["page_to_local"].update({"99999": "0"}),
        ),
        "Systems/1-3: '99999' is not the id of an annotation of 000000",
    ),
    "a node without annotation": (
        lambda root: edit(
            root / PAGE / "mung-to-coco-ids-map.json", lambda data: data["mung_to_coco"].update({"0": 99999})
        ),
        "000000/mung-to-coco-ids-map.json: mung_to_coco.0: 99999 is not the id of an annotation",
    ),
    "old MusicXML": (
        lambda root: replace(root / PAGE / "transcription.musicxml", 'version="4.0"', 'version="3.1"'),
        "000000/transcription.musicxml: version: must be at least 4.0, not 3.1",
    ),
    "two systems in a crop": (
        lambda root: replace(
            root / PART / "transcription.musicxml", "</measure>", '</measure><measure><print new-system="yes"/></measure>'
        ),
        "transcription.musicxml: print: the file has 2 systems; the image has 1",
    ),
    "parts that differ": (
        lambda root: replace(
            root / PAGE / "transcription.musicxml", "</measure>", "</measure><measure></measure>"
        ),
        "000000/transcription.musicxml: part: the parts differ in their measures, systems or pages",
    ),
    "breaks that are not said to be explicit": (
        lambda root: replace(
            root / PAGE / "transcription.musicxml", 'attribute="new-page" type="yes"', 'attribute="new-page" type="no"'
        ),
        "000000/transcription.musicxml: supports: the file does not say that new-page is explicit",
    ),
    "no XML": (
        lambda root: (root / PART / "transcription.musicxml").write_text("<score"),
        "transcription.musicxml: file: cannot be read as XML",
    ),
    "a broken link": (
        lambda root: replace(root / PART / "transcription.mung", "<Outlinks>", "<Outlinks>99999 "),
        "is linked to 99999, which does not exist",
    ),
}  # fmt: skip


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_validator_finds(root: Path, tmp_path: Path, damage: str):
    copy = tmp_path / "Ufal.Synthetic"
    shutil.copytree(root, copy)
    harm, message = DAMAGES[damage]
    harm(copy)
    assert any(message in str(issue) for issue in validate_musicorpus(copy)), message


def test_the_validator_needs_a_data_set(tmp_path: Path):
    with pytest.raises(ExportError, match="There is no folder"):
        validate_musicorpus(tmp_path / "missing")
    with pytest.raises(ExportError, match=r"it has no musicorpus\.json"):
        validate_musicorpus(tmp_path)
