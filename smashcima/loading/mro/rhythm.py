"""Voices and onsets of the chords of a bar, told from durations, stems and columns.

A rhythm that does not fit the time signature is kept as it was recognised.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from smashcima.loading.mro.items import ZERO, Item
from smashcima.loading.mro.stacks import ALIGNED, stacks

_READINGS_OF_LONG_BARS = tuple(
    (widening, may_cross) for widening in (1.0, 1.6, 2.4, 3.4) for may_cross in (False, True)
)
"""Ways to read a bar that is too long: factors of the distances within which chords of two voices sound together, since
a dotted note moves the other voice aside, and whether a voice may change the direction of its stems."""


@dataclass(eq=False, slots=True)
class VoiceOfBar:
    """The chords of one voice in one column, in order; grace notes come before the chord that they belong to."""

    items: list[Item] = field(default_factory=list)
    onsets: list[Fraction] = field(default_factory=list)
    """Quarter lengths since the start of the column, by item."""

    end: Fraction = ZERO

    def add(self, item: Item, onset: Fraction) -> None:
        """Adds the next chord."""
        self.items.append(item)
        self.onsets.append(onset)
        self.end = onset + item.length


Voices = list[VoiceOfBar]


def voices_of(
    items: Mapping[int, list[Item]], expected: Fraction | None, is_split: Mapping[int, bool]
) -> dict[int, Voices]:
    """Voices of each staff in a column; `is_split` tells staves of which stems always tell the voices apart."""
    found = {staff: _voices_of_staff(items[staff], expected, is_split[staff]) for staff in items}
    if all(len(voices) <= 1 and _end(voices) in (ZERO, expected) for voices in found.values()):
        return found
    aligned = _aligned(found, expected)
    if expected is None:
        return aligned
    by_stems = {
        staff: _in_voices(items[staff], stacks([item for item in items[staff] if not item.is_grace]))
        for staff, voices in found.items()
        if len(voices) == 1 and _end(voices) > expected and _has_both_stems(items[staff])
    }
    if not by_stems:
        return aligned
    other = _aligned({**found, **by_stems}, expected)
    return min(aligned, other, key=lambda voices: _misfit(voices, expected))


def _misfit(found: dict[int, Voices], expected: Fraction) -> Fraction:
    return sum((abs(_end(voices) - expected) for voices in found.values() if voices), ZERO)


def _has_both_stems(items: list[Item]) -> bool:
    return {1, -1} <= {item.stem for item in items if not item.is_grace}


# ---------------------------------------------------------------- one staff


def _voices_of_staff(items: list[Item], expected: Fraction | None, is_split: bool) -> Voices:
    timed = [item for item in items if not item.is_grace]
    is_stacked = any(len(stack) > 1 for stack in stacks(timed))
    fills = expected is not None and len(timed) > 1 and any(item.length >= expected for item in timed)
    if is_stacked or fills or (is_split and _has_both_stems(timed)):
        usual = _in_voices(items, stacks(timed))
    else:
        usual = _in_sequence(items)
    if expected is None or _end(usual) <= expected or len(timed) < 2:
        return usual
    for widening, may_cross in _READINGS_OF_LONG_BARS:
        found = _in_voices(items, stacks(timed, widening), may_cross)
        if _end(found) == expected:
            return found
    return usual


def _end(voices: Voices) -> Fraction:
    return max((voice.end for voice in voices), default=ZERO)


def _in_sequence(items: list[Item]) -> Voices:
    """One voice, in which each chord starts where the previous one ends."""
    voice = VoiceOfBar()
    for item in items:
        voice.add(item, voice.end)
    return [voice] if items else []


def _in_voices(items: list[Item], stacked: list[list[Item]], may_cross: bool = False) -> Voices:
    """Several voices: stems up, stems down, and further ones where two chords of one direction sound together.

    Chords above each other start together, when the last of their voices is free. A voice that has paused without a
    rest enters when another voice goes on. With `may_cross`, a chord goes on with a voice of the other direction that
    is free, if that of its own is not. A grace note belongs to the chord nearest in height of the next stack.
    """
    voices: dict[int, VoiceOfBar] = {}
    of_beam: dict[tuple[int, ...], int] = {}
    latest: Fraction | None = None
    graces = deque(item for item in items if item.is_grace)
    for stack in stacked:
        keys = _voice_keys(stack, voices, of_beam, latest, may_cross)
        for key in keys:
            voices.setdefault(key, VoiceOfBar())
        latest = onset = _next_onset([voices[key] for key in keys], voices.values(), latest)
        while graces and graces[0].x < stack[0].x:
            grace = graces.popleft()
            nearest = min(range(len(stack)), key=lambda index: abs(stack[index].height - grace.height))
            voices[keys[nearest]].add(grace, onset)
        for item, key in zip(stack, keys, strict=True):
            if item.beam is not None:
                of_beam.setdefault(item.beam, key)
            voices[key].add(item, onset)
    ordered = [voices[key] for key in sorted(voices)]
    for grace in graces:
        ordered[0].add(grace, ordered[0].end)
    return ordered


def _next_onset(own: Voices, every: Iterable[VoiceOfBar], latest: Fraction | None) -> Fraction:
    """Onset of a stack: when the last of its voices is free, but after the previous stack."""
    onset = max(voice.end for voice in own)
    if latest is not None and onset <= latest:
        return min((voice.end for voice in every if voice.end > latest), default=latest)
    return onset


def _voice_keys(
    stack: list[Item],
    voices: dict[int, VoiceOfBar],
    of_beam: dict[tuple[int, ...], int],
    latest: Fraction | None,
    may_cross: bool,
) -> list[int]:
    """Voice of each chord of a stack: even numbers for stems up, odd ones for stems down."""
    due = min((voice.end for voice in voices.values() if latest is None or voice.end > latest), default=ZERO)
    free = sorted(key for key, voice in voices.items() if voice.end <= due)
    keys: dict[Item, int] = {}
    for item in stack:
        if item.beam in of_beam and of_beam[item.beam] not in keys.values():
            keys[item] = of_beam[item.beam]
    for item in sorted(stack, key=lambda item: (item.stem == 0, -item.height)):
        if item in keys:
            continue
        taken = set(keys.values())
        side = {1: 0, -1: 1}.get(item.stem)
        if side is None:
            side = _side_of_stemless(item, stack, taken)
            others = [key for key in free if key not in taken and voices[key].end == due]
        else:
            others = [
                key
                for key in free
                if key not in taken
                and (key % 2 == side or key >= 2 or (may_cross and voices[key].end == due))
            ]
        is_busy = side in taken or (side in voices and voices[side].end > due)
        if others and (is_busy or (item.stem == 0 and len(stack) == 1)):
            side = min(others, key=lambda key: (key % 2 != side, key))
        while side in taken:
            side += 2
        keys[item] = side
    return [keys[item] for item in stack]


def _side_of_stemless(item: Item, stack: list[Item], taken: set[int]) -> int:
    """Side of a rest or semibreve: the upper one if it is above the other chords of its stack, and if that is free."""
    others = [other for other in stack if other is not item]
    if not others:
        return 1 if item.height < 0 else 0
    is_above = all(item.height >= other.height for other in others)
    side = 0 if is_above and item.height > min(other.height for other in others) else 1
    return 1 - side if side in taken and 1 - side not in taken else side


# ---------------------------------------------------------------- all staves


def _aligned(found: dict[int, Voices], expected: Fraction | None) -> dict[int, Voices]:
    """The same voices with onsets by the columns of all staves.

    A voice that pauses without a rest, or of which a part is written on another staff, goes on when the other staves
    do. Where this makes a staff fit its measure less, all staves keep their own onsets.
    """
    limit = expected if expected is not None else max(_end(voices) for voices in found.values())
    made: dict[VoiceOfBar, VoiceOfBar] = {
        voice: VoiceOfBar() for voices in found.values() for voice in voices
    }
    entries = sorted(
        ((item.x, index, voice) for voice in made for index, item in enumerate(voice.items)),
        key=lambda entry: entry[0],
    )
    latest: Fraction | None = None
    column: list[tuple[int, VoiceOfBar]] = []
    start = 0.0

    def place() -> None:
        nonlocal latest
        timed = [made[voice] for index, voice in column if not voice.items[index].is_grace]
        if timed:
            latest = _next_onset(timed, made.values(), latest)
        for index, voice in column:
            item = voice.items[index]
            made[voice].add(item, made[voice].end if item.is_grace or latest is None else latest)

    for x, index, voice in entries:
        if column and (x - start > ALIGNED or any(other is voice for _, other in column)):
            place()
            column = []
        if not column:
            start = x
        column.append((index, voice))
    place()
    for voices in found.values():
        before, after = _end(voices), _end([made[voice] for voice in voices])
        if abs(after - limit) > abs(before - limit):
            return found
    return {staff: [made[voice] for voice in voices] for staff, voices in found.items()}
