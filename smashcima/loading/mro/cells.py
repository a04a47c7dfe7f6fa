"""Division of a system into columns: what stands between two barlines on all staves."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from smashcima.loading.mro.findings import Findings, Indices, Located
from smashcima.notations.mro import (
    MroBar,
    MroBarline,
    MroBarlineShape,
    MroChord,
    MroClef,
    MroKeySignature,
    MroStave,
    MroSystem,
    MroTimeSignature,
)

_V = TypeVar("_V")

_SAME_BARLINE = 24
"""Distance in units, 1.5 staff spaces, within which barlines on different staves are the same."""


@dataclass(slots=True)
class Cell:
    """The symbols of one stave in one column."""

    stave: Located[MroStave]
    bars: list[Indices] = field(default_factory=list)
    chords: list[Located[MroChord]] = field(default_factory=list)
    clefs: list[Located[MroClef]] = field(default_factory=list)
    keys: list[Located[MroKeySignature]] = field(default_factory=list)
    times: list[Located[MroTimeSignature]] = field(default_factory=list)
    barline: Located[MroBarline] | None = None
    """Barline at its end."""

    other_barlines: list[Located[MroBarline]] = field(default_factory=list)
    """Barlines of neighbouring bars without music, which belong to the same measure."""

    @property
    def left_units(self) -> int:
        """Left end of the stave, relative to the page."""
        return self.stave.value.left_units

    @property
    def scale(self) -> float:
        """Size of the stave relative to the usual one."""
        return max(self.stave.value.size_units, 1) / 64


@dataclass(slots=True)
class Column:
    """What stands between two barlines on all staves of a system."""

    cells: dict[int, Cell]
    """By index of the staff in the score."""

    starts_system: bool = False
    starts_page: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it has neither notes nor rests, such as the space before a repeat sign at the start of a system."""
        return not any(cell.chords for cell in self.cells.values())

    @property
    def is_blank(self) -> bool:
        """Whether it has no symbols at all."""
        return self.is_empty and not any(
            cell.clefs or cell.keys or cell.times or cell.barline for cell in self.cells.values()
        )

    @property
    def shape(self) -> MroBarlineShape:
        """Shape of the barline at its end; the most common one where staves differ."""
        shapes = Counter(cell.barline.value.shape for cell in self.cells.values() if cell.barline is not None)
        return max(shapes, key=shapes.__getitem__) if shapes else MroBarlineShape.SINGLE

    @property
    def is_barline_invented(self) -> bool:
        """Whether no barline was seen at its end, but the recogniser made one up."""
        lines = [cell.barline.value for cell in self.cells.values() if cell.barline is not None]
        return bool(lines) and all(line.is_invented for line in lines)


def columns_of(system: Located[MroSystem], staff_indices: list[int], findings: Findings) -> list[Column]:
    """The columns of a system, from left to right; `staff_indices` gives the staff in the score of each stave."""
    staves = [Located(stave, (*system.indices, index)) for index, stave in enumerate(system.value.staves)]
    counts = {len(stave.value.bars) for stave in staves}
    if len(counts) == 1:
        (count,) = counts
        spans = [[(index, index) for index in range(count)]] * len(staves)
        ends: list[float] = []
    else:
        spans, ends = _aligned(staves, findings)
        count = len(ends) + 1
    columns = [
        Column({staff: Cell(stave) for staff, stave in zip(staff_indices, staves, strict=True)})
        for _ in range(count)
    ]
    for staff, stave, bars in zip(staff_indices, staves, spans, strict=True):
        cells = [column.cells[staff] for column in columns]
        for index, (first, last) in enumerate(bars):
            bar = Located(stave.value.bars[index], (*stave.indices, index))
            _distribute(bar, cells, first, last, ends)
    if ends and columns[-1].is_blank:
        columns.pop()
    for column in columns:
        _compare_barlines(column, findings)
    if columns:
        columns[0].starts_system = True
        columns[0].starts_page = system.indices[1] == 0
    return columns


def _aligned(
    staves: list[Located[MroStave]], findings: Findings
) -> tuple[list[list[tuple[int, int]]], list[float]]:
    """First and last column of each bar of each stave, and the right ends of the columns.

    A barline counts if at least half of the staves have it. There may be one more column, after the last barline.
    """
    places = sorted(
        (x, number)
        for number, stave in enumerate(staves)
        for bar in stave.value.bars
        if (x := _end(bar, stave.value)) is not None
    )
    clusters: list[list[tuple[float, int]]] = []
    for x, number in places:
        if clusters and x - clusters[-1][0][0] <= _SAME_BARLINE:
            clusters[-1].append((x, number))
        else:
            clusters.append([(x, number)])
    ends = [
        max(x for x, _ in cluster)
        for cluster in clusters
        if 2 * len({number for _, number in cluster}) >= len(staves)
    ]
    spans = []
    for stave in staves:
        bars = stave.value.bars
        column, found = 0, []
        for bar in bars:
            x = _end(bar, stave.value)
            last = len(ends) if x is None else bisect_left(ends, x - _SAME_BARLINE)
            found.append((column, max(column, min(last, len(ends)))))
            is_real = x is not None and last < len(ends) and abs(ends[last] - x) <= _SAME_BARLINE
            column = min(found[-1][1] + is_real, len(ends))
        spans.append(found)
        if len(bars) != len(ends):
            what = f"{len(bars)} where the system has {len(ends)}: divided by position"
            findings.tell(stave.indices, "bars", what)
    return spans, ends


def _end(bar: MroBar, stave: MroStave) -> float | None:
    return None if bar.barline is None else stave.left_units + bar.barline.right_line_units


def _distribute(bar: Located[MroBar], cells: list[Cell], first: int, last: int, ends: list[float]) -> None:
    """Puts the symbols of a bar into the cells of its stave from `first` to `last`, by position."""
    value, indices = bar.value, bar.indices

    def cell(column_units: int) -> Cell:
        if first == last:
            return cells[first]
        return cells[bisect_left(ends, cells[first].left_units + column_units, first, last)]

    for each in cells[first : last + 1]:
        each.bars.append(indices)
    for clef in _located(value.clefs, indices):
        cell(clef.value.centre_units.column).clefs.append(clef)
    for key in _located(value.key_signatures, indices):
        cell(key.value.centre_units.column).keys.append(key)
    for chord in _located(value.chords, indices):
        cell(chord.value.flag_units.column).chords.append(chord)
    if value.time_signature is not None:
        cell(value.time_signature.centre_units.column).times.append(Located(value.time_signature, indices))
    if value.barline is not None:
        cells[last].barline = Located(value.barline, indices)


def _located(values: Iterable[_V], indices: Indices) -> list[Located[_V]]:
    return [Located(value, (*indices, index)) for index, value in enumerate(values)]


def _compare_barlines(column: Column, findings: Findings) -> None:
    shape = column.shape
    for cell in column.cells.values():
        if cell.barline is not None and cell.barline.value.shape is not shape:
            what = f"{cell.barline.value.shape.value}, but the system has {shape.value}: read as the latter"
            findings.tell(cell.barline.indices, "barline", what)
