"""Precedence: the temporal order of noteheads and rests in each voice."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product

from smashcima.exporting.annotation.event_signs import EventSigns
from smashcima.exporting.annotation.links import Pair
from smashcima.scene.semantic import Event, MeasureStaff, Note, Voice


def voices_of(signs: EventSigns) -> list[list[Event]]:
    """Returns the events of each voice in temporal order: chords, notes outside chords, rests.

    A voice continues in the next measure if there is a voice with the same number on the same staff.
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
    """Returns links from all noteheads (or the rest) of each event to those of the next event of the voice."""
    for events in voices:
        for before, after in pairwise(events):
            yield from product(signs.of(before), signs.of(after))


def graces_among(voices: list[list[Event]], signs: EventSigns) -> Iterator[Pair]:
    """Returns links from the noteheads of each note or chord to those of the preceding grace notes."""
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
    """Sort key by time; grace notes have the onset of the following note and precede it."""
    return event.onset, not event.is_grace


def _key_of(voice: Voice) -> tuple[str, str]:
    """Staff of a voice, and its number on the staff."""
    holder = voice.ancestor(MeasureStaff)
    if holder is None:
        return "", voice.n or ""
    return holder.n, voice.n or str(holder.voices.index(voice) + 1)
