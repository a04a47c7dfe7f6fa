"""A corpus composer learns from scores, and never copies more than two of their measures in a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.composing import Conditions, CorpusComposer, CorpusModel, CorpusWork, GrammarComposer
from smashcima.composing.corpus.units import units_of
from smashcima.errors import SettingsError
from smashcima.mei import write_mei
from smashcima.scene.semantic import Score, ScoreBuilder, note


@pytest.fixture(scope="module")
def works() -> list[CorpusWork]:
    composer = GrammarComposer()
    found = []
    for seed, key in enumerate(("G major", "E minor", "A major", "Eb major", "C minor", "F major")):
        for ensemble in ("piano", "satb"):
            conditions = Conditions(
                key=key, metre="3/4", ensemble=ensemble, measures=24, lyrics="none", pickup=False
            )
            found.append(CorpusWork(f"{ensemble} {seed}", composer.compose(conditions, seed), "none needed"))
    return found


@pytest.fixture(scope="module")
def model(works: list[CorpusWork]) -> CorpusModel:
    return CorpusModel.learn(works)


def windows(score: Score) -> set[tuple[object, ...]]:
    """Rhythms and intervals of all three measures in a row, found apart from the units of the composer."""
    measures = []
    for measure in score.measures:
        content = []
        for staff in measure.staves:
            for voice in staff.voices:
                for event in voice.events:
                    pitches = list(event.descendants()) or [event]
                    steps = [each.pitch for each in pitches if getattr(each, "pitch", None) is not None]
                    content.append((staff.n, event.onset_in_measure, event.quarter_length, steps))
        first = next((steps[0] for _, _, _, steps in content if steps), None)
        shift = first.diatonic if first is not None else 0
        measures.append(
            tuple(
                (n, at, length, tuple(p.diatonic - shift for p in steps)) for n, at, length, steps in content
            )
        )
    return {tuple(measures[index : index + 3]) for index in range(len(measures) - 2)}


def test_no_three_measures_are_those_of_a_work(works: list[CorpusWork], model: CorpusModel):
    for seed in range(12):
        conditions = Conditions(
            ensemble="piano", key="D major", measures=40, shares={"tuplets": 0, "ties": 0, "grace notes": 0}
        )
        composed = {
            tuple(unit.shape for unit in run if unit is not None)
            for units in [units_of(CorpusComposer(model).compose(conditions, seed))]
            for run in zip(units, units[1:], units[2:], strict=False)
        }
        known = {
            tuple(unit.shape for unit in run if unit is not None)
            for work in works
            for units in [units_of(work.score)]
            for run in zip(units, units[1:], units[2:], strict=False)
        }
        assert not composed & known


def test_neither_are_they_under_another_comparison(works: list[CorpusWork], model: CorpusModel):
    known = set().union(*(windows(work.score) for work in works))
    conditions = Conditions(ensemble="satb", measures=40, shares={"tuplets": 0, "ties": 0, "grace notes": 0})
    for seed in range(6):
        assert not windows(CorpusComposer(model).compose(conditions, seed)) & known


def test_works_of_one_measure_after_another_are_not_copied():
    builder = ScoreBuilder(time="4/4")
    builder.add_part("Violin", "treble")
    for names in ("C4 D4 E4 F4", "E4 F4 G4 A4", "C4 D4 E4 F4", "G4 F4 E4 D4"):
        builder.add_voice(builder.add_measure(), 1, *(note(name, "quarter") for name in names.split()))
    model = CorpusModel.learn([CorpusWork("scales", builder.build())])
    made = CorpusComposer(model).composition(Conditions(ensemble="violin", measures=12), 1)
    shapes = [unit.shape for unit in units_of(made.score) if unit is not None]
    copied = [run for run in zip(shapes, shapes[1:], shapes[2:], strict=False) if run in model.runs]
    assert bool(copied) is any(issue.element == "measures" for issue in made.issues)


def test_conditions_that_the_works_meet_are_met(model: CorpusModel):
    conditions = Conditions(
        key="B minor", metre="3/4", ensemble="satb", measures=11, shares={"dynamics": 0.2}
    )
    made = CorpusComposer(model).composition(conditions, 1)
    assert made.issues == ()
    assert made.score.update() == []
    assert all(measure.quarter_length == 3 for measure in made.score.measures)


def test_conditions_that_they_do_not_meet_are_named(model: CorpusModel):
    made = CorpusComposer(model).composition(Conditions(metre="7/8", ensemble="violin"), 1)
    assert {issue.element for issue in made.issues} == {"metre", "ensemble"}


def test_a_model_is_a_file(model: CorpusModel, tmp_path: Path):
    model.write(tmp_path / "model.json")
    assert CorpusModel.load(tmp_path / "model.json") == model
    wanted = Conditions(measures=8)
    of_file, of_model = (
        write_mei(CorpusComposer(each).compose(wanted, 4)) for each in (tmp_path / "model.json", model)
    )
    assert of_file == of_model
    assert model.licences == ("none needed",)
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(SettingsError, match=r"other\.json is not the file of a corpus model"):
        CorpusModel.load(tmp_path / "other.json")


def test_there_must_be_something_to_learn():
    builder = ScoreBuilder(time=None)
    builder.add_part("", "treble")
    builder.add_voice(builder.add_measure(), 1, note("C4", "quarter"))
    with pytest.raises(SettingsError, match="no full measure"):
        CorpusModel.learn([CorpusWork("free", builder.build())])
