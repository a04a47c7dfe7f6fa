"""ABC, a text notation of tunes, by its standard 2.1: tune books, lines, fields and music code, without scores.

`split_tunes` splits a book, `lines_of` a tune, and `tokens_of` a line of music code; there is a `parse_*` function for
the value of each field. `smashcima.loading.abc` makes scores of them.
"""

from smashcima.notations.abc.book import Tune, split_tunes
from smashcima.notations.abc.decorations import SHORTHANDS, parse_user_symbol
from smashcima.notations.abc.keys import NO_KEY, Key, KeyField, KeySign, alters_of_fifths, parse_key
from smashcima.notations.abc.lengths import FREE_METER, Meter, multiplier, parse_meter, parse_unit_length
from smashcima.notations.abc.lines import Line, LineKind, follows_2_1, is_music, lines_of
from smashcima.notations.abc.lyrics import Aligned, AlignmentKind, parse_lyrics, parse_symbols
from smashcima.notations.abc.music import Token, TokenKind, tokens_of
from smashcima.notations.abc.properties import (
    TREBLE,
    ClefName,
    Properties,
    diatonic_of,
    parse_properties,
    split_words,
)
from smashcima.notations.abc.staves import GroupPlan, StaffPlan, parse_staves
from smashcima.notations.abc.tempo import Tempo, parse_tempo
from smashcima.notations.abc.texts import decoded

__all__ = [
    "FREE_METER",
    "NO_KEY",
    "SHORTHANDS",
    "TREBLE",
    "Aligned",
    "AlignmentKind",
    "ClefName",
    "GroupPlan",
    "Key",
    "KeyField",
    "KeySign",
    "Line",
    "LineKind",
    "Meter",
    "Properties",
    "StaffPlan",
    "Tempo",
    "Token",
    "TokenKind",
    "Tune",
    "alters_of_fifths",
    "decoded",
    "diatonic_of",
    "follows_2_1",
    "is_music",
    "lines_of",
    "multiplier",
    "parse_key",
    "parse_lyrics",
    "parse_meter",
    "parse_properties",
    "parse_staves",
    "parse_symbols",
    "parse_tempo",
    "parse_unit_length",
    "parse_user_symbol",
    "split_tunes",
    "split_words",
    "tokens_of",
]
