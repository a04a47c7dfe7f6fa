"""What the tokens of both encodings have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from smashcima.errors import Issue

T = TypeVar("T", bound="PrimusToken")


class PrimusToken:
    """Base of the tokens of both encodings; `str(token)` is its text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class UnknownToken(PrimusToken):
    """A token that is not in the language; it keeps its text."""

    text: str

    reason: str
    """What is wrong with it, as in `has no position such as -L3`."""

    def __str__(self) -> str:
        return self.text


class TokenCache(dict[str, "T | UnknownToken"]):
    """Parses each distinct token once: PrIMuS has some thousands of them. Long ones, which are errors, are not kept."""

    _MOST = 50_000
    _MOST_CHARACTERS = 60

    def __init__(self, parse: Callable[[str], T | UnknownToken]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, text: str) -> T | UnknownToken:
        token = self._parse(text)
        if len(text) <= self._MOST_CHARACTERS:
            if len(self) >= self._MOST:
                self.clear()
            self[text] = token
        return token


def split_tokens(text: str) -> list[str]:
    """Splits text into tokens at white space, and at the commas and brackets of lists."""
    if "," in text:
        text = text.strip().removeprefix("[").removesuffix("]").replace(",", " ")
    return text.split()


def write_tokens(tokens: Iterable[PrimusToken]) -> str:
    """Writes tokens as PrIMuS does: one line, separated by tabs."""
    return "\t".join(map(str, tokens))


def unknown_token_issues(tokens: Iterable[PrimusToken]) -> list[Issue]:
    """Returns an issue for each unknown token, with its number in the text."""
    return [
        Issue(place_of(number), shown(token.text), f"not read: it {token.reason}")
        for number, token in enumerate(tokens, 1)
        if isinstance(token, UnknownToken)
    ]


def place_of(number: int) -> str:
    """Name of a token in issues; tokens are counted from 1."""
    return f"token {number}"


def shown(text: str) -> str:
    """Text of a token for messages, shortened if it is very long."""
    return text if len(text) <= 60 else f"{text[:60]}…"
