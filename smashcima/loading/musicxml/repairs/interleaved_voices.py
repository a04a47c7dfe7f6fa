"""Voices of MusicXML that take turns without a `<backup>` between them.

Verovio 6.4.1 looks for the voice of a note only at the start of a measure and after a `<backup>`. A note of another
voice that follows without one joins the voice before it, and delays what that voice has there.
"""

from __future__ import annotations

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import MusicXmlSource, Repair
from smashcima.loading.musicxml.rhythm import TimedNote


class SeparateInterleavedVoices(Repair):
    """Puts a `<backup>` to the start of the measure, and a `<forward>`, before such notes."""

    def prepare(self, source: MusicXmlSource) -> None:
        for part in source.root.iterfind("part"):
            for notes in source.rhythm_of(part):
                turns = _turns(notes)
                for note in turns:
                    _go_back_and_forth(note)
                if turns:
                    source.mend(notes[0])


def _turns(notes: list[TimedNote]) -> list[TimedNote]:
    """The notes that follow one of another voice without a `<backup>`."""
    found: list[TimedNote] = []
    before: TimedNote | None = None
    for note in notes:
        if note.in_chord:
            continue
        if before is not None and note.voice != before.voice and note.at and not _has_backup(note.element):
            found.append(note)
        before = note
    return found


def _has_backup(note: etree._Element) -> bool:
    """Whether a `<backup>` lies between a note and the one before it."""
    for element in note.itersiblings(preceding=True):
        if element.tag == "backup":
            return True
        if element.tag == "note":
            return False
    return True


def _go_back_and_forth(note: TimedNote) -> None:
    for tag in ("backup", "forward"):
        move = etree.Element(tag)
        etree.SubElement(move, "duration").text = str(note.at)
        note.element.addprevious(move)
