"""Completion of underspecified marks in the MEI used for layout; the score is not modified.

- A dynamic or direction with a beat but no staff is assigned to a staff on which a note starts at that beat. Several of
  them at one beat are assigned to different staves.
- A tie without an end is drawn into the space after its note. (A hairpin without an end is not drawn: its length is
  unknown, and Verovio's import often gives such hairpins a wrong start, too.)
- An arpeggio of a single note is extended to all notes that start with it on its staff.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from smashcima.engravers.verovio.mei_edits import Additions, with_attributes
from smashcima.engravers.verovio.score_part import ScorePart
from smashcima.errors import Issue
from smashcima.scene.semantic import (
    Arpeggio,
    Chord,
    ControlEvent,
    Event,
    Measure,
    MeasureStaff,
    Note,
    RehearsalMark,
    Score,
    Staff,
    Tie,
)

_TIE_LENGTH = Fraction(3, 4)
"""Length of a tie without an end, in quarter notes: most of the space before a note one quarter later."""

_NAMED = 8
"""Number of measures up to which an issue lists all of them; otherwise it states the first and the last."""


def with_complete_marks(mei: str, score: Score | ScorePart) -> tuple[str, list[Issue]]:
    """The MEI of a score with attributes added to marks that could not be drawn otherwise, and issues for them."""
    additions: Additions = {}
    done: dict[tuple[str, str], list[str]] = {}
    for measure in score.measures:
        for mark, attributes, what in _completed(measure):
            additions[mark.id] = attributes
            done.setdefault((mark.tag, what), []).append(measure.n or "?")
    if not additions:
        return mei, []
    issues = [
        Issue(_places(numbers), tag, _counted(len(numbers), what)) for (tag, what), numbers in done.items()
    ]
    return with_attributes(mei, additions), issues


def _completed(measure: Measure) -> Iterator[tuple[ControlEvent, dict[str, str | None], str]]:
    homeless: dict[tuple[type[ControlEvent], Fraction | None], list[ControlEvent]] = {}
    for mark in measure.children_of(ControlEvent):
        values = mark.__dict__
        if isinstance(mark, Arpeggio):
            covered = _covered(mark)
            if covered:
                names = " ".join(f"#{event.id}" for event in covered)
                yield mark, {"plist": names}, "of one note, extended to all notes that start with it"
        elif isinstance(mark, Tie):
            if isinstance(mark.start, Note | Chord) and mark.end is None and mark.end_point is None:
                yield (
                    mark,
                    {"tstamp2": _beat_after(mark.start, measure)},
                    "without an end, drawn after its note",
                )
        elif (
            values["beat"] is not None
            and not values["staves"]
            and "plist" not in mark.mei
            and (mark.start is None or mark.start.id == mark.start_id)
            and not isinstance(mark, RehearsalMark)
        ):
            homeless.setdefault((type(mark), mark.beat), []).append(mark)
    if homeless and len(measure.staves) > 1:
        taken: dict[type[ControlEvent], set[str]] = {}
        for (kind, _), marks in homeless.items():
            numbers = _staves_for(marks, measure, taken.setdefault(kind, set()))
            for mark, number in zip(marks, numbers, strict=True):
                # Offsets are relative to the unknown staff.
                attributes = {"staff": number, "vo": None, "ho": None}
                yield mark, attributes, "without a staff, assigned to one on which a note starts there"


def _covered(arpeggio: Arpeggio) -> list[Event]:
    """Notes to which an arpeggio of one note is extended; empty if it has several, or no other note starts there."""
    events = arpeggio.events or ([arpeggio.start] if arpeggio.start is not None else [])
    if len(events) != 1 or not isinstance(events[0], Note):
        return []
    note = events[0]
    chord = note.ancestor(Chord)
    own: Event = note if chord is None else chord
    holder = note.ancestor(MeasureStaff)
    if holder is None:
        return []
    others = [
        event
        for voice in holder.voices
        for event in voice.events
        if event is not own
        and isinstance(event, Note | Chord)
        and event.onset == own.onset
        and not event.is_grace
        and event.cross_staff is own.cross_staff
    ]
    return [own, *others] if others or chord is not None else []


def _beat_after(start: Event, measure: Measure) -> str:
    """End of a tie without an end, as MEI `@tstamp2`."""
    length = min(_TIE_LENGTH, start.quarter_length or _TIE_LENGTH)
    return _beat(start.onset_in_measure + length, measure, start.staff)


def _beat(offset: Fraction, measure: Measure, staff: Staff | None) -> str:
    """A position in a measure, in quarter lengths from its start, converted to MEI `@tstamp2`."""
    holder = measure.staff(staff) if staff is not None else None
    signature = holder.time_signature if holder is not None else None
    beat_length = signature.beat_length if signature is not None else Fraction(1)
    return f"0m+{float(offset / beat_length + 1):.4g}"


def _staves_for(marks: list[ControlEvent], measure: Measure, given: set[str]) -> list[str]:
    """Numbers of the staves to assign to marks of one kind at one beat; distinct if there are enough staves.

    `given` are the staves already assigned to marks of this kind in this measure; the new ones are added to it.
    """
    taken = given | {
        staff.n
        for mark in measure.children_of(type(marks[0]))
        if mark.beat == marks[0].beat
        for staff in mark.staves
    }
    onset = marks[0].onset_in_measure
    free = [holder for holder in measure.staves if holder.n not in taken] or measure.staves
    starting = [
        holder.n
        for holder in free
        if any(
            isinstance(event, Note | Chord) and event.onset_in_measure == onset
            for voice in holder.voices
            for event in voice.events
        )
    ]
    numbers = starting or [holder.n for holder in free]
    numbers = [numbers[min(position, len(numbers) - 1)] for position in range(len(marks))]
    given.update(numbers)
    return numbers


def _places(numbers: list[str]) -> str:
    names = list(dict.fromkeys(numbers))
    if len(names) == 1:
        return f"measure {names[0]}"
    return f"measures {', '.join(names)}" if len(names) <= _NAMED else f"measures {names[0]} to {names[-1]}"


def _counted(number: int, what: str) -> str:
    return what if number == 1 else f"{number} {what}"
