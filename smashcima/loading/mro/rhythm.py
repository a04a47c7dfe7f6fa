"""Voices and onsets of the chords of a bar, told from durations, stems and columns.

A rhythm that does not fit the time signature is kept as it was recognised.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from smashcima.loading.mro.items import ZERO, Item

_SAME_TIME = 12
"""Distance in units within which chords of two voices sound together, 3/4 of a staff space."""

_SAME_TIME_OF_SECONDS = 21
"""The same for voices a second apart, of which one is moved by the width of a notehead."""

_SAME_TIME_OF_ONE_STEM = 7
"""The same for chords whose stems point in the same direction."""


@dataclass(eq=False, slots=True)
class VoiceOfBar:
    """The chords of one voice in one column, in order; grace notes come before the chord that they belong to."""

    items: list[Item] = field(default_factory=list)
    end: Fraction = ZERO
    """Quarter lengths since the start of the column."""


Reference = Sequence[tuple[float, Fraction]]
"""Places and onsets of events of other staves, from left to right."""


def is_one_voice(items: list[Item], expected: Fraction | None, is_split: bool) -> bool:
    """Whether the chords of a bar follow each other.

    They do not if two of them stand above each other, if stems tell voices apart (`is_split`), or if their durations
    exceed the measure and those of each direction of stems do not.
    """
    timed = [item for item in items if not item.is_grace]
    if any(len(column) > 1 for column in _columns(timed)):
        return False
    stems = {item.stem for item in timed} - {0}
    if len(stems) < 2:
        return True
    if is_split:
        return False
    if expected is None or sum((item.length for item in timed), ZERO) <= expected:
        return True
    of_rests = sum((item.length for item in timed if item.stem == 0), ZERO)
    return any(
        sum((item.length for item in timed if item.stem == stem), ZERO) + of_rests > expected
        for stem in stems
    )


def in_sequence(items: list[Item]) -> list[VoiceOfBar]:
    """One voice, in which each chord starts where the previous one ends."""
    voice = VoiceOfBar()
    for item in items:
        item.onset = voice.end
        voice.items.append(item)
        voice.end += item.length
    return [voice] if items else []


def in_voices(items: list[Item], reference: Reference) -> list[VoiceOfBar]:
    """Several voices: stems up, stems down, and further ones where two chords of one direction sound together.

    Chords above each other start together, when the last of their voices is free. A voice that has paused without a
    rest enters when another staff has an event at the same place (`reference`), or else when another voice of the
    staff goes on.
    """
    timed = [item for item in items if not item.is_grace]
    voices: dict[int, VoiceOfBar] = {}
    of_beam: dict[tuple[int, ...], int] = {}
    latest: Fraction | None = None
    for column in _columns(timed):
        keys = _voice_keys(column, voices, of_beam)
        onset = max(voices[key].end if key in voices else ZERO for key in keys)
        if latest is not None and onset <= latest:
            ends = [voice.end for voice in voices.values() if voice.end > latest]
            onset = min(ends, default=latest)
        seen = _onset_at(column[0].x, reference)
        if seen is not None and seen > onset:
            onset = seen
        for item, key in zip(column, keys, strict=True):
            voice = voices.setdefault(key, VoiceOfBar())
            if item.beam is not None:
                of_beam.setdefault(item.beam, key)
            item.onset = onset
            voice.items.append(item)
            voice.end = onset + item.length
        latest = onset
    ordered = [voices[key] for key in sorted(voices)]
    for item in items:
        if item.is_grace:
            _insert_grace(item, ordered)
    return ordered


def _columns(items: list[Item]) -> list[list[Item]]:
    columns: list[list[Item]] = []
    for item in items:
        if columns and all(_sound_together(item, other) for other in columns[-1]):
            columns[-1].append(item)
        else:
            columns.append([item])
    return columns


def _sound_together(one: Item, other: Item) -> bool:
    if one.beam is not None and one.beam == other.beam:
        return False
    distance = abs(one.x - other.x)
    if one.stem and one.stem == other.stem:
        return distance <= _SAME_TIME_OF_ONE_STEM
    if one.is_rest or other.is_rest or not _are_seconds(one, other):
        return distance <= _SAME_TIME
    return distance <= _SAME_TIME_OF_SECONDS


def _are_seconds(one: Item, other: Item) -> bool:
    return any(
        abs(a.value.position_down - b.value.position_down) <= 1 for a in one.notes for b in other.notes
    )


def _voice_keys(
    column: list[Item], voices: dict[int, VoiceOfBar], of_beam: dict[tuple[int, ...], int]
) -> list[int]:
    """Voice of each chord of a column: 0 for stems up, 1 for stems down, then even and odd numbers of the same."""
    keys: dict[Item, int] = {}
    for item in column:
        if item.beam in of_beam and of_beam[item.beam] not in keys.values():
            keys[item] = of_beam[item.beam]
    for item in sorted(column, key=lambda item: (item.stem == 0, -item.height)):
        if item in keys:
            continue
        side = {1: 0, -1: 1}.get(item.stem)
        if side is None:
            side = _side_of_stemless(item, column, keys, voices)
        while side in keys.values():
            side += 2
        keys[item] = side
    return [keys[item] for item in column]


def _side_of_stemless(
    item: Item, column: list[Item], keys: dict[Item, int], voices: dict[int, VoiceOfBar]
) -> int:
    """Voice of a rest or semibreve: beside another chord the free one; alone, the one that ends first."""
    if len(column) > 1:
        others = [other for other in column if other is not item]
        is_above = all(item.height >= other.height for other in others)
        side = 0 if is_above and item.height > min(other.height for other in others) else 1
        return 1 - side if side in keys.values() and 1 - side not in keys.values() else side
    ends = {key: voices[key].end if key in voices else ZERO for key in (0, 1)}
    if ends[0] != ends[1]:
        return min(ends, key=ends.__getitem__)
    return 1 if item.height < 0 else 0


def _onset_at(x: float, reference: Reference) -> Fraction | None:
    index = bisect_left(reference, (x - _SAME_TIME, ZERO))
    if index < len(reference) and reference[index][0] <= x + _SAME_TIME:
        return reference[index][1]
    return None


def _insert_grace(grace: Item, voices: list[VoiceOfBar]) -> None:
    """Puts a grace note before the next chord to its right; of several, before that with the nearest height."""
    following = [
        (index, voice)
        for voice in voices
        if (
            index := next(
                (i for i, each in enumerate(voice.items) if not each.is_grace and each.x > grace.x), None
            )
        )
        is not None
    ]
    if not following:
        target = voices[0] if voices else None
        if target is not None:
            grace.onset = target.end
            target.items.append(grace)
        return
    nearest = min(voice.items[index].x for index, voice in following)
    index, voice = min(
        (each for each in following if each[1].items[each[0]].x <= nearest + _SAME_TIME),
        key=lambda each: abs(each[1].items[each[0]].height - grace.height),
    )
    grace.onset = voice.items[index].onset
    voice.items.insert(index, grace)
