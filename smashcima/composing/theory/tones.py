"""Spelled tones as pairs of integers, in which composers compute."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from smashcima.scene.semantic import Pitch

Tone = tuple[int, int]
"""Diatonic steps above C0 (28 for middle C), and the alteration in semitones: (30, -1) is E flat 4."""

_SEMITONES = (0, 2, 4, 5, 7, 9, 11)


class _MidiNumbers(dict[Tone, int]):
    """Numbers by tone, computed once: composers ask for them tens of thousands of times in a piece."""

    def __missing__(self, tone: Tone) -> int:
        diatonic, alter = tone
        number = self[tone] = (diatonic // 7 + 1) * 12 + _SEMITONES[diatonic % 7] + alter
        return number


midi_of: Callable[[Tone], int] = _MidiNumbers().__getitem__
"""The MIDI key number of a tone: 60 for middle C."""


@lru_cache(maxsize=1024)  # about 70 steps with five alterations
def pitch_of(tone: Tone) -> Pitch:
    """The pitch of a tone."""
    return Pitch.of_diatonic(*tone)


def tone_of(pitch: Pitch) -> Tone:
    """The tone of a pitch without microtones."""
    return pitch.diatonic, int(pitch.alter)


def moved(tone: Tone, steps: int, semitones: int) -> Tone:
    """The tone transposed by an interval, given in both steps and semitones."""
    diatonic = tone[0] + steps
    return diatonic, midi_of(tone) + semitones - midi_of((diatonic, 0))
