"""Composed music is written as each instrument is played and as singers sing."""

from __future__ import annotations

import pytest

from smashcima.composing import Conditions, GrammarComposer
from smashcima.composing.ensembles import instrument_of_part
from smashcima.scene.semantic import Dynamic, Fermata, Hairpin, Note, Pedal, Rest, Score, Slur


def composed(seed: int, **conditions: object) -> Score:
    made = GrammarComposer().composition(Conditions(**conditions), seed)  # type: ignore[arg-type]
    assert made.issues == ()
    return made.score


@pytest.mark.parametrize("seed", range(4))
def test_pedals_of_an_organ_have_the_bass_and_no_signs_of_a_piano(seed: int):
    score = composed(seed, ensemble="organ with pedals", style="romantic", measures=12)
    assert not list(score.descendants(Pedal))
    heights = [
        [note.sounding_pitch.midi for measure in score.measures for note in measure.staves[staff].descendants(Note) if note.sounding_pitch]
        for staff in range(3)
    ]  # fmt: skip
    means = [sum(each) / len(each) for each in heights]
    assert means[0] > means[1] > means[2]


@pytest.mark.parametrize("seed", range(4))
def test_all_voices_of_a_chorale_sing_in_the_pickup(seed: int):
    score = composed(seed, ensemble="satb", texture="chorale", pickup=True, measures=8)
    first = score.measures[0]
    assert first.n == "0"
    for holder, part in zip(first.staves, score.parts, strict=True):
        assert not list(holder.descendants(Rest))
        low, high = instrument_of_part(part.name).midi_range  # type: ignore[union-attr]
        for note in holder.descendants(Note):
            assert note.sounding_pitch is not None
            assert low <= note.sounding_pitch.midi <= high


@pytest.mark.parametrize("seed", range(4))
def test_slurs_of_singers_are_melismas_and_their_dynamics_above(seed: int):
    score = composed(seed, ensemble="voice and piano", lyrics="german", style="romantic", measures=16)
    voice = score.staves[0]
    for slur in score.descendants(Slur):
        if slur.start is not None and slur.start.staff is voice:
            assert isinstance(slur.end, Note)
            assert not slur.end.verses
    marks = [mark for mark in score.marks() if isinstance(mark, Dynamic | Hairpin)]
    assert {mark.place for mark in marks if mark.start is not None and mark.start.staff is voice} == {"above"}


def test_fermatas_are_in_all_voices():
    score = composed(
        3, ensemble="satb", genre="chorale", style="baroque", key="G minor", measures=16, pickup=True
    )
    fermatas = list(score.descendants(Fermata))
    for fermata in fermatas:
        assert fermata.start is not None
        together = [
            each for each in fermatas if each.start is not None and each.start.end == fermata.start.end
        ]
        assert len(together) == 4


def test_parts_are_known_by_their_names():
    names = {
        name: getattr(instrument_of_part(name), "name", None)
        for name in ("Violin II", "Clarinet in B♭", "Horn in F IV", "Choir")
    }
    assert names == {
        "Violin II": "violin",
        "Clarinet in B♭": "clarinet in b",
        "Horn in F IV": "horn in f",
        "Choir": None,
    }
