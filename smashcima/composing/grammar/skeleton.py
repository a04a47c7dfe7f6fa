"""The outer voices: a bass note and a melody tone for each chord, led without parallel fifths and octaves."""

from __future__ import annotations

import math
from collections.abc import Sequence

from smashcima.composing.draws import Draws
from smashcima.composing.grammar.phrases import Phrase
from smashcima.composing.grammar.progressions import Slot
from smashcima.composing.theory import Tone, midi_of

Range = tuple[Tone, Tone]
"""Lowest and highest tone."""

_PERFECT = (0, 7)
_LEAP = (0.9, 0.0, 0.25, 0.8, 1.2, 1.8, 3.0, 2.2)
"""Cost of a move by a number of steps, up to an octave."""


def bass_line(slots: Sequence[Slot], reach: Range, draws: Draws, before: Tone | None = None) -> list[Tone]:
    """The bass note of each chord, as near as possible to the one before it."""
    low, high = midi_of(reach[0]), midi_of(reach[1])
    middle = (reach[0][0] + reach[1][0]) / 2
    found: list[Tone] = []
    last = before[0] if before is not None else middle - 1
    for slot in slots:
        chord = slot.chord
        lowest = reach[0][0] + (chord.bass_degree + chord.key.step - reach[0][0]) % 7
        best, least = None, math.inf
        for diatonic in range(lowest - 7, reach[1][0] + 2, 7):
            tone = chord.tone(diatonic)
            if not low <= midi_of(tone) <= high:
                continue
            cost = abs(diatonic - last) + 0.35 * abs(diatonic - middle) + 0.8 * draws.uniform()
            if cost < least:
                best, least = tone, cost
        assert best is not None, "a range holds an octave"
        found.append(best)
        last = best[0]
    return found


def melody_tones(
    slots: Sequence[Slot],
    bass: Sequence[Tone],
    reach: Range,
    phrase: Phrase,
    draws: Draws,
    leap: float = 1.0,
    before: tuple[Slot, Tone, Tone] | None = None,
) -> list[Tone]:
    """A tone of the melody at the start of each chord, chosen for the phrase as a whole.

    `before` is the chord before them, if the phrase has begun already, with its bass and its tone of the melody.

    The line rises to one climax after the middle of the phrase, and ends as its cadence requires.
    """
    low, high = reach
    lowest, highest = midi_of(low), midi_of(high)
    count = len(slots)
    heights = _arch(count, low[0], high[0], draws)
    paths: list[tuple[float, Tone, int]] = []
    history: list[list[tuple[float, Tone, int]]] = []
    for index, slot in enumerate(slots):
        chord = slot.chord
        current: list[tuple[float, Tone, int]] = []
        tendencies = chord.tendency_degrees
        bass_midi = midi_of(bass[index])
        moves = _Moves(bass[index - 1], bass_midi, leap) if paths else None
        sources = (
            [
                (so_far, last, midi_of(last), slots[index - 1].chord.tendency(last[0]))
                for so_far, last, _ in paths
            ]
            if moves
            else []
        )
        for tone, midi, degree in chord.tones_between(low[0], high[0]):
            if not lowest <= midi <= highest or midi <= bass_midi:
                continue
            cost = 0.22 * abs(tone[0] - heights[index]) + 0.7 * draws.uniform()
            if degree in tendencies and degree == chord.bass_degree:
                cost += 4
            if slot.is_cadence:
                cost += _ending_cost(phrase.cadence, degree, chord.root)
            elif index == 0 and degree not in (0, 2, 4):
                cost += 1
            if moves is None:
                if before is not None:
                    first = _Moves(before[1], bass_midi, leap)
                    cost += first.cost(
                        before[2], midi_of(before[2]), tone, midi, before[0].chord.tendency(before[2][0])
                    )
                current.append((cost, tone, -1))
                continue
            best, least = 0, math.inf
            for at, (so_far, last, last_midi, expected) in enumerate(sources):
                total = so_far + moves.cost(last, last_midi, tone, midi, expected)
                if total < least:
                    best, least = at, total
            current.append((least + cost, tone, best))
        if not current:  # no tone of the chord is in the range above the bass
            current = [(0.0, paths[0][1] if paths else low, 0)]
        history.append(current)
        paths = current
    return _backwards(history)


def _backwards(history: list[list[tuple[float, Tone, int]]]) -> list[Tone]:
    at = min(range(len(history[-1])), key=lambda index: history[-1][index][0])
    found: list[Tone] = []
    for step in reversed(history):
        _, tone, before = step[at]
        found.append(tone)
        at = max(before, 0)
    return found[::-1]


def _arch(count: int, low: int, high: int, draws: Draws) -> list[float]:
    """Wanted heights: a rise to the climax and a fall."""
    span = high - low
    base = low + span * (0.28 + 0.12 * draws.uniform())
    top = low + span * (0.72 + 0.2 * draws.uniform())
    climax = max(count - 1, 1) * (0.5 + 0.25 * draws.uniform())
    return [
        base + (top - base) * math.sin(math.pi / 2 * _share(index, climax, count - 1))
        for index in range(count)
    ]


def _share(index: int, climax: float, last: int) -> float:
    if index <= climax:
        return index / climax if climax else 1.0
    return 1 - (index - climax) / max(last - climax, 1e-9)


def _ending_cost(cadence: str, degree: int, root: int) -> float:
    if cadence in ("authentic", "plagal"):
        return 0.0 if degree == 0 else 12.0
    if cadence == "half":
        return {1: 0.0, 6: 0.5, 4: 1.0}.get(degree, 4.0)
    if cadence == "imperfect":
        return {2: 0.0, 4: 0.5}.get(degree, 4.0)
    return 0.0 if degree in (0, root) else 2.0


class _Moves:
    """Costs of the moves of the melody from one chord to the next."""

    def __init__(self, bass: Tone, bass_after: int, leap: float) -> None:
        self._bass, self._bass_after = midi_of(bass), bass_after
        self._leap = leap

    def cost(self, before: Tone, first: int, after: Tone, second: int, expected: int) -> float:
        """The cost of a move between two tones, which are given with their MIDI numbers."""
        steps = abs(after[0] - before[0])
        cost = (_LEAP[steps] if steps < 8 else 3.0 + steps - 7) * self._leap
        bass, bass_after = self._bass, self._bass_after
        if (second - bass_after) % 12 in _PERFECT:
            if first != second and bass != bass_after and (first - bass) % 12 == (second - bass_after) % 12:
                cost += 12  # parallels
            elif steps > 1 and (second > first) == (bass_after > bass):
                cost += 1.2  # hidden fifths and octaves, approached by a leap
        if expected and after[0] - before[0] != expected and second != first:
            cost += 2.5
        if abs(second - first) in (6, 10, 11):
            cost += 2
        return cost


def is_parallel(upper: int, upper_next: int, lower: int, lower_next: int) -> bool:
    """Whether two voices, as MIDI numbers, move in parallel fifths, octaves or unisons."""
    interval = (upper - lower) % 12
    return (
        upper != upper_next
        and lower != lower_next
        and interval in _PERFECT
        and (upper_next - lower_next) % 12 == interval
    )
