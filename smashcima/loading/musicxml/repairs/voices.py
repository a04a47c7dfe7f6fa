"""Voices of MusicXML that have words for names, no names, or one name for notes that sound at the same time.

Verovio 6.4.1 reads the name of a voice as a number. It strings notes of voices named by words, of unnamed voices, and
of voices that overlap, one after the other, so that the measure lasts too long.
"""

from __future__ import annotations

from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.repairs.mixed_chords import ANY_VOICE
from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import AFTER_TYPE, TimedNote

_Span = tuple[Fraction | int, Fraction | int]
_Place = tuple[str, int]
"""Number of a staff in its part, and of a voice."""


class TellVoicesApart(Repair):
    """Numbers voices by name, and moves notes that overlap others of their voice and staff to another voice."""

    def prepare(self, source: MusicXmlSource) -> None:
        for part in source.root.iterfind("part"):
            measures = source.rhythm_of(part)
            numbers = _numbers(measures)
            named = [name for name in numbers if name is not None and not _is_number(name)]
            if named:
                what = f"named {', '.join(named)}; read as {', '.join(str(numbers[name]) for name in named)}"
                source.report_part(part, what, "voice")
            has_names = bool(named) or (len(numbers) > 1 and None in numbers)
            for notes in measures:
                voices = _assigned(notes, numbers)
                if voices is None and not has_names:
                    continue
                moved = 0
                for index, note in enumerate(notes):
                    own = numbers.get(note.voice)
                    number = own if voices is None else voices[index]
                    moved += own is not None and number != own and not note.is_grace
                    if note.voice != str(number):
                        _set_voice(note, number)
                        source.mend(note)
                if moved:
                    what = f"{moved} in a voice that still sounds; read as notes of another voice"
                    source.report(notes[0].element, what)


def _is_number(name: str) -> bool:
    return name.isdecimal() and 0 < int(name) < 1000


def _numbers(measures: list[list[TimedNote]]) -> dict[str | None, int]:
    """The number of each voice name of a part: its own, or else the first that no other voice has.

    Notes that `SplitMixedChords` took from chords have no voice yet.
    """
    names = dict.fromkeys(note.voice for notes in measures for note in notes if not _is_new(note))
    numbers: dict[str | None, int] = {
        name: int(name) for name in names if name is not None and _is_number(name)
    }
    for name in names:
        if name not in numbers:
            used = set(numbers.values())
            numbers[name] = next(number for number in range(1, len(names) + 1001) if number not in used)
    return numbers


def _assigned(notes: list[TimedNote], numbers: dict[str | None, int]) -> list[int] | None:
    """The voice number of each note of a measure; `None` if no voice overlaps itself on a staff."""
    spans: dict[_Place, list[_Span]] = {}
    if not any(_is_new(note) or _add(spans, note, numbers[note.voice]) for note in notes):
        return None
    homes: dict[_Place, list[_Span]] = {}
    for note in notes:
        if not note.in_chord and note.lasting and not _is_new(note):
            homes.setdefault((note.staff, numbers[note.voice]), []).append(_span(note))
    spans = {}
    found: list[int] = []
    graces = 0
    number = 0
    for note in notes:
        if note.in_chord:
            found.append(number)
            continue
        if note.is_grace:
            graces += 1
            found.append(numbers[note.voice])
            continue
        number = numbers.get(note.voice, 0)
        if _is_new(note) or _add(spans, note, number):
            number = _free_number(note, spans, homes)
            _add(spans, note, number)
            found[len(found) - graces :] = [number] * graces
        graces = 0
        found.append(number)
    return found


def _is_new(note: TimedNote) -> bool:
    return note.voice is not None and ANY_VOICE in note.voice


def _free_number(note: TimedNote, spans: dict[_Place, list[_Span]], homes: dict[_Place, list[_Span]]) -> int:
    """The smallest number of a voice on the staff of a note that is silent while it sounds."""
    number = 1
    while True:
        place = note.staff, number
        taken = [*spans.get(place, ()), *homes.get(place, ())]
        if not any(_overlap(_span(note), other) for other in taken):
            return number
        number += 1


def _add(spans: dict[_Place, list[_Span]], note: TimedNote, number: int) -> bool:
    """Adds the time of a note to a voice; returns whether it overlaps others there, and then adds nothing."""
    if note.in_chord or note.is_grace or not note.lasting:
        return False
    taken = spans.setdefault((note.staff, number), [])
    span = _span(note)
    if any(_overlap(span, other) for other in taken):
        return True
    taken.append(span)
    return False


def _span(note: TimedNote) -> _Span:
    return note.at, note.at + (note.lasting or 0)


def _overlap(one: _Span, other: _Span) -> bool:
    """Whether two times overlap by more than the rounding of durations explains."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and shared * 4 > min(one[1] - one[0], other[1] - other[0])


def _set_voice(note: TimedNote, number: int) -> None:
    voice = note.element.find("voice")
    if voice is None:
        voice = etree.Element("voice")
        note.place_before(voice, "type", *AFTER_TYPE)
    voice.text = str(number)
