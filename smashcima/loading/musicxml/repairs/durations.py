"""Durations of MusicXML that disagree with the note type.

Verovio 6.4.1 takes the time of a note from its type, dots and tuplet, and ignores its `<duration>`.
"""

from __future__ import annotations

from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.repairs.mei_times import factor_around, ratio_of, value_of_event
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import TimedNote, agrees, quarters

_MEI = "{http://www.music-encoding.org/ns/mei}"


_WHOLE = ("whole", "breve")
"""Types of rests that fill a measure of any length."""


class KeepDurations(Repair):
    """Keeps both: the type is drawn, and the ratio of the duration to it (`num`, `numbase` in MEI) gives the time.

    A whole rest of another length that is alone in its voice fills its measure.
    """

    def __init__(self) -> None:
        self._lengths: dict[str, Fraction] = {}
        """Quarter lengths by id of the note."""

    def prepare(self, source: MusicXmlSource) -> None:
        known: dict[tuple[object, ...], bool] = {}
        for part in source.root.iterfind("part"):
            for notes in source.rhythm_of(part):
                unlike = [note for note in notes if _disagrees(note, known)]
                for note in unlike[:]:
                    if _fills_measure(note, notes):
                        unlike.remove(note)
                        source.mend(note)
                for note in unlike:
                    self._lengths[source.id_of(note.element)] = note.lasting_ql or Fraction(0)
                    source.mend(note)
                said = [note for note in unlike if not note.in_chord]
                if said:
                    source.report(said[0].element, _what(said))

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        done: set[etree._Element] = set()
        for identity, length in self._lengths.items():
            event = result.by_id.get(identity)
            if event is None:
                continue
            parent = event.getparent()
            if parent is not None and parent.tag == f"{_MEI}chord":
                event = parent
            if event not in done:
                done.add(event)
                _stretch(event, length)
                result.change()


def _disagrees(note: TimedNote, known: dict[tuple[object, ...], bool]) -> bool:
    """Whether a note lasts another time than its type says; `known` holds the answers for equal notes."""
    if note.is_grace or not note.lasting or note.type is None:
        return False
    key = note.type, note.dots, note.modification, note.lasting, note.divisions
    found = known.get(key)
    if found is None:
        written = note.written_ql
        found = known[key] = written is not None and not agrees(note, written)
    if not found or not note.is_rest:
        return found
    rest = note.element.find("rest")
    return rest is None or rest.get("measure") != "yes"


def _fills_measure(note: TimedNote, notes: list[TimedNote]) -> bool:
    """Marks a rest that is drawn as a whole or breve and alone in its voice as one that fills its measure."""
    rest = note.element.find("rest")
    if rest is None or note.type not in _WHOLE:
        return False
    if any(other is not note and other.voice == note.voice for other in notes):
        return False
    rest.set("measure", "yes")
    return True


def _what(notes: list[TimedNote]) -> str:
    first = notes[0]
    count = f"{len(notes)} notes and rests, the first of which is" if len(notes) > 1 else "it is"
    written, length = quarters(first.written_ql or 0), quarters(first.lasting_ql or 0)
    return (
        f"the type and the duration disagree: {count} drawn as {first.type} ({written}), but lasts {length}"
    )


def _stretch(event: etree._Element, length: Fraction) -> None:
    """Sets the ratio with which an event lasts a number of quarters."""
    written = value_of_event(event) * factor_around(event)
    if not written:
        return
    ratio = length / written
    for name in ("num", "numbase"):
        event.attrib.pop(name, "")
    if ratio != 1:
        event.set("num", str(ratio.denominator))
        event.set("numbase", str(ratio.numerator))
    assert value_of_event(event) * ratio_of(event) * factor_around(event) == length
