"""Conversion with music21 of sources that Verovio rejects, to MusicXML that Verovio then imports.

Runs in the importing process. music21 adds the date and random part ids to its MusicXML; both are removed, so that the
same input gives the same text.
"""

from __future__ import annotations

import re
from typing import Any

_MUSIC21_FORMATS = {"xml": "musicxml", "humdrum": "humdrum", "mei": "mei", "midi": "midi"}
"""Verovio's format names (and `midi`) mapped to those of music21."""

_PART_ID = re.compile(rb'(<(?:score-part|part) id=")([^"]*)(")')

_INSTRUMENT_ID = re.compile(rb'(<(?:score-instrument|midi-instrument|instrument) id=")([^"]*)(")')

_STAMPS = re.compile(
    rb"\s*<encoding>.*?</encoding>"
    rb'|\s*<creator type="composer">Music21</creator>'
    rb"|\s*<movement-title>Music21(?: Fragment)?</movement-title>"
    rb"|\s*<work>\s*<work-title>Music21(?: Fragment)?</work-title>\s*</work>",
    re.S,
)
"""Placeholder texts of music21, which would be printed as composer and title."""


def can_read_with_music21(input_format: str) -> bool:
    """Whether music21 reads this format (Verovio's name, or `midi`)."""
    return input_format in _MUSIC21_FORMATS


def read_with_music21(data: bytes, input_format: str) -> list[tuple[str, str]]:
    """Returns the name and the MusicXML of each score in `data`; exceptions of music21 propagate."""
    from music21 import converter, stream

    source: Any = data if input_format == "midi" else data.decode()
    parsed = converter.parseData(source, format=_MUSIC21_FORMATS[input_format])
    scores = list(parsed.scores) if isinstance(parsed, stream.Opus) else [parsed]
    return [(score_name(score), musicxml_of_stream(score).decode()) for score in scores]


def musicxml_of_stream(score: Any) -> bytes:
    """Returns a music21 stream as MusicXML (UTF-8), reproducible across processes."""
    from music21.musicxml.m21ToXml import GeneralObjectExporter

    text: bytes = GeneralObjectExporter(score).parse()
    text = _STAMPS.sub(b"", text)
    for pattern, letter in ((_PART_ID, b"P"), (_INSTRUMENT_ID, b"I")):
        text = _renumber(text, pattern, letter)
    return text


def score_name(score: Any) -> str:
    """Number and title of a music21 score, where present."""
    metadata = score.metadata
    if metadata is None:
        return ""
    parts = [metadata.number, metadata.bestTitle]
    return " ".join(str(part).strip() for part in parts if part)


def _renumber(text: bytes, pattern: re.Pattern[bytes], letter: bytes) -> bytes:
    numbers: dict[bytes, bytes] = {}

    def replacement(found: re.Match[bytes]) -> bytes:
        number = numbers.setdefault(found[2], letter + str(len(numbers) + 1).encode())
        return found[1] + number + found[3]

    return pattern.sub(replacement, text)
