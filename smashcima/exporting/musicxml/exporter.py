"""The exporter to MusicXML."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from smashcima.errors import Issue
from smashcima.exporting.former_names import DistractorsMethod
from smashcima.exporting.symbolic.partwise import partwise
from smashcima.exporting.writing import write_text
from smashcima.scene.semantic import Score

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">\n'
)


@dataclass(frozen=True, slots=True)
class MusicXmlExporter(DistractorsMethod):
    """Writes a score, or a slice of one, as MusicXML 4.0.

    There is one form for one picture: voices are numbered by their place, staves come from the top down, a chord
    from its lowest note up, directions before the note that they begin at, and divisions are as few as will do.
    Nothing is written that is not seen, such as tempos for playback. `print` elements tell where systems and pages
    begin in the layout of the score, if it has one, or else in the source.
    """

    ids: bool = True
    """Whether notes, measures, slurs and so on have the ids of the score. Comparing files is easier without."""

    def export(self, score: Score) -> ET.Element:
        """The `score-partwise` element."""
        return partwise(score, ids=self.ids)[0]

    def export_string(self, score: Score) -> str:
        """The document as text."""
        root = self.export(score)
        ET.indent(root, " ")
        return f"{_HEAD}{ET.tostring(root, encoding='unicode')}\n"

    def write(self, score: Score, path: str | Path) -> None:
        """Writes a file in UTF-8; an `ExportError` if that is not possible."""
        write_text(self.export_string(score), path)

    def omissions(self, score: Score) -> list[Issue]:
        """What is drawn and not fully expressed by the MusicXML."""
        return partwise(score, ids=self.ids)[1]
