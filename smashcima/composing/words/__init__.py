"""Words on the page: titles, names, tempi, lyrics."""

from smashcima.composing.words.lyrics import LANGUAGES, SyllableStream
from smashcima.composing.words.tempi import DIRECTIONS, TEMPI, beats_per_minute, tempo_for
from smashcima.composing.words.titles import invented_name, title_for

__all__ = [
    "DIRECTIONS",
    "LANGUAGES",
    "TEMPI",
    "SyllableStream",
    "beats_per_minute",
    "invented_name",
    "tempo_for",
    "title_for",
]
