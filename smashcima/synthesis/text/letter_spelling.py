"""How a writer spells words: which letters, joined or not, and in which of their forms."""

from __future__ import annotations

import math
import zlib
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.randomness import Stream
from smashcima.synthesis.text.letters import (
    LIFTED,
    HandName,
    LetterForm,
    can_be_entered,
    can_be_left,
    form_weights,
    letter_form,
    shortened,
    spell,
    with_long_s,
)
from smashcima.synthesis.text.pen_text_style import PenTextStyle

_RAREST = 2.5
"""Random numbers are clipped to this many standard deviations."""

_TABLE_SIZE = 16384


class SpelledLetter(NamedTuple):
    """A letter of a word in the spelling of a writer."""

    letter: str
    """The letter with its marks."""
    bold: bool
    enters: bool
    """Whether it is joined to the previous one."""
    leaves: bool
    """Whether it is joined to the next one."""
    other: bool
    """Whether it is written in the second form."""
    step: int
    """The step of its size."""


class Spelling:
    """The spelling of a writer. It does not depend on the order in which words are spelled."""

    def __init__(self, style: PenTextStyle) -> None:
        self._style = style
        self._table = Stream(style.pen.seed).child("letters").generator().standard_normal(_TABLE_SIZE)
        np.maximum(self._table, -_RAREST, out=self._table)
        np.minimum(self._table, _RAREST, out=self._table)

    def spelled(self, word: str, step: int, bold: bool) -> list[SpelledLetter]:
        """The letters of a word for a step of sizes."""
        style = self._style
        letters = _spelled(style.hand, self.as_written(word))
        count = len(letters)
        enters, leaves = [False] * count, [False] * count
        if style.hand == "linked":
            links = [can_be_left(a[0]) and can_be_entered(b[0]) for a, b in pairwise(letters)]
            enters[1:], leaves[:-1] = links, links
        elif style.hand in LIFTED and letters:
            links = [self._joins(f"{a[0]}{b[0]}") for a, b in pairwise(letters)]
            begins = _uniform(self._number_for(f"begin {letters[0][0]}")) < style.lead_ins
            ends = _uniform(self._number_for(f"end {letters[-1][0]}")) < style.lead_ins
            enters, leaves = [begins, *links], [*links, ends]
        share = style.second_forms
        others = [False] * count
        if share > 0:
            others = [
                _uniform(number) < share for number in self.numbers_for(f"second {word}", count).tolist()
            ]
        return [
            SpelledLetter(letter, bold, entered, left, other, step)
            for letter, entered, left, other in zip(letters, enters, leaves, others, strict=False)
        ]

    def form(self, spelled: SpelledLetter) -> LetterForm:
        """The writer's form of a letter with its marks, or another one; that of the base letter does not depend on the
        marks.
        """
        letter, style = spelled.letter, self._style
        weights = form_weights(style.hand, letter)
        chosen = 0
        if len(weights) > 1:
            numbers = range(len(weights))
            chosen = _chosen(numbers, weights, _uniform(self._number_for(f"form {letter[0]}")))
            if spelled.other:
                others = [number for number in numbers if number != chosen]
                chosen = _chosen(others, weights, _uniform(self._number_for(f"second form {letter[0]}")))
        return letter_form(style.hand, letter, chosen, style.x_height, spelled.enters, spelled.leaves)

    def numbers_for(self, key: str, count: int) -> NDArray[np.float64]:
        """Standard normal numbers for a key: a slice of a table at an offset derived from the key.

        Creating a stream for each letter would take longer than writing the letter.
        """
        start = zlib.crc32(key.encode()) % _TABLE_SIZE
        if start + count <= _TABLE_SIZE:
            return self._table[start : start + count]
        return np.asarray(np.take(self._table, np.arange(start, start + count), mode="wrap"))

    def _number_for(self, key: str) -> float:
        """One standard normal number for a key."""
        return float(self._table[zlib.crc32(key.encode()) % _TABLE_SIZE])

    def _joins(self, pair: str) -> bool:
        """Whether the writer joins two letters: always the same ones."""
        return _uniform(self._number_for(f"join {pair}")) >= self._style.lifts

    def as_written(self, word: str) -> str:
        """The letters of a word in the writer's spelling: with a long s, or a stroke for a doubled m or n."""
        style = self._style
        if style.long_s:
            word = with_long_s(word)
        if style.abbreviations > 0 and _uniform(self._number_for(f"short {word}")) < style.abbreviations:
            word = shortened(word)
        return word


@lru_cache(maxsize=8192)  # the words of some books of songs
def _spelled(hand: HandName, word: str) -> tuple[str, ...]:
    return tuple(spell(hand, word))


def _chosen(numbers: Sequence[int], weights: Sequence[float], draw: float) -> int:
    """The number of the form that a random number from 0 to 1 chooses, in proportion to the weights."""
    totals = list(accumulate([weights[number] for number in numbers]))
    return numbers[min(bisect_right(totals, draw * totals[-1]), len(numbers) - 1)]


def _uniform(normal: float) -> float:
    """A uniform random number from a normal one."""
    return 0.5 + 0.5 * math.erf(normal / math.sqrt(2))
