"""Reading of MRO sources."""

from __future__ import annotations

from dataclasses import replace

from smashcima.loading.formats import ReadMusic
from smashcima.loading.mro.layout import lay_out_reading
from smashcima.loading.mro.reading import read_document
from smashcima.loading.source import Source
from smashcima.notations.mro import parse_mro


def read_mro(source: Source) -> ReadMusic:
    """Reads an MRO file as a score and, if it has positions, as a layout."""
    document, issues = parse_mro(source.data.decode() if source.is_text else source.data)
    reading = read_document(document)
    found = tuple(
        replace(issue, where=source.name) if issue.where == "the file" else issue
        for issue in (*issues, *reading.issues)
    )
    engraving = lay_out_reading(reading)
    return ReadMusic((reading.score,), (document.score.title,), found, (engraving,))
