"""Types of notes that MusicXML files leave out, as they follow from the duration.

Verovio 6.4.1 draws a note without `<type>` as a quarter without a stem, whatever its `<duration>`, and a rest as one that
fills its measure.
"""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import replace
from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import AFTER_TYPE, VALUES, TimedNote, value_of

_TUPLETS = (
    (3, 2),
    (5, 4),
    (6, 4),
    (7, 4),
    (7, 8),
    (9, 8),
    (10, 8),
    (11, 8),
    (13, 8),
    (2, 3),
    (4, 3),
    (15, 16),
)
"""Ratios that are tried, the usual ones first."""

_LEAST_DIVISIONS = 8
"""Rounded tuplets are recognised only if notes have at least so many divisions: shorter ones fit any ratio."""

_SHORTEST = Fraction(1, 128)

_AFTER_MODIFICATION = AFTER_TYPE[AFTER_TYPE.index("time-modification") + 1 :]

_Value = tuple[str, int, tuple[int, int] | None]
"""Note value, dots, and ratio of a tuplet."""


class DeriveTypes(Repair):
    """Gives such notes the type, dots and tuplet that their duration has.

    A duration that no note value has gives the longest value in it; `KeepDurations` then keeps the time. Grace notes
    become eighths. A rest alone in its voice stays a whole-measure rest.
    """

    def prepare(self, source: MusicXmlSource) -> None:
        for part in source.root.iterfind("part"):
            for notes in source.rhythm_of(part):
                if any(note.type is None for note in notes):
                    self._derive(source, notes)

    def _derive(self, source: MusicXmlSource, notes: list[TimedNote]) -> None:
        in_voice = Counter(note.voice for note in notes if not note.is_grace)
        first: TimedNote | None = None
        untyped: list[TimedNote] = []
        derived: list[str] = []
        for note in notes:
            if not note.in_chord:
                first = note
            if note.type is not None or (note.is_rest and in_voice[note.voice] == 1):
                continue
            untyped.append(note)
            value = self._value(note, first)
            if value is None:
                continue
            if note.is_rest and value[2] is None:
                derived += _split_rest(note)
            else:
                _set_value(source, note, value)
                derived.append(value[0])
            source.mend(note)
        if derived:
            kinds = ", ".join(dict.fromkeys(derived))
            what = f"{len(derived)} without a type; drawn by their durations ({kinds})"
            source.report(untyped[0].element, what)

    def _value(self, note: TimedNote, first: TimedNote | None) -> _Value | None:
        if note.is_grace:
            return "eighth", 0, None
        if note.in_chord and first is not None and first.type is not None and note.lasting == first.lasting:
            return first.type, first.dots, first.modification
        if not note.lasting:
            return None
        return value_of_duration(Fraction(note.lasting), note.divisions, note.modification)


def value_of_duration(
    lasting: Fraction, divisions: Fraction | int, modification: tuple[int, int] | None
) -> _Value:
    """The note value of a duration in divisions, inside a tuplet if a ratio is given."""
    if modification is not None:
        actual, normal = modification
        value = _rounded_value(lasting * actual / normal, divisions, Fraction(actual, normal))
        if value is not None:
            return *value, modification
    value = value_of(lasting / divisions)
    if value is not None:
        return *value, None
    for ratio in _TUPLETS:
        value = value_of(lasting * ratio[0] / ratio[1] / divisions, 1)
        if value is not None:
            return *value, ratio
    if lasting >= _LEAST_DIVISIONS:
        for ratio in ((1, 1), *_TUPLETS[:5]):
            scale = Fraction(*ratio)
            value = _rounded_value(lasting * scale, divisions, scale, 0)
            if value is not None:
                return *value, ratio if scale != 1 else None
    length = lasting / divisions
    return next((name for name, value in VALUES.items() if value <= length), "1024th"), 0, None


def _rounded_value(
    written: Fraction, divisions: Fraction | int, scale: Fraction, most_dots: int = 2
) -> tuple[str, int] | None:
    """The note value nearest to a written length in divisions, if rounding to whole divisions explains the rest."""
    exact = value_of(written / divisions, most_dots)
    if exact is not None:
        return exact
    for dots in range(most_dots + 1):
        for name, value in VALUES.items():
            length = value * (2 - Fraction(1, 2**dots)) * divisions
            if value >= _SHORTEST and abs(length - written) < scale:
                return name, dots
    return None


def _split_rest(rest: TimedNote) -> list[str]:
    """Writes a rest as several, the longest first; returns their note values."""
    left = Fraction(rest.lasting or 0)
    values: list[tuple[str, Fraction]] = []
    for name, value in VALUES.items():
        length = value * rest.divisions
        while left >= length and length.denominator == 1:
            values.append((name, length))
            left -= length
    if left or not values:
        values[:] = [(value_of_duration(Fraction(rest.lasting or 0), rest.divisions, None)[0], left)]
    elements = [rest.element, *(copy.deepcopy(rest.element) for _ in values[1:])]
    for element, (name, length) in zip(elements, values, strict=True):
        kind = etree.Element("type")
        kind.text = name
        replace(rest, element=element).place_before(kind, *AFTER_TYPE)
        duration = element.find("duration")
        if duration is not None and len(values) > 1:
            duration.text = str(length)
    for element in reversed(elements[1:]):
        element.attrib.pop("id", "")
        rest.element.addnext(element)
    return [name for name, _ in values]


def _set_value(source: MusicXmlSource, note: TimedNote, value: _Value) -> None:
    name, dots, ratio = value
    kind = etree.Element("type")
    kind.text = name
    note.place_before(kind, *AFTER_TYPE)
    note.type = name
    for _ in range(dots - note.dots):
        note.place_before(etree.Element("dot"), *AFTER_TYPE[1:])
    note.dots = dots
    if ratio is not None and note.modification is None:
        modification = etree.Element("time-modification")
        for tag, number in zip(("actual-notes", "normal-notes"), ratio, strict=True):
            etree.SubElement(modification, tag).text = str(number)
        note.place_before(modification, *_AFTER_MODIFICATION)
        note.modification = ratio
        source.unmarked.add(note.element)
