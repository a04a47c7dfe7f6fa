"""Beams of MusicXML that begin inside a tuplet, after its first note or rest, and go on into the next tuplet.

Verovio 6.4.1 puts the beam into the first tuplet, and the second tuplet into the beam, so that the second one is nested in
the first, and its notes are too short.
"""

from __future__ import annotations

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import TimedNote, in_voices

_AFTER_BEAM = ("notations", "lyric", "play", "listen")


class BeamWholeTuplets(Repair):
    """Lets such a beam begin with the rests before its first note, or, after notes, divides it between the tuplets."""

    def prepare(self, source: MusicXmlSource) -> None:
        if not source.mentions("<tuplet") or not source.mentions("<beam"):
            return
        for part in source.root.iterfind("part"):
            for voice in in_voices(source.rhythm_of(part)):
                self._mend(source, voice)

    def _mend(self, source: MusicXmlSource, notes: list[TimedNote]) -> None:
        tuplet = beam = -1
        for index, note in enumerate(notes):
            marks = {mark.get("type") for mark in note.tuplets}
            if "start" in marks:
                tuplet = index
            state = _beam(note)
            if state is not None and state.text == "begin":
                beam = index
            following = notes[index + 1] if index + 1 < len(notes) else None
            if (
                "stop" in marks
                and 0 <= tuplet < beam <= index
                and following is not None
                and _is_in_beam(state)
                and _is_in_beam(_beam(following))
                and any(mark.get("type") == "start" for mark in following.tuplets)
            ):
                self._complete(source, notes, tuplet, beam, index)

    @staticmethod
    def _complete(source: MusicXmlSource, notes: list[TimedNote], tuplet: int, beam: int, last: int) -> None:
        """Mends the beam that begins at note `beam` of the tuplet from note `tuplet` to note `last`."""
        before = notes[tuplet:beam]
        if all(note.is_rest and not note.is_grace for note in before):
            for note in before:
                made = etree.Element("beam", number="1")
                made.text = "continue" if note is not before[0] else "begin"
                note.place_before(made, *_AFTER_BEAM)
            _write(notes[beam], "continue")
        else:
            _divide(notes[last], notes[last + 1])
            source.report(
                notes[last].element,
                "begins inside a tuplet and goes on into the next one; divided between them",
                "beam",
            )
        source.mend(notes[beam])


def _beam(note: TimedNote) -> etree._Element | None:
    """The beam of the first level at a note."""
    return next((beam for beam in note.element.iterfind("beam") if beam.get("number", "1") == "1"), None)


def _is_in_beam(state: etree._Element | None) -> bool:
    return state is not None and state.text in ("begin", "continue", "end")


def _write(note: TimedNote, text: str) -> None:
    found = _beam(note)
    assert found is not None
    found.text = text


def _divide(last: TimedNote, first: TimedNote) -> None:
    """Ends all beams at one note, and lets them begin again at the next. A beam of a single note is a flag."""
    for note, single, text in ((last, "begin", "end"), (first, "end", "begin")):
        state = _beam(note)
        is_flag = state is not None and state.text == single
        for beam in note.element.findall("beam"):
            if is_flag:
                note.element.remove(beam)
            elif beam.text in ("begin", "continue", "end"):
                beam.text = text
