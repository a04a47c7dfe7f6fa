"""MRO as a source format."""

from __future__ import annotations

import re
from dataclasses import replace

from smashcima.loading.formats import ReadMusic, SourceFormat
from smashcima.loading.mro.layout import lay_out_reading
from smashcima.loading.mro.reading import read_document
from smashcima.loading.source import Source
from smashcima.notations.mro import parse_mro

_header = re.compile(rb"\bfileheader\s*\{").search


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


def _looks_like_mro(beginning: bytes) -> bool:
    return _header(beginning) is not None


MRO = SourceFormat("SharpEye MRO", (".mro",), read_mro, aliases=("sharpeye",), looks_like=_looks_like_mro)
