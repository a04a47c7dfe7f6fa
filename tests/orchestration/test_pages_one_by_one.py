"""Pages that are made one after the other: the same as together, and released when the next is made."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

import smashcima as sc
from smashcima.errors import SettingsError
from smashcima.exporting import CocoExporter, MungExporter, MusicXmlExporter, SvgExporter
from smashcima.imaging.filters import BleedThrough
from smashcima.scene.visual import Notehead, SlurCurve, TieCurve

SONG = Path(__file__).parents[1] / "short_song.musicxml"
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
