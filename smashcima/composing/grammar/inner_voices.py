"""Inner voices: a tone of each chord for every voice, with smooth moves and complete chords."""

from __future__ import annotations

import math
from collections.abc import Sequence

from smashcima.composing.draws import Draws
from smashcima.composing.grammar.progressions import Slot
from smashcima.composing.grammar.skeleton import Range, is_parallel
from smashcima.composing.theory import Harmony, Tone, midi_of

_OCTAVE, _TENTH = 12, 16


def inner_voices(
    slots: Sequence[Slot], bass: Sequence[Tone], melody: Sequence[Tone], ranges: Sequence[Range], draws: Draws
) -> list[list[Tone]]:
    """The tones of each voice, from the highest to the lowest, one per chord."""
    found: list[list[Tone]] = [[] for _ in ranges]
    limits = [(low[0], high[0], midi_of(low), midi_of(high)) for low, high in ranges]
    before: list[int] = []
    chord_before: Harmony | None = None
    for index, slot in enumerate(slots):
        # The outer voices come first: inner voices avoid parallels with all voices that are known already.
        now = [midi_of(bass[index]), midi_of(melody[index])]
        degrees = [slot.chord.key.degree(bass[index][0]), slot.chord.key.degree(melody[index][0])]
        ceiling = now[1]
        for number, limit in enumerate(limits):
            last = found[number][-1] if index else None
            tone = _tone(slot, last, limit, now, before, degrees, ceiling, draws, chord_before)
            found[number].append(tone)
            now.append(midi_of(tone))
            degrees.append(slot.chord.key.degree(tone[0]))
            ceiling = min(ceiling, now[-1])
        before, chord_before = now, slot.chord
    return found


def _tone(
    slot: Slot,
    last: Tone | None,
    limit: tuple[int, int, int, int],
    now: Sequence[int],
    before: Sequence[int],
    degrees: Sequence[int],
    ceiling: int,
    draws: Draws,
    chord_before: Harmony | None,
) -> Tone:
    chord = slot.chord
    low, high, lowest, highest = limit
    middle = (low + high) / 2
    best, least = None, math.inf
    fallback = None
    own = midi_of(last) if last is not None else 0
    expected = chord_before.tendency(last[0]) if last is not None and chord_before is not None else 0
    for tone, midi, degree in chord.tones_between(low, high):
        if not lowest <= midi <= highest:
            continue
        fallback = tone
        cost = 0.3 * draws.uniform() + 0.2 * abs(tone[0] - middle)
        cost += _doubling_cost(chord, degree, degrees)
        if midi < now[0]:
            cost += 40
        if midi in now:
            cost += 3
        if midi > ceiling:
            cost += 6
        elif ceiling - midi > _OCTAVE:
            cost += 2 if ceiling - midi <= _TENTH else 8  # upper voices keep together
        if last is not None:
            move = abs(tone[0] - last[0])
            cost += 0.7 * move + 0.9 * max(0, move - 2)
            if own != midi:
                cost += _move_cost(tone[0] - last[0], abs(midi - own), expected)
                cost += 8 * sum(
                    [is_parallel(own, midi, was, other) for other, was in zip(now, before, strict=False)]
                )
        if cost < least:
            best, least = tone, cost
    # Without a chord tone in the range, a tone of the scale has to do.
    return best or fallback or chord.tone((low + high) // 2)


def _move_cost(steps: int, semitones: int, expected: int) -> float:
    """The cost of a move that is hard to sing, or that leaves a leading tone or a seventh where another step is expected."""
    cost = 2.0 if semitones in (6, 10, 11) or (abs(steps), semitones) == (1, 3) else 0.0
    if expected and steps != expected:
        # A leading tone in the middle may fall to the fifth of the chord.
        cost += 1.0 if (expected, steps) == (1, -2) else 4.0
    return cost


def _doubling_cost(chord: Harmony, degree: int, degrees: Sequence[int]) -> float:
    third = chord.shifts[1][0]
    if degree in degrees:
        return 4.0 if degree in chord.tendency_degrees else 2.0 if degree == third else 1.2
    return -1.5 if degree == third else 0.0
