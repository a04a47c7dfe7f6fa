"""Pascal VOC, read by `supervision` and by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

import smashcima as sc
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.pascal_voc import PascalVocExporter


@pytest.fixture(scope="module")
def annotation(example_score: Path) -> PageAnnotation:
    scene = sc.EngravedModel(seed=0, dpi=60)(example_score, pages=[0])
    return annotate(scene.compose_page(scene.pages[0]))


def test_supervision_reads_the_boxes_of_the_page(annotation: PageAnnotation, tmp_path: Path) -> None:
    supervision = pytest.importorskip("supervision")
    (tmp_path / "images").mkdir()
    (tmp_path / "voc").mkdir()
    sc.write_image(annotation.image.bitmap, tmp_path / "images" / "a.png")
    exporter = PascalVocExporter("detector", file_name="a.png")
    exporter.write(annotation, tmp_path / "voc" / "a.xml")
    read = supervision.DetectionDataset.from_pascal_voc(str(tmp_path / "images"), str(tmp_path / "voc"))
    (_, _, found) = next(iter(read))
    chosen = exporter.classes
    names = [chosen.class_of_node(node.sign, node.scene_object) for node in annotation.nodes]
    wanted = {
        (name, *box)
        for name, box in zip(names, annotation.regions.pixel_boxes().tolist(), strict=True)
        if name is not None
    }
    # It subtracts 1 from the first corner only: the boxes of numpy.
    seen = {
        (read.classes[number], *box)
        for number, box in zip(found.class_id.tolist(), found.xyxy.astype(int).tolist(), strict=True)
    }
    assert seen == wanted
    assert len(found) == sum(name is not None for name in names)


def test_the_file_names_image_size_and_truncation(annotation: PageAnnotation) -> None:
    image = annotation.image
    measure = sc.CropExporter("measures", margin_ss=0).export(image)[1].image
    root = etree.fromstring(PascalVocExporter(file_name="b.jpg").export_string(measure))
    assert root.findtext("filename") == "b.jpg"
    assert (root.findtext("size/width"), root.findtext("size/height")) == (
        str(measure.width),
        str(measure.height),
    )
    truncated = {item.findtext("truncated") for item in root.iterfind("object")}
    assert truncated == {"0", "1"}
    for item in root.iterfind("object"):
        box = {key: int(item.findtext(f"bndbox/{key}") or 0) for key in ("xmin", "ymin", "xmax", "ymax")}
        assert 1 <= box["xmin"] <= box["xmax"] <= measure.width
        assert 1 <= box["ymin"] <= box["ymax"] <= measure.height


def test_labels_without_a_class_are_listed(annotation: PageAnnotation) -> None:
    omitted = {issue.element for issue in PascalVocExporter("deepscores").omissions(annotation)}
    assert "staffMeasure" in omitted
