"""Encodings of PrIMuS: agnostic and semantic tokens, and conversion to Mashcima annotations.

PrIMuS describes an incipit, one staff with one voice, in two ways: the *agnostic* encoding lists symbols with their
positions on the staff, the *semantic* encoding pitches and durations. Both are one line of tokens.
"""

from smashcima.notations.primus.accidental_rows import AccidentalRow, traditional_fifths
from smashcima.notations.primus.agnostic import (
    AgnosticAccidental,
    AgnosticBarline,
    AgnosticClef,
    AgnosticDigit,
    AgnosticDot,
    AgnosticFermata,
    AgnosticMeterSign,
    AgnosticMultirest,
    AgnosticNote,
    AgnosticRest,
    AgnosticSlur,
    AgnosticToken,
    BeamPlace,
    SlurEdge,
    parse_agnostic,
)
from smashcima.notations.primus.digit_rows import numbers_of, split_rest_count, times_of
from smashcima.notations.primus.mashcima_complete import to_mashcima
from smashcima.notations.primus.mashcima_rules import convert_primus_annotation_to_mashcima_annotation
from smashcima.notations.primus.positions import (
    FERMATA,
    HIGHEST,
    LOWEST,
    REST_COUNT,
    dot_position,
    position_name,
    position_of,
)
from smashcima.notations.primus.semantic import (
    SemanticBarline,
    SemanticClef,
    SemanticKey,
    SemanticMultirest,
    SemanticNote,
    SemanticRest,
    SemanticTie,
    SemanticTime,
    SemanticToken,
    parse_semantic,
)
from smashcima.notations.primus.tokens import (
    PrimusToken,
    UnknownToken,
    place_of,
    unknown_token_issues,
    write_tokens,
)
from smashcima.notations.primus.vocabulary import (
    ACCIDENTALS,
    CLEFS,
    DURATIONS,
    KEYS,
)

__all__ = [
    "ACCIDENTALS",
    "CLEFS",
    "DURATIONS",
    "FERMATA",
    "HIGHEST",
    "KEYS",
    "LOWEST",
    "REST_COUNT",
    "AccidentalRow",
    "AgnosticAccidental",
    "AgnosticBarline",
    "AgnosticClef",
    "AgnosticDigit",
    "AgnosticDot",
    "AgnosticFermata",
    "AgnosticMeterSign",
    "AgnosticMultirest",
    "AgnosticNote",
    "AgnosticRest",
    "AgnosticSlur",
    "AgnosticToken",
    "BeamPlace",
    "PrimusToken",
    "SemanticBarline",
    "SemanticClef",
    "SemanticKey",
    "SemanticMultirest",
    "SemanticNote",
    "SemanticRest",
    "SemanticTie",
    "SemanticTime",
    "SemanticToken",
    "SlurEdge",
    "UnknownToken",
    "convert_primus_annotation_to_mashcima_annotation",
    "dot_position",
    "parse_agnostic",
    "parse_semantic",
    "numbers_of",
    "place_of",
    "position_name",
    "position_of",
    "split_rest_count",
    "times_of",
    "to_mashcima",
    "traditional_fifths",
    "unknown_token_issues",
    "write_tokens",
]
