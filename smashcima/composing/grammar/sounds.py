"""What a voice sounds: tones with their start and length, in the reach of hands and the range of instruments."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.composing.grammar.melody import LineNote
from smashcima.composing.theory import Tone, midi_of

Sound = tuple[int, int, tuple[Tone, ...]]
"""Start and length in ticks, and tones; no tones for a rest."""

_TENTH = 16
"""Semitones that a hand reaches."""


def in_reach(low: Tone, high: Tone) -> Tone:
    """The lower of two tones of a hand, an octave higher if the hand does not reach both: more than a tenth."""
    return (low[0] + 7, low[1]) if midi_of(high) - midi_of(low) > _TENTH else low


def octave_in_range(voice: Sequence[Sound], low: int, high: int) -> int:
    """The octaves by which a voice moves so that the fewest of its tones are out of a range."""

    def outside(octaves: int) -> int:
        heights = [midi_of(tone) + 12 * octaves for _, _, tones in voice for tone in tones]
        return sum(not low <= each <= high for each in heights)

    return min((0, 1, -1, 2), key=outside)


def sounds_of(notes: Sequence[LineNote]) -> list[Sound]:
    """The sounds of a line."""
    return [(note.start, note.ticks, () if note.tone is None else (note.tone,)) for note in notes]


def moves_of(notes: Sequence[LineNote]) -> dict[int, tuple[int, int]]:
    """The MIDI numbers of a line before and from each of its onsets."""
    found: dict[int, tuple[int, int]] = {}
    before: int | None = None
    for note in notes:
        if note.tone is not None:
            now = midi_of(note.tone)
            if before is not None:
                found[note.start] = before, now
            before = now
    return found
