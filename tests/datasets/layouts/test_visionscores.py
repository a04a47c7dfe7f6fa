"""VisionScores: systems of one size, with facts about their pieces."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

import smashcima.datasets.layouts
from smashcima.datasets.generation import GenerationPlan, SampleMaker
from smashcima.datasets.layouts import layout_of, make_layout
from smashcima.datasets.layouts.visionscores import fitted
from smashcima.datasets.running import OutputFolder, write_shard
from smashcima.errors import PlanError
from smashcima.imaging import ImageLayer

PIECE = """<score-partwise version="4.0">
<work><work-title>{title}</work-title></work>
<identification><creator type="composer">Ada Example</creator></identification>
<part-list><score-part id="P1"><part-name>{part}</part-name></score-part></part-list>
<part id="P1"><measure number="1">
<attributes><divisions>1</divisions><key><fifths>-2</fifths><mode>minor</mode></key><time><beats>2</beats>
<beat-type>4</beat-type></time>{staves}</attributes>{notes}</measure></part></score-partwise>"""
NOTE = (
    "<note><pitch><step>{step}</step><octave>{octave}</octave></pitch><duration>1</duration><voice>{staff}</voice>"
    "<type>quarter</type><staff>{staff}</staff></note>"
)
BACK = "<backup><duration>2</duration></backup>"


def piano() -> str:
    upper = "".join(NOTE.format(step=step, octave=5, staff=1) for step in "DC")
    lower = "".join(NOTE.format(step=step, octave=3, staff=2) for step in "GD")
    clefs = "<staves>2</staves><clef number='1'><sign>G</sign></clef><clef number='2'><sign>F</sign></clef>"
    return PIECE.format(title="Sonatina", part="Piano", staves=clefs, notes=upper + BACK + lower)


def flute() -> str:
    notes = "".join(NOTE.format(step=step, octave=5, staff=1) for step in "DC")
    return PIECE.format(title="Air", part="Flute", staves="", notes=notes)


@pytest.fixture(scope="module")
def data_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four samples of a piece for piano and one for flute."""
    folder = tmp_path_factory.mktemp("visionscores")
    (folder / "scores").mkdir()
    (folder / "scores" / "piano.musicxml").write_text(piano())
    (folder / "scores" / "flute.musicxml").write_text(flute())
    plan = plan_of(folder)
    maker, layout, output = SampleMaker(plan), make_layout(plan.layout), OutputFolder(folder / "out")
    output.open(plan)
    for shard in (1, 0):
        write_shard(maker, layout, output, shard)
    layout.finish(output.root, 2)
    return output.root


def plan_of(folder: Path, **fields) -> GenerationPlan:
    data = {
        "version": 1,
        "seed": 3,
        "count": 4,
        "sources": [{"folder": "scores"}],
        "model": {"model": "printed", "options": {"page": "120x60"}},
        "image": {"dpi": 60, "crops": "systems"},
        "labels": ["coco"],
        "layout": {"name": "visionscores", "samples_per_shard": 2, "scenario": "sonatinas"},
        **fields,
    }
    return GenerationPlan.from_data(data, folder=folder)


def test_images_are_gray_and_of_one_size(data_set: Path):
    images = sorted(data_set.glob("train/*.jpg"))
    assert images
    for path in images:
        picture = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        assert picture.shape == (128, 512)
        assert picture.min() < 100


def test_the_table_states_the_piece(data_set: Path):
    rows = [json.loads(line) for line in (data_set / "train" / "metadata.jsonl").read_text().splitlines()]
    assert [row["file_name"] for row in rows] == [path.name for path in sorted(data_set.glob("train/*.jpg"))]
    first = dict(rows[0])
    assert 0 < first.pop("ink_share") < 0.3
    del first["file_name"]
    assert first == {
        "piece": "piano.musicxml",
        "page_reference": "piano.musicxml, page 1",
        "title": "Sonatina",
        "composer": "Ada Example",
        "key": "G minor",
        "system_index": 0,
        "scenario": "sonatinas",
    }


def test_other_music_is_left_out_and_counted(data_set: Path):
    statistics = json.loads((data_set / "statistics.json").read_text())
    assert statistics["left_out"] == {"not a piano": 4 - statistics["systems"]}
    assert 0 < statistics["systems"] < 4
    assert statistics["systems_per_composer"] == {"Ada Example": statistics["systems"]}
    assert statistics["systems_per_key"] == {"G minor": statistics["systems"]}
    assert statistics["systems_per_piece"]["mean"] == statistics["systems"]
    assert statistics["ink_share"]["least"] > 0


def test_boxes_belong_to_the_padded_image(data_set: Path):
    record = next(iter(layout_of(data_set).read(data_set)))
    coco = json.loads(record.files["coco.json"])
    assert (coco["images"][0]["width"], coco["images"][0]["height"]) == (512, 128)
    picture = cv2.imdecode(np.frombuffer(record.files["jpg"], np.uint8), cv2.IMREAD_UNCHANGED)
    names = {each["id"]: each["name"] for each in coco["categories"]}
    heads = [each["bbox"] for each in coco["annotations"] if names[each["category_id"]] == "noteheadBlack"]
    assert heads
    for x, y, w, h in heads:
        assert picture[int(y) : int(y + h) + 1, int(x) : int(x + w) + 1].min() < 120


def test_the_folder_is_recognised_without_its_plan(data_set: Path, tmp_path: Path):
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(data_set, copy)
    (copy / "plan.yaml").unlink()
    assert layout_of(copy).NAME == "visionscores"
    assert len(list(smashcima.datasets.layouts.load(copy))) == len(list(data_set.glob("train/*.jpg")))


@pytest.mark.parametrize(
    ("image", "message"),
    [({"crops": "none"}, "one system"), ({"crops": "systems", "format": "png"}, "JPEG")],
)
def test_unsuitable_images_are_refused(data_set: Path, image: dict[str, str], message: str):
    with pytest.raises(PlanError, match=message):
        SampleMaker(plan_of(data_set.parent, image={"dpi": 60, **image}))


@pytest.mark.parametrize(("width", "height", "rows", "columns"), [(1024, 128, 64, 512), (128, 128, 128, 128)])
def test_images_are_padded_evenly(width: int, height: int, rows: int, columns: int):
    picture = np.full((height, width, 4), (60, 60, 60, 255), np.uint8)
    page = ImageLayer(picture, 100.0)
    gray = fitted(page).as_gray()
    dark = gray < 100
    assert (dark.any(axis=1).sum(), dark.any(axis=0).sum()) == (rows, columns)
    assert dark.sum() == rows * columns
    assert (gray[dark.any(axis=1)][:, ::-1] == gray[dark.any(axis=1)]).all()
    assert (fitted(page, "paper").as_gray() < 100).all()
