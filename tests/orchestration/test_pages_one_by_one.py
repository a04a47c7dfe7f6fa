"""Pages that are made one after the other: the same as together, and released when the next is made."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

import smashcima as sc
from smashcima.engravers.verovio import long_scores
from smashcima.engravers.verovio.toolkit import Toolkit
from smashcima.errors import SettingsError
from smashcima.exporting import CocoExporter, MungExporter, MusicXmlExporter, SvgExporter
from smashcima.imaging.filters import BleedThrough
from smashcima.scene.visual import Notehead, SlurCurve, TieCurve

SONG = Path(__file__).parents[1] / "short_song.musicxml"
LONG = Path(__file__).parents[2] / "assets" / "example" / "example.musicxml"
TWO_PAGES = "A5 landscape"


def files(scene: sc.MusicScene, page: sc.Page) -> list[bytes | str]:
    """The image and the labels of a page."""
    image = scene.compose_page(page)
    return [
        image.bitmap.tobytes(),
        MungExporter().export_string(image),
        CocoExporter().export_string(image),
        MusicXmlExporter().export_string(scene.score.slice(page=page.index)),
        SvgExporter(render_labeled_regions=True).export_string(page.view_box),
    ]


MODELS: dict[str, Callable[[], sc.Model]] = {
    "printed": lambda: sc.EngravedModel(seed=2, page=TWO_PAGES, dpi=60),
    "pen": lambda: sc.BaseHandwrittenModel(hand="pen", seed=2, page=TWO_PAGES, dpi=60, look="scan"),
}


@pytest.mark.parametrize("name", MODELS)
def test_pages_one_by_one_and_alone_are_those_of_the_whole_scene(name: str) -> None:
    model = MODELS[name]()
    whole = model(SONG, index=3)
    expected = [files(whole, page) for page in whole.pages]
    assert len(expected) == 2
    assert [files(scene, scene.pages[0]) for scene in model.pages(SONG, index=3)] == expected
    alone = MODELS[name]()(SONG, index=3, pages=1)
    assert files(alone, alone.pages[0]) == expected[1]


def test_a_slur_over_a_page_turn_is_numbered_by_all_of_its_pieces() -> None:
    slurred = "X:1\nL:1/4\nK:C\n(CDEF|GABc|cBAG|FEDC|CDEF|GABc|cBAG|FEDC)|\n" + "CDEF|GABc|\n" * 4
    model = sc.EngravedModel(seed=0, page="60x30", layout=sc.LayoutOptions(margins=2.0, staff_space=1.5))
    whole = model(data=slurred, format="abc")
    pieces = [(each.page.index, each.piece_number, each.piece_count) for each in whole.find(SlurCurve)]
    assert len({page for page, _, _ in pieces}) > 1
    assert [number for _, number, _ in pieces] == list(range(1, len(pieces) + 1))
    assert {count for _, _, count in pieces} == {len(pieces)}
    alone = [
        (each.page.index, each.piece_number, each.piece_count)
        for scene in model.pages(data=slurred, format="abc")
        for each in scene.find(SlurCurve)
    ]
    assert alone == pieces


def test_curves_on_one_page_are_whole() -> None:
    scene = sc.EngravedModel(seed=0)(SONG, pages=0)
    curves = [each for each in scene.find(TieCurve) if each.piece_count == 1]
    assert all(each.piece_number == 1 and not each.is_continued for each in curves)


def test_a_page_is_released_when_the_next_one_is_requested() -> None:
    scenes = sc.EngravedModel(seed=0, page=TWO_PAGES).pages(SONG)
    scene = next(scenes)
    head = scene.find(Notehead)[0]
    note = head.note
    assert Notehead.of_note(note) is head
    gone = weakref.ref(head)
    del scene, head
    second = next(scenes)
    gc.collect()
    assert gone() is None
    assert Notehead.many_of(note, "note") == []
    assert second.find(Notehead)
    assert second.score.by_id(note.id) is note


def test_samples_made_in_between_change_nothing() -> None:
    model = sc.BaseHandwrittenModel(hand="pen", seed=1, page=TWO_PAGES, dpi=40)
    expected = [scene.render(scene.pages[0]) for scene in model.pages(SONG, index=0)]

    def interrupted() -> Iterator[sc.MusicScene]:
        for scene in model.pages(SONG, index=0):
            yield scene
            model(SONG, index=8, pages=0)

    found = [scene.render(scene.pages[0]) for scene in interrupted()]
    assert all(np.array_equal(*pair) for pair in zip(expected, found, strict=True))


def test_both_sides_of_a_sheet_can_be_made_at_once() -> None:
    model = sc.EngravedModel(seed=0, page=TWO_PAGES, dpi=40, postprocessing=BleedThrough(depth=0.6))
    whole = model(SONG, index=0)
    (sheet,) = model.pages(SONG, index=0, at_once=2)
    assert [page.index for page in sheet.pages] == [0, 1]
    for one, other in zip(whole.pages, sheet.pages, strict=True):
        assert np.array_equal(whole.render(one), sheet.render(other))
    with pytest.raises(SettingsError, match="at_once"):
        next(model.pages(SONG, at_once=0))


def test_pages_take_the_next_index_and_can_be_chosen() -> None:
    model = sc.EngravedModel(seed=0, page=TWO_PAGES)
    scenes = list(model.pages(SONG, pages=[1]))
    assert [(scene.index, scene.origin.pages) for scene in scenes] == [(0, (1,))]
    assert model.scene is scenes[-1]
    assert model(SONG).index == 1


def test_composed_music_and_staves_come_page_by_page_too() -> None:
    composed = sc.PrintedComposedModel(seed=0, conditions=sc.Conditions(measures=8))
    (scene,) = composed.pages(index=4)
    assert np.array_equal(scene.render(0), composed(index=4).render(0))
    (staff,) = sc.PrintedStaffModel(seed=0).pages("clef.G-2 q0 q1 |", index=1)
    assert staff.index == 1


@pytest.fixture
def runs_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every score is laid out in runs of about a page."""
    monkeypatch.setattr(long_scores, "MOST_IN_ONE", 0)
    monkeypatch.setattr(long_scores, "_FIRST_RUN", 50)
    monkeypatch.setattr(long_scores, "_PAGES", 1)


