"""Horizontal extents of items around their origins."""

from __future__ import annotations

from smashcima.engravers.staff.reading import Item
from smashcima.engraving.drafting import StaffDraft
from smashcima.engraving.drafting.barlines import barline_width
from smashcima.engraving.drafting.notes import ACCIDENTAL_GAP_SS, GRACE_SCALE, dots_width
from smashcima.engraving.drafting.signatures import key_width, time_rows, time_width
from smashcima.engraving.drafting.symbol_names import (
    ACCIDENTALS,
    clef_name,
    flag_name,
    notehead_name,
    rest_name,
)
from smashcima.scene.semantic import (
    Accidental,
    Clef,
    DurationType,
    KeySignature,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Rest,
    SemanticObject,
    TimeSignature,
    TimeSignatureGroup,
    key_signs,
)

MULTI_REST_SS = 7.6
"""Width of the sign of a multi-measure rest in staff spaces."""

TIME_GAP_SS = 0.5
"""Distance between time signatures side by side, in staff spaces."""

GAP_SS = 1.8
"""Width of a space without a symbol in staff spaces."""


def note_scale(note: Note) -> float:
    """Size of a note relative to the staff."""
    return GRACE_SCALE if note.is_grace else 1.0


def time_signatures(element: SemanticObject) -> list[TimeSignature]:
    """The time signatures that are drawn side by side."""
    return element.signatures if isinstance(element, TimeSignatureGroup) else [element]  # type: ignore[list-item]


def rows_of_time(time: TimeSignature) -> list[tuple[tuple[str, ...], int]]:
    """Symbols of a time signature, as of `time_rows`."""
    symbol = time.symbol.value if time.symbol is not None else None
    return time_rows(symbol, time.count, time.unit)


def item_extent(draft: StaffDraft, item: Item, flag_up: bool | None) -> tuple[float, float]:
    """Distances in mm from the origin of an item to its left and right end.

    `flag_up` is the direction of the stem of a note with a flag; `None` without one.
    """
    element = item.element
    if item.barline is not None:
        return 0.0, barline_width(draft, item.barline)
    if isinstance(element, Note):
        return _note_extent(draft, element, flag_up)
    if isinstance(element, (Rest, MeasureRest)):
        duration = element.duration
        left, _, right, _ = draft.extent(rest_name(duration.type if duration else DurationType.WHOLE))
        return -min(left, 0.0), right + dots_width(draft, duration.dots if duration else 0)
    return 0.0, _width(draft, element, item.clef)


def _width(draft: StaffDraft, element: SemanticObject, clef: Clef | None) -> float:
    """Width in mm of an item that is neither a barline, a note nor a rest with a note value."""
    name: str | None = None
    if isinstance(element, MultiMeasureRest):
        return MULTI_REST_SS * draft.staff_space
    if isinstance(element, KeySignature):
        return key_width(draft, key_signs(element, clef))
    if isinstance(element, (TimeSignature, TimeSignatureGroup)):
        widths = [time_width(draft, rows_of_time(time)) for time in time_signatures(element)]
        return sum(widths) + TIME_GAP_SS * draft.staff_space * max(len(widths) - 1, 0)
    if isinstance(element, Clef):
        name = clef_name(element)
    elif isinstance(element, Accidental):
        name = ACCIDENTALS.get(element.kind or "")
    else:
        return GAP_SS * draft.staff_space
    return draft.extent(name)[2] if name is not None else 0.0


def _note_extent(draft: StaffDraft, note: Note, flag_up: bool | None) -> tuple[float, float]:
    duration = note.written_duration
    scale = note_scale(note)
    name = notehead_name(duration.type if duration else DurationType.QUARTER)
    right = head_right = draft.extent(name, scale)[2]
    if abs(note.position or 0) > 5:
        right += 0.2 * draft.staff_space
    if duration is not None and duration.dots:
        right = max(right, head_right + dots_width(draft, duration.dots))
    if flag_up and duration is not None and duration.type.flags:
        right = max(right, head_right + draft.extent(flag_name(duration.type.flags, True), scale)[2])
    left = 0.2 * draft.staff_space if abs(note.position or 0) > 5 else 0.0
    accidental = note.accidental
    sign = ACCIDENTALS.get(accidental.kind or "") if accidental is not None else None
    if sign is not None:
        box = draft.extent(sign, scale)
        left = max(left, box[2] - box[0] + ACCIDENTAL_GAP_SS * draft.staff_space)
    return left, right
