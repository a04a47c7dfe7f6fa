"""Construction of the measures of the score."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from smashcima.loading.mro.anchors import Anchor, Anchors
from smashcima.loading.mro.assembly import MeasureParts, TimedCell, TimedColumn
from smashcima.loading.mro.events import StaffsOfColumn, make_event
from smashcima.loading.mro.findings import Findings, Indices
from smashcima.loading.mro.grouping import Element, grouped, spaces_of
from smashcima.loading.mro.items import ZERO, Item
from smashcima.loading.mro.rhythm import VoiceOfBar
from smashcima.loading.mro.signatures import SignaturesInForce, StaffSignatures
from smashcima.notations.mro import MroBarlineShape
from smashcima.scene.semantic import (
    Barline,
    BarlineForm,
    Clef,
    ControlEvent,
    Measure,
    MeasureSpace,
    MeasureStaff,
    Note,
    PageBreak,
    ScoreDefinition,
    Section,
    SemanticObject,
    Staff,
    StaffChange,
    SystemBreak,
    Voice,
)

_FORMS = {
    MroBarlineShape.DOUBLE: BarlineForm.DOUBLE,
    MroBarlineShape.RIGHT_REPEAT: BarlineForm.REPEAT_END,
    MroBarlineShape.BACK_TO_BACK_REPEAT: BarlineForm.REPEAT_BOTH,
    MroBarlineShape.THIN_THICK: BarlineForm.END,
}


@dataclass(eq=False, slots=True)
class _VoiceInMaking:
    elements: list[Element]
    end: Fraction = ZERO


class MeasureBuilder:
    """Appends measures to a section, with the breaks and definitions between them."""

    def __init__(
        self, definition: ScoreDefinition, section: Section, staves: list[Staff], findings: Findings
    ) -> None:
        self.anchors = Anchors()
        self.unmarked: list[Note] = []
        self._definition = definition
        self._section = section
        self._staves = staves
        self._findings = findings
        self._signatures = SignaturesInForce(findings)
        self._defined: set[int] = set()
        self._measure: Measure | None = None
        self._left: BarlineForm | None = None

    def add(self, parts: MeasureParts) -> None:
        """Adds a measure."""
        first, last = parts.parts[0], parts.parts[-1]
        starting = self._signatures.enter(first, starts_measure=True)
        self._add_breaks(first)
        self._define(first, starting)
        self._open(first)
        before = self._measure
        measure = self._measure = Measure(str(parts.number), self._left)
        self._left = None
        if parts.is_piece or (before is None and first.is_short):
            measure.mei["metcon"] = "false"
        self._section.children.append(measure)
        holders = {}
        for index, staff in enumerate(self._staves):
            holders[index] = MeasureStaff(staff.n, staff)
            measure.children.append(holders[index])
        marks: list[ControlEvent] = []
        voices: dict[tuple[int, int], _VoiceInMaking] = {}
        start = ZERO
        for column in parts.parts:
            signatures = starting
            if column is not first:
                signatures = self._signatures.enter(column, starts_measure=False)
            self._add_column(column, parts, signatures, start, voices, marks)
            start += column.length
            if column is not last:
                self._add_inner_barline(column, voices)
        for (staff_index, number), voice in sorted(voices.items()):
            children, spans = grouped(voice.elements, self._findings)
            holders[staff_index].children.append(Voice(str(number + 1), children=list(children)))
            marks += spans
        for holder in holders.values():
            if not holder.children:
                holder.children.append(Voice("1", children=[MeasureSpace()]))
        measure.children += marks
        self._close(last, measure)
        self._check(parts)

    def finish(self) -> None:
        """Reports what stands after the last measure."""
        self._signatures.leave()

    # -- before a measure ----------------------------------------------------------------------------------

    def _add_breaks(self, first: TimedColumn) -> None:
        if self._measure is None or not first.column.starts_system:
            return
        self._section.children.append(PageBreak() if first.column.starts_page else SystemBreak())

    def _define(self, first: TimedColumn, starting: dict[int, StaffSignatures]) -> None:
        """Sets keys and times, and clefs with which a system starts."""
        keys = {staff: each.new_key for staff, each in starting.items() if each.new_key is not None}
        common = set(keys.values()) if len(keys) == len(starting) else set()
        shared: list[SemanticObject] = list(common) if len(common) == 1 else []
        if first.time is not None:
            shared.append(first.time)
        is_start = self._measure is None
        if is_start:
            self._definition.children[:0] = shared
        elif shared:
            self._section.children.append(ScoreDefinition(children=list(shared)))
        for index, each in starting.items():
            own: list[SemanticObject] = [] if each.new_clef is None else [each.new_clef]
            if each.new_key is not None and len(common) != 1:
                own.append(each.new_key)
            staff = self._staves[index]
            if index not in self._defined:
                self._defined.add(index)
                staff.children[:0] = own
            elif own:
                self._section.children.append(StaffChange(staff.n, staff, children=list(own)))

    def _open(self, first: TimedColumn) -> None:
        """Applies the barline of a bar without music before the measure."""
        opening = first.opening
        if opening is None:
            return
        shape = opening.shape
        if shape in (MroBarlineShape.LEFT_REPEAT, MroBarlineShape.BACK_TO_BACK_REPEAT):
            self._left = BarlineForm.REPEAT_START
        elif shape is MroBarlineShape.DOUBLE:
            self._left = BarlineForm.DOUBLE
        ends_repeat = shape in (MroBarlineShape.RIGHT_REPEAT, MroBarlineShape.BACK_TO_BACK_REPEAT)
        if ends_repeat and self._measure is not None:
            self._measure.right = BarlineForm.REPEAT_END

    # -- in a measure --------------------------------------------------------------------------------------

    def _add_column(
        self,
        column: TimedColumn,
        parts: MeasureParts,
        signatures: dict[int, StaffSignatures],
        start: Fraction,
        voices: dict[tuple[int, int], _VoiceInMaking],
        marks: list[ControlEvent],
    ) -> None:
        assert self._measure is not None
        around = StaffsOfColumn(self._staves, signatures, self.unmarked)
        is_whole = len(parts.parts) == 1
        for staff, cell in column.cells.items():
            self._keep_bars(column, staff)
            self.anchors.add_measure(self._measure, cell.cell.stave.indices)
            own = signatures[staff]
            for number, voice in enumerate(cell.voices or [VoiceOfBar()]):
                making = voices.setdefault((staff, number), _VoiceInMaking([]))
                if not cell.voices and is_whole and not own.changes:
                    making.elements.append(Element(MeasureSpace()))
                changes = list(own.changes)
                if number == 0 and start and own.new_key is not None:
                    making.elements.append(Element(own.new_key))
                for item, onset in zip(voice.items, voice.onsets, strict=True):
                    self._advance(making, start + onset)
                    while changes and changes[0][0] < item.x:
                        making.elements.append(_clef_change(changes.pop(0)[1], number))
                    fills = is_whole and item.is_semibreve_rest and _is_alone(item, voice)
                    event, found = make_event(item, staff, fills, around, self._findings)
                    making.elements.append(Element(event, item))
                    making.end += item.length
                    marks += found
                    self.anchors.add(Anchor(item, event, self._measure, staff, number), cell.cell)
                making.elements += [_clef_change(clef, number) for _, clef in changes]
            if not cell.voices:
                self._findings.tell(_first_bar(cell), "chords", "no notes or rests")

    def _advance(self, voice: _VoiceInMaking, to: Fraction) -> None:
        """Fills a voice with spaces up to an onset."""
        if to > voice.end:
            voice.elements += [Element(space) for space in spaces_of(to - voice.end)]
            voice.end = to

    def _keep_bars(self, column: TimedColumn, staff: int) -> None:
        assert self._measure is not None
        cell = column.column.cells[staff]
        for indices in cell.bars:
            self._findings.keep("bar", indices, self._measure)
        for line in (cell.barline, *cell.other_barlines):
            if line is not None:
                self._findings.keep("barline", line.indices, self._measure)

    def _add_inner_barline(self, column: TimedColumn, voices: dict[tuple[int, int], _VoiceInMaking]) -> None:
        for (staff, number), voice in voices.items():
            if number == 0:
                self._advance(voice, column.length)
                barline = Barline(_FORMS.get(column.column.shape, BarlineForm.SINGLE))
                voice.elements.append(Element(barline))
                seen = column.column.cells[staff].barline
                if seen is not None:
                    self._findings.keep("barline", seen.indices, barline)

    # -- after a measure -----------------------------------------------------------------------------------

    def _close(self, last: TimedColumn, measure: Measure) -> None:
        shape = last.column.shape
        if shape is MroBarlineShape.LEFT_REPEAT:
            self._left = BarlineForm.REPEAT_START
        elif last.column.is_barline_invented and shape is MroBarlineShape.SINGLE:
            measure.right = BarlineForm.INVISIBLE
        else:
            measure.right = _FORMS.get(shape)

    def _check(self, parts: MeasureParts) -> None:
        """Reports staves whose length is not that of the time signature."""
        measure = self._measure
        expected = parts.parts[0].expected
        if expected is None or parts.is_piece or measure is None or measure.mei.get("metcon") == "false":
            return
        for staff in parts.parts[0].cells:
            cells = [column.cells[staff] for column in parts.parts]
            length = sum((cell.length for cell in cells), ZERO)
            if length not in (ZERO, expected):
                what = f"lasts {_quarters(length)}; the time signature requires {expected}: kept as it was recognised"
                self._findings.tell(_first_bar(cells[0]), measure.place, what)


def _quarters(length: Fraction) -> str:
    return f"{length} quarter{'s' if length > 1 else ''}"


def _is_alone(item: Item, voice: VoiceOfBar) -> bool:
    return sum(not each.is_grace for each in voice.items) == 1


def _clef_change(clef: Clef, voice: int) -> Element:
    """The clef itself in the first voice, and a reference to it in others."""
    return Element(clef if voice == 0 else Clef(None, same_as=clef))


def _first_bar(cell: TimedCell) -> Indices:
    return cell.cell.bars[0] if cell.cell.bars else cell.cell.stave.indices
