"""Chords of MusicXML whose notes have different durations.

Verovio 6.4.1 gives all notes of a chord the duration of the first, and misplaces what follows in other voices.
"""

from __future__ import annotations

from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import TimedNote, quarters

ANY_VOICE = "+"
"""Part of the names of the new voices; `TellVoicesApart` gives such notes a voice that is silent at that time."""

_OF_THE_CHORD = ("chord", "stem", "beam")


class SplitMixedChords(Repair):
    """Writes the notes of another duration than the first in voices of their own, at the same time."""

    def prepare(self, source: MusicXmlSource) -> None:
        for part in source.root.iterfind("part"):
            for notes in source.rhythm_of(part):
                chord: list[TimedNote] = []
                for note in [*notes, None]:
                    if note is not None and note.in_chord:
                        chord.append(note)
                        continue
                    if len(chord) > 1 and not chord[0].is_grace:
                        _split(source, chord)
                    chord = [note] if note is not None else []


def _split(source: MusicXmlSource, chord: list[TimedNote]) -> None:
    first = chord[0]
    others: dict[Fraction | int, list[TimedNote]] = {}
    for note in chord[1:]:
        if note.lasting and first.lasting and note.lasting != first.lasting:
            others.setdefault(note.lasting, []).append(note)
    if not others or first.lasting is None:
        return
    lengths = " and ".join(
        quarters(Fraction(length) / first.divisions) for length in (first.lasting, *others)
    )
    source.report(first.element, f"its notes last {lengths}; written as voices of their own", "chord")
    source.mend(first)
    measure = first.element.getparent()
    assert measure is not None, "the note was found in a measure"
    moved = {note for notes in others.values() for note in notes}
    for note in moved:
        measure.remove(note.element)
    last = next(note for note in reversed(chord) if note not in moved)
    place = measure.index(last.element) + 1
    at = first.lasting
    for number, (length, notes) in enumerate(others.items(), 1):
        new = [_move("backup", at), *(note.element for note in notes)]
        at = length
        for index, note in enumerate(notes):
            _separate(note, f"{first.voice or ''}{ANY_VOICE}{number}", is_first=index == 0)
        measure[place:place] = new
        place = measure.index(notes[-1].element) + 1
    if at != first.lasting:
        is_short = at < first.lasting
        difference = first.lasting - at if is_short else at - first.lasting
        measure.insert(place, _move("forward" if is_short else "backup", difference))


def _separate(note: TimedNote, voice: str, is_first: bool) -> None:
    for child in list(note.element):
        if child.tag in _OF_THE_CHORD and (is_first or child.tag != "chord"):
            note.element.remove(child)
    named = note.element.find("voice")
    if named is None:
        named = etree.Element("voice")
        note.place_before(
            named, "type", "dot", "accidental", "time-modification", "notehead", "staff", "notations"
        )
    named.text = voice


def _move(tag: str, divisions: Fraction | int) -> etree._Element:
    element = etree.Element(tag)
    etree.SubElement(element, "duration").text = str(divisions)
    return element
