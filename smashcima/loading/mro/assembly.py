"""Assembly of measures from the bars of a recogniser.

A bar ends at any barline, also at a double barline or a repeat sign inside a measure. Two bars are one measure if
neither is complete and both together are, unless a plain barline stands between them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from smashcima.loading.mro.cells import Cell, Column
from smashcima.loading.mro.findings import Findings
from smashcima.loading.mro.items import ZERO, Item, items_of
from smashcima.loading.mro.rhythm import VoiceOfBar, voices_of
from smashcima.loading.mro.times import TimesInForce
from smashcima.notations.mro import MroBarlineShape
from smashcima.scene.semantic import TimeSignature

_NARROW = 192
"""Width in units, 12 staff spaces, up to which a bar without music holds signatures only."""

_INNER = (MroBarlineShape.DOUBLE, MroBarlineShape.THIN_THICK)
_REPEATS = (
    MroBarlineShape.LEFT_REPEAT,
    MroBarlineShape.RIGHT_REPEAT,
    MroBarlineShape.BACK_TO_BACK_REPEAT,
)


@dataclass(eq=False, slots=True)
class TimedCell:
    """One stave in one column, with its voices."""

    cell: Cell
    items: list[Item]
    voices: list[VoiceOfBar]
    length: Fraction
    """Quarter lengths of the longest voice."""


@dataclass(eq=False, slots=True)
class TimedColumn:
    """Column with the voices of all its staves."""

    column: Column
    cells: dict[int, TimedCell]
    expected: Fraction | None
    """Length of a measure, by the time signature."""

    time: TimeSignature | None
    """Time signature that starts here."""

    opening: Column | None = None
    """Bar without music before it, such as that before a repeat sign at the start of a system."""

    @property
    def length(self) -> Fraction:
        """Quarter lengths of the longest voice."""
        return max((cell.length for cell in self.cells.values()), default=ZERO)

    @property
    def is_short(self) -> bool:
        """Whether it is shorter than a measure."""
        return self.expected is not None and ZERO < self.length < self.expected


@dataclass(eq=False, slots=True)
class MeasureParts:
    """Columns that are one measure of the score, or one of the two pieces of a measure that a repeat divides."""

    parts: list[TimedColumn] = field(default_factory=list)
    number: int = 1
    is_piece: bool = False
    """Whether it is a piece of a measure, and rightly shorter than the time signature says."""


def timed_columns(columns: list[Column], times: TimesInForce, findings: Findings) -> list[TimedColumn]:
    """The columns of the piece with their voices."""
    timed: list[TimedColumn] = []
    for opening, column in _without_openings(columns):
        items = {staff: items_of(cell, findings) for staff, cell in column.cells.items()}
        change = times.enter(column, items)
        timed.append(_time(column, items, times.length, change, opening))
    return timed


def measures_of(columns: list[TimedColumn]) -> list[MeasureParts]:
    """The measures of the piece, numbered from 1."""
    measures: list[MeasureParts] = []
    number = 0
    index = 0
    while index < len(columns):
        first = columns[index]
        second = columns[index + 1] if index + 1 < len(columns) else None
        number += 1
        if second is not None and _are_one_measure(first, second):
            shape = first.column.shape
            is_divided = shape in _REPEATS or second.column.starts_system or second.time is not None
            if is_divided:
                measures += [MeasureParts([part], number, is_piece=True) for part in (first, second)]
            else:
                measures.append(MeasureParts([first, second], number))
            index += 2
        else:
            measures.append(MeasureParts([first], number))
            index += 1
        number += max(0, _measures_rested(first) - 1)
    _mark_ends_of_upbeats(measures)
    return measures


def _mark_ends_of_upbeats(measures: list[MeasureParts]) -> None:
    """Marks the last measures of sections that make up a whole measure with the upbeat of the piece."""
    upbeat = measures[0].parts[0]
    if not upbeat.is_short:
        return
    for each in measures[1:]:
        last = each.parts[-1]
        ends_section = last.column.shape is not MroBarlineShape.SINGLE or each is measures[-1]
        if ends_section and len(each.parts) == 1 and last.length + upbeat.length == last.expected:
            each.is_piece = True


def _are_one_measure(first: TimedColumn, second: TimedColumn) -> bool:
    shape = first.column.shape
    if second.column.starts_system:
        may_go_on = first.column.is_barline_invented
    else:
        may_go_on = shape in _INNER or shape in _REPEATS
    return (
        may_go_on
        and second.opening is None
        and first.is_short
        and second.length > ZERO
        and first.length + second.length == first.expected
    )


def _measures_rested(column: TimedColumn) -> int:
    counts = [
        cell.items[0].chord.multi_rest_bars if len(cell.items) == 1 and cell.items[0].is_multi_rest else 1
        for cell in column.cells.values()
        if cell.items
    ]
    return min(counts, default=1)


def _without_openings(columns: list[Column]) -> list[tuple[Column | None, Column]]:
    """Columns, each with the column without music that belongs to its start, if any.

    Signatures after the last barline of a system join the column before them.
    """
    found: list[tuple[Column | None, Column]] = []
    opening: Column | None = None
    for index, column in enumerate(columns):
        following = columns[index + 1] if index + 1 < len(columns) else None
        is_last = following is None or following.starts_system
        if (
            column.is_empty
            and column.starts_system
            and not is_last
            and opening is None
            and _is_opening(column)
        ):
            opening = column
            continue
        if (
            column.is_empty
            and is_last
            and not column.starts_system
            and found
            and _width(found[-1][1], column) <= _NARROW
        ):
            _join(found[-1][1], column)
            continue
        if opening is not None:
            _prepend(opening, column)
        found.append((opening, column))
        opening = None
    return found


def _is_opening(column: Column) -> bool:
    if column.shape is MroBarlineShape.LEFT_REPEAT:
        return True
    ends = [cell.barline.value.right_line_units for cell in column.cells.values() if cell.barline is not None]
    return bool(ends) and max(ends) <= _NARROW


def _width(before: Column, column: Column) -> float:
    starts = [
        cell.barline.value.right_line_units for cell in before.cells.values() if cell.barline is not None
    ]
    ends = [
        cell.barline.value.right_line_units if cell.barline is not None else cell.stave.value.width_units
        for cell in column.cells.values()
    ]
    return max(ends, default=0) - max(starts, default=0)


def _join(column: Column, signatures: Column) -> None:
    """Adds the signatures of a column without music to the column before it."""
    for staff, cell in signatures.cells.items():
        target = column.cells[staff]
        target.clefs += cell.clefs
        target.keys += cell.keys
        target.times += cell.times
        target.bars += cell.bars
        if cell.barline is not None:
            target.other_barlines.append(cell.barline)


def _prepend(opening: Column, column: Column) -> None:
    """Moves the signatures of a column without music to the column after it."""
    for staff, cell in opening.cells.items():
        target = column.cells[staff]
        target.clefs[:0] = cell.clefs
        target.keys[:0] = cell.keys
        target.times[:0] = cell.times
        target.bars[:0] = cell.bars
        if cell.barline is not None:
            target.other_barlines.append(cell.barline)
    column.starts_system, column.starts_page = opening.starts_system, opening.starts_page


def _time(
    column: Column,
    items: dict[int, list[Item]],
    expected: Fraction | None,
    change: TimeSignature | None,
    opening: Column | None,
) -> TimedColumn:
    is_split = {staff: cell.stave.value.is_split_into_voices for staff, cell in column.cells.items()}
    voices = voices_of(items, expected, is_split)
    cells = {
        staff: TimedCell(cell, items[staff], voices[staff], _length(voices[staff], expected))
        for staff, cell in column.cells.items()
    }
    return TimedColumn(column, cells, expected, change, opening)


def _length(voices: list[VoiceOfBar], expected: Fraction | None) -> Fraction:
    """Length of the longest voice; a voice of one whole rest lasts as long as the measure."""
    lengths = []
    for voice in voices:
        timed = [item for item in voice.items if not item.is_grace]
        fills = len(timed) == 1 and (timed[0].is_semibreve_rest or timed[0].is_multi_rest)
        lengths.append(expected if fills and expected is not None else voice.end)
    return max(lengths, default=ZERO)
