"""What the readers of both encodings have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from smashcima.errors import Issue, MalformedSourceError
from smashcima.loading.source import Source
from smashcima.loading.text import decode
from smashcima.notations.primus import PrimusToken, UnknownToken, unknown_token_issues

T = TypeVar("T", bound=PrimusToken)


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
