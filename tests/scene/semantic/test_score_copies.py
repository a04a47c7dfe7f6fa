"""Copies of a score that is drawn again and again."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from smashcima.loading import load_score
from smashcima.mei import write_mei
from smashcima.scene.graph import CopyPlan, Scene, SceneObject
from smashcima.scene.graph.saving.encoder import Encoder
from smashcima.scene.semantic import Note, Score
from smashcima.scene.semantic.known_music import known_music
from smashcima.scene.semantic.score_copies import copied

SONG = "X:1\nM:3/4\nL:1/8\nK:D\n|:A|d2 f2 (ab)|{g}f3 e d2|[Adf]6|!p!d2 z2 F2:|\nw: la la la_ la"


class Colour(SceneObject):
    """Something that is connected to a score."""

    note: Note
    name: str = "red"


@pytest.fixture
def score() -> Score:
    """A score of which copies are prepared."""
    score = load_score(data=SONG, format="abc").score
    assert known_music(copied(score, update=True)[0]) is None
    assert known_music(copied(score, update=True)[0]) is not None
    return score


def tables(root: SceneObject) -> str:
    """All that a scene file says of an object and those connected to it."""
    return json.dumps(Encoder(root).tables)


@pytest.mark.parametrize("update", [True, False])
def test_a_copy_is_a_deep_copy(score: Score, update: bool) -> None:
    plain = deepcopy(score)
    issues = tuple(plain.update()) if update else ()
    for _ in range(3):
        made, found = copied(score, update)
        assert tables(made) == tables(plain)
        assert found == issues
        assert not set(made.connected()) & set(score.connected())


def test_copies_are_independent(score: Score) -> None:
    one, other = copied(score, True)[0], copied(score, True)[0]
    next(one.notes()).mei["type"] = "changed"
    next(one.notes()).detach()
    assert len(list(one.notes())) == len(list(other.notes())) - 1
    assert tables(other) == tables(copied(score, True)[0])


def test_an_edit_of_the_score_is_in_the_next_copy(score: Score) -> None:
    next(score.notes()).mei["type"] = "changed"
    score.title = "Another"
    for _ in range(2):
        made = copied(score, True)[0]
        assert next(made.notes()).mei["type"] == "changed"
        assert made.title == "Another"
    next(score.notes()).detach()
    assert len(list(copied(score, True)[0].notes())) == len(list(score.notes()))


def test_what_is_connected_to_the_score_is_copied(score: Score) -> None:
    Colour(next(score.notes()), "blue")
    for _ in range(3):
        made = copied(score, True)[0]
        assert Colour.of(next(made.notes()), "note").name == "blue"


def test_a_scene_around_the_score_keeps_its_index(score: Score) -> None:
    scene = Scene(contents=[score])
    count = len(scene.find(Note))
    for _ in range(3):
        assert len(copied(score, True)[0].connected()) == len(score.connected())
    Colour(next(score.notes()))
    assert len(scene.find(Colour)) == 1
    assert len(scene.find(Note)) == count


def test_mei_is_written_once_for_all_copies(score: Score) -> None:
    one, other = copied(score, True)[0], copied(score, True)[0]
    assert write_mei(one) is write_mei(other)
    assert write_mei(one) == write_mei(deepcopy(other))


def test_an_edited_copy_is_written_anew(score: Score) -> None:
    one, other = copied(score, True)[0], copied(score, True)[0]
    before = write_mei(one)
    other.title = "Another"
    other.by_id("unknown")
    assert "Another" in write_mei(other)
    assert write_mei(one) == before


def test_a_plan_refuses_values_that_copies_would_share_by_mistake() -> None:
    class Listing(SceneObject):
        items: list[int]

    with pytest.raises(ValueError, match=r"Listing\.items is a list"):
        CopyPlan([Listing([1, 2])])
