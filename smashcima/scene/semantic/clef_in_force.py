"""The clef in force at an element of a voice, and conversion between pitches and staff positions under it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.measure import ZERO, Measure, MeasureStaff, Voice
from smashcima.scene.semantic.pitch import Pitch
from smashcima.scene.semantic.semantic_object import SemanticObject


def staff_around(element: SemanticObject) -> MeasureStaff | None:
    """The staff, in its measure, on which an element is drawn."""
    event = element if isinstance(element, Event) else element.ancestor(Event)
    staff = event.staff if event is not None else None
    measure = element.ancestor(Measure)
    if staff is None or measure is None:
        return element.ancestor(MeasureStaff)
    return measure.staff(staff)


def clef_at(element: SemanticObject) -> Clef | None:
    """The clef in force at an element of a voice; `None` if there is none. Onsets must be up to date."""
    holder = staff_around(element)
    if holder is None:
        return None
    clef, latest = holder.clef, Fraction(-1)
    own = element.ancestor(Voice)
    onset = _onset(element, own)
    repeated = {found.effective for found in own.descendants(Clef)} if own is not None else set()
    for voice in holder.voices:
        for at, change in _changes(voice, element):
            # The clefs of the voice itself apply in its order, those of other voices by onset, unless it repeats them.
            if voice is own or (latest <= at <= onset and change.effective not in repeated):
                clef, latest = change, at
    return clef


def position_of_pitch(element: SemanticObject, pitch: Pitch) -> int:
    """The staff position of a pitch under the clef in force at an element of a voice."""
    return pitch.diatonic - _middle(element)


def pitch_at_position(element: SemanticObject, position: int) -> Pitch:
    """The natural pitch of a staff position under the clef in force at an element of a voice."""
    return Pitch.of_diatonic(_middle(element) + position)


def _middle(element: SemanticObject) -> int:
    holder = staff_around(element)
    return (clef_at(element) or Clef()).middle_diatonic(5 if holder is None else holder.lines)


def _onset(element: SemanticObject, voice: Voice | None) -> Fraction:
    if isinstance(element, Event) or voice is None:
        return element.onset_in_measure if isinstance(element, Event) else ZERO
    at = ZERO
    for found in voice.descendants():
        if found is element:
            break
        if isinstance(found, Event) and found.is_event:
            at = found.onset_in_measure + found.quarter_length
    return at


def _changes(voice: Voice, until: SemanticObject) -> Iterator[tuple[Fraction, Clef]]:
    """The clefs of a voice before an element of it, with their offsets in the measure."""
    at = ZERO
    for found in voice.descendants():
        if found is until:
            return
        if isinstance(found, Clef):
            yield at, found
        elif isinstance(found, Event) and found.is_event:
            at = found.onset_in_measure + found.quarter_length
