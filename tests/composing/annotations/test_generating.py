"""Streams of annotations: musical, random and balanced ones."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import islice, pairwise

import pytest

import smashcima.notations.mashcima as m
from smashcima.composing.annotations import (
    AnnotationGenerator,
    AnnotationMix,
    MusicalStyle,
    generate_annotations,
)
from smashcima.composing.annotations.rhythm import Meter, parse_cell
from smashcima.errors import SettingsError
from smashcima.loading.mashcima import score_of_annotation
from smashcima.scene.semantic import Measure

BUSY = AnnotationMix(
    style=MusicalStyle(extensions=True, grace=0.2, dynamic=0.2, ornament=0.1, key_change=0.3, clef_change=0.2, chromatic=0.3, tie=0.3, rest=0.3, repeat=0.5, time_change=0.3)
)  # fmt: skip
PLAIN = MusicalStyle(pickup=0, measure_rest=0)


@pytest.mark.parametrize("mix", [None, "musical", "random", "balanced", {"musical": 1, "random": 1}, BUSY])
def test_annotations_are_valid(mix: AnnotationMix | str | None) -> None:
    for annotation in generate_annotations(150, 3, mix):
        assert m.repair_annotation(annotation) == (annotation, [])
        if mix is not BUSY:
            assert all(map(m.is_in_vocabulary, annotation.split()))


def test_an_annotation_depends_on_seed_and_index_alone() -> None:
    first = list(generate_annotations(20, 5))
    assert list(generate_annotations(10, 5)) == first[:10]
    assert list(islice(generate_annotations(None, 5), 20)) == first
    generator = AnnotationGenerator(5)
    assert [generator[index] for index in (19, 3)] == [first[19], first[3]]
    assert list(generate_annotations(20, 6)) != first
    assert len(set(first)) == 20


def measures(annotation: str) -> list[Measure]:
    return score_of_annotation(annotation)[0].measures


def test_measures_fill_their_time() -> None:
    style = MusicalStyle(pickup=0, measure_rest=0, shows_time=1)
    for annotation in generate_annotations(60, 1, AnnotationMix(balanced=0, style=style)):
        for measure in measures(annotation):
            time = measure.staves[0].time_signature
            assert time is not None
            assert measure.quarter_length == time.quarter_length, annotation


def test_beams_stay_within_half_a_measure() -> None:
    style = MusicalStyle(times={"C": 1}, shows_time=1, pickup=0, measure_rest=0)
    for annotation in generate_annotations(40, 2, AnnotationMix(balanced=0, style=style)):
        for measure in measures(annotation):
            for note in measure.descendants():
                if note.tag == "beam":
                    onsets = [event.onset_in_measure for event in note.events]  # type: ignore[attr-defined]
                    assert onsets[0] // 2 == onsets[-1] // 2 or onsets[-1] - onsets[0] < 1


def test_melodies_move_by_steps_within_their_range() -> None:
    style = MusicalStyle(range=(-3, 5), rest=0, tie=0)
    steps: Counter[int] = Counter()
    for annotation in generate_annotations(60, 4, AnnotationMix(balanced=0, style=style)):
        pitches = [pitch for token in annotation.split() if m.is_note(token) and (pitch := m.get_pitch(token)) is not None]  # fmt: skip
        assert all(-3 <= pitch <= 5 for pitch in pitches)
        steps.update(abs(second - first) for first, second in pairwise(pitches))
    assert steps.total() > 500
    assert steps[1] + steps[0] > 0.5 * steps.total()
    assert steps[1] > steps[2] > steps[4]


def test_accidentals_leave_the_key_and_return_to_it() -> None:
    style = MusicalStyle(clefs={"clef.G-2": 1}, fifths={2: 1}, chromatic=0.5, shows_clef=1, shows_key=1, key_change=0, clef_change=0)  # fmt: skip
    signs: Counter[str] = Counter()
    for annotation in generate_annotations(40, 4, AnnotationMix(balanced=0, style=style)):
        score, _ = score_of_annotation(annotation)
        for note in score.notes():
            if note.accidental is not None:
                assert note.pitch is not None
                signs[f"{note.pitch.step.name}{note.accidental.kind}"] += 1
    assert signs["Fn"] > 3 * signs["Fx"]
    assert signs["Fff"] == signs["Cff"] == 0


def test_frequencies_are_those_of_the_style() -> None:
    def count(token: str, style: MusicalStyle) -> int:
        return sum(annotation.split().count(token) for annotation in generate_annotations(100, 1, AnnotationMix(balanced=0, style=style)))  # fmt: skip

    assert count(".", MusicalStyle(staccato=0)) == 0
    assert count(".", MusicalStyle(staccato=0.5)) > 2 * count(".", MusicalStyle(staccato=0.1)) > 0
    assert count("(", MusicalStyle(slur=0, tie=0)) == 0
    assert count("clef.F0", MusicalStyle(clefs={"clef.F0": 1}, clef_change=0, shows_clef=1)) == 100


@pytest.mark.parametrize("start", [0, 69, 138])
def test_every_token_occurs_in_69_balanced_annotations(start: int) -> None:
    generator = AnnotationGenerator(9, "balanced")
    found = {token for index in range(start, start + 69) for token in generator[index].split()}
    assert set(m.VOCABULARY) - found == set()


def test_every_token_occurs_in_a_short_mix() -> None:
    found = {token for annotation in generate_annotations(350, 2) for token in annotation.split()}
    assert set(m.VOCABULARY) - found == set()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: generate_annotations(-1), "must be at least 0, not -1"),
        (lambda: generate_annotations(1, 0, "jazz"), "no kind of annotations 'jazz'; choose from musical, random, balanced"),
        (lambda: AnnotationMix(musical=0, balanced=0), "not all 0"),
        (lambda: AnnotationMix(random=-1), "at least 0"),
        (lambda: MusicalStyle(rest=1.5), "rest is a probability from 0 to 1, not 1.5"),
        (lambda: MusicalStyle(clefs={}), "clefs requires weights"),
        (lambda: MusicalStyle(measures=(4, 2)), "measures is a pair"),
        (lambda: MusicalStyle(range=(-20, 0)), "range within -12 to 12"),
        (lambda: list(generate_annotations(1, 0, AnnotationMix(balanced=0, style=MusicalStyle(times={"3": 1})))), "'3' is not a time signature"),
        (lambda: parse_cell("q x"), "'x' is not a letter"),
        (lambda: parse_cell("e/3"), "triplets are incomplete"),
    ],
)  # fmt: skip
def test_wrong_settings_are_errors(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(SettingsError, match=message):
        make()


@pytest.mark.parametrize(
    ("text", "length", "beat"),
    [("C", 32, 8), ("3/4", 24, 8), ("6/8", 24, 12), ("3/8", 12, 12), ("7/8", 28, 8), ("3/2", 48, 8)],
)
def test_meters(text: str, length: int, beat: int) -> None:
    meter = Meter.parse(text)
    assert (meter.length, meter.beat) == (length, beat)
    assert Fraction(length, 8) > 0
