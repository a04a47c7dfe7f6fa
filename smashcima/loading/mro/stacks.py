"""Stacks of chords: those of several voices that start together."""

from __future__ import annotations

from smashcima.loading.mro.items import Item

ALIGNED = 12
"""Distance in units, 3/4 of a staff space, within which chords of two voices sound together."""

_SECONDS = 21
"""The same for voices a second apart, of which one is moved by the width of a notehead."""

_ONE_STEM = 7
"""The same for chords whose stems point in the same direction."""

_MAX_VOICES = 8
"""Chords of one stack. No music has more on a stave, and it bounds the work for damaged files."""


def stacks(items: list[Item], widening: float = 1.0) -> list[list[Item]]:
    """Chords, ordered from left to right, that sound together; `widening` is a factor of the distances."""
    found: list[list[Item]] = []
    for item in items:
        if (
            found
            and len(found[-1]) < _MAX_VOICES
            and all(_sound_together(item, other, widening) for other in found[-1])
        ):
            found[-1].append(item)
        else:
            found.append([item])
    return found


def _sound_together(one: Item, other: Item, widening: float) -> bool:
    if one.beam is not None and one.beam == other.beam:
        return False
    distance = abs(one.x - other.x)
    if one.stem and one.stem == other.stem:
        return distance <= _ONE_STEM * widening
    if one.is_rest or other.is_rest or not _are_seconds(one, other):
        return distance <= ALIGNED * widening
    return distance <= _SECONDS * widening


def _are_seconds(one: Item, other: Item) -> bool:
    return any(
        abs(a.value.position_down - b.value.position_down) <= 1 for a in one.notes for b in other.notes
    )
