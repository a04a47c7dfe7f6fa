"""Numbers among the digits of the agnostic encoding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from smashcima.notations.primus.agnostic import AgnosticDigit
from smashcima.notations.primus.positions import REST_COUNT

_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Number:
    """Digits side by side, which are one number."""

    text: str
    position: int

    start: int
    """Index of the first digit among the digits."""

    @property
    def is_readable(self) -> bool:
        """Whether it has a plausible number of digits."""
        return len(self.text) <= _MOST_DIGITS

    @property
    def is_rest_count(self) -> bool:
        """Whether it stands where PrIMuS has the number of a multi-measure rest."""
        return self.position == REST_COUNT


TimeNumbers = tuple[Number, Number | None]
"""The numbers of a time signature; the second is `None` for one of a single number."""


def numbers_of(digits: Sequence[AgnosticDigit]) -> list[Number]:
    """Numbers of consecutive digits; digits at the same position are one number."""
    found: list[Number] = []
    for position, group in groupby(enumerate(digits), key=lambda entry: entry[1].position):
        members = list(group)
        found.append(Number("".join(digit.number for _, digit in members), position, members[0][0]))
    return found


def times_of(numbers: Sequence[Number]) -> list[TimeNumbers]:
    """Time signatures of consecutive numbers.

    A number above the middle line and one below it form a pair; any other stands alone.
    """
    found: list[TimeNumbers] = []
    index = 0
    while index < len(numbers):
        top = numbers[index]
        below = numbers[index + 1] if index + 1 < len(numbers) else None
        is_pair = below is not None and top.position > 0 > below.position
        found.append((top, below if is_pair else None))
        index += 2 if is_pair else 1
    return found


def split_rest_count(numbers: list[Number]) -> tuple[list[Number], Number | None]:
    """Separates the number of a multi-measure rest from the time signatures before it."""
    if not numbers:
        return [], None
    if not numbers[-1].is_rest_count and times_of(numbers)[-1][1] is not None:
        return numbers, None
    return numbers[:-1], numbers[-1]
