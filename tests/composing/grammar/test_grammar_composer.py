"""Composed scores are valid, meet their conditions, and depend on conditions and seed alone."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from smashcima.composing import INSTRUMENTS, Conditions, GrammarComposer
from smashcima.mei import write_mei
from smashcima.scene.semantic import Measure, Note, Score, Syllable, SyllablePosition, Tempo

CONDITIONS: list[dict[str, Any]] = [
    {"ensemble": "piano", "key": "C# minor", "metre": "4/4", "texture": "alberti"},
    {"ensemble": "piano", "key": "Ab minor", "metre": "3/4", "texture": "waltz", "voices": 2, "pickup": True},
    {"ensemble": "piano", "key": "Gb major", "metre": "7/8", "texture": "arpeggio", "style": "modern"},
    {"ensemble": "piano", "key": "D major", "metre": "5/4", "texture": "counterpoint", "density": 0.9},
    {"ensemble": "piano", "key": "E minor", "metre": "12/8", "texture": "chorale"},
    {"ensemble": "satb", "key": "F major", "metre": "cut", "lyrics": "latin"},
    {"ensemble": "voice and piano", "key": "Bb minor", "metre": "6/8", "genre": "song"},
    {"ensemble": "string quartet", "key": "A# minor", "metre": "2/4", "pickup": True},
    {"ensemble": ("clarinet in b", "horn in f", "alto saxophone"), "key": "C# major", "metre": "9/8"},
    {"ensemble": "double bass", "key": "Cb major", "metre": "3/8", "measures": 5},
    {"staves": 24, "key": "G minor", "metre": "3/2", "measures": 9},
    {"staves": 11, "metre": "5/8", "measures": 1},
]


@pytest.fixture(
    params=range(len(CONDITIONS)), ids=lambda index: "-".join(map(str, CONDITIONS[index].values()))
)
def composed(request: pytest.FixtureRequest) -> Any:
    conditions = Conditions(**{"measures": 12, "bpm": 90, "tempo": "Con moto", **CONDITIONS[request.param]})
    return GrammarComposer().composition(conditions, request.param)


def test_all_conditions_are_met(composed: Any):
    assert composed.issues == ()


def test_measures_are_full(composed: Any):
    score: Score = composed.score
    length = score.measures[-1].staves[0].time_signature.quarter_length  # type: ignore[union-attr]
    for measure in score.measures:
        expected = measure.quarter_length if measure.n == "0" else length
        assert [voice.quarter_length for voice in measure.voices if voice.quarter_length] == [
            expected for voice in measure.voices if voice.quarter_length
        ]
    assert score.update() == []


def test_all_notes_are_in_the_range_of_their_instrument(composed: Any):
    score: Score = composed.score
    by_label = {part.name.split(" ")[0].lower(): part for part in score.parts}
    assert by_label
    for part in score.parts:
        name = part.name.lower().replace("♭", "")
        instrument = next(
            INSTRUMENTS[known] for known in sorted(INSTRUMENTS, key=len, reverse=True) if known in name
        )
        low, high = instrument.midi_range
        for measure in score.measures:
            for holder in measure.staves:
                if holder.staff in part.staves:
                    pitches = [note.sounding_pitch for note in holder.descendants(Note)]
                    assert all(pitch is not None and low <= pitch.midi <= high for pitch in pitches)


def test_the_piece_ends_on_the_tonic():
    for seed in range(10):
        conditions = Conditions(key="D minor", ensemble="piano", texture="block chords", measures=8)
        last = GrammarComposer().compose(conditions, seed).measures[-1]
        lowest = min(
            (note for note in last.descendants(Note) if note.pitch),
            key=lambda note: note.pitch.midi,  # type: ignore[union-attr]
        )
        assert lowest.pitch is not None
        assert lowest.pitch.step.name == "D"


def test_the_leading_tone_of_minor_is_raised():
    score = GrammarComposer().compose(
        Conditions(key="G minor", ensemble="piano", measures=32, style="classical", form="period"), 3
    )
    spelled = {str(note.pitch)[:-1] for note in score.notes()}
    assert "F#" in spelled
    assert "Gb" not in spelled


def test_a_pickup_is_measure_0_and_short():
    score = GrammarComposer().compose(Conditions(metre="3/4", pickup=True, measures=8), 1)
    assert [measure.n for measure in score.measures] == [str(n) for n in range(9)]
    first: Measure = score.measures[0]
    assert first.quarter_length <= Fraction(1)


def test_words_end_with_their_phrases():
    score = GrammarComposer().compose(
        Conditions(ensemble="voice", lyrics="german", measures=16, metre="4/4", density=0.4), 5
    )
    syllables = list(score.descendants(Syllable))
    assert len(syllables) > 16
    ends = (SyllablePosition.SINGLE, SyllablePosition.TERMINAL)
    for before, after in pairwise(syllables):
        inside = after.word_position in (SyllablePosition.MIDDLE, SyllablePosition.TERMINAL)
        assert inside == (before.word_position not in ends)
    assert syllables[-1].word_position in ends


def test_titles_and_names_follow_their_patterns():
    conditions = Conditions(
        genre="waltz", key="A minor", title="{genre} in {key}", composer="{initial}. {surname}", tempo="Lento"
    )
    score = GrammarComposer().compose(conditions, 0)
    assert score.title == "Waltz in A minor"
    assert score.composer[1:3] == ". "
    assert [mark.text for mark in score.marks() if isinstance(mark, Tempo)] == ["Lento"]


def test_the_same_seed_gives_the_same_score():
    conditions = Conditions(staves=4, measures=16)
    first, second, other = (
        write_mei(GrammarComposer().compose(conditions, rng)) for rng in (7, np.random.default_rng(7), 8)
    )
    assert first == second
    assert first != other
