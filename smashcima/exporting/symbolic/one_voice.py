"""The only voice of a score, in reading order, for formats with one staff and one voice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from smashcima.errors import ExportError, Issue
from smashcima.scene.semantic import (
    Chord,
    Measure,
    MeasureStaff,
    MultiMeasureRest,
    Note,
    Score,
    SemanticObject,
    Space,
    StaffElements,
    Voice,
)

Tell = Callable[[SemanticObject, str], None]


@dataclass(frozen=True, slots=True)
class Item:
    """Item of the voice to be encoded."""

    element: SemanticObject
    """Clef, key, time, note, chord, rest, space or accidental without a note; a measure represents its right
    barline."""

    note: Note | None = None
    """Encoded note; for a chord its highest."""

    is_opening: bool = False
    """Whether it is a clef, key or time in force at the start of its measure, not one inside the voice."""


@dataclass(frozen=True, slots=True)
class OneVoice:
    """How a format with one voice takes the voice of a score."""

    format_name: str
    """Name of the format in messages."""

    exporter: str
    """Name of the class of the exporter."""

    take_highest: bool
    """Whether the highest of simultaneous notes is kept, and the others reported; otherwise they are an error."""

    tell: Tell
    """Reports an element that is left out."""


def read_staff(score: Score, form: OneVoice) -> Iterator[Item]:
    """Returns the items of the staff of a score in reading order.

    Raises an `ExportError` for several staves, and for simultaneous notes unless the highest is taken.
    """
    if len(score.staves) != 1:
        raise ExportError(
            f"{form.format_name} has one staff, but the score has {len(score.staves)}. "
            "Select one: score.slice(system=0, staff=1)."
        )
    staff = score.staves[0]
    elements = StaffElements()
    for measure in score.measures:
        holder = measure.staff(staff)
        if holder is None:
            continue
        for change in elements.changes(holder):
            yield Item(change, is_opening=True)
        voice = _voice(measure, holder, form)
        if voice is not None:
            yield from _items(elements.of_voice(voice), form)
        yield Item(measure)


def _voice(measure: Measure, holder: MeasureStaff, form: OneVoice) -> Voice | None:
    voices = [
        voice
        for voice in holder.voices
        if any(not isinstance(event, Space) and not event.is_hidden for event in voice.events)
    ]
    if len(voices) > 1:
        if not form.take_highest:
            raise ExportError(
                f"{form.format_name} has one voice, but measure {measure.n or measure.index + 1} has {len(voices)}. "
                f"{form.exporter}(polyphony='highest') writes the highest voice and lists the others."
            )
        voices.sort(key=_height, reverse=True)
        for voice in voices[1:]:
            form.tell(voice, "left out: a further voice")
    # A voice without events may still hold a clef, as at the end of a score.
    return next(iter(voices or holder.voices), None)


def _height(voice: Voice) -> float:
    heights = [
        note.position for note in voice.descendants(Note) if note.position is not None and not note.is_hidden
    ]
    return sum(heights) / len(heights) if heights else -100.0


def _items(elements: Iterable[SemanticObject], form: OneVoice) -> Iterator[Item]:
    for element in elements:
        if element.is_event and element.is_hidden:
            continue
        if isinstance(element, Chord):
            notes = sorted(
                (note for note in element.notes if not note.is_hidden), key=lambda note: note.position or 0
            )
            if len(notes) > 1 and not form.take_highest:
                measure = element.measure
                raise ExportError(
                    f"{form.format_name} has no chords; there is one in measure {(measure.n or measure.index + 1) if measure else '?'}. "
                    f"{form.exporter}(polyphony='highest') writes the highest notes and lists the others."
                )
            for note in notes[:-1]:
                form.tell(note, "left out: a lower note of a chord")
            if notes:
                yield Item(element, notes[-1])
        else:
            yield Item(element, element if isinstance(element, Note) else None)


def rest_count(event: MultiMeasureRest) -> int:
    """Number of measures of a multi-measure rest."""
    return max(1, event.count or 1)


def issue(element: SemanticObject, what: str) -> Issue:
    """Issue located at the measure of an element."""
    measure = element if isinstance(element, Measure) else element.ancestor(Measure)
    return Issue(
        f"measure {measure.n or measure.index + 1}" if measure is not None else "score", element.tag, what
    )
