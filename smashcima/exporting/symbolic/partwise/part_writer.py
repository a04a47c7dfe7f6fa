"""Writer of the measures of one part."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from fractions import Fraction

from smashcima.exporting.symbolic.partwise.attributes import AttributeWriter, divisions_of
from smashcima.exporting.symbolic.partwise.barlines import Barlines
from smashcima.exporting.symbolic.partwise.directions import DirectionPoint, Directions
from smashcima.exporting.symbolic.partwise.elements import Shared, add, units
from smashcima.exporting.symbolic.partwise.grouping import BeamStates, Tuplets
from smashcima.exporting.symbolic.partwise.notations import Notations
from smashcima.exporting.symbolic.partwise.notes import NoteWriter
from smashcima.exporting.symbolic.partwise.streams import VoiceItem, VoiceStream, is_empty_time
from smashcima.scene.semantic import (
    Barline,
    BeatRepeat,
    Event,
    Fermata,
    HalfMeasureRepeat,
    Measure,
    MeasureNumber,
    MeasureRepeat,
    MultiMeasureRepeat,
    MultiMeasureRest,
    Part,
    TwoMeasureRepeat,
)

_REPEATS = (BeatRepeat, HalfMeasureRepeat, MeasureRepeat, MultiMeasureRepeat, TwoMeasureRepeat)
ZERO = Fraction(0)


class PartWriter:
    """Writes a part measure by measure.

    A measure contains its staves one after the other, and each staff its voices. Directions precede the note at which
    they begin, in the first voice of their staff.
    """

    def __init__(
        self,
        part: Part,
        measures: list[Measure],
        shared: Shared,
        notations: Notations,
        tuplets: Tuplets,
        beams: BeamStates,
        directions: Directions,
        barlines: Barlines,
        rests: Mapping[Measure | None, Sequence[MultiMeasureRest]],
    ) -> None:
        self._shared = shared
        self._directions = directions
        self._barlines = barlines
        self._rests = rests
        onsets = (p.onset for m in measures for staff in part.staves for p in directions.at(m, staff))
        self._divisions = divisions_of(part, measures, onsets)
        self._attributes = AttributeWriter(part, shared, self._divisions)
        self._notes = NoteWriter(shared, notations, tuplets, beams, self._divisions)
        self._staves = {staff: number for number, staff in enumerate(part.staves, 1)}
        self._element = ET.Element("measure")
        self._at = ZERO
        """Current position in quarter lengths since the start of the measure."""
        self._extra = 0
        """Number of additional measures written for multi-measure rests."""

    def write(
        self,
        parent: ET.Element,
        measure: Measure,
        streams: list[VoiceStream],
        is_first: bool,
        is_first_part: bool,
    ) -> None:
        """Adds a measure with the voices of the part, or several measures for a multi-measure rest."""
        element = self._element = ET.SubElement(parent, "measure", {"number": self._number(measure)})
        if is_first_part:
            self._shared.name(element, measure)
        if not (measure.n or "").strip() or any(
            not n.text.strip() for n in measure.children_of(MeasureNumber)
        ):
            element.set("implicit", "yes")
        self._barlines.write_print(element, measure)
        self._barlines.write_left(element, measure, is_first_part)
        attributes = self._attributes.at_start(element, measure, is_first)
        count = self._rest_count(measure)
        if count > 1:
            attributes = attributes if attributes is not None else add(element, "attributes")
            add(add(attributes, "measure-style"), "multiple-rest", count)
        self._at = ZERO
        pending = {n: self._directions.at(measure, staff) for staff, n in self._staves.items()}
        with_voice = {stream.staff for stream in streams}
        loose = [p for n, points in pending.items() if n not in with_voice for p in points]
        length = measure.quarter_length / count
        for point in loose:
            self._direction(point, next(n for n, points in pending.items() if point in points), None)
        for stream in streams:
            self._voice(stream, pending.pop(stream.staff, []), length)
        if self._at < length:
            self._move(length)
        for index in range(1, count):
            element = self._rest_measure(parent, measure, index, length)
        fermatas = [
            f for f in measure.children_of(Fermata) if f.start is None and self._is_here(f, is_first_part)
        ]
        self._barlines.write_right(element, measure, fermatas, is_first_part)

    def _is_here(self, mark: Fermata, is_first_part: bool) -> bool:
        return mark.staff in self._staves if mark.staff is not None else is_first_part

    def _number(self, measure: Measure) -> str:
        return " ".join((measure.n or "").split()) or str(measure.index + 1 + self._extra)

    # -- rests of several measures -------------------------------------------------------------------------

    def _rest_count(self, measure: Measure) -> int:
        rests = self._rests.get(measure, ())
        if not rests or not measure.quarter_length or not rests[0].count:
            return 1
        longest = max(rest.quarter_length for rest in rests)
        return max(1, rests[0].count) if longest == measure.quarter_length else 1

    def _rest_measure(self, parent: ET.Element, measure: Measure, index: int, length: Fraction) -> ET.Element:
        number = measure.number
        self._extra += 1
        first = measure.index + 1 + self._extra - index if number is None else number
        element = add(parent, "measure", number=str(first + index))
        if number is None:
            element.set("implicit", "yes")
        for staff in range(1, len(self._staves) + 1):
            if staff > 1:
                add(add(element, "backup"), "duration", self._units(length))
            note = add(element, "note")
            add(note, "rest", measure="yes")
            add(note, "duration", self._units(length))
            add(note, "voice", (staff - 1) * 4 + 1)
            if len(self._staves) > 1:
                add(note, "staff", staff)
        return element

    # -- voices --------------------------------------------------------------------------------------------

    def _voice(self, stream: VoiceStream, points: list[DirectionPoint], length: Fraction) -> None:
        points = list(points)
        if self._at:
            self._move(ZERO)
        gap: Fraction | None = None
        """End of pending empty time, which is only written if something follows."""
        for item in stream.items:
            element = item.element
            if isinstance(element, Event) and is_empty_time(element):
                gap = min(element.onset_in_measure + element.quarter_length, length)
                continue
            if gap is not None or self._at != item.onset:
                points = self._flush(points, self._at, stream)
                self._move(item.onset, stream)
                gap = None
            points = self._flush(points, item.onset, stream)
            self._item(item, stream, length)
        for point in points:
            self._direction(point, stream.staff, stream.number)

    def _item(self, item: VoiceItem, stream: VoiceStream, length: Fraction) -> None:
        element = item.element
        if not isinstance(element, Event):
            if isinstance(element, Barline):
                self._barline(element)
            else:
                self._attributes.change(self._element, element, stream.staff)
            return
        if isinstance(element, _REPEATS):
            self._shared.lose(element, "a sign that repeats previous music is not written")
            self._move(min(item.onset + element.quarter_length, length), stream)
            return
        self._notes.write(self._element, element, stream.number, self._staves, item.tremolo, length)
        lasting = length if isinstance(element, MultiMeasureRest) else element.quarter_length
        self._at = item.onset + lasting

    def _barline(self, barline: Barline) -> None:
        style = {"dashed": "dashed", "dotted": "dotted", "dbl": "light-light"}.get(
            barline.form.value if barline.form is not None else "", "regular"
        )
        add(add(self._element, "barline", location="middle"), "bar-style", style)

    def _flush(self, points: list[DirectionPoint], at: Fraction, stream: VoiceStream) -> list[DirectionPoint]:
        """Writes the directions up to a time; returns the remaining ones."""
        for point in points:
            if point.onset <= at:
                self._direction(point, stream.staff, stream.number)
        return [point for point in points if point.onset > at]

    def _direction(self, point: DirectionPoint, staff: int, voice: int | None) -> None:
        offset = self._units(point.onset - self._at)
        number = staff if len(self._staves) > 1 else None
        self._directions.write(self._element, point, number, voice, offset)

    def _move(self, to: Fraction, stream: VoiceStream | None = None) -> None:
        """Moves the current position forwards or backwards."""
        if to == self._at:
            return
        if to < self._at:
            add(add(self._element, "backup"), "duration", self._units(self._at - to))
        else:
            forward = add(self._element, "forward")
            add(forward, "duration", self._units(to - self._at))
            if stream is not None:
                add(forward, "voice", stream.number)
                if len(self._staves) > 1:
                    add(forward, "staff", stream.staff)
        self._at = to

    def _units(self, length: Fraction) -> int:
        return units(length, self._divisions)
