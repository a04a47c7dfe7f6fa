"""The notes of a tuplet, of which an annotation only has the number above one note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smashcima.notations.mashcima.meanings import number_place


@dataclass(frozen=True, slots=True)
class TupletRange:
    """A tuplet as a range of events."""

    first: int
    last: int
    """Index of the last event."""

    number: int

    place: int
    """Index, from `first`, of the event at which the number is written."""

    is_complete: bool = True
    """Whether its events add up to the number."""


def find_tuplets(lengths: Sequence[int], beams: Sequence[int], numbers: dict[int, int]) -> list[TupletRange]:
    """Finds the tuplets of a measure.

    `lengths` are the lengths of notes and rests in any unit, without grace notes, and -1 for what is never part of a
    tuplet; `beams` tells notes of one beam from
    others, and is -1 without a beam; `numbers` are the written numbers by index of the event.

    A tuplet of three is, in this order: the notes of a beam, if they are three; three events of the same length of
    which the one with the number is the middle one, the first, or the last; events around the number that last as
    long as three of the shortest. Other tuplets likewise. If there are none, the event is alone in its tuplet, and the
    number is incomplete.
    """
    taken: set[int] = set()
    found: list[TupletRange] = []
    for at, number in numbers.items():
        for first, last in _candidates(lengths, beams, at, number):
            if first >= 0 and last < len(lengths) and taken.isdisjoint(range(first, last + 1)):
                found.append(TupletRange(first, last, number, at - first))
                break
        else:
            found.append(TupletRange(at, at, number, 0, is_complete=False))
        taken.update(range(found[-1].first, found[-1].last + 1))
    return found


def _candidates(
    lengths: Sequence[int], beams: Sequence[int], at: int, number: int
) -> Iterator[tuple[int, int]]:
    if beams[at] >= 0:
        # A longer beam is not searched to its ends.
        first = last = at
        while first > max(at - number, 0) and beams[first - 1] == beams[at]:
            first -= 1
        while last < min(at + number, len(beams) - 1) and beams[last + 1] == beams[at]:
            last += 1
        if last - first + 1 == number:
            yield first, last
    middle = number_place(number)
    starts = dict.fromkeys((at - middle, at, at - number + 1, *range(at - number + 2, at)))
    equal = [start for start in starts if _are_equal(lengths, start, number)]
    for start in equal:
        if _is_whole(beams, start, start + number - 1):
            yield start, start + number - 1
    for first in range(at, max(at - number, -1), -1):
        last = _end_of_sum(lengths, first, number)
        if last >= at:
            yield first, last
    for start in equal:
        yield start, start + number - 1


def _are_equal(lengths: Sequence[int], start: int, number: int) -> bool:
    window = lengths[max(start, 0) : start + number]
    return start >= 0 and len(window) == number and len(set(window)) == 1


def _is_whole(beams: Sequence[int], first: int, last: int) -> bool:
    """Whether no beam leads out of a range on one side only, so that range and beam can be nested."""
    left = first > 0 and beams[first] >= 0 and beams[first - 1] == beams[first]
    right = last + 1 < len(beams) and beams[last] >= 0 and beams[last + 1] == beams[last]
    return beams[first] == beams[last] or not (left or right)


def _end_of_sum(lengths: Sequence[int], first: int, number: int) -> int:
    """Index of the event at which events from `first` have lasted `number` times the shortest of them; -1 for none."""
    total, shortest = 0, lengths[first]
    for last in range(first, min(first + number, len(lengths))):
        if lengths[last] < 0:
            break
        total += lengths[last]
        shortest = min(shortest, lengths[last])
        if total == number * shortest:
            return last
    return -1
