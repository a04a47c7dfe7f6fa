"""Exporter of scores to MusicXML."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from smashcima.errors import Issue
from smashcima.exporting.former_names import DistractorsMethod
from smashcima.exporting.musicxml.text import indented_text
from smashcima.exporting.symbolic import ScoreSource, score_of
from smashcima.exporting.symbolic.partwise import partwise
from smashcima.exporting.writing import write_text
from smashcima.scene.graph import garbage_collection_paused
from smashcima.scene.semantic.known_music import known_music

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">\n'
)


@dataclass(frozen=True, slots=True)
class MusicXmlExporter(DistractorsMethod):
    """Exports a score, or a slice of one, as MusicXML 4.0.

    The same image has the same text: voices are numbered by position, staves are ordered from top to bottom,
    chords are written from the lowest note up, directions precede the note at which they begin, and
    `divisions` is the smallest possible value. Invisible elements, such as playback tempos, are not written.
    `print` elements mark the systems and pages of the layout of the score, if it has one, or else those of
    the source.
    """

    ids: bool = True
    """Whether to write the ids of the score on notes, measures, slurs and so on. Files are easier to compare
    without ids."""

    def export(self, score: ScoreSource) -> ET.Element:
        """Returns the `score-partwise` element."""
        return partwise(score, ids=self.ids)[0]

    def export_string(self, score: ScoreSource) -> str:
        """Returns the document as text."""
        music = score_of(score)

        def text() -> str:
            with garbage_collection_paused():
                return f"{_HEAD}{indented_text(self.export(music))}\n"

        known = known_music(music)
        return text() if known is None else known.text(music, ("musicxml", self.ids), text)

    def write(self, score: ScoreSource, path: str | Path) -> None:
        """Writes a UTF-8 file; raises an `ExportError` if that fails."""
        write_text(self.export_string(score), path)

    def omissions(self, score: ScoreSource) -> list[Issue]:
        """Lists drawn elements that the MusicXML does not express completely."""
        return partwise(score, ids=self.ids)[1]
