"""Order in which a part is written: by staff, voice and event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from smashcima.scene.semantic import (
    Barline,
    BowedTremolo,
    Chord,
    Clef,
    Event,
    FingeredTremolo,
    KeySignature,
    Measure,
    MeasureSpace,
    Note,
    Part,
    SemanticObject,
    Space,
    TabChord,
    TimeSignature,
    TimeSignatureGroup,
    Voice,
)

_CHANGES = (Clef, KeySignature, TimeSignature, TimeSignatureGroup, Barline)
VOICES_PER_STAFF = 4
"""Number of voices per staff: voices 1 to 4 on the first staff, 5 to 8 on the second, as in the files of most
programs."""

Tremolo = BowedTremolo | FingeredTremolo


@dataclass(frozen=True, slots=True)
class VoiceItem:
    """Item at its position in a voice."""

    onset: Fraction
    """Quarter lengths since the start of the measure."""

    element: SemanticObject
    tremolo: Tremolo | None = None


@dataclass(frozen=True, slots=True)
class VoiceStream:
    """One voice of one staff in one measure."""

    staff: int
    """Number of the staff in its part, from 1."""

    number: int
    """Number of the voice in its part, from 1."""

    items: tuple[VoiceItem, ...]

    @property
    def has_events(self) -> bool:
        """Whether it contains anything but empty time."""
        return any(isinstance(i.element, Event) and not is_empty_time(i.element) for i in self.items)


def is_empty_time(event: SemanticObject) -> bool:
    """Whether an event has nothing to write: a space."""
    return isinstance(event, (Space, MeasureSpace))


def is_all_hidden(event: SemanticObject) -> bool:
    """Whether an event is hidden, or a chord of hidden notes."""
    return event.is_hidden or (
        isinstance(event, Chord) and bool(event.notes) and all(note.is_hidden for note in event.notes)
    )


def voice_streams(measure: Measure, part: Part, *, hidden: bool = True) -> list[VoiceStream]:
    """Returns the voices of a part in a measure, numbered by position, independently of the source.

    Empty voices are omitted, unless a staff has no other. Hidden events are omitted unless `hidden`.
    """
    found: list[VoiceStream] = []
    for index, staff in enumerate(part.staves):
        holder = measure.staff(staff)
        if holder is None:
            continue
        number = 0
        for voice in sorted(holder.voices, key=_voice_order):
            items = tuple(
                item
                for item in _items(voice)
                if hidden or not (isinstance(item.element, Event) and is_all_hidden(item.element))
            )
            stream = VoiceStream(index + 1, index * VOICES_PER_STAFF + number + 1, items)
            if stream.has_events or any(isinstance(item.element, _CHANGES) for item in items):
                found.append(stream)
                number += 1
    return found


def _voice_order(voice: Voice) -> int:
    return int(voice.n) if voice.n is not None and voice.n.isdigit() else 0


def _items(voice: Voice) -> Iterator[VoiceItem]:
    yield from _walk(voice, None, [Fraction(0)])


def _walk(container: SemanticObject, tremolo: Tremolo | None, at: list[Fraction]) -> Iterator[VoiceItem]:
    for child in container.chosen_children:
        if not isinstance(child, SemanticObject):
            continue
        if isinstance(child, Event) and child.is_event:
            at[0] = child.onset_in_measure + child.quarter_length
            yield VoiceItem(child.onset_in_measure, child, tremolo)
        elif isinstance(child, _CHANGES):
            if not (isinstance(child, Clef) and child.same_as is not None):
                yield VoiceItem(at[0], child)
        else:
            yield from _walk(
                child, child if isinstance(child, (BowedTremolo, FingeredTremolo)) else tremolo, at
            )


def notes_of(event: SemanticObject) -> list[Note]:
    """Notes of a note or chord in writing order, from the lowest to the highest."""
    if isinstance(event, Note):
        return [event]
    if isinstance(event, (Chord, TabChord)):
        return sorted(event.notes, key=_height)
    return []


def _height(note: Note) -> tuple[int, float]:
    if note.pitch is not None:
        return note.pitch.diatonic, float(note.pitch.alter)
    if note.position is not None:
        return note.position, 0.0
    return -(note.tab_course or 0), 0.0
