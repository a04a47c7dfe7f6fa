"""Melodies: notes between the tones of the skeleton."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from smashcima.composing.draws import Draws
from smashcima.composing.grammar.skeleton import Range, is_parallel
from smashcima.composing.theory import Harmony, Tone, midi_of

_REACH = (0, 1, -1, 2, -2, 3, -3, 4, -4)
_PARALLEL = 12.0
"""Cost of parallel fifths and octaves."""

_STEP_COST = (1.6, 0.0, 0.9, 1.5, 2.3)


@dataclass(slots=True)
class LineNote:
    """A note or rest of a line."""

    start: int
    """Ticks since the start of the piece."""

    ticks: int
    tone: Tone | None
    """`None` for a rest."""


@dataclass(slots=True)
class Target:
    """A tone that a line reaches, the chord from there on, and the bass below."""

    start: int
    tone: Tone
    chord: Harmony
    bass: Tone | None


class LineWriter:
    """Gives tones to rhythms: targets at the start of chords, and steps and broken chords between them."""

    def __init__(
        self,
        draws: Draws,
        reach: Range,
        beats: frozenset[int],
        measure_ticks: int,
        against: Mapping[int, tuple[int, int]] | None = None,
    ) -> None:
        """`beats` are the places of beats in a measure.

        `against` are the moves of another voice, with which parallels are avoided: the MIDI numbers before and from
        each of its onsets.
        """
        self._against = against or {}
        self._draws = draws
        self._low, self._high = midi_of(reach[0]), midi_of(reach[1])
        self._beats = beats
        self._measure_ticks = measure_ticks

    def write(self, rhythm: Sequence[tuple[int, int]], targets: Sequence[Target]) -> list[LineNote]:
        """The line for starts and lengths (negative for rests); every note lies at or after the first target."""
        found: list[LineNote] = []
        index = 0
        tone: Tone | None = None
        passing = False
        """Whether the last tone is no chord tone, so that a step must follow."""
        starts = [start for start, ticks in rhythm if ticks > 0]
        sounding = 0
        for start, ticks in rhythm:
            while index + 1 < len(targets) and targets[index + 1].start <= start:
                index += 1
            if ticks < 0:
                found.append(LineNote(start, -ticks, None))
                continue
            sounding += 1
            target = targets[index]
            is_first = tone is None or target.start == start or found[-1].start < target.start
            if is_first and not (passing and tone is not None and abs(target.tone[0] - tone[0]) > 1):
                tone, passing = target.tone, False
            else:
                assert tone is not None
                following = targets[index + 1] if index + 1 < len(targets) else None
                left = self._left(starts, sounding, following)
                tone = self._next(tone, passing, start, target, following, left)
                passing = not target.chord.has(tone[0])
            found.append(LineNote(start, ticks, tone))
        self._avoid_augmented_seconds(found, targets)
        return found

    @staticmethod
    def _left(starts: Sequence[int], sounding: int, following: Target | None) -> int:
        """Number of notes from here to the next target, at most four."""
        if following is None:
            return 4
        for ahead in range(4):
            at = sounding + ahead
            if at >= len(starts) or starts[at] >= following.start:
                return ahead + 1
        return 4

    def _next(
        self, tone: Tone, passing: bool, start: int, target: Target, following: Target | None, left: int
    ) -> Tone:
        """The next tone after `tone`, of the chord of `target`; `left` notes remain up to the following target."""
        chord = target.chord
        on_beat = start % self._measure_ticks in self._beats
        goal = following.tone[0] if following is not None else target.tone[0]
        reaches_goal = following is not None and left == 1
        lowest = self._low if target.bass is None else max(self._low, midi_of(target.bass) + 3)
        best, least = tone, math.inf
        # After a tone outside of the chord, a step must follow.
        for move in _REACH[1:3] if passing else _REACH:
            diatonic = tone[0] + move
            candidate = chord.tone(diatonic)
            midi = midi_of(candidate)
            if not lowest <= midi <= self._high:
                continue
            away = abs(goal - diatonic)
            cost = _STEP_COST[abs(move)] + 1.1 * self._draws.uniform() + 0.9 * max(0, away - 2 * left)
            if chord.has(diatonic):
                cost += 0.6 if abs(move) > 2 else 0.0
            elif abs(move) != 1 or (on_beat and passing) or (reaches_goal and away > 1):
                cost += 6
            elif on_beat:
                cost += 1.6
            if reaches_goal and away == 0:
                cost += 1.2
            cost += self._parallel_cost(midi_of(tone), midi, start, target, following if left == 1 else None)
            if cost < least:
                best, least = candidate, cost
        return best

    def _parallel_cost(
        self, before: int, midi: int, start: int, target: Target, following: Target | None
    ) -> float:
        """The cost of parallels on the way to a tone, and from it to the following target if that comes next."""
        cost = 0.0
        moves = self._against.get(start)
        if moves is not None and is_parallel(before, midi, *moves):
            cost += _PARALLEL
        if following is not None:
            goal = midi_of(following.tone)
            moves = self._against.get(following.start)
            if moves is not None and is_parallel(midi, goal, *moves):
                cost += _PARALLEL
            if target.bass is not None and following.bass is not None:
                bass = midi_of(target.bass), midi_of(following.bass)
                cost += _PARALLEL * is_parallel(midi, goal, *bass)
        return cost

    @staticmethod
    def _avoid_augmented_seconds(notes: Sequence[LineNote], targets: Sequence[Target]) -> None:
        """Alters tones outside of the chord towards an altered neighbour: the raised sixth before the leading tone."""
        index = 0
        for before, note in pairwise(notes):
            if before.tone is None or note.tone is None or abs(before.tone[0] - note.tone[0]) != 1:
                continue
            while index + 1 < len(targets) and targets[index + 1].start <= note.start:
                index += 1
            difference = midi_of(note.tone) - midi_of(before.tone)
            if abs(difference) != 3:
                continue
            direction = 1 if difference > 0 else -1
            chord = targets[index].chord
            if not chord.has(before.tone[0]):
                before.tone = (before.tone[0], before.tone[1] + direction)
            elif not chord.has(note.tone[0]):
                note.tone = (note.tone[0], note.tone[1] - direction)