@pytest.mark.usefixtures("runs_of_a_page")
@pytest.mark.parametrize("name", MODELS)
def test_pages_of_a_long_score_one_by_one_and_alone_are_those_of_the_whole_scene(name: str) -> None:
    def make() -> sc.Model:
        # (A scan shows the back of a sheet only if that page is made, too.)
        return (
            MODELS[name]()
            if name == "printed"
            else sc.BaseHandwrittenModel(hand="pen", seed=2, page=TWO_PAGES, dpi=60)
        )

    whole = make()(LONG, index=3)
    expected = [files(whole, page) for page in whole.pages]
    assert len(expected) > 3
    model = make()
    assert [files(scene, scene.pages[0]) for scene in model.pages(LONG, index=3)] == expected
    alone = make()(LONG, index=3, pages=[2])
    assert files(alone, alone.pages[0]) == expected[2]
    last = make()(LONG, index=3, pages=lambda count: [count - 1])
    assert files(last, last.pages[0]) == expected[-1]
    sheets = list(model.pages(LONG, index=3, at_once=2, pages=[0, 2, 3]))
    assert [[page.index for page in sheet.pages] for sheet in sheets] == [[0, 2], [3]]


@pytest.mark.usefixtures("runs_of_a_page")
def test_the_first_page_of_a_long_score_does_not_wait_for_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    model = sc.EngravedModel(seed=0, page=TWO_PAGES, dpi=60)
    loaded = sc.load_score(LONG)
    laid_out: list[int] = []
    load = Toolkit.load_mei

    def watched(self: Toolkit, mei: str) -> None:
        laid_out.append(mei.count("<measure "))
        load(self, mei)

    monkeypatch.setattr(Toolkit, "load_mei", watched)
    scene = next(model.pages(loaded))
    assert sum(laid_out) < len(loaded.score.measures) / 2
    assert scene.score.layout is not None
    assert scene.score.layout.page_of(scene.score.measures[0].id) == 0
    assert scene.score.layout.page_of(scene.score.measures[-1].id) is None


@pytest.mark.usefixtures("runs_of_a_page")
def test_pages_that_a_long_score_does_not_have() -> None:
    model = sc.EngravedModel(seed=0, page=TWO_PAGES, dpi=60)
    for wrong in ([99], [-1]):
        with pytest.raises(SettingsError, match=r"from 0 to \d+, not .*; the score has \d+ pages"):
            model(LONG, pages=wrong)


def test_pages_of_a_given_score_that_is_not_copied() -> None:
    model = sc.EngravedModel(seed=2, page=TWO_PAGES, dpi=60)
    expected = [files(scene, scene.pages[0]) for scene in model.pages(SONG, index=3)]
    loaded = sc.load_score(SONG)
    scenes = model.pages(loaded, index=3, copy_score=False)
    first = next(scenes)
    assert first.score is loaded.score
    assert [files(first, first.pages[0]), *(files(each, each.pages[0]) for each in scenes)] == expected
    other = next(model.pages(loaded.score, index=3, copy_score=False))
    assert other.score is loaded.score
    assert next(model.pages(loaded, index=3)).score is not loaded.score


def test_a_model_that_overrides_the_layout_of_a_score_has_it_in_one_piece() -> None:
    class Model(sc.EngravedModel):
        def lay_out(self, loaded: sc.Loaded) -> sc.Engraving:
            self.laid_out = super().lay_out(loaded)
            return self.laid_out

    model = Model(seed=0, page=TWO_PAGES, dpi=60)
    assert len(list(model.pages(SONG))) == len(model.laid_out.pages) == 2
