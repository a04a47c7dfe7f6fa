"""Measures of scores, without their key: rhythm, degrees of the scale, and texture."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from smashcima.composing.theory import Key, Metre
from smashcima.composing.theory.metres import QUARTER
from smashcima.errors import SettingsError
from smashcima.scene.semantic import (
    Chord,
    KeySignature,
    Measure,
    MeasureStaff,
    Note,
    Pitch,
    Score,
    Space,
    TimeSignature,
    Tuplet,
    Voice,
    WholeMeasureEvent,
)
from smashcima.scene.semantic.event import Event

RelativeTone = tuple[int, int]
"""Steps above the tonic near middle C, and semitones of alteration against the key."""


@dataclass(frozen=True)
class UnitEvent:
    """An event of a unit."""

    ticks: int
    """Written length."""
    tones: tuple[RelativeTone, ...] = ()
    """Empty for a rest."""
    tuplet: tuple[int, int] | None = None
    group: int = 0
    """Number of its tuplet in the voice."""
    is_space: bool = False


@dataclass(frozen=True)
class MeasureUnit:
    """A full measure of a work."""

    metre: str
    is_minor: bool
    staves: tuple[tuple[tuple[UnitEvent, ...], ...], ...]
    """The voices of each staff; no voices for a measure rest."""

    @cached_property
    def shape(self) -> str:
        """A number that measures with the same rhythms and steps have, wherever they begin in the scale."""
        tones = [tone for staff in self.staves for voice in staff for event in voice for tone in event.tones]
        first = tones[0][0] if tones else 0
        moved = [
            [
                [(event.ticks, event.tuplet, [step - first for step, _ in event.tones]) for event in voice]
                for voice in staff
            ]
            for staff in self.staves
        ]
        return hashlib.blake2b(repr((self.metre, moved)).encode(), digest_size=8).hexdigest()

    @cached_property
    def entry(self) -> tuple[int, int]:
        """The degrees of the lowest and the highest tone at its start; -1 for rests."""
        tones = [voice[0].tones for staff in self.staves for voice in staff if voice and voice[0].tones]
        if not tones:
            return -1, -1
        lowest, highest = min(min(each) for each in tones), max(max(each) for each in tones)
        return lowest[0] % 7, highest[0] % 7

    def to_data(self) -> list[Any]:
        """JSON-compatible data, for `from_data`."""
        return [self.metre, int(self.is_minor), [[[_packed(e) for e in v] for v in s] for s in self.staves]]

    @staticmethod
    def from_data(data: Sequence[Any]) -> MeasureUnit:
        """A unit from the data of `to_data`."""
        metre, is_minor, staves = data
        return MeasureUnit(
            str(metre),
            bool(is_minor),
            tuple(tuple(tuple(_unpacked(e) for e in v) for v in s) for s in staves),
        )


def _packed(event: UnitEvent) -> list[Any]:
    data: list[Any] = [event.ticks, [list(tone) for tone in event.tones]]
    if event.tuplet is not None or event.is_space:
        data += [
            list(event.tuplet) if event.tuplet else None,
            event.group,
            int(event.is_space),
        ]
    return data


def _unpacked(data: Sequence[Any]) -> UnitEvent:
    ticks, tones, *more = data
    tuplet, group, space = more or (None, 0, 0)
    return UnitEvent(
        int(ticks),
        tuple((int(step), int(alter)) for step, alter in tones),
        (int(tuplet[0]), int(tuplet[1])) if tuplet else None,
        int(group),
        bool(space),
    )


def units_of(score: Score) -> list[MeasureUnit | None]:
    """The measures of a score as units; `None` for those that are not full, or have notation that units do not hold.

    The score must be up to date. Grace notes, marks and cross-staff notation are left out.
    """
    is_minor = _is_minor(score)
    return [_unit(measure, is_minor) for measure in score.measures]


def _is_minor(score: Score) -> bool:
    """Whether a score is in minor: by its key signature, else by its last bass note."""
    definition = score.definition
    signature = definition.key_signature if definition is not None else None
    for staff in score.staves:
        signature = signature or staff.key_signature
    if signature is not None and signature.mode is not None:
        return signature.mode == "minor"
    fifths = signature.fifths if signature is not None and signature.fifths is not None else 0
    for measure in reversed(score.measures):
        pitches = [note.sounding_pitch for note in measure.descendants(Note) if note.sounding_pitch]
        if pitches:
            lowest = min(pitches, key=lambda pitch: pitch.midi)
            return lowest.step.index == Key.of_fifths(fifths, True).step
    return False


def _unit(measure: Measure, is_minor: bool) -> MeasureUnit | None:
    if not measure.staves:
        return None
    time = measure.staves[0].time_signature
    signature = measure.staves[0].key_signature
    if not isinstance(time, TimeSignature) or time.quarter_length is None:
        return None
    try:
        metre = Metre.parse("/".join(map(str, time.numbers)))
        fifths = signature.fifths if isinstance(signature, KeySignature) else 0
        key = Key.of_fifths(fifths or 0, is_minor)
        key_shift = measure.staves[0].staff
        if key_shift is not None and key_shift.transposition_semitones % 12:
            return None  # the signature of the first staff is not the sounding one
        staves = tuple(_voices(staff, key, metre) for staff in measure.staves)
    except (SettingsError, _UnsupportedError):
        return None
    if not any(staves):
        return None
    return MeasureUnit(metre.name, is_minor, staves)


class _UnsupportedError(Exception):
    """The measure has notation that units do not hold."""


def _voices(staff: MeasureStaff, key: Key, metre: Metre) -> tuple[tuple[UnitEvent, ...], ...]:
    found = []
    for voice in staff.voices:
        events = tuple(_events(voice, key))
        if all(not event.tones for event in events):
            continue
        if sum(_sounding(event) for event in events) != metre.ticks:
            raise _UnsupportedError
        found.append(events)
    return tuple(found[:2])


def _sounding(event: UnitEvent) -> float:
    return event.ticks if event.tuplet is None else event.ticks * event.tuplet[1] / event.tuplet[0]


def _events(voice: Voice, key: Key) -> Iterator[UnitEvent]:
    groups: dict[Any, int] = {}
    events = [event for event in voice.events if not event.is_grace]
    for event in events:
        if isinstance(event, WholeMeasureEvent):
            return
        if event.duration is None or event.duration.dots > 2:
            raise _UnsupportedError
        ticks = event.duration.quarter_length * QUARTER
        tuplet = event.tuplet
        factor = tuplet.factor if isinstance(tuplet, Tuplet) else 1
        if ticks.denominator != 1 or event.quarter_length != event.duration.quarter_length * factor:
            raise _UnsupportedError  # 512ths, tremolos, nested tuplets
        ratio = (tuplet.count, tuplet.base) if isinstance(tuplet, Tuplet) else None
        group = groups.setdefault(tuplet, len(groups) + 1) if ratio is not None else 0
        yield UnitEvent(int(ticks), _tones(event, key), ratio, group, isinstance(event, Space))


def _tones(event: Event, key: Key) -> tuple[RelativeTone, ...]:
    notes = event.notes if isinstance(event, Chord) else [event] if isinstance(event, Note) else []
    pitches = [note.sounding_pitch for note in notes]
    if any(pitch is None or pitch.alter != int(pitch.alter) for pitch in pitches):
        raise _UnsupportedError
    return tuple(sorted({_relative(pitch, key) for pitch in pitches if pitch is not None}))


def _relative(pitch: Pitch, key: Key) -> RelativeTone:
    return pitch.diatonic - (28 + key.step), int(pitch.alter) - key.alters[pitch.diatonic % 7]
