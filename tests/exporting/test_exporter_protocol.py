"""All exporters have the same methods, with the same meaning."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from smashcima import exporting
from smashcima.errors import Issue
from smashcima.exporting import (
    AlignmentExporter,
    BitmapRenderer,
    CocoExporter,
    CropExporter,
    DeepScoresExporter,
    Exporter,
    HtmlExporter,
    HumdrumExporter,
    LabelStudioExporter,
    LmxExporter,
    MashcimaExporter,
    MaskExporter,
    MeiExporter,
    MidiExporter,
    MroExporter,
    MungExporter,
    MusicXmlExporter,
    OverlayRenderer,
    PageAnnotation,
    PageXmlExporter,
    PascalVocExporter,
    PrimusExporter,
    SvgExporter,
    TextExporter,
    TimeMapExporter,
    YoloExporter,
    annotate,
)
from smashcima.imaging import ImageLayer
from smashcima.orchestration import EngravedModel, MusicScene
from smashcima.scene.semantic import Score
from smashcima.scene.visual import Page, ViewBox

# The annotations are the test: mypy checks that each exporter has the methods of the protocol.

OF_VIEWS: list[Exporter[Page | ViewBox, object]] = [BitmapRenderer(dpi=20), SvgExporter()]
OF_IMAGES: list[Exporter[ImageLayer, object]] = [CropExporter(), OverlayRenderer(), PageXmlExporter()]
OF_ANNOTATIONS: list[Exporter[ImageLayer | PageAnnotation, object]] = [
    AlignmentExporter(),
    CocoExporter(),
    DeepScoresExporter(),
    HtmlExporter(),
    LabelStudioExporter(),
    MaskExporter(),
    MungExporter(),
    PascalVocExporter(),
    YoloExporter(),
]
OF_SCORES: list[Exporter[Score, object]] = [
    HumdrumExporter(),
    LmxExporter(),
    MashcimaExporter(),
    MeiExporter(),
    MidiExporter(),
    MusicXmlExporter(),
    PrimusExporter(),
    TimeMapExporter(),
]
OF_SCENES: list[Exporter[MusicScene, object]] = [MroExporter()]
TEXT: list[TextExporter[Any, object]] = [
    AlignmentExporter(),
    CocoExporter(),
    DeepScoresExporter(),
    HtmlExporter(),
    HumdrumExporter(),
    LabelStudioExporter(),
    LmxExporter(),
    MashcimaExporter(),
    MeiExporter(),
    MroExporter(),
    MungExporter(),
    MusicXmlExporter(),
    PascalVocExporter(),
    PageXmlExporter(),
    PrimusExporter(),
    SvgExporter(),
    TimeMapExporter(),
    YoloExporter(),
]


@pytest.fixture(scope="module")
def scene() -> MusicScene:
    model = EngravedModel(seed=1, dpi=50, page="80x40")
    return model(data="X:1\nL:1/4\nK:C\nCDEF|]\n", format=".abc")


def name_of(exporter: object) -> str:
    return type(exporter).__name__


def test_the_lists_here_have_every_public_exporter() -> None:
    public = {name for name in exporting.__all__ if name.endswith(("Exporter", "Renderer"))}
    listed = {name_of(each) for each in (*OF_VIEWS, *OF_IMAGES, *OF_ANNOTATIONS, *OF_SCORES, *OF_SCENES)}
    assert listed == public - {"Exporter", "TextExporter"}


def test_every_exporter_of_text_is_listed_as_one() -> None:
    every = (*OF_VIEWS, *OF_IMAGES, *OF_ANNOTATIONS, *OF_SCORES, *OF_SCENES)
    assert {name_of(each) for each in every if hasattr(each, "export_string")} == set(map(name_of, TEXT))


@pytest.mark.parametrize("exporter", OF_VIEWS, ids=name_of)
def test_drawings_keep_everything(exporter: Exporter[Page | ViewBox, object], scene: MusicScene) -> None:
    assert exporter.export(scene.pages[0]) is not None
    assert exporter.omissions(scene.pages[0]) == []


@pytest.mark.parametrize("exporter", [*OF_IMAGES, *OF_ANNOTATIONS], ids=name_of)
def test_omissions_of_pictures_are_a_list_of_issues(
    exporter: Exporter[ImageLayer, object], scene: MusicScene
) -> None:
    image = scene.compose_page(scene.pages[0])
    assert exporter.export(image) is not None
    found = exporter.omissions(image)
    assert isinstance(found, list)
    assert all(isinstance(issue, Issue) for issue in found)
    empty = ImageLayer(np.zeros((4, 4, 4), np.uint8), 300)
    assert exporter.omissions(empty) == []


@pytest.mark.parametrize("exporter", OF_ANNOTATIONS, ids=name_of)
def test_a_picture_and_its_annotation_have_the_same_omissions(
    exporter: Exporter[ImageLayer | PageAnnotation, object], scene: MusicScene
) -> None:
    image = scene.compose_page(scene.pages[0])
    assert exporter.omissions(image) == exporter.omissions(annotate(image))


@pytest.mark.parametrize("exporter", OF_SCORES, ids=name_of)
def test_omissions_of_scores_are_a_list_of_issues(
    exporter: Exporter[Score, object], scene: MusicScene
) -> None:
    if isinstance(exporter, LmxExporter):
        pytest.importorskip("lmx")
    found = exporter.omissions(scene.score)
    assert isinstance(found, list)
    assert all(isinstance(issue, Issue) for issue in found)


@pytest.mark.parametrize("exporter", OF_SCENES, ids=name_of)
def test_omissions_of_scenes_are_a_list_of_issues(
    exporter: Exporter[MusicScene, object], scene: MusicScene
) -> None:
    assert exporter.export(scene) is not None
    found = exporter.omissions(scene)
    assert isinstance(found, list)
    assert all(isinstance(issue, Issue) for issue in found)


def test_masks_that_do_not_tell_classes_apart_leave_nothing_out(
    scene: MusicScene,
) -> None:
    image = scene.compose_page(scene.pages[0])
    classes = exporting.ClassSelection("muscimapp2")
    assert MaskExporter("semantic", classes).omissions(image) != []
    assert MaskExporter("instance", classes).omissions(image) == []


def test_former_names_of_omissions_still_work(scene: MusicScene) -> None:
    image = scene.compose_page(scene.pages[0])
    with pytest.warns(DeprecationWarning, match="omissions"):
        assert MungExporter().omitted(image) == MungExporter().omissions(image)
    with pytest.warns(DeprecationWarning, match="omissions"):
        assert HumdrumExporter().distractors(scene.score) == HumdrumExporter().omissions(scene.score)
