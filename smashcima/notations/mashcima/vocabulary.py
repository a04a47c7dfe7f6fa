"""The vocabulary of Mashcima 1.0, its extensions, and questions about single tokens.

The functions take tokens with or without pitch (`q-3`, `q`), unless they say otherwise. They also know extensions.
"""

from __future__ import annotations

from functools import lru_cache

from smashcima.notations.mashcima.patterns import FURTHER, PITCHES, STANDARD, Kind, Pattern
from smashcima.notations.mashcima.tokens import numbered_prefix, read_token, to_generic

VOCABULARY: list[str] = [
    token
    for pattern in STANDARD
    for token in ([pattern.generic + pitch for pitch in PITCHES] if pattern.has_pitch else [pattern.generic])
]
"""The 547 tokens of Mashcima 1.0, in its order: the index of a token is its class in the output of a model."""

EXTENSIONS: list[str] = [
    *(
        pattern.generic + ("{pitch}" if pattern.has_pitch else "")
        for pattern in FURTHER
        if pattern.generic.startswith("~")
    ),
    "~time.{number}",
    "~meter.{number}",
    "~multirest.{count}",
    "~tuplet.{number}",
    "~dyn.{letters}",
    "~artic.{name}",
]
"""Patterns of the extensions that Smashcima adds; all begin with `~`."""

_VOCABULARY = frozenset(VOCABULARY)
_BY_GENERIC: dict[str, Pattern] = {
    pattern.generic: pattern for pattern in (*FURTHER, *STANDARD) if pattern.has_pitch
}


def is_extension(token: str) -> bool:
    """Whether a token is an extension of Smashcima, which Mashcima 1.0 cannot read."""
    return token.startswith("~")


def is_in_vocabulary(token: str) -> bool:
    """Whether a token is one of the 547 of Mashcima 1.0.

    `clef.G0` and other clefs at unusual positions are not, although Mashcima 1.0 parses them.
    """
    return token in _VOCABULARY


def is_token(token: str) -> bool:
    """Whether the language, with its extensions, has a token; pitched tokens need a pitch."""
    return read_token(token) is not None


def get_pitch(annotation_token: str) -> int | None:
    """Returns the pitch of a token, or `None` if it has none."""
    number = annotation_token[len(to_generic(annotation_token)) :]
    try:
        return int(number) if number else None
    except ValueError:
        return None


def is_before_attachment(annotation_token: str) -> bool:
    """Whether a token is attached to the item after it."""
    return _kind(annotation_token) in _BEFORE


def is_after_attachment(annotation_token: str) -> bool:
    """Whether a token is attached to the item before it."""
    return _kind(annotation_token) in _AFTER


def is_attachment(annotation_token: str) -> bool:
    """Whether a token is attached to an item."""
    return is_before_attachment(annotation_token) or is_after_attachment(annotation_token)


def is_duration_dot(annotation_token: str) -> bool:
    """Whether a token is `*` or `**` (or the extension `~***`)."""
    return _kind(annotation_token) is Kind.DOTS


def is_note(annotation_token: str) -> bool:
    """Whether a token is a note, beamed or not, including grace notes."""
    return _kind(annotation_token) in (Kind.NOTE, Kind.GRACE_NOTE)


def is_grace_note(annotation_token: str) -> bool:
    """Whether a token is a grace note, which is an extension."""
    return _kind(annotation_token) is Kind.GRACE_NOTE


def is_beamed_note(annotation_token: str) -> bool:
    """Whether a token is a note with a beam on at least one side."""
    return is_note(annotation_token) and "=" in annotation_token


def is_rest(annotation_token: str) -> bool:
    """Whether a token is a rest, including multi-measure rests."""
    return _kind(annotation_token) in (Kind.REST, Kind.MULTIREST)


def is_clef(annotation_token: str) -> bool:
    """Whether a token is a clef, at any position."""
    return annotation_token.startswith(("clef.", "~clef."))


def is_accidental(annotation_token: str) -> bool:
    """Whether a token is an accidental."""
    return _kind(annotation_token) is Kind.ACCIDENTAL


def is_numeric_time_signature(annotation_token: str) -> bool:
    """Whether a token is a number of a time signature, of which two in a row make one signature."""
    return _kind(annotation_token) is Kind.TIME_NUMBER


def is_barline(annotation_token: str) -> bool:
    """Whether a token is a barline of any form."""
    return _kind(annotation_token) is Kind.BARLINE


_BEFORE = frozenset((Kind.SLUR_END, Kind.FERMATA, Kind.ORNAMENT, Kind.DYNAMIC, Kind.TUPLET, Kind.ACCIDENTAL))
_AFTER = frozenset((Kind.ARTICULATION, Kind.DOTS, Kind.SLUR_START, Kind.KEY_END))


@lru_cache(1 << 13)
def _kind(text: str) -> Kind | None:
    """The kind of a token with or without pitch."""
    token = read_token(text)
    if token is not None:
        return token.kind
    if numbered_prefix(text) is not None:
        return None
    pattern = _BY_GENERIC.get(to_generic(text))
    return pattern.kind if pattern is not None else None
