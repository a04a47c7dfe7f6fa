"""Beams across barlines: beams of two neighbouring bars whose parts point at each other.

The format has beams inside bars only. A beam across a barline is therefore two beams with one id, of which each has fewer
chords than it says.
"""

from __future__ import annotations

from itertools import pairwise

from smashcima.loading.mro.assembly import MeasureParts
from smashcima.loading.mro.findings import Findings
from smashcima.loading.mro.items import Item
from smashcima.loading.mro.rhythm import VoiceOfBar
from smashcima.scene.semantic import BeamSpan, Event, Measure


def take_crossing_beams(measures: list[MeasureParts]) -> list[list[Item]]:
    """Chords of each beam that crosses a barline; they are no longer members of the beams of their bars."""
    found: list[list[Item]] = []
    of_item: dict[Item, list[Item]] = {}
    for before, after in pairwise(measures):
        first, second = before.parts[-1].cells, after.parts[0].cells
        for staff in first.keys() & second.keys():
            for one, other in zip(first[staff].voices, second[staff].voices, strict=False):
                left, right = _timed(one)[-1:], _timed(other)[:1]
                if left and right and _are_joined(left[0], right[0]):
                    members = of_item.get(left[0])
                    if members is None:
                        members = _members(one, left[0])
                        found.append(members)
                    members += _members(other, right[0])
                    of_item.update(dict.fromkeys(members, members))
    for item in of_item:
        item.beam = None
    return found


def add_crossing_beams(beams: list[list[Item]], findings: Findings) -> None:
    """Adds the marks of beams across barlines, once the events have been made."""
    for members in beams:
        events = [item.event for item in members if isinstance(item.event, Event)]
        measure = events[0].ancestor(Measure)
        assert measure is not None
        made = BeamSpan(events[0], events[-1], events=events)
        measure.children.append(made)
        for item in members:
            findings.keep("beam", item.indices, made)


def _timed(voice: VoiceOfBar) -> list[Item]:
    return [item for item in voice.items if not item.is_grace]


def _members(voice: VoiceOfBar, item: Item) -> list[Item]:
    return [each for each in voice.items if each.beam == item.beam]


def _are_joined(one: Item, other: Item) -> bool:
    left, right = one.chord.beam, other.chord.beam
    return (
        one.beam is not None
        and other.beam is not None
        and left is not None
        and right is not None
        and left.id == right.id
        and left.parts_right > 0
        and right.parts_left > 0
    )
