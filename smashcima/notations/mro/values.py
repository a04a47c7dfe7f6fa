"""Values of slots: positions, fractions, and slots that are kept without being understood."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple


class MroPosition(NamedTuple):
    """Position in units of 1/16 staff space, relative to the top left corner of a stave or system."""

    row: int
    """Downwards."""

    column: int
    """To the right."""


class MroRational(NamedTuple):
    """Fraction that is not reduced; 0/0 means unknown."""

    numerator: int
    denominator: int

    @property
    def is_known(self) -> bool:
        """Whether the fraction has a positive value."""
        return self.numerator > 0 and self.denominator > 0


@dataclass(frozen=True, slots=True)
class MroSlot:
    """Slot that is not part of the document model: unknown, a comment, or with an unreadable value.

    Such slots are written as they were read. A slot with the name of a slot of the model replaces that slot; if both
    have a list of slots as values, the lists are joined.
    """

    name: str

    value: str | tuple[MroSlot, ...]
    """A word, a text with its quotes as in the file, or the slots between brackets."""

    @staticmethod
    def comment(text: str) -> MroSlot:
        """Comment, which readers of the format skip."""
        return MroSlot("comment$", quoted(text))

    @property
    def is_comment(self) -> bool:
        """Whether the name is one of those that are reserved for comments."""
        return self.name in ("comment", "comment$")


_text = re.compile(r'"[^"]*(?:""[^"]*)*"').fullmatch
_word = re.compile(r'[^\s{}"](?:\S*[^\s}])?').fullmatch


def is_word(token: str) -> bool:
    """Whether a token is a word, which has no spaces, quotes or brackets at its ends."""
    return _word(token) is not None


def is_text(token: str) -> bool:
    """Whether a token is a text between double quotes, in which quotes are doubled."""
    return _text(token) is not None


def quoted(text: str) -> str:
    """Writes a text between double quotes; quotes in it are doubled."""
    return '"' + text.replace('"', '""') + '"'


def unquoted(token: str) -> str:
    """Text of a token between double quotes."""
    return token[1:-1].replace('""', '"')
