"""The `attributes` elements: divisions, keys, times, staves, clefs, transposition."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from fractions import Fraction

from smashcima.exporting.symbolic.partwise.elements import Shared, add
from smashcima.exporting.symbolic.partwise.vocabulary import CLEF_SIGNS, accidental_name
from smashcima.scene.semantic import (
    Clef,
    ClefShape,
    Event,
    KeyAccidental,
    KeySignature,
    Measure,
    MeasureStaff,
    Part,
    Pitch,
    SemanticObject,
    Step,
    TimeSignature,
    TimeSignatureGroup,
    TimeSymbol,
)

Time = TimeSignature | TimeSignatureGroup

_SYMBOLS: dict[TimeSymbol | None, str] = {TimeSymbol.COMMON: "common", TimeSymbol.CUT: "cut"}


def divisions_of(part: Part, measures: Iterable[Measure], onsets: Iterable[Fraction]) -> int:
    """The smallest number of divisions of a quarter for which every length and onset is a whole number."""
    denominators = {1}
    for measure in measures:
        denominators.add(measure.quarter_length.denominator)
        for staff in part.staves:
            holder = measure.staff(staff)
            for event in holder.descendants(Event) if holder is not None else ():
                denominators.add(event.quarter_length.denominator)
                denominators.add(event.onset_in_measure.denominator)
    denominators.update(onset.denominator for onset in onsets)
    return math.lcm(*denominators)


class AttributeWriter:
    """Writes the attributes of one part where they change."""

    def __init__(self, part: Part, shared: Shared, divisions: int) -> None:
        self._part = part
        self._shared = shared
        self._divisions = divisions
        self._clefs: dict[int, Clef | None] = {}
        self._keys: dict[int, KeySignature | None] = {}
        self._times: dict[int, Time | None] = {}

    def at_start(self, parent: ET.Element, measure: Measure, is_first: bool) -> ET.Element | None:
        """Adds the attributes that change at the start of a measure, if any."""
        holders = [measure.staff(staff) for staff in self._part.staves]
        element = ET.Element("attributes")
        if is_first:
            add(element, "divisions", self._divisions)
        self._write_keys(element, holders)
        self._write_times(element, holders)
        count = len(self._part.staves)
        if is_first and count > 1:
            add(element, "staves", count)
        for number, holder in enumerate(holders, 1):
            clef = holder.clef.effective if holder is not None and holder.clef is not None else None
            if clef is not None and self._clefs.get(number) is not clef:
                self.write_clef(element, clef, number)
        if is_first:
            self._write_staff_details(element)
            self._write_transposition(element)
        if len(element):
            parent.append(element)
            return element
        return None

    def change(self, parent: ET.Element, change: SemanticObject, staff: int) -> None:
        """Adds a clef, key or time that changes within a measure."""
        if isinstance(change, Clef) and change.shape is not None:
            self.write_clef(add(parent, "attributes"), change, staff)
        elif isinstance(change, KeySignature):
            if self._keys.get(staff) is not change:
                self._keys[staff] = change
                middle = _middle(self._clefs.get(staff), self._part.staves[staff - 1].lines)
                self._key(add(parent, "attributes"), change, self._number(staff), middle)
        elif isinstance(change, (TimeSignature, TimeSignatureGroup)) and self._times.get(staff) is not change:
            self._times[staff] = change
            self._time(add(parent, "attributes"), change, self._number(staff))

    def _number(self, staff: int) -> str | None:
        return str(staff) if len(self._part.staves) > 1 else None

    def write_clef(self, element: ET.Element, clef: Clef, staff: int) -> None:
        """Adds a clef."""
        self._clefs[staff] = clef
        shape = clef.shape or ClefShape.G
        made = add(element, "clef", number=self._number(staff), print_object=_hidden(clef))
        self._shared.name(made, clef)
        add(made, "sign", CLEF_SIGNS[shape])
        if clef.staff_position is not None:
            self._shared.lose(
                clef, f"written on line {clef.line}, not at staff position {clef.staff_position}"
            )
        line = clef.line
        if line is None and shape not in (ClefShape.PERCUSSION, ClefShape.TAB):
            line = {ClefShape.F: 4, ClefShape.C: 3}.get(shape, 2)
        if line is not None:
            add(made, "line", line)
        octaves = clef.octave_shift - (1 if shape is ClefShape.DOUBLE_G else 0)
        if octaves:
            add(made, "clef-octave-change", octaves)

    def _write_keys(self, element: ET.Element, holders: Sequence[MeasureStaff | None]) -> None:
        now = [
            holder.key_signature if holder is not None else self._keys.get(n)
            for n, holder in enumerate(holders, 1)
        ]
        changed = [n for n, key in enumerate(now, 1) if key is not None and self._keys.get(n) is not key]
        for n in changed:
            self._keys[n] = now[n - 1]
        middles = [
            _middle(holder.clef, holder.lines) if holder is not None else _middle(None, 5)
            for holder in holders
        ]
        forms = {_key_form(key, middle) for key, middle in zip(now, middles, strict=True)}
        if changed and len(forms) == 1 and len(changed) == len(now):
            self._key(element, now[0], None, middles[0])
        else:
            for n in changed:
                self._key(element, now[n - 1], self._number(n), middles[n - 1])

    def _key(self, element: ET.Element, key: KeySignature | None, number: str | None, middle: int) -> None:
        """Adds a key; `middle` is the diatonic number of the middle of the staff."""
        if key is None:
            return
        made = add(element, "key", number=number, print_object=_hidden(key))
        self._shared.name(made, key)
        accidentals = [(a, shown) for a in key.accidentals if (shown := _shown_step(a, middle)) is not None]
        if not accidentals:
            add(made, "fifths", key.fifths or 0)  # no mode: it is not visible
        for accidental, (step, _) in accidentals:
            add(made, "key-step", step.name)
            add(made, "key-alter", f"{float(accidental.alter or 0):g}")
            sign, smufl = accidental_name(accidental.kind, accidental.glyph)
            if sign is not None:
                add(made, "key-accidental", sign, smufl=smufl)
        for index, (accidental, (step, octave)) in enumerate(accidentals, 1):
            if octave is not None:
                add(made, "key-octave", octave, number=str(index))
            if accidental.step not in (None, step):
                self._shared.lose(accidental, f"written as one on {step.name}, at its position")

    def _write_times(self, element: ET.Element, holders: Sequence[MeasureStaff | None]) -> None:
        now = [
            holder.time_signature if holder is not None else self._times.get(n)
            for n, holder in enumerate(holders, 1)
        ]
        changed = [n for n, time in enumerate(now, 1) if time is not None and self._times.get(n) is not time]
        for n in changed:
            self._times[n] = now[n - 1]
        forms = {_time_form(time) for time in now}
        if changed and len(forms) == 1 and len(changed) == len(now):
            self._time(element, now[0], None)
        else:
            for n in changed:
                self._time(element, now[n - 1], self._number(n))

    def _time(self, element: ET.Element, time: Time | None, number: str | None) -> None:
        if time is None:
            return
        signatures = time.signatures if isinstance(time, TimeSignatureGroup) else [time]
        symbol = _SYMBOLS.get(signatures[0].symbol) if signatures else None
        if len(signatures) == 1 and signatures[0].count is not None and signatures[0].unit is None:
            symbol = symbol or "single-number"
        made = add(element, "time", number=number, symbol=symbol, print_object=_hidden(time))
        self._shared.name(made, time)
        for signature in signatures:
            count, unit = signature.numbers
            if count is not None and (unit is not None or symbol == "single-number"):
                add(made, "beats", count)
                add(made, "beat-type", 4 if unit is None else unit)
            elif count is not None or unit is not None:
                self._shared.lose(signature, "left out: MusicXML has none with a single number here")
        if not len(made):
            add(made, "senza-misura", "")

    def _write_staff_details(self, element: ET.Element) -> None:
        for number, staff in enumerate(self._part.staves, 1):
            lines = 0 if staff.mei.get("lines.visible") == "false" else staff.lines
            if lines != 5:
                add(add(element, "staff-details", number=self._number(number)), "staff-lines", lines)

    def _write_transposition(self, element: ET.Element) -> None:
        given = [(s.transposition_diatonic, s.transposition_semitones) for s in self._part.staves]
        for number, (diatonic, chromatic) in enumerate(given, 1):
            if (diatonic, chromatic) == (0, 0) or (number > 1 and len(set(given)) == 1):
                continue
            octaves = int(chromatic / 12)
            made = add(element, "transpose", number=self._number(number) if len(set(given)) > 1 else None)
            add(made, "diatonic", diatonic - 7 * octaves)
            add(made, "chromatic", chromatic - 12 * octaves)
            if octaves:
                add(made, "octave-change", octaves)


def _hidden(found: SemanticObject) -> str | None:
    return "no" if found.mei.get("visible") == "false" else None


def _middle(clef: Clef | None, lines: int) -> int:
    return (clef or Clef()).middle_diatonic(lines)


def _shown_step(accidental: KeyAccidental, middle: int) -> tuple[Step, int | None] | None:
    """Step and octave at the position of a key accidental; the octave is `None` if it is the usual one."""
    if accidental.staff_position is not None:
        pitch = Pitch.of_diatonic(middle + accidental.staff_position)
        return pitch.step, pitch.octave
    return None if accidental.step is None else (accidental.step, accidental.octave)


def _key_form(key: KeySignature | None, middle: int) -> object:
    if key is None:
        return None
    signs = tuple((accidental.kind, _shown_step(accidental, middle)) for accidental in key.accidentals)
    return key.fifths, signs, key.mei.get("visible")


def _time_form(time: Time | None) -> object:
    if time is None:
        return None
    signatures = time.signatures if isinstance(time, TimeSignatureGroup) else [time]
    return tuple((s.count, s.unit, s.symbol) for s in signatures), time.mei.get("visible")
