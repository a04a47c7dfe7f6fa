"""Text without capitals and diacritics, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

_LIGATURES = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"',
              "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "\u00a0": " ", "¾": "3/4", "⅜": "3/8"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text."""

    original: str
    text: str
    """In small letters without diacritics: `des dur` for `Des-Dur`, but with its punctuation."""

    origins: tuple[int, ...]
    """For each character of `text`, its place in `original`; one more for the end."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of a part of the folded text."""
        return self.origins[start], self.origins[end - 1] + 1 if end > start else self.origins[start]

    def place(self, original: int) -> int:
        """The place in the folded text of a place in the original."""
        return bisect_left(self.origins, original)


def fold(text: str) -> Folded:
    """Folds a text."""
    characters: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        for each in folded_letter(character):
            characters.append(each)
            origins.append(place)
    return Folded(text, "".join(characters), (*origins, len(text)))


@lru_cache(maxsize=1024)
def folded_letter(character: str) -> str:
    """A character in small letters without diacritics; sharps and flats stay, and never nothing.

    >>> folded_letter("É") + folded_letter("ß") + folded_letter("♯")
    'ess♯'
    """
    small = character.casefold() if character != "ß" else character
    small = _LIGATURES.get(small, small)
    plain = "".join(each for each in unicodedata.normalize("NFKD", small) if not unicodedata.combining(each))
    return plain or " "


def folded(text: str) -> str:
    """Only the folded text."""
    return fold(text).text


WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?[♯♭#]?")
"""A word of a folded text."""


def is_near(word: str, other: str, most: int) -> bool:
    """Whether at most `most` letters are wrong, missing, added or exchanged with their neighbour.

    >>> is_near("mneuet", "menuet", 1), is_near("walz", "waltz", 1), is_near("organ", "opera", 1)
    (True, True, False)
    """
    if abs(len(word) - len(other)) > most:
        return False
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        line = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != wanted))
            exchanged = row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == wanted
            line.append(min(cost, before[column - 2] + 1) if exchanged else cost)
        before, last = last, line
    return last[-1] <= most
