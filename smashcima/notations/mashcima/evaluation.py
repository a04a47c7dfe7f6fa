"""Transformations of annotations before edit distances are computed.

They implement the stages in which the authors of Mashcima 1.0 evaluated their recogniser. Each stage includes those
before it: raw, trained, slurless, ornamentless, pitchless.
"""

from __future__ import annotations

from smashcima.notations.mashcima.tokens import to_generic
from smashcima.notations.mashcima.vocabulary import (
    is_accidental,
    is_attachment,
    is_barline,
    is_duration_dot,
    is_extension,
)

_NOT_TRAINED = frozenset(("?", "x", "bb", "tuplet.3", "fermata", "trill", "+", "_", ">", "^"))
"""Tokens, without their pitch, that the annotations of the training data did not contain."""

_UNIMPORTANT = frozenset(("?", "x", "bb"))


def is_important_token(token: str) -> bool:
    """Whether a token counts in the evaluation: not `?`, double accidentals, and attachments.

    Of attachments, accidentals and duration dots count.
    """
    if to_generic(token) in _UNIMPORTANT:
        return False
    return not is_attachment(token) or is_accidental(token) or is_duration_dot(token)


def count_important_tokens(annotation: str) -> int:
    """The number of tokens that count in the evaluation."""
    return sum(map(is_important_token, annotation.split()))


def iter_raw_transformation(annotation: str) -> str:
    """Returns the annotation unchanged."""
    return annotation


def iter_trained_transformation(annotation: str) -> str:
    """Removes the tokens that the training data did not contain, and makes every barline a plain one.

    Extensions are removed as well, except for barlines.
    """
    tokens: list[str] = []
    for token in iter_raw_transformation(annotation).split():
        if is_barline(token):
            tokens.append("|")
        elif to_generic(token) not in _NOT_TRAINED and not is_extension(token):
            tokens.append(token)
    return " ".join(tokens)


def iter_slurless_transformation(annotation: str) -> str:
    """Removes also slurs."""
    tokens = iter_trained_transformation(annotation).split()
    return " ".join(token for token in tokens if token not in ("(", ")"))


def iter_ornamentless_transformation(annotation: str) -> str:
    """Removes also all other attachments except for accidentals and duration dots."""
    tokens = iter_slurless_transformation(annotation).split()
    return " ".join(
        token
        for token in tokens
        if not is_attachment(token) or is_accidental(token) or is_duration_dot(token)
    )


def iter_pitchless_transformation(annotation: str) -> str:
    """Removes also all pitches."""
    return " ".join(map(to_generic, iter_ornamentless_transformation(annotation).split()))
