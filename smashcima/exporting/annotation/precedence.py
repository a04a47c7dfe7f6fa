"""What follows what: the order of noteheads and rests in each voice."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product

from smashcima.exporting.annotation.event_signs import EventSigns
from smashcima.exporting.annotation.links import Pair
from smashcima.scene.semantic import Event, MeasureStaff, Note, Voice


def voices_of(signs: EventSigns) -> list[list[Event]]:
    """The events of each voice in the order of time: chords, notes outside of chords, rests.

    A voice goes on from measure to measure, as long as it is one of the same place on the same staff.
    """
    voices: dict[tuple[str, str], dict[Event, None]] = {}
    keys: dict[Voice, tuple[str, str]] = {}
    for drawn in signs.events:
        event = (drawn.chord or drawn) if isinstance(drawn, Note) else drawn
        voice = event.voice
        if voice is None:
            continue
        if voice not in keys:
            keys[voice] = _key_of(voice)
        voices.setdefault(keys[voice], {})[event] = None
    return [sorted(events, key=_time_of) for events in voices.values()]


def precedence_among(voices: list[list[Event]], signs: EventSigns) -> Iterator[Pair]:
    """From all noteheads (or the rest) of each event to those of the next one in its voice."""
    for events in voices:
        for before, after in pairwise(events):
            yield from product(signs.of(before), signs.of(after))


def graces_among(voices: list[list[Event]], signs: EventSigns) -> Iterator[Pair]:
    """From the noteheads of each note or chord to those of the grace notes before it."""
    for events in voices:
        graces: list[Event] = []
        for event in events:
            if event.is_grace:
                graces.append(event)
                continue
            for grace in graces:
                yield from product(signs.of(event), signs.of(grace))
            graces = []


def _time_of(event: Event) -> tuple[Fraction, bool]:
    """Grace notes have the onset of what follows, and come before it."""
    return event.onset, not event.is_grace


def _key_of(voice: Voice) -> tuple[str, str]:
    """The staff of a voice, and which of its voices it is."""
    holder = voice.ancestor(MeasureStaff)
    if holder is None:
        return "", voice.n or ""
    return holder.n, voice.n or str(holder.voices.index(voice) + 1)
