"""Runs of measures are joined and transposed; music21 judges intervals and keys."""

from __future__ import annotations

import copy

import music21
import pytest

from smashcima.composing import Conditions, CorpusWork, GrammarComposer, MixingComposer
from smashcima.composing.mixing import rebar, transpose
from smashcima.composing.mixing.transposing import interval_of
from smashcima.errors import SettingsError
from smashcima.exporting import MusicXmlExporter
from smashcima.mei import write_mei
from smashcima.scene.semantic import (
    KeySignature,
    Note,
    Score,
    ScoreBuilder,
    Tie,
    beam,
    chord,
    key_signature,
    note,
)


@pytest.mark.parametrize(
    ("fifths", "name"),
    [
        (1, "P-4"),
        (2, "M2"),
        (-1, "P4"),
        (-3, "m3"),
        (3, "m-3"),
        (5, "m-2"),
        (-5, "m2"),
        (6, "A4"),
        (7, "A1"),
        (-7, "A-1"),
    ],
)
def test_intervals_are_the_nearest(fifths: int, name: str):
    interval = music21.interval.Interval(name)
    assert interval_of(fifths) == (
        interval.generic.staffDistance, int(interval.semitones)
    )  # fmt: skip


def in_music21(score: Score) -> music21.stream.Stream:
    return music21.converter.parseData(MusicXmlExporter().export_string(score), format="musicxml")


def test_a_transposed_score_is_the_transposition_of_music21():
    score = GrammarComposer().compose(
        Conditions(key="G minor", ensemble="piano", measures=12, style="romantic"), 3
    )
    expected = in_music21(score).transpose("M2")
    moved = copy.deepcopy(score)
    assert transpose(moved, 2) == []
    found = in_music21(moved)
    names = [
        [pitch.nameWithOctave for each in stream.recurse().notes for pitch in each.pitches]
        for stream in (found, expected)
    ]
    assert names[0] == names[1]
    assert found.parts[0].recurse().getElementsByClass("KeySignature")[0].sharps == 0
    assert moved.update() == []


def test_there_and_back_is_the_same_score():
    score = GrammarComposer().compose(Conditions(key="D major", measures=8, shares={"ornaments": 0.1}), 1)
    before = write_mei(score)
    moved = copy.deepcopy(score)
    transpose(moved, -3)
    transpose(moved, 3)
    assert [str(x.pitch) for x in moved.notes()] == [str(x.pitch) for x in score.notes()]
    assert [x.accidental is None for x in moved.notes()] == [x.accidental is None for x in score.notes()]
    assert write_mei(score) == before


def test_what_cannot_be_transposed_is_said():
    builder = ScoreBuilder(key=key_signature(("f", 0)), time="2/4")
    builder.add_part("", "treble")
    builder.add_voice(builder.add_measure(), 1, chord(["C4", "E4"], "half"))
    with pytest.raises(SettingsError, match="free key signature"):
        transpose(builder.build(), 1)
    score = GrammarComposer().compose(Conditions(key="B major", measures=2), 1)
    with pytest.raises(SettingsError, match="more than 7 accidentals"):
        transpose(score, 4)


@pytest.fixture(scope="module")
def works() -> list[CorpusWork]:
    composer = GrammarComposer()
    return [
        CorpusWork(str(seed), composer.compose(Conditions(key=key, metre=metre, ensemble="piano", measures=12, pickup=False), seed))
        for seed, (key, metre) in enumerate((("G major", "3/4"), ("E major", "3/4"), ("F minor", "3/4"), ("C major", "4/4")))
    ]  # fmt: skip


def test_runs_are_joined_in_one_key(works: list[CorpusWork]):
    made = MixingComposer(works).composition(Conditions(key="A major", metre="3/4", measures=20), 3)
    assert made.issues == ()
    score = made.score
    assert score.update() == []
    assert [measure.n for measure in score.measures] == [str(number) for number in range(1, 21)]
    signatures = {measure.staves[0].key_signature.fifths for measure in score.measures}  # type: ignore[union-attr]
    assert signatures == {3}
    assert all(measure.quarter_length == 3 for measure in score.measures)
    assert len(in_music21(score).parts[0].getElementsByClass("Measure")) == 20


