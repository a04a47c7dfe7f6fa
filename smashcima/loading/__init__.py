"""Loading of scores from files, text, bytes and music21 streams, in all formats listed by `known_formats`.

`load_score` reads one score, `load_scores` all scores of a source. Everything readable is loaded; what was lost,
changed or repaired is returned as issues. A source that cannot be used raises a `SourceError` that states the reason.
To add a format, see `register_format`.
"""

from typing import TYPE_CHECKING

from smashcima._moved import former_name
from smashcima.loading.abc_format import ABC
from smashcima.loading.foreign import register_foreign_formats
from smashcima.loading.formats import (
    ReadMusic,
    SourceFormat,
    find_format,
    formats_to_send,
    known_formats,
    plugins_of_formats,
    receive_formats,
    register_format,
)
from smashcima.loading.load import (
    Loaded,
    LoadedMei,
    LoadedScores,
    load_mei_text,
    load_score,
    load_scores,
)
from smashcima.loading.mashcima_format import MASHCIMA
from smashcima.loading.mro_format import MRO
from smashcima.loading.primus_format import AGNOSTIC, SEMANTIC
from smashcima.loading.source import Source, read_source
from smashcima.loading.source_record import GivenAs, SourceRecord, sha256_of

register_foreign_formats()
for _own in (ABC, AGNOSTIC, SEMANTIC, MASHCIMA, MRO):
    register_format(_own)

__all__ = [
    "LoadedMei",
    "GivenAs",
    "Loaded",
    "LoadedScores",
    "ReadMusic",
    "Source",
    "SourceFormat",
    "SourceRecord",
    "find_format",
    "formats_to_send",
    "known_formats",
    "load_mei_text",
    "load_score",
    "load_scores",
    "plugins_of_formats",
    "read_source",
    "receive_formats",
    "register_format",
    "sha256_of",
]


if not TYPE_CHECKING:  # type checkers report unknown names

    def __getattr__(name: str) -> object:
        """A name of smashcima 1, from its new place."""
        return former_name(__name__, name)
