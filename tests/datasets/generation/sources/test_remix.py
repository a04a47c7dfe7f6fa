"""Runs of measures of other scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import smashcima as sc
from smashcima.composing.mixing import is_alike, joined, run_of
from smashcima.errors import PlanError
from smashcima.loading import load_score
from smashcima.scene.semantic import Score, Slur, SystemBreak, note


def four_measures() -> sc.ScoreBuilder:
    """One staff: two measures of 2/4 in treble clef, two of 3/4 in bass clef with two flats; a slur over the middle."""
    builder = sc.ScoreBuilder(key=0, time="2/4")
    builder.add_part("", "treble")
    last = note("E4", "half")
    builder.add_voice(builder.add_measure(), 1, note("C4", "half"))
    builder.add_voice(builder.add_measure(), 1, last)
    builder.change(key=-2, time="3/4", clefs={1: "bass"})
    first = note("G2", "half.")
    builder.add_voice(builder.add_measure(), 1, first)
    builder.add_voice(builder.add_measure(), 1, note("A2", "half."))
    builder.slur(last, first)
    return builder


def in_force(score: Score, index: int) -> tuple[str, int, str]:
    (staff,) = score.measures[index].staves
    return staff.clef.shape.value, staff.key_signature.fifths, staff.time_signature.count


def test_a_run_begins_with_what_is_in_force():
    run = run_of(four_measures().build(), range(2, 4))
    assert in_force(run, 0) == ("F", -2, "3")
    assert [str(each.pitch) for each in run.notes()] == ["G2", "A2"]
    hidden = [each for each in run.descendants() if each.mei.get("visible") == "false"]
    assert hidden == []


def test_marks_that_the_borders_cut_are_left_out():
    score = four_measures().build()
    assert list(run_of(score, range(2, 4)).descendants(Slur)) == []
    assert list(run_of(score, range(2)).descendants(Slur)) == []
    assert len(list(run_of(score, range(1, 3)).descendants(Slur))) == 1


def test_joined_runs_keep_clef_key_and_time_of_each():
    score = four_measures().build()
    music = joined([run_of(score, range(2, 3)), run_of(score, range(2)), run_of(score, range(2, 4))])
    assert [str(each.pitch) for each in music.notes()] == ["G2", "C4", "E4", "G2", "A2"]
    assert [in_force(music, index) for index in (0, 1, 3)] == [("F", -2, "3"), ("G", 0, "2"), ("F", -2, "3")]
    assert len(list(music.descendants(SystemBreak))) == 2
    assert music.update() == []


def test_joined_runs_can_be_drawn(short_song: Path):
    score = load_score(short_song).score
    music = joined([run_of(score, range(1, 3)), run_of(score, range(4, 5))])
    scene = sc.EngravedModel(seed=1, dpi=40)(music)
    assert len(scene.find(sc.Notehead)) == len(list(music.notes()))
    assert scene.issues == ()


def test_scores_with_other_staves_are_not_alike(short_song: Path):
    assert is_alike(four_measures().build(), four_measures().build())
    assert not is_alike(four_measures().build(), load_score(short_song).score)


# -- the source --------------------------------------------------------------------------------------------


@pytest.fixture
def songs(tmp_path: Path, tune_book: Path) -> Path:
    return tmp_path


def test_runs_have_the_length_asked_for(make, tmp_path: Path, short_song: Path):
    (tmp_path / "song.musicxml").write_bytes(short_song.read_bytes())
    source = make(remix={"files": ["song.musicxml"]}, measures=[2, 3], runs=2)
    assert source.prepare() is None
    for index in range(4):
        item = source.item(index, np.random.default_rng(index))
        (_, first), (_, last) = (each.values() for each in item.metadata["remixed"])
        assert len(item.loaded.score.measures) == first[1] - first[0] + last[1] - last[0] + 2
        assert first[1] - first[0] + 1 in (2, 3)
        assert item.id == source.name(index) == "song.musicxml"


def test_balanced_runs_have_the_rare_element(make, tmp_path: Path, short_song: Path):
    (tmp_path / "song.musicxml").write_bytes(short_song.read_bytes())
    source = make(remix={"files": ["song.musicxml"]}, measures=1, balance=["tuplets"])
    source.prepare()
    for index in range(4):
        score = source.item(index, np.random.default_rng(index)).loaded.score
        assert len(list(score.descendants(sc.scene.semantic.Tuplet))) >= 1


def test_runs_of_several_scores_name_all_of_them(make, songs: Path):
    source = make(remix={"folder": "scores", "licence": "own"}, measures=1, runs=6, mix=True)
    assert source.prepare() is None
    assert [each.name for each in source.rejected] == ["broken.musicxml"]
    item = source.item(3, np.random.default_rng(0))
    assert {each["source"] for each in item.metadata["remixed"]} == {"book.abc#1", "book.abc#2"}
    assert item.licence == "own"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"remix": {"folder": "missing"}}, r"sources\[0\]\.remix\.folder: there is no folder"),
        ({"remix": {"fold": "scores"}}, r"sources\[0\]\.remix: a source has exactly one of the fields"),
        ({"measures": [3, 2]}, r"measures: the least value \(3\) exceeds the greatest \(2\)"),
        ({"balance": ["tuplet"]}, r"balance\[0\]: there is no element 'tuplet'"),
        ({"mix": 1}, r"mix: expected true or false, got 1"),
    ],
)
def test_messages_name_the_field(make, songs: Path, fields, message: str):
    with pytest.raises(PlanError, match=message):
        make(**{"remix": {"folder": "scores"}, **fields})
