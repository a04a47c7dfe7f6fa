"""An independent judge: music21 reads the same MusicXML to the same onsets and sounding pitches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from smashcima.loading import LoadedMei
from smashcima.mei import read_mei

Sounds = Counter[tuple[Fraction, int]]


def sounds_by_music21(path: Path) -> Sounds:
    from music21 import converter, harmony

    stream = converter.parse(path, forceSource=True).toSoundingPitch()
    sounds: Sounds = Counter()
    for found in stream.recurse().notes:
        if not isinstance(found, harmony.ChordSymbol):
            onset = Fraction(found.getOffsetInHierarchy(stream)).limit_denominator(1000)
            sounds.update((onset, pitch.midi) for pitch in getattr(found, "pitches", ()))
    return sounds


def sounds_by_us(mei: str) -> Sounds:
    score, _ = read_mei(mei)
    return Counter(
        (note.onset, int(note.sounding_pitch.midi))
        for note in score.notes()
        if note.sounding_pitch is not None
    )


def test_every_note_of_the_tutorial_score_sounds_when_music21_says(
    tutorial_score: Path, load_mei_once: Callable[[Path], LoadedMei]
) -> None:
    ours = sounds_by_us(load_mei_once(tutorial_score).meis[0])
    assert ours == sounds_by_music21(tutorial_score)
    assert sum(ours.values()) == 367


@pytest.mark.slow
def test_every_note_of_the_lieder_sounds_when_music21_says(
    lieder_paths: list[Path], load_mei_once: Callable[[Path], LoadedMei], as_music21_read: Any
) -> None:
    # In the first, Verovio writes two spaces of no length as 32nds. In the second, music21 lengthens an incomplete measure
    # of the voice, but not of the piano.
    known = {"lc5069048": 2, "lc6666995": 95}
    for path in lieder_paths:
        ours = sounds_by_us(load_mei_once(path).meis[0])
        if path.stem in known or not as_music21_read("sounds", path, ours.elements()):
            theirs = sounds_by_music21(path)
            as_music21_read.record("sounds", path, theirs.elements())
            assert sum((theirs - ours).values()) == known.get(path.stem, 0), path.stem
        assert sum(ours.values()) > 100, path.stem
