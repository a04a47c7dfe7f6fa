"""Conversion of the simple values of slots from and to words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Generic, TypeVar

from smashcima.notations.mro.values import MroPosition, MroRational, is_text, is_word, quoted, unquoted

T = TypeVar("T")

E = TypeVar("E", bound=Enum)

_MAX_DIGITS = 9
"""SharpEye stores numbers as C integers; nine digits are always in their range."""

_WORDS_REMEMBERED = 4096

_INTEGER = rf"-?[0-9]{{1,{_MAX_DIGITS}}}"
_integer = re.compile(_INTEGER).fullmatch
_pair = re.compile(rf"({_INTEGER}),({_INTEGER})").fullmatch
_fraction = re.compile(rf"({_INTEGER})/({_INTEGER})").fullmatch


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """Reads and writes one type of value."""

    decode: Callable[[str], T]
    """Value of a word; raises a `ValueError` if the word is not of this type."""

    encode: Callable[[T], str]

    expected: str
    """Description of valid words, for messages."""


def _remembering(decode: Callable[[str], T]) -> Callable[[str], T]:
    """The same function with a cache: a page has thousands of equal words, and their meaning never changes."""
    return lru_cache(maxsize=_WORDS_REMEMBERED)(decode)


@_remembering
def _decode_integer(word: str) -> int:
    if _integer(word):
        return int(word)
    raise ValueError(word)


@_remembering
def _decode_boolean(word: str) -> bool:
    if word in ("True", "False"):
        return word == "True"
    raise ValueError(word)


@_remembering
def _decode_rational(word: str) -> MroRational:
    if match := _fraction(word):
        return MroRational(int(match[1]), int(match[2]))
    raise ValueError(word)


def _decode_position(word: str) -> MroPosition:
    if match := _pair(word):
        return MroPosition(int(match[1]), int(match[2]))
    raise ValueError(word)


def _decode_text(word: str) -> str:
    if is_text(word):
        return unquoted(word)
    raise ValueError(word)


def _decode_word(word: str) -> str:
    if is_word(word):
        return word
    raise ValueError(word)


INTEGER: Codec[int] = Codec(_decode_integer, str, f"an integer of at most {_MAX_DIGITS} digits, such as -12")
BOOLEAN: Codec[bool] = Codec(_decode_boolean, lambda value: "True" if value else "False", "True or False")
POSITION: Codec[MroPosition] = Codec(
    _decode_position, lambda value: f"{value[0]},{value[1]}", "a position `row,column`, such as 66,86"
)
RATIONAL: Codec[MroRational] = Codec(
    _decode_rational, lambda value: f"{value[0]}/{value[1]}", "a fraction, such as 2/3"
)
TEXT: Codec[str] = Codec(_decode_text, quoted, "a text in double quotes")
WORD: Codec[str] = Codec(_decode_word, str, "a word")


def choice(members: type[E]) -> Codec[E]:
    """Codec of the words of an enumeration; capitals are ignored in reading."""
    folded = {str(member.value).lower(): member for member in members}

    @_remembering
    def decode(word: str) -> E:
        member = folded.get(word.lower())
        if member is None:
            raise ValueError(word)
        return member

    def encode(member: Any) -> str:
        return str(member.value)

    return Codec(decode, encode, f"one of {', '.join(str(member.value) for member in members)}")
