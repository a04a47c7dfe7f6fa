"""Marks that MusicXML places at a time: dynamics, words, tempo, wedges, pedals, octave lines, chord symbols."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from fractions import Fraction

from smashcima.exporting.symbolic.partwise.elements import Shared, add
from smashcima.exporting.symbolic.partwise.harmonies import write_harmony
from smashcima.exporting.symbolic.partwise.notations import ATTACHED
from smashcima.exporting.symbolic.partwise.vocabulary import DYNAMICS, PLACES
from smashcima.exporting.symbolic.partwise.words import add_metronome, add_words, has_metronome
from smashcima.scene.semantic import (
    BeamSpan,
    BracketSpan,
    ControlEvent,
    Direction,
    Dynamic,
    Hairpin,
    HairpinForm,
    Harmony,
    Line,
    Measure,
    MeasureNumber,
    OctaveShift,
    OtherMark,
    Pedal,
    PedalAction,
    RehearsalMark,
    RepeatMark,
    Score,
    Staff,
    Tempo,
    TupletSpan,
)

_ELSEWHERE = (*ATTACHED, BeamSpan, TupletSpan, MeasureNumber)
_LINES = (Hairpin, OctaveShift, BracketSpan, Line)
_PEDAL = {
    PedalAction.DOWN: "start",
    PedalAction.UP: "stop",
    PedalAction.BOUNCE: "change",
    PedalAction.HALF: "change",
}


@dataclass(frozen=True, slots=True)
class DirectionPoint:
    """Mark, or the end of one, at a time on a staff."""

    onset: Fraction
    """Quarter lengths since the start of the measure."""

    is_end: bool
    mark: ControlEvent


class Directions:
    """Collects the directions of a score by measure and staff, and writes them."""

    def __init__(self, score: Score, shared: Shared, measures: list[Measure]) -> None:
        self._shared = shared
        self._points: dict[tuple[int, str], list[DirectionPoint]] = {}
        self._measures = measures
        self._numbers: dict[ControlEvent, int] = {}
        top = score.staves[0].n if score.staves else ""
        spans: list[ControlEvent] = []
        for measure in measures:
            for mark in measure.children_of(ControlEvent):
                if not isinstance(mark, _ELSEWHERE) and not shared.leaves_out(mark):
                    self._file(mark, measure, mark.staff.n if mark.staff is not None else top)
                    if _is_line(mark):
                        spans.append(mark)
        self._number(spans)

    def _file(self, mark: ControlEvent, measure: Measure, staff: str) -> None:
        points = self._points.setdefault((measure.index, staff), [])
        points.append(DirectionPoint(mark.onset_in_measure, False, mark))
        if not _is_line(mark):
            return
        end = mark.onset + mark.quarter_length
        if isinstance(mark, OctaveShift) and mark.end is not None:
            end = mark.end.end
        place = next(
            (m for m in self._measures[measure.index :] if end <= m.onset + m.quarter_length), measure
        )
        onset = min(max(end - place.onset, Fraction(0)), place.quarter_length)
        self._points.setdefault((place.index, staff), []).append(DirectionPoint(onset, True, mark))

    def _number(self, spans: list[ControlEvent]) -> None:
        """Numbers lines of one type that overlap in time on any staff."""
        for kinds in ((Hairpin,), (OctaveShift,), (BracketSpan, Line), (Direction, Dynamic, Tempo)):
            chosen = [span for span in spans if isinstance(span, kinds)]
            taken: list[tuple[Fraction, int]] = []
            for span in sorted(chosen, key=lambda s: s.onset):
                taken = [(end, n) for end, n in taken if end > span.onset]
                used = {n for _, n in taken}
                number = next(n for n in range(1, 17) if n not in used or n == 16)
                self._numbers[span] = number
                taken.append((span.onset + span.quarter_length, number))

    def at(self, measure: Measure, staff: Staff) -> list[DirectionPoint]:
        """Returns the directions of a staff in a measure in order: by time; ends before beginnings; then by
        type and text.
        """
        return sorted(self._points.get((measure.index, staff.n), ()), key=_order)

    def write(
        self, parent: ET.Element, point: DirectionPoint, staff: int | None, voice: int | None, offset: int
    ) -> None:
        """Adds a direction; `offset` is in divisions from the current position in the measure."""
        mark = point.mark
        if isinstance(mark, Harmony):
            if write_harmony(parent, mark, staff, offset, self._shared):
                return
            self._shared.lose(
                mark, f"written as words: {mark.text.strip()!r} is not a chord symbol of MusicXML"
            )
        direction = ET.Element("direction")
        if not point.is_end and mark.place in PLACES:
            direction.set("placement", str(mark.place))
        self._content(direction, point)
        if not len(direction):
            return
        if not point.is_end:
            self._shared.name(direction, mark)
        if offset:
            add(direction, "offset", offset)
        if voice is not None:
            add(direction, "voice", voice)
        if staff is not None:
            add(direction, "staff", staff)
        parent.append(direction)

    def _content(self, direction: ET.Element, point: DirectionPoint) -> None:
        mark = point.mark
        if isinstance(mark, _LINES):
            self._line(direction, mark, point.is_end)
        elif point.is_end:
            add(add(direction, "direction-type"), "dashes", type="stop", number=str(self._numbers[mark]))
        elif isinstance(mark, Dynamic) and mark.text.strip() in DYNAMICS:
            add(add(add(direction, "direction-type"), "dynamics"), mark.text.strip())
        elif isinstance(mark, Pedal):
            self._pedal(direction, mark)
        elif isinstance(mark, RehearsalMark):
            add_words(direction, mark, "rehearsal")
        elif isinstance(mark, RepeatMark) and mark.function in ("segno", "coda"):
            add(add(direction, "direction-type"), mark.function)
        elif isinstance(mark, Tempo) and has_metronome(mark.text):
            add_metronome(direction, mark)
        elif not add_words(direction, mark) and _is_drawn(mark):
            self._shared.lose(mark, f"not written: MusicXML has no element for {mark.tag!r} without text")
        if not point.is_end and _is_line(mark) and not isinstance(mark, _LINES) and len(direction):
            add(add(direction, "direction-type"), "dashes", type="start", number=str(self._numbers[mark]))

    def _line(self, direction: ET.Element, mark: ControlEvent, is_end: bool) -> None:
        holder = add(direction, "direction-type")
        number = str(self._numbers[mark])
        if isinstance(mark, Hairpin):
            kind = "crescendo" if mark.form is HairpinForm.CRESCENDO else "diminuendo"
            add(holder, "wedge", type="stop" if is_end else kind, number=number)
        elif isinstance(mark, OctaveShift):
            size = {1: "8", 2: "15", 3: "22"}.get(abs(mark.octaves), "8")
            kind = "down" if mark.octaves > 0 else "up"
            add(holder, "octave-shift", type="stop" if is_end else kind, number=number, size=size)
        else:
            form = mark.mei.get("lform", "solid")
            add(
                holder,
                "bracket",
                type="stop" if is_end else "start",
                number=number,
                line_end="down" if isinstance(mark, BracketSpan) else "none",
                line_type=form if form in ("solid", "dashed", "dotted", "wavy") else "solid",
            )

    def _pedal(self, direction: ET.Element, mark: Pedal) -> None:
        if mark.mei.get("visible") == "false":
            direction.clear()
            return
        is_line = mark.form in ("line", "pedline")
        add(
            add(direction, "direction-type"),
            "pedal",
            type=_PEDAL.get(mark.action or PedalAction.DOWN),
            line="yes" if is_line else "no",
            sign="no" if mark.form == "line" else "yes",
        )


def _is_line(mark: ControlEvent) -> bool:
    """Whether a mark has an end that MusicXML requires."""
    if isinstance(mark, _LINES):
        return True
    return (
        isinstance(mark, (Dynamic, Direction, Tempo))
        and mark.mei.get("extender") == "true"
        and bool(mark.quarter_length)
    )


def _is_drawn(mark: ControlEvent) -> bool:
    """Whether a mark without text is visible."""
    return not isinstance(mark, (Tempo, Dynamic, Direction, RehearsalMark, OtherMark))


def _order(point: DirectionPoint) -> tuple[Fraction, bool, str, str, str]:
    return (point.onset, not point.is_end, point.mark.tag, point.mark.place or "", point.mark.text)
