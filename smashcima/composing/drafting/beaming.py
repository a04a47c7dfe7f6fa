"""Beams: which events of a voice are joined, by the beats of the metre."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.composing.drafting.draft import DraftEvent
from smashcima.composing.theory import QUARTER, Metre


def beam_groups(events: Sequence[DraftEvent], metre: Metre, start: int = 0) -> list[list[int]]:
    """Indices of the events that are joined by each beam.

    Beams do not cross the beats of the metre; eighths alone are joined over the halves of a measure in 2/4, 4/4 and 3/8,
    and over a whole measure in 3/4. Rests end a beam. `start` is the place of the first event, for a pickup.
    """
    found: list[list[int]] = []
    run: list[int] = []
    wide = _wide_borders(events, metre, start)
    at, group, last_cell = start, 0, -1
    for index, event in enumerate(events):
        cell = _cell(at, wide)
        ends = not event.tones or event.ticks >= QUARTER or event.group != group or cell != last_cell
        if ends and run:
            found.append(run)
            run = []
        if event.tones and event.ticks < QUARTER:
            run.append(index)
        group, last_cell = event.group, cell
        at += event.length
    if run:
        found.append(run)
    return [run for run in found if len(run) > 1]


def _cell(at: int, borders: Sequence[int]) -> int:
    """Index of the stretch between borders that contains a place."""
    index = 0
    for border in borders:
        if at < border:
            break
        index += 1
    return index


def _wide_borders(events: Sequence[DraftEvent], metre: Metre, start: int) -> list[int]:
    """Places where beams end: the beats, without those inside of runs of plain eighths."""
    borders = list(metre.starts[1:])
    if any(beat != QUARTER for beat in metre.beats) or metre.unit > 4:
        return borders
    spans = {2: ((0, 1920),), 3: ((0, 2880),), 4: ((0, 1920), (1920, 3840))}.get(metre.count, ())
    at = start
    places: list[tuple[int, DraftEvent]] = []
    for event in events:
        places.append((at, event))
        at += event.length
    for low, high in spans:
        inside = [event for place, event in places if place < high and place + event.length > low]
        if inside and all(
            event.ticks == QUARTER // 2 and event.tuplet is None and event.tones for event in inside
        ):
            borders = [border for border in borders if not low < border < high]
    return borders
