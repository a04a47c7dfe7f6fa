"""Symbols of notes, chords and rests."""

from __future__ import annotations

from collections.abc import Iterator

from smashcima.comparing.attached import AttachedSymbols
from smashcima.comparing.symbols import Symbol
from smashcima.scene.semantic import (
    Accidental,
    Chord,
    Duration,
    DurationType,
    Event,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Rest,
    StemmedEvent,
    SyllableConnector,
    SyllablePosition,
    TabChord,
)

_ACCIDENTALS = {
    "s": "sharp",
    "f": "flat",
    "n": "natural",
    "x": "double sharp",
    "ss": "double sharp",
    "ff": "double flat",
}
"""Accidentals by their names in MEI; others keep these names."""

_PLAIN_NOTEHEADS = (None, "quarter", "half", "whole", "oval")

_FILLS_MEASURE = "of a measure"
"""Value of rests that fill their measure. In most measures, they look like whole rests."""


def notes_of(event: Event) -> list[Note]:
    """The notes of an event, from the lowest to the highest."""
    if isinstance(event, Note):
        return [event]
    return sorted(event.notes, key=height) if isinstance(event, Chord | TabChord) else []


def height(note: Note) -> tuple[int, float]:
    """A key by which notes on a staff are ordered, from the lowest."""
    if note.pitch is not None:
        return note.pitch.diatonic, float(note.pitch.alter)
    if note.position is not None:
        return note.position + _DIATONIC_OF_POSITION_0, 0.0
    return -(note.tab_course or 0), 0.0


_DIATONIC_OF_POSITION_0 = 34
"""B4, the middle line under a treble clef: notes without a pitch are ordered as if under this clef."""


def head_symbols(note: Note, attached: AttachedSymbols) -> Iterator[Symbol]:
    """Symbols of a single notehead."""
    yield Symbol("pitch", _pitch(note))
    if note.notehead not in _PLAIN_NOTEHEADS:
        yield Symbol("notehead", note.notehead or "")
    for accidental in note.children_of(Accidental):
        if accidental.is_visible:
            yield accidental_symbol(accidental)
    if note.chord is not None:
        yield from attached.of(note)


def accidental_symbol(accidental: Accidental) -> Symbol:
    """Symbol of an accidental."""
    kind = accidental.kind or ""
    return Symbol("accidental", _ACCIDENTALS.get(kind, kind))


def stem_symbols(event: Event, is_alone: bool, attached: AttachedSymbols) -> Iterator[Symbol]:
    """Symbols of a note or chord except its noteheads, or all symbols of a rest or another event.

    `is_alone` says whether it is the only event of its voice in the measure.
    """
    notes = notes_of(event)
    if isinstance(event, StemmedEvent | TabChord):
        duration = event.duration or _longest(notes)
        if duration is not None:
            yield Symbol("duration", duration.type.value)
    elif isinstance(event, Rest | MeasureRest | MultiMeasureRest):
        duration = event.duration
        yield Symbol("rest", _rest_value(event, is_alone))
    else:
        duration = None
        yield Symbol("repeat sign", event.tag)
    if duration is not None:
        yield from (Symbol("dot", "") for _ in range(duration.dots))
    if event.is_grace:
        yield Symbol("grace", "")
    for holder in dict.fromkeys((event, *notes)):
        if isinstance(holder, StemmedEvent):
            yield from _written_at(holder)
    yield from attached.of(event)


def _written_at(event: StemmedEvent) -> Iterator[Symbol]:
    for articulation in event.articulations:
        yield from (Symbol("articulation", kind) for kind in articulation.kinds)
    for verse in event.verses:
        for syllable in verse.syllables:
            text = " ".join(syllable.text.split())
            goes_on = syllable.connector is SyllableConnector.HYPHEN or syllable.word_position in (
                SyllablePosition.INITIAL,
                SyllablePosition.MIDDLE,
            )
            if text:
                yield Symbol("lyric", f"{text}-" if goes_on else text)


def _pitch(note: Note) -> str:
    if note.pitch is not None:
        return f"{note.pitch.step.name}{note.pitch.octave}"
    if note.tab_fret is not None:
        return f"fret {note.tab_fret} of string {note.tab_course}"
    return f"position {note.position:+d}" if note.position is not None else "unknown"


def _rest_value(rest: Event, is_alone: bool) -> str:
    if isinstance(rest, MultiMeasureRest):
        return f"of {rest.count or 1} measures"
    duration = rest.duration
    if duration is None or (is_alone and duration.type is DurationType.WHOLE):
        return _FILLS_MEASURE
    return duration.type.value


def _longest(notes: list[Note]) -> Duration | None:
    """The longest of the durations that notes of a chord have instead of the chord."""
    durations = [note.duration for note in notes if note.duration is not None]
    return max(durations, key=lambda duration: duration.quarter_length, default=None)
