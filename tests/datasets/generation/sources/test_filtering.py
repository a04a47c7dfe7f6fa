"""Filters of sources, and the facts that they are about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import smashcima as sc
from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.sources import score_files
from smashcima.datasets.generation.sources.filtering import FactsIndex, ScoreFacts, ScoreFilter
from smashcima.errors import PlanError, SourceError
from smashcima.loading import load_score
from smashcima.scene.semantic import chord, note

RNG = np.random.default_rng(0)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def piano() -> sc.ScoreBuilder:
    builder = sc.ScoreBuilder(title="Piece", key=-2, time="2/4")
    builder.add_part("Piano", "treble", "bass")
    measure = builder.add_measure()
    builder.add_voice(measure, 1, note("C5", "quarter"), note("D5", "quarter"))
    builder.add_voice(measure, 1, chord(["E4", "G4"], "half"))
    builder.change(key=1, time="3/4")
    builder.add_measure()
    return builder


def test_facts_about_a_score():
    facts = ScoreFacts.of(piano().build())
    assert (facts.title, facts.parts, facts.staves, facts.measures, facts.voices) == ("Piece", 1, 2, 2, 2)
    assert facts.keys == (-2, 1)
    assert facts.metres == ("2/4", "3/4")
    assert (facts.elements["Note"], facts.elements["notes"], facts.elements["Chord"]) == (4, 4, 1)
    assert facts.notes_per_measure == 1.0
    assert ScoreFacts.from_data(facts.to_data()) == facts


def test_the_short_song_has_tuplets_lyrics_and_grace_notes(short_song: Path):
    facts = ScoreFacts.of(load_score(short_song).score)
    assert (facts.parts, facts.staves) == (2, 3)
    for element in ("tuplets", "lyrics", "grace notes"):
        assert facts.elements[element] > 0


@pytest.mark.parametrize(
    ("data", "objection"),
    [
        ({"parts": 1, "staves": 2}, None),
        ({"staves": 1}, "staves: 2"),
        ({"measures": [2, 10]}, None),
        ({"measures": [3, 10]}, "measures: 2"),
        ({"voices": 1}, "voices: 2"),
        ({"notes_per_measure": [2, 9]}, "notes per measure: 1"),
        ({"with": "Chord"}, None),
        ({"with": ["chords", "slurs"]}, "no slurs"),
        ({"without": ["lyrics", "tuplets", "grace notes"]}, None),
        ({"without": ["StemmedEvent"]}, "StemmedEvent: 5"),
        ({"keys": [-2, 1]}, None),
        ({"keys": -2}, "key: 1"),
        ({"metres": ["2/4", "3/4"]}, None),
        ({"metres": "2/4"}, "metre: 3/4"),
    ],
)
def test_a_filter_says_which_condition_is_not_met(data, objection):
    facts = ScoreFacts.of(piano().build())
    assert ScoreFilter.from_data(data, Where()).objection(facts) == objection


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"stafs": 2}, r"filter\.stafs: there is no such field \(did you mean 'staves'"),
        ({"staves": [2, 1]}, r"filter\.staves: the least value \(2\) exceeds the greatest \(1\)"),
        ({"staves": [1, 2, 3]}, r"filter\.staves: expected a number or \[least, most\]"),
        (
            {"without": ["tuplet"]},
            r"filter\.without\[0\]: there is no element 'tuplet' \(did you mean 'tuplets'",
        ),
        ({"keys": ["G"]}, r"filter\.keys\[0\]: expected an integer"),
    ],
)
def test_messages_name_the_condition(data, message: str):
    with pytest.raises(PlanError, match=message):
        ScoreFilter.from_data(data, Where("filter"))


# -- sources -----------------------------------------------------------------------------------------------


def test_scores_that_do_not_fit_or_fail_are_named(make, tune_book: Path):
    source = make(folder="scores", filter={"with": ["Chord"]})
    assert source.prepare() == 1
    assert source.name(0) == "book.abc#2"
    assert source.item(0, RNG).loaded.score.title == "Second"
    first, broken = source.rejected
    assert (first.name, first.reason) == ("book.abc#1", "no Chord")
    assert broken.name == "broken.musicxml"
    assert "broken.musicxml" in broken.reason


def test_a_second_run_loads_no_score(make, tune_book: Path, cache: Path, monkeypatch: pytest.MonkeyPatch):
    first = make(folder="scores", filter={"keys": [1]})
    assert first.prepare() == 1
    assert len(list(cache.rglob("*.jsonl"))) == 1

    def load(*_, **__):
        raise AssertionError("a score was loaded again")

    monkeypatch.setattr(score_files.StoredScore, "load", load)
    second = make(folder="scores", filter={"keys": [1]})
    assert second.prepare() == 1
    assert second.rejected == first.rejected


def test_changed_content_is_looked_at_again(make, tune_book: Path):
    assert make(folder="scores", filter={"keys": [1]}).prepare() == 1
    book = tune_book / "book.abc"
    book.write_text(book.read_text().replace("K:C", "K:G"))
    assert make(folder="scores", filter={"keys": [1]}).prepare() == 2


def test_a_filter_that_leaves_nothing_is_an_error_of_the_plan(make, tune_book: Path):
    source = make(folder="scores", filter={"staves": 9})
    message = r"sources\[0\]\.filter: none of the 3 scores meets it, such as book\.abc#1: staves: 1; "
    with pytest.raises(PlanError, match=message):
        source.prepare()


def test_of_a_source_without_end_the_next_fitting_score_is_taken(make):
    source = make(annotations={"generate": "musical"}, filter={"with": ["slurs"], "measures": [2, 99]})
    assert source.prepare() is None
    for index in range(5):
        item = source.item(index, RNG)
        assert "(" in item.loaded.annotation
        assert item.id == source.item(index, RNG).id


def test_a_source_without_end_gives_up_after_a_while(make):
    source = make(annotations={"generate": "random"}, filter={"staves": 4})
    source.prepare()
    with pytest.raises(SourceError, match=r"filter: 200 scores do not meet it; the last: staves: 1"):
        source.item(0, RNG)


def test_a_damaged_index_is_repaired(tmp_path: Path):
    path, facts = tmp_path / "facts.jsonl", ScoreFacts.of(piano().build())
    key = "0" * 64
    path.write_text(f'{{"sha256": "{key}", "facts": {{"ti\nnonsense\n')
    index = FactsIndex(path)
    assert index.get(key, lambda: facts) == facts
    index.close()

    def load() -> ScoreFacts:
        raise AssertionError("it is known")

    assert FactsIndex(path).get(key, load) == facts