def test_joined_runs_have_the_staves_of_the_first_one(works: list[CorpusWork]):
    score = MixingComposer(works).compose(Conditions(metre="3/4", measures=20), 3)
    for measure in score.measures:
        assert [holder.staff for holder in measure.staves] == score.staves
    for part in in_music21(score).parts:
        assert {float(measure.duration.quarterLength) for measure in part.getElementsByClass("Measure")} == {
            3.0
        }
        assert all(measure.recurse().notesAndRests for measure in part.getElementsByClass("Measure"))


def scale(*names: str) -> Score:
    builder = ScoreBuilder(key=KeySignature(0, "major"), time="4/4")
    builder.add_part("Violin", "treble")
    builder.add_voice(builder.add_measure(), 1, *(note(name, "quarter") for name in names))
    return builder.build()


def test_runs_are_transposed_into_the_range_of_their_instrument():
    low = CorpusWork("low", scale("G3", "A3", "B3", "C4"))
    made = MixingComposer((low,), run=(1, 1)).composition(Conditions(key="A major", measures=1), 1)
    assert [str(each.pitch) for each in made.score.notes()] == ["E4", "F#4", "G#4", "A4"]  # not a third down
    assert made.issues == ()
    wide = CorpusWork("wide", scale("G3", "A5", "B6", "E7"))
    made = MixingComposer((wide,), run=(1, 1)).composition(Conditions(key="A major", measures=1), 1)
    assert [issue.element for issue in made.issues] == ["range"]


def test_the_scores_stay_as_they_are_and_a_seed_decides(works: list[CorpusWork]):
    before = [write_mei(work.score) for work in works]
    first, second, other = (write_mei(MixingComposer(works).compose(None, seed)) for seed in (1, 1, 2))
    assert first == second
    assert first != other
    assert [write_mei(work.score) for work in works] == before


def test_there_must_be_scores():
    with pytest.raises(SettingsError, match="at least one score"):
        MixingComposer(())
    builder = ScoreBuilder()
    builder.add_part("", "treble")
    builder.add_voice(builder.add_measure(), 1, note("C4", "whole"))
    with pytest.raises(SettingsError, match="run must be"):
        MixingComposer((CorpusWork("a", builder.build()),), run=(4, 2))


def lengths(score: Score) -> list[tuple[str, object]]:
    """Total length of each pitch, whether it is tied or not."""
    found: dict[str, object] = {}
    for each in score.notes():
        found[str(each.pitch)] = found.get(str(each.pitch), 0) + each.quarter_length  # type: ignore[operator]
    return sorted(found.items())


def test_measures_are_divided_without_changing_the_music():
    conditions = Conditions(
        ensemble="piano", metre="4/4", texture="block chords", style="classical", measures=8, pickup=False,
        shares={"slurs": 0.5, "dynamics": 0.5, "endings": 0, "repeats": 0},
    )  # fmt: skip
    for seed in range(6):
        score = GrammarComposer().compose(conditions, seed)
        before, marks = (
            lengths(score),
            sorted((type(m).__name__, m.onset) for m in score.marks() if not isinstance(m, Tie)),
        )
        rebar(score, "2/4")
        assert len(score.measures) == 16
        assert score.update() == []
        assert all(measure.quarter_length == 2 for measure in score.measures)
        assert lengths(score) == before
        assert sorted((type(m).__name__, m.onset) for m in score.marks() if not isinstance(m, Tie)) == marks
        for tie in score.descendants(Tie):
            assert isinstance(tie.start, Note)
            assert isinstance(tie.end, Note)
            assert tie.start.pitch == tie.end.pitch
            assert tie.start.end == tie.end.onset
        read = in_music21(score)
        assert [each.ratioString for each in read.recurse().getElementsByClass("TimeSignature")] == [
            "2/4",
            "2/4",
        ]
        assert {float(m.duration.quarterLength) for m in read.parts[0].getElementsByClass("Measure")} == {2.0}


def test_a_beam_over_the_barline_is_not_divided():
    builder = ScoreBuilder(time="2/4")
    builder.add_part("", "treble")
    eighths = [note("C4", "eighth") for _ in range(3)]
    builder.add_voice(builder.add_measure(), 1, beam(*eighths), note("C4", "eighth"))
    score = builder.build()
    before = write_mei(score)
    with pytest.raises(SettingsError, match="its beam goes over a new barline"):
        rebar(score, "1/4")
    assert write_mei(score) == before


def test_only_multiples_are_divided():
    score = GrammarComposer().compose(Conditions(metre="3/4", measures=4, pickup=False), 1)
    with pytest.raises(SettingsError, match="two to four times as long"):
        rebar(score, "2/4")
