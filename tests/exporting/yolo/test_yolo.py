"""YOLO label files, judged by supervision."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import smashcima as sc
from smashcima.errors import ExportError
from smashcima.exporting import write_image
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.classes import ClassSelection
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.yolo import YoloExporter
from smashcima.exporting.yolo.outline import one_outline
from smashcima.imaging import ImageLayer, ProjectiveMap
from smashcima.scene.visual import ClefMark, Label

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"
CLASSES = ClassSelection("muscimapp2", keep=["noteheadFull", "noteheadHalf", "stem", "beam", "gClef", "slur"])

ONE_NOTE = """<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list>
<part id="P1"><measure number="1"><attributes><divisions>1</divisions><clef><sign>percussion</sign></clef></attributes>
<note><unpitched><display-step>G</display-step><display-octave>5</display-octave></unpitched><duration>1</duration>
<voice>1</voice><type>quarter</type><notehead>{}</notehead></note></measure></part></score-partwise>"""


@pytest.fixture(scope="module")
def annotation() -> PageAnnotation:
    scene = sc.EngravedModel(seed=0, dpi=150)(EXAMPLE, pages=[0])
    image = scene.compose_page(scene.pages[0])
    cos, sin = np.cos(np.radians(4)), np.sin(np.radians(4))
    turn = ProjectiveMap.affine(((cos, -sin, 60.0), (sin, cos, -20.0)))
    return annotate(image.warped(turn, image.width, image.height, (255, 255, 255, 255)))


def data_set(annotation: PageAnnotation, exporter: YoloExporter, directory: Path) -> Path:
    (directory / "images").mkdir(parents=True)
    (directory / "labels").mkdir()
    write_image(annotation.image.bitmap, directory / "images" / "page.jpg")
    exporter.write(annotation, directory / "labels" / "page.txt")
    exporter.write_data_yaml(directory / "data.yaml", train="images", val="images")
    return directory


@pytest.mark.parametrize("task", ["detect", "segment", "obb"])
def test_supervision_reads_the_data_set(annotation: PageAnnotation, tmp_path: Path, task: str) -> None:
    sv = pytest.importorskip("supervision", reason="the reader of YOLO data sets is not installed")
    exporter = YoloExporter(CLASSES, task=task)  # type: ignore[arg-type]
    place = data_set(annotation, exporter, tmp_path / "set")
    read = sv.DetectionDataset.from_yolo(
        str(place / "images"), str(place / "labels"), str(place / "data.yaml"), is_obb=task == "obb"
    )
    assert read.classes == list(CLASSES.classes)
    (_, _, found), *rest = list(read)
    assert rest == []
    ours = exporter.export(annotation)
    assert found.class_id.tolist() == [number for number, _ in ours]
    wanted = [
        index
        for index, node in enumerate(annotation.nodes)
        if CLASSES.class_of_node(node.sign, node.scene_object) is not None
    ]
    boxes = annotation.regions.pixel_boxes()[wanted]
    if task == "detect":
        assert np.abs(found.xyxy - boxes).max() < 0.01
    elif task == "segment":
        assert np.abs(found.xyxy - boxes).max() < 2.1
    else:
        corners = np.stack([numbers.reshape(4, 2) for _, numbers in ours]) * (1291, 1826)
        assert np.abs(corners - annotation.regions.oriented_boxes()[wanted]).max() < 0.01


def test_a_line_is_a_class_and_parts_of_the_size_of_the_picture(annotation: PageAnnotation) -> None:
    text = YoloExporter(CLASSES).export_string(annotation)
    lines = [line.split() for line in text.splitlines()]
    assert len(lines) > 300
    index = next(i for i, node in enumerate(annotation.nodes) if node.sign.label == "gClef")
    left, top, right, bottom = annotation.regions.pixel_boxes()[index].tolist()
    number, *values = next(line for line in lines if line[0] == str(CLASSES.classes.index("gClef")))
    assert number == str(CLASSES.classes.index("gClef"))
    expected = [
        (left + right) / 2 / 1291,
        (top + bottom) / 2 / 1826,
        (right - left) / 1291,
        (bottom - top) / 1826,
    ]
    assert [float(value) for value in values] == pytest.approx(expected, abs=1e-6)


def test_outlines_of_several_parts_are_one_way_around_all_of_them() -> None:
    left = np.array([(0.0, 0), (2, 0), (2, 2), (0, 2)])
    right = np.array([(5.0, 0), (6, 0), (6, 2), (5, 2)])
    hole = np.array([(0.5, 0.5), (0.5, 1), (1, 1), (1, 0.5)])
    way = one_outline((left, hole, right))
    x, y = way.T
    assert abs((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2) == 4 + 2
    assert len(way) == 4 + 4 + 2
    assert one_outline((left,)).tolist() == left.tolist()


def test_the_yaml_names_places_and_classes() -> None:
    text = YoloExporter(ClassSelection("mung", keep=["stem", "beam"])).data_yaml(val="images/validation")
    assert text == (
        'train: "images/train"\nval: "images/validation"\nnc: 2\nnames:\n  0: "stem"\n  1: "beam"\n'
    )


def test_classes_made_up_on_the_way_have_no_number(annotation: PageAnnotation) -> None:
    made_up = ClassSelection("mung", keep=["stem"], split=lambda thing, name: "my own")
    with pytest.raises(ExportError, match="'my own' was created"):
        YoloExporter(made_up).export(annotation)
    with pytest.raises(ExportError, match="no YOLO task 'pose'; available: detect, segment, obb"):
        YoloExporter(task="pose")  # type: ignore[arg-type]


def test_classes_of_a_function_have_numbers_if_they_are_added(annotation: PageAnnotation) -> None:
    made_up = ClassSelection("mung", keep=["stem"], split=lambda thing, name: "my own", add=["my own"])
    assert {number for number, _ in YoloExporter(made_up).export(annotation)} == {1}
    assert YoloExporter(made_up).omissions(annotation)[-1].element != "my own"


def test_a_label_of_ones_own_without_a_number_is_left_out_and_named() -> None:
    scene = sc.EngravedModel(seed=0, dpi=60)(EXAMPLE, pages=[0])
    usual = len(YoloExporter().export(scene.compose_page(scene.pages[0])))
    clefs = scene.find(ClefMark)
    for clef in clefs:
        clef.glyph.region.label = Label.of("mine")
    page = scene.compose_page(scene.pages[0])
    assert usual - len(YoloExporter().export(page)) == len(clefs) > 0
    assert [(issue.element, issue.what) for issue in YoloExporter().omissions(page)] == [
        ("mine", f"{len(clefs)} left out: the class has no number; name it in `add` of the selection")
    ]
    named = YoloExporter(ClassSelection(add=["mine"]))
    assert len(named.export(page)) == usual
    assert named.omissions(page) == []


def test_rare_noteheads_have_the_same_number_on_every_page() -> None:
    shapes = {"circle-x": "noteheadCircleX", "diamond": "noteheadDiamondBlack", "x": "noteheadXBlack"}
    classes = ClassSelection().classes
    for value, label in shapes.items():
        scene = sc.EngravedModel(seed=0, dpi=60)(data=ONE_NOTE.format(value), pages=[0])
        page = scene.compose_page(scene.pages[0])
        assert classes.index(label) in {number for number, _ in YoloExporter().export(page)}
        document = CocoExporter().export(page)
        assert classes.index(label) + 1 in {each["category_id"] for each in document["annotations"]}
        assert [each["name"] for each in document["categories"]] == list(classes)


def test_an_empty_picture_is_an_empty_file() -> None:
    assert YoloExporter().export_string(ImageLayer(np.zeros((4, 4, 4), np.uint8), 300)) == ""
