"""Calls that people try first work, or say what to do; a message never shows an internal."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import smashcima as sc
from smashcima.errors import (
    ExportError,
    SceneFileError,
    SceneGraphError,
    ServiceError,
    SettingsError,
    SmashcimaError,
    SourceNotFoundError,
    WrongTypeError,
)
from smashcima.loading import load_scores

SONG = Path(__file__).parent / "short_song.musicxml"
BOOK = "X:1\nT:A\nM:4/4\nL:1/4\nK:G\nGABc|\n\nX:2\nT:B\nM:4/4\nL:1/4\nK:C\nCDEF|\n"


@pytest.fixture(scope="module")
def model() -> sc.EngravedModel:
    return sc.EngravedModel(seed=0, dpi=40)


@pytest.fixture(scope="module")
def scene(model: sc.EngravedModel) -> sc.MusicScene:
    return model(SONG, index=0)


@pytest.fixture(scope="module")
def two_pages() -> sc.MusicScene:
    return sc.EngravedModel(seed=0, dpi=40, page="A5 landscape")(SONG)


IMAGE_EXPORTERS = {
    "coco": (sc.CocoExporter(), ".json"),
    "mung": (sc.MungExporter(), ".mung"),
    "yolo": (sc.YoloExporter(), ".txt"),
    "deepscores": (sc.DeepScoresExporter(), ".json"),
    "masks": (sc.MaskExporter("semantic"), ".png"),
    "pagexml": (sc.PageXmlExporter(), ".xml"),
    "alignment": (sc.AlignmentExporter(), ".json"),
    "html": (sc.HtmlExporter(), ".html"),
    "overlay": (sc.OverlayRenderer("labels"), ".png"),
}


@pytest.mark.parametrize("name", IMAGE_EXPORTERS)
def test_a_page_of_a_scene_is_enough_for_exporters_of_images(
    scene: sc.MusicScene, tmp_path: Path, name: str
) -> None:
    exporter, suffix = IMAGE_EXPORTERS[name]
    page, image = tmp_path / f"page{suffix}", tmp_path / f"image{suffix}"
    exporter.write(scene.pages[0], page)
    exporter.write(scene.compose_page(scene.pages[0]), image)
    assert page.read_bytes() == image.read_bytes()
    exporter.write(scene, page)  # of one page
    assert page.read_bytes() == image.read_bytes()


def test_the_image_of_a_page_is_that_of_its_scene(scene: sc.MusicScene, tmp_path: Path) -> None:
    sc.write_image(scene.pages[0], tmp_path / "page.png")
    sc.write_image(scene.compose_page(0), tmp_path / "image.png")
    assert (cv2.imread(str(tmp_path / "page.png"), -1) == scene.render(scene.pages[0])).all()
    assert (tmp_path / "page.png").read_bytes() == (tmp_path / "image.png").read_bytes()


@pytest.mark.parametrize("name", [name for name in IMAGE_EXPORTERS if name != "html"])
def test_a_scene_of_several_pages_says_how_to_export_them(
    two_pages: sc.MusicScene, tmp_path: Path, name: str
) -> None:
    exporter, suffix = IMAGE_EXPORTERS[name]
    with pytest.raises(ExportError, match=r"The scene has 2 pages.*for page in scene\.pages"):
        exporter.write(two_pages, tmp_path / f"scene{suffix}")


def test_a_page_of_html_shows_all_pages_of_a_scene(two_pages: sc.MusicScene) -> None:
    assert sc.HtmlExporter().export(two_pages).count("<svg") == 2


@pytest.mark.parametrize("wrong", [None, "page.png", np.zeros((4, 4, 4), np.uint8), 3, sc.CocoExporter])
def test_what_has_no_labels_is_refused_in_words(wrong: Any, tmp_path: Path) -> None:
    for exporter, suffix in IMAGE_EXPORTERS.values():
        if isinstance(exporter, sc.HtmlExporter) and not isinstance(wrong, type | int | None):
            continue  # an iterable
        with pytest.raises(ExportError, match="Only a page of a scene, or its image") as told:
            exporter.write(wrong, tmp_path / f"x{suffix}")
        assert "attribute" not in str(told.value)


def test_a_page_without_a_scene_says_how_to_make_an_image() -> None:
    space = sc.AffineSpace()
    page = sc.Page(space, sc.ViewBox(space, sc.Rectangle(0, 0, 20, 30)))
    with pytest.raises(ExportError, match=r"DefaultCompositor\(\)\.compose\(page\)"):
        sc.CocoExporter().export(page)


@pytest.mark.parametrize(
    "exporter",
    [
        sc.MusicXmlExporter(),
        sc.MeiExporter(),
        sc.HumdrumExporter(),
        sc.LmxExporter(part=1),
        sc.MidiExporter(),
        sc.TimeMapExporter(),
        sc.PrimusExporter("semantic", "highest"),
        sc.MashcimaExporter(polyphony="highest"),
    ],
    ids=lambda exporter: type(exporter).__name__,
)
def test_exporters_of_scores_take_what_has_a_score(exporter: Any, scene: sc.MusicScene) -> None:
    if isinstance(exporter, sc.PrimusExporter | sc.MashcimaExporter):
        with pytest.raises(ExportError, match=r"Select one: score\.slice"):
            exporter.export(scene)
        return
    assert _text(exporter.export(scene)) == _text(exporter.export(scene.score))
    assert exporter.export(sc.load_score(SONG)) is not None


def _text(value: Any) -> Any:
    from xml.etree import ElementTree

    from lxml import etree

    if isinstance(value, ElementTree.Element):
        return ElementTree.tostring(value)
    return etree.tostring(value) if isinstance(value, etree._Element) else value


def test_a_page_stands_for_the_music_on_it(two_pages: sc.MusicScene) -> None:
    whole, first = (sc.HumdrumExporter().export(x).count("=") for x in (two_pages, two_pages.pages[0]))
    assert first < whole
    expected = sc.HumdrumExporter().export(two_pages.score.slice(page=1))
    assert sc.HumdrumExporter().export(two_pages.pages[1]) == expected


@pytest.mark.parametrize("exporter", [sc.CocoExporter, sc.YoloExporter, sc.MungExporter])
def test_a_vocabulary_is_named_in_place_of_a_selection(exporter: Any, scene: sc.MusicScene) -> None:
    named, selected = exporter("muscimapp2"), exporter(sc.ClassSelection("muscimapp2"))
    assert named == selected
    assert named.classes == sc.ClassSelection("muscimapp2")
    assert named.export_string(scene) == selected.export_string(scene)
    with pytest.raises(ExportError, match="There is no vocabulary 'nonsense'; available: smashcima, mung"):
        exporter("nonsense")
    with pytest.raises(
        ExportError, match="classes must be a ClassSelection, .* or the name of a preset or vocabulary, not 3"
    ):
        exporter(3)


def test_arrays_that_are_no_images_are_refused(tmp_path: Path) -> None:
    for wrong in (np.zeros((3, 3, 3)), np.zeros((3, 3, 2), np.uint8), np.zeros((0, 3), np.uint8)):
        with pytest.raises(ExportError, match="An image must be an array of uint8"):
            sc.write_image(wrong, tmp_path / "x.png")
    assert list(tmp_path.iterdir()) == []


def test_a_model_takes_whatever_holds_a_score(model: sc.EngravedModel, scene: sc.MusicScene) -> None:
    loaded = sc.load_score(SONG)
    expected = scene.render(0)
    for source in (loaded, load_scores(SONG), loaded.score, scene, str(SONG)):
        assert (model(source, index=0).render(0) == expected).all()
    assert (model(score=loaded, index=0).render(0) == expected).all()


def test_a_book_is_read_from_its_first_score_and_the_others_are_named(model: sc.EngravedModel) -> None:
    made = model(load_scores(data=BOOK, format="abc"))
    assert made.score.title == "A"
    assert any("loaded the first of 2 scores" in issue.what for issue in made.issues)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (3, "must be a path or a music21 stream, not 3"),
        ([SONG], "must be a path or a music21 stream, not a list"),
        (SONG.open, "must be a path or a music21 stream, not the function open"),
        ("https://example.org/song.mxl", "is an address, not a path. Download the file first"),
        ("<score-partwise/>", "Give music as `data=`"),
        (SONG.parent, "is a directory"),
    ],
)
def test_what_a_model_cannot_read_is_told_in_words(model: sc.EngravedModel, source: Any, told: str) -> None:
    with pytest.raises(SmashcimaError, match=told):
        model(source)


def test_an_open_file_is_told_to_be_read(model: sc.EngravedModel) -> None:
    with SONG.open("rb") as file, pytest.raises(WrongTypeError, match=r"data=file\.read\(\)"):
        model(file)


def test_a_page_is_named_by_its_place(two_pages: sc.MusicScene, model: sc.EngravedModel) -> None:
    assert (two_pages.render(1) == two_pages.render(two_pages.pages[1])).all()
    assert two_pages.show(-1).bitmap.shape == two_pages.render(1).shape
    for wrong, shown in ((2, "2"), (two_pages, "a MusicScene"), ("1", "'1'"), (None, "None")):
        with pytest.raises(SceneGraphError, match=f"one of the 2 pages of this scene, not {shown}"):
            two_pages.render(wrong)
    assert len(sc.EngravedModel(seed=0, dpi=40, page="A5 landscape")(SONG, pages=1).pages) == 1


@pytest.mark.parametrize("name", ["x.png", "x.JPG", "x.svg", "x.pdf", "x.mei", "x.musicxml", "x.json"])
def test_a_scene_is_not_saved_under_the_name_of_another_format(
    scene: sc.MusicScene, tmp_path: Path, name: str
) -> None:
    with pytest.raises(SceneFileError, match="would be a scene file.*use another suffix, such as .scene"):
        scene.save(tmp_path / name)
    assert list(tmp_path.iterdir()) == []
    scene.save(tmp_path / "x.scene")
    scene.save(tmp_path / "x")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"dpi": "300"}, "dpi must be between 10 and 2400, not '300'"),
        ({"dpi": None}, "dpi must be between 10 and 2400, not None"),
        ({"staff_height_mm": "7"}, "staff_height_mm must be a number above 0, not '7'"),
        ({"staff_height_mm": -7}, "staff_height_mm must be a number above 0, not -7"),
        ({"seed": "3"}, "The seed must be a whole number, not '3'"),
        ({"seed": 1.5}, "The seed must be a whole number, not 1.5"),
        ({"page": 3}, "A page size must be a name such as 'A4'.*not 3"),
        ({"page": ("a", 3)}, "The page width must be between"),
        ({"layout": "A4"}, "layout must be LayoutOptions, not 'A4'"),
        ({"paper": "x.png"}, r"picture of paper x\.png cannot be read: No such file"),
        ({"paper": np.zeros((3, 3))}, "not an array of float64 with shape"),
        ({"postprocessing": 1}, "postprocessing must be the name of a preset.*not 1"),
        ({"postprocessing": sc.NullPostprocessor}, "needs an object, not the class NullPostprocessor"),
        ({"postprocessing": ["scan", 3]}, "postprocessing must be the name of a preset.*not 3"),
        ({"resolution": 3}, "EngravedModel has no option 'resolution'. Its options: dpi, layout"),
        ({"papre": "aged"}, r"no option 'papre' \(closest: paper"),
    ],
)
def test_options_that_make_no_sense_are_told_in_words(options: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        sc.EngravedModel(**options)


def test_options_go_by_name() -> None:
    with pytest.raises(WrongTypeError, match=r"EngravedModel takes options by name only.*model\(score\)"):
        sc.EngravedModel(str(SONG))  # type: ignore[call-arg]


def test_numbers_of_numpy_and_pairs_are_numbers_and_sizes() -> None:
    made = sc.EngravedModel(seed=np.int64(3), dpi=np.float32(40), page=(210, 297))  # type: ignore[arg-type]
    scene = made(SONG, index=np.int32(2))  # type: ignore[arg-type]
    assert (scene.seed, scene.index) == (3, 2)
    assert scene.render(0).shape == (468, 331, 4)
    assert type(scene.seed) is int


def test_paper_is_a_picture_in_memory_or_a_file(tmp_path: Path) -> None:
    left_dark = np.full((60, 40, 3), 220, np.uint8)
    left_dark[:, :20] = (90, 120, 140)
    cv2.imwrite(str(tmp_path / "paper.png"), left_dark)
    rendered = []
    for paper in (left_dark, tmp_path / "paper.png", str(tmp_path / "paper.png")):
        scene = sc.EngravedModel(seed=0, dpi=40, page="A4", paper=paper)(SONG)
        rendered.append(scene.render(0))
        assert scene.styles["paper"].startswith("picture of 40 x 60 px (")
        assert scene.record["styles"]["paper"] == scene.styles["paper"]
    assert all((page == rendered[0]).all() for page in rendered)
    page = rendered[0]
    assert (page[:, :, 3] == 255).all()
    assert page[-1, 0].tolist() == [90, 120, 140, 255]
    assert page[0, -1].tolist() == [220, 220, 220, 255]


def test_a_scene_on_a_picture_is_saved_and_loaded(tmp_path: Path) -> None:
    scene = sc.EngravedModel(seed=0, dpi=40, paper=np.full((9, 7), 200, np.uint8))(SONG)
    scene.save(tmp_path / "x.scene")
    assert (sc.MusicScene.load(tmp_path / "x.scene").render(0) == scene.render(0)).all()


def _own_paper(**options: Any) -> sc.MusicScene:
    class OwnPaper(sc.EngravedModel):
        def register_services(self) -> None:
            super().register_services()
            self.container.interface(sc.PaperSynthesizer, sc.SolidColorPaperSynthesizer, register_impl=True)

    return OwnPaper(seed=0, dpi=40, **options)(SONG)


@pytest.mark.parametrize("paper", ["aged", "any", np.zeros((3, 3), np.uint8)])
def test_paper_beside_paper_of_ones_own_warns_and_is_not_recorded(paper: Any) -> None:
    with pytest.warns(UserWarning, match="paper=.* has no effect, since SolidColorPaperSynthesizer"):
        scene = _own_paper(paper=paper)
    assert "paper" not in scene.styles
    assert "paper" not in scene.record["styles"]


def test_postprocessing_beside_a_postprocessor_of_ones_own_warns() -> None:
    class Own(sc.EngravedModel):
        def register_services(self) -> None:
            super().register_services()
            self.container.instance(sc.Postprocessor, sc.NullPostprocessor())

    with pytest.warns(UserWarning, match="postprocessing has no effect, since NullPostprocessor"):
        Own(seed=0, postprocessing="scan")


def test_options_without_contradiction_do_not_warn(recwarn: pytest.WarningsRecorder) -> None:
    _own_paper()
    sc.EngravedModel(paper="aged", postprocessing="scan")
    assert [str(each.message) for each in recwarn if "no effect" in str(each.message)] == []


def test_a_constructor_without_annotations_says_what_to_write() -> None:
    class Glyphs:
        def __init__(self, rng, font) -> None:  # type: ignore[no-untyped-def]
            self.rng = rng

    container = sc.Container()
    container.type(Glyphs)
    with pytest.raises(ServiceError, match="argument 'rng' of its constructor has no annotation") as told:
        container.resolve(Glyphs)
    assert "container.instance(Glyphs, Glyphs(...))" in str(told.value)
    container.instance(Glyphs, Glyphs(random.Random(1), "Leipzig"))
    assert isinstance(container.resolve(Glyphs).rng, random.Random)


def test_scores_are_compared_as_they_are_loaded() -> None:
    loaded = sc.load_score(SONG)
    assert sc.compare_scores(loaded, sc.load_score(SONG).score).differences == ()
    with pytest.raises(ExportError, match="can be compared, not '"):
        sc.compare_scores(str(SONG), loaded)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "call",
    [
        lambda scene: scene.score.slice(page="a"),
        lambda scene: scene.score.slice(system="a"),
        lambda scene: sc.SvgExporter().export(scene),
        lambda scene: sc.BitmapRenderer().render(scene.render(0)),
        lambda scene: sc.preset(None),
        lambda scene: sc.load_score(3),
        lambda scene: sc.load_score(None),
        lambda scene: sc.load_score(data=3),
        lambda scene: sc.FilterStack([3]),
        lambda scene: sc.FilterStack([sc.NullPostprocessor()]),
        lambda scene: sc.EngravedModel()(SONG, index="3"),
        lambda scene: sc.EngravedModel()(SONG, score=3),
        lambda scene: sc.EngravedModel()(score=Fraction(3)),
        lambda scene: sc.StaffModel(hand="pen")(None),
    ],
)
def test_other_wrong_calls_are_errors_of_ours(scene: sc.MusicScene, call: Callable[..., Any]) -> None:
    with pytest.raises(SmashcimaError) as told:
        call(scene)
    assert "object has no attribute" not in str(told.value)
    assert " object at 0x" not in str(told.value)


@pytest.mark.parametrize("missing", ["pages", "nowhere/page.png"])
def test_a_missing_source_stays_a_file_error(missing: str) -> None:
    with pytest.raises(SourceNotFoundError):
        sc.load_score(missing)
