"""The items of a staff with one voice, from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smashcima.errors import EngravingError, Issue
from smashcima.scene.semantic import (
    Accidental,
    BarlineForm,
    Chord,
    Clef,
    KeySignature,
    Measure,
    MeasureRest,
    MeasureSpace,
    MeasureStaff,
    MultiMeasureRest,
    Note,
    Rest,
    Score,
    SemanticObject,
    Space,
    Staff,
    TimeSignature,
    TimeSignatureGroup,
    Voice,
)

_CHANGES = (Clef, KeySignature, TimeSignature, TimeSignatureGroup)
_EVENTS = (Note, Rest, MeasureRest, MultiMeasureRest, Space, MeasureSpace)


@dataclass(slots=True)
class Item:
    """One item of the staff."""

    element: SemanticObject
    """Note, rest, space, clef, key or time signature, accidental without a note, or the measure of a barline."""

    measure: int
    """Index of the measure in the score."""

    barline: BarlineForm | None = None
    """The kind of a barline; `None` for other items."""

    clef: Clef | None = None
    """The clef in force."""

    x: float = 0.0
    """X of its origin on the page in mm; for a note, the left edge of the notehead."""


def only_staff(score: Score) -> Staff:
    """The staff of a score; raises `EngravingError` for several."""
    if len(score.staves) != 1:
        raise EngravingError(
            f"StaffEngraver lays out one staff, but the score has {len(score.staves)}. "
            "Select one with score.slice(staff=1), or use VerovioEngraver."
        )
    return score.staves[0]


def read_items(score: Score, issues: list[Issue]) -> list[Item]:
    """The items of a score with one staff, one voice and no chords, in reading order.

    Appends an issue for each element that cannot be drawn. Raises `EngravingError` for more voices and for chords.
    """
    staff = only_staff(score)
    items: list[Item] = []
    known: dict[type, SemanticObject] = {}
    for measure in score.measures:
        holder = measure.staff(staff)
        changes = [] if holder is None else list(_changes(measure, holder, known))
        if not items:
            # The signatures of the staff come before a repeat sign at its beginning.
            items, changes = changes, []
        if measure.left not in (None, BarlineForm.INVISIBLE):
            if items and items[-1].barline is BarlineForm.SINGLE:
                items.pop()
            items.append(Item(measure, measure.index, measure.left))
        items += changes
        if holder is not None:
            items.extend(_content(measure, holder, known, issues))
        right = measure.right or BarlineForm.SINGLE
        if right is not BarlineForm.INVISIBLE:
            items.append(Item(measure, measure.index, right))
    clef: Clef | None = None
    for item in items:
        item.clef = clef = item.element if isinstance(item.element, Clef) else clef
    return items


def _changes(measure: Measure, holder: MeasureStaff, known: dict[type, SemanticObject]) -> Iterator[Item]:
    """Clef, key and time before a measure, where they change."""
    for change in _in_force(holder):
        kind = _kind_of(change)
        if known.get(kind) is not change:
            known[kind] = change
            if change.mei.get("visible") != "false":
                yield Item(change, measure.index)


def _content(
    measure: Measure, holder: MeasureStaff, known: dict[type, SemanticObject], issues: list[Issue]
) -> Iterator[Item]:
    """Items of the voice in a measure."""
    voice = _voice(measure, holder)
    for element in _walk(voice) if voice is not None else ():
        if isinstance(element, _CHANGES):
            if isinstance(element, Clef) and element.same_as is not None:
                continue
            known[_kind_of(element)] = element
            yield Item(element, measure.index)
        elif isinstance(element, Chord):
            raise EngravingError(
                f"StaffEngraver lays out single notes, but measure {_name(measure)} has a chord. Use VerovioEngraver."
            )
        elif isinstance(element, (*_EVENTS, Accidental)):
            yield Item(element, measure.index)
        else:
            issues.append(Issue(f"measure {_name(measure)}", element.tag, "not drawn by StaffEngraver"))


def _in_force(holder: MeasureStaff) -> Iterator[SemanticObject]:
    """Clef, key and time at the start of a measure."""
    if holder.clef is not None:
        yield holder.clef.effective
    for found in (holder.key_signature, holder.time_signature):
        if found is not None:
            yield found


def _kind_of(change: SemanticObject) -> type:
    return TimeSignature if isinstance(change, TimeSignatureGroup) else type(change)


def _voice(measure: Measure, holder: MeasureStaff) -> Voice | None:
    voices = holder.voices
    if len(voices) > 1:
        voices = [voice for voice in voices if any(not isinstance(event, Space) for event in voice.events)]
    if len(voices) > 1:
        raise EngravingError(
            f"StaffEngraver lays out one voice, but measure {_name(measure)} has {len(voices)}. Use VerovioEngraver."
        )
    return voices[0] if voices else None


def _walk(container: SemanticObject) -> Iterator[SemanticObject]:
    for child in container.chosen_children:
        if isinstance(child, SemanticObject):
            if child.is_event or isinstance(child, _CHANGES):
                yield child
            elif isinstance(child, Accidental):
                if child.is_visible:
                    yield child
            else:
                yield from _walk(child)


def _name(measure: Measure) -> str:
    return str(measure.n or measure.index + 1)
