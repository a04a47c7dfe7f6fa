"""Voices of MusicXML that have words for names, no names, or one name for notes that sound at the same time.

Verovio 6.4.1 reads the name of a voice as a number. It strings notes of voices named by words, of unnamed voices, and
of voices that overlap, one after the other, so that the measure lasts too long.
"""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.repairs.mixed_chords import ANY_VOICE
from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import AFTER_TYPE, TimedNote

_MOST_VOICES = 32
"""Number of the voice that takes all that finds no silent one, so that hostile files take no longer than others."""

_NEAR = 8
"""Number of earlier notes with which a note is compared; more than one only where notes of a voice overlap."""

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
                    own = numbers.get(note.voice)  # none for the notes of split chords
                    number = voices[index] if voices is not None else own or 1
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
    taken: dict[_Place, _Times] = {}
    if not any(_is_new(note) or not _add(taken, note, numbers[note.voice]) for note in notes):
        return None
    homes: dict[_Place, _Times] = {}
    for note in notes:
        if _takes_time(note) and not _is_new(note):
            homes.setdefault((note.staff, numbers[note.voice]), _Times()).add(*_span(note))
    taken = {}
    found: list[int] = []
    graces = 0
    number = 0
    for note in notes:
        if note.in_chord:
            found.append(number)
            continue
        if note.is_grace:
            graces += 1
            found.append(numbers.get(note.voice, 1))
            continue
        number = numbers.get(note.voice, 0)
        if _is_new(note) or not _add(taken, note, number):
            number = _free_number(note, taken, homes)
            taken.setdefault((note.staff, number), _Times()).add(*_span(note))
            found[len(found) - graces :] = [number] * graces
        graces = 0
        found.append(number)
    return found


def _is_new(note: TimedNote) -> bool:
    return note.voice is not None and ANY_VOICE in note.voice


def _takes_time(note: TimedNote) -> bool:
    return not note.in_chord and not note.is_grace and bool(note.lasting)


def _free_number(note: TimedNote, taken: dict[_Place, _Times], homes: dict[_Place, _Times]) -> int:
    """The smallest number of a voice on the staff of a note that is silent while it sounds."""
    for number in range(1, _MOST_VOICES):
        times = [found[note.staff, number] for found in (taken, homes) if (note.staff, number) in found]
        if all(found.is_free(*_span(note)) for found in times):
            return number
    return _MOST_VOICES


def _add(taken: dict[_Place, _Times], note: TimedNote, number: int) -> bool:
    """Adds the time of a note to a voice; returns whether that was silent, and else adds nothing."""
    if not _takes_time(note):
        return True
    times = taken.setdefault((note.staff, number), _Times())
    if not times.is_free(*_span(note)):
        return False
    times.add(*_span(note))
    return True


def _span(note: TimedNote) -> tuple[Fraction | int, Fraction | int]:
    return note.at, note.at + (note.lasting or 0)


class _Times:
    """Times in which a voice sounds."""

    def __init__(self) -> None:
        self._starts: list[Fraction | int] = []
        self._ends: list[Fraction | int] = []

    def add(self, start: Fraction | int, end: Fraction | int) -> None:
        """Adds a time."""
        place = bisect_right(self._starts, start)
        self._starts.insert(place, start)
        self._ends.insert(place, end)

    def is_free(self, start: Fraction | int, end: Fraction | int) -> bool:
        """Whether the voice is silent in a time, except for what the rounding of durations explains."""
        place = bisect_right(self._starts, start)
        for index in range(max(place - _NEAR, 0), min(place + 1, len(self._starts))):
            shared = min(end, self._ends[index]) - max(start, self._starts[index])
            if shared > 0 and shared * 4 > min(end - start, self._ends[index] - self._starts[index]):
                return False
        return True


def _set_voice(note: TimedNote, number: int) -> None:
    voice = note.element.find("voice")
    if voice is None:
        voice = etree.Element("voice")
        note.place_before(voice, "type", *AFTER_TYPE)
    voice.text = str(number)
