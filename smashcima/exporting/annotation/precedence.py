"""Precedence: the temporal order of noteheads and rests in each voice."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import pairwise, product

from smashcima.exporting.annotation.event_signs import EventSigns
from smashcima.exporting.annotation.links import Pair
from smashcima.scene.semantic import Event, MeasureStaff, Note, SemanticObject, Voice


def voices_of(signs: EventSigns) -> list[list[Event]]:
    """Returns the events of each voice in temporal order: chords, notes outside chords, rests.

    A voice continues in the next measure if there is a voice with the same number on the same staff.
    """
    voices: dict[tuple[str, str], dict[Event, None]] = {}
    keys: dict[Voice, tuple[str, str]] = {}
    voice_of: dict[SemanticObject | None, Voice | None] = {}
    """Voices by the parents of events, such as beams."""
    for drawn in signs.events:
        event = (drawn.chord or drawn) if isinstance(drawn, Note) else drawn
        parent = event.parent
        if parent not in voice_of:
            voice_of[parent] = event.voice
        voice = voice_of[parent]
        if voice is None:
            continue
        if voice not in keys:
            keys[voice] = _key_of(voice)
        voices.setdefault(keys[voice], {})[event] = None
    return [sorted(events, key=partial(_time_of, signs)) for events in voices.values()]


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
            if signs.is_grace(event):
                graces.append(event)
                continue
            for grace in graces:
                yield from product(signs.of(event), signs.of(grace))
            graces = []


def _time_of(signs: EventSigns, event: Event) -> tuple[float, Fraction, bool]:
    """Sort key by time; grace notes have the onset of the following note and precede it."""
    # Rounding keeps the order of numbers, and most are compared much faster than fractions.
    return float(event.onset), event.onset, not signs.is_grace(event)


def _key_of(voice: Voice) -> tuple[str, str]:
    """Staff of a voice, and its number on the staff."""
    holder = voice.ancestor(MeasureStaff)
    if holder is None:
        return "", voice.n or ""
    return holder.n, voice.n or str(holder.voices.index(voice) + 1)
