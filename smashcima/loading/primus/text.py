"""What the readers of both encodings have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from smashcima.errors import Issue, MalformedSourceError
from smashcima.loading.source import Source
from smashcima.loading.text import decode
from smashcima.notations.primus import PrimusToken, UnknownToken, unknown_token_issues

T = TypeVar("T", bound=PrimusToken)

_LOOKED_AT = 20
"""Number of tokens by which an encoding is recognised."""


def read_tokens(
    source: Source, parse: Callable[[str], tuple[T, ...]], encoding: str, examples: str
) -> tuple[tuple[T, ...], list[Issue]]:
    """Tokens of a source, and issues about its text encoding and unknown tokens.

    Raises:
        MalformedSourceError: no token is known.
    """
    text, issues = decode(source)
    tokens = parse(text)
    if all(isinstance(token, UnknownToken) for token in tokens):
        what = f"the token {tokens[0]}" if tokens else "no tokens"
        raise MalformedSourceError(
            f"{source.name} is not in the {encoding} encoding of PrIMuS: it has {what:.80}; expected tokens such as {examples}, "
            "separated by tabs."
        )
    return tokens, [*issues, *unknown_token_issues(tokens)]


def looks_like(beginning: bytes, parse: Callable[[str], tuple[PrimusToken, ...]]) -> bool:
    """Whether the first line of a source has at least two tokens, and all are known; the last one may be cut."""
    line = beginning.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]
    try:
        words = line.decode("ascii").split()[:_LOOKED_AT]
    except UnicodeDecodeError:
        return False
    tokens = parse(" ".join(words))
    return len(tokens) > 1 and not any(isinstance(token, UnknownToken) for token in tokens[:-1])
