"""Slices and texts that unedited copies of a score share."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from smashcima.errors import SettingsError
from smashcima.exporting import MusicXmlExporter
from smashcima.loading import load_score
from smashcima.scene.graph.late_copies import unread
from smashcima.scene.graph.saving.encoder import Encoder
from smashcima.scene.semantic import Score
from smashcima.scene.semantic.known_music import known_music
from smashcima.scene.semantic.score_copies import copied
from smashcima.scene.semantic.score_layout import ScoreLayout

SONG = "X:1\nT:Song\nM:3/4\nL:1/8\nK:D\n|:A|d2 f2 (ab)|{g}f3 e d2|[Adf]6|!p!d2 z2 F2:|\nw: la la la_ la"


@pytest.fixture
def source() -> Score:
    """A score of which copies are prepared."""
    score = load_score(data=SONG, format="abc").score
    for _ in range(2):
        copied(score, update=False)
    return score


def copy_of(score: Score, systems: int = 2) -> Score:
    """An unedited copy, laid out in systems of equal length, each on a page of its own."""
    made = copied(score, update=False)[0]
    ids = [measure.id for measure in made.measures]
    length = -(-len(ids) // systems)
    made.layout = ScoreLayout.of((n, ids[n * length : (n + 1) * length], [1]) for n in range(systems))
    return made


def content(score: Score) -> str:
    """All that a scene file says of a score."""
    return json.dumps(Encoder(score).tables)


@pytest.mark.parametrize("part", [{"page": 1}, {"system": 0}, {"staff": 1}, {"measures": range(1, 3)}, {}])
def test_slices_of_copies_are_those_of_the_score(source: Score, part: dict[str, int]) -> None:
    expected = content(deepcopy(copy_of(source)).slice(**part))
    made = [copy_of(source).slice(**part) for _ in range(4)]
    assert [content(each) for each in made] == [expected] * 4
    assert len({id(note) for each in made for note in each.notes()}) == 4 * len(list(made[0].notes()))


def test_a_slice_of_an_edited_copy_is_made_anew(source: Score) -> None:
    for _ in range(3):
        copy_of(source).slice(page=0)
    edited = copy_of(source)
    next(edited.notes()).mei["type"] = "changed"
    assert next(edited.slice(page=0).notes()).mei["type"] == "changed"
    assert "type" not in next(copy_of(source).slice(page=0).notes()).mei


def test_edited_slices_do_not_change_those_of_other_copies(source: Score) -> None:
    expected = content(copy_of(source).slice(page=0))
    for _ in range(4):
        made = copy_of(source).slice(page=0)
        assert content(made) == expected
        made.title = "Another"
        next(made.notes()).detach()


def test_slices_follow_the_layout(source: Score) -> None:
    for systems in (2, 3, 2, 3, 2, 3):
        counts = [len(copy_of(source, systems).slice(page=page).measures) for page in range(systems)]
        assert counts == ([3, 2] if systems == 2 else [2, 2, 1])


def test_a_slice_that_does_not_exist_is_an_error_every_time(source: Score) -> None:
    for _ in range(3):
        with pytest.raises(SettingsError, match="no page 7"):
            copy_of(source).slice(page=7)


def test_musicxml_is_written_once_for_all_copies_of_a_slice(source: Score) -> None:
    slices = [copy_of(source).slice(page=0) for _ in range(4)]
    texts = [MusicXmlExporter().export_string(each) for each in slices]
    assert texts[3] is texts[2]
    assert texts == [MusicXmlExporter().export_string(deepcopy(slices[0]))] * 4
    assert "<note id=" not in MusicXmlExporter(ids=False).export_string(slices[3])


def test_a_known_text_of_a_slice_needs_no_objects(source: Score) -> None:
    slices = [copy_of(source).slice(page=0) for _ in range(4)]
    expected = MusicXmlExporter().export_string(slices[2])
    assert MusicXmlExporter().export_string(slices[3]) == expected
    assert unread(slices[3]) is not None
    assert [note.id for note in slices[3].notes()] == [note.id for note in slices[2].notes()]
    assert type(slices[3]) is Score
    slices[3].title = "Another"
    assert "Another" in MusicXmlExporter().export_string(slices[3])


def test_slices_of_a_slice_need_no_objects_of_it(source: Score) -> None:
    inner = [copy_of(source).slice(page=0).slice(staff=1) for _ in range(6)]
    assert len({content(each) for each in inner}) == 1


def test_an_edited_slice_is_written_anew(source: Score) -> None:
    one, other = [copy_of(source).slice(page=0) for _ in range(4)][2:]
    before = MusicXmlExporter().export_string(one)
    other.title = "Another"
    assert "Another" in MusicXmlExporter().export_string(other)
    assert MusicXmlExporter().export_string(one) == before


def test_the_musicxml_of_a_copy_follows_its_layout(source: Score) -> None:
    for systems in (1, 3, 1, 3):
        text = MusicXmlExporter().export_string(copy_of(source, systems))
        assert text.count("new-page=") == systems - 1


def test_a_score_that_is_not_up_to_date_is_updated_by_each_slice() -> None:
    score = load_score(data=SONG, format="abc").score
    for note in score.notes():
        note.__dict__["onset"] = None
    for _ in range(5):
        made = copied(score, update=False)[0]
        assert [note.onset for note in made.slice().notes()] == [note.onset for note in made.notes()]


def test_an_update_of_what_is_up_to_date_is_no_edit(source: Score) -> None:
    made = copy_of(source)
    made.update()
    assert known_music(made) is not None


def test_what_is_kept_of_images_is_asked_for_twice_and_limited(source: Score) -> None:
    music = known_music(copy_of(source))
    assert music is not None
    assert music is known_music(copy_of(source))
    assert not music.is_asked_again(("page", 0))
    assert music.is_asked_again(("page", 0))
    assert music.kept(("page", 0)) is None
    for page in range(30):
        music.keep(("page", page), page)
    assert [music.kept(("page", page)) for page in (5, 6, 29)] == [None, 6, 29]
    music.keep(("page", 6), "again")
    assert [music.kept(("page", page)) for page in (6, 7)] == ["again", 7]
    for page in range(1, 25):
        music.is_asked_again(("page", page))
    assert not music.is_asked_again(("page", 0))
