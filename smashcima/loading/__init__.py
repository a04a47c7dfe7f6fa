"""From what a user gives to `Score`: files, text, bytes and music21 streams, in the notations that `known_formats` lists.

`load_score` reads one score, `load_scores` all that are in a source. Whatever can be read is read;
what was lost, changed or repaired comes back as issues. Errors are `SourceError`s that say what is
wrong with the source. To support one more notation, see `register_format`.
"""

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
from smashcima.loading.source import Source

register_foreign_formats()

__all__ = [
    "LoadedMei",
    "Loaded",
    "LoadedScores",
    "ReadMusic",
    "Source",
    "SourceFormat",
    "find_format",
    "formats_to_send",
    "known_formats",
    "load_mei_text",
    "load_score",
    "load_scores",
    "plugins_of_formats",
    "receive_formats",
    "register_format",
]
