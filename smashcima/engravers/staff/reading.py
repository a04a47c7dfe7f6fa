"""The items of a staff with one voice, from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smashcima.errors import EngravingError, Issue
from smashcima.scene.semantic import (
    SIGNATURES,
    Accidental,
    BarlineForm,
    Chord,
    Clef,
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
    StaffElements,
    Voice,
)

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
    elements = StaffElements()
    for measure in score.measures:
        holder = measure.staff(staff)
        found = () if holder is None else elements.changes(holder)
        changes = [Item(change, measure.index) for change in found]
        if not items:
            # The signatures of the staff come before a repeat sign at its beginning.
            items, changes = changes, []
        if measure.left not in (None, BarlineForm.INVISIBLE):
            if items and items[-1].barline is BarlineForm.SINGLE:
                items.pop()
            items.append(Item(measure, measure.index, measure.left))
        items += changes
        if holder is not None:
            items.extend(_content(measure, holder, elements, issues))
        right = measure.right or BarlineForm.SINGLE
        if right is not BarlineForm.INVISIBLE:
            items.append(Item(measure, measure.index, right))
    clef: Clef | None = None
    for item in items:
        item.clef = clef = item.element if isinstance(item.element, Clef) else clef
    return items


def _content(
    measure: Measure, holder: MeasureStaff, elements: StaffElements, issues: list[Issue]
) -> Iterator[Item]:
    """Items of the voice in a measure."""
    voice = _voice(measure, holder)
    for element in elements.of_voice(voice) if voice is not None else ():
        if isinstance(element, Chord):
            raise EngravingError(
                f"StaffEngraver lays out single notes, but measure {_name(measure)} has a chord. Use VerovioEngraver."
            )
        elif isinstance(element, (*_EVENTS, *SIGNATURES, Accidental)):
            yield Item(element, measure.index)
        else:
            issues.append(Issue(f"measure {_name(measure)}", element.tag, "not drawn by StaffEngraver"))


def _voice(measure: Measure, holder: MeasureStaff) -> Voice | None:
    voices = holder.voices
    if len(voices) > 1:
        voices = [voice for voice in voices if any(not isinstance(event, Space) for event in voice.events)]
    if len(voices) > 1:
        raise EngravingError(
            f"StaffEngraver lays out one voice, but measure {_name(measure)} has {len(voices)}. Use VerovioEngraver."
        )
    return voices[0] if voices else None


def _name(measure: Measure) -> str:
    return str(measure.n or measure.index + 1)
