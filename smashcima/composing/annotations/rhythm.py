"""Rhythms that fill measures beat by beat."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from smashcima.composing.draws import Draws, Weighted
from smashcima.errors import SettingsError

_UNITS = {letter: 128 >> index for index, letter in enumerate("lbwhqest")}
"""Lengths of note values in 32nds."""

_VALUE = re.compile(r"([bwhqest])(\.{0,2})(/3)?")

_QUARTER, _DOTTED_QUARTER = 8, 12


@dataclass(frozen=True, slots=True)
class Value:
    """A note value."""

    letter: str
    dots: int = 0
    in_triplet: bool = False

    @property
    def units(self) -> int:
        """Written length in 32nds."""
        whole = _UNITS[self.letter]
        return 2 * whole - (whole >> self.dots)

    @property
    def has_flag(self) -> bool:
        """Whether it can be under a beam."""
        return self.letter in "est"


@dataclass(frozen=True, slots=True)
class Cell:
    """A rhythm that begins on a beat."""

    values: tuple[Value, ...]
    length: int
    """Length in 32nds."""


@dataclass(frozen=True, slots=True)
class Meter:
    """A time signature, and how its measures are divided."""

    tokens: tuple[str, ...]
    length: int
    """Length of a measure in 32nds."""

    beat: int
    """Length of a beat in 32nds."""

    @classmethod
    def parse(cls, text: str) -> Meter:
        """Makes a meter from `C`, `C/`, or two numbers such as `6/8`."""
        if text in ("C", "C/"):
            return cls((f"time.{text}",), 32, _QUARTER)
        found = re.fullmatch(r"([1-9]\d?)/(1|2|4|8|16)", text)
        if found is None:
            raise SettingsError(
                f"{text!r} is not a time signature; write 'C', 'C/', or numbers such as '6/8'."
            )
        count, unit = int(found[1]), int(found[2])
        tokens = tuple(f"{'~' * (number > 9)}time.{number}" for number in (count, unit))
        is_compound = count % 3 == 0 and unit >= 8
        return cls(tokens, count * 32 // unit, _DOTTED_QUARTER if is_compound else _QUARTER)


def parse_cell(text: str) -> Cell:
    """Makes a cell from a text such as `e. s` or `e/3 e/3 e/3`."""
    values: list[Value] = []
    for word in text.split():
        found = _VALUE.fullmatch(word)
        if found is None:
            raise SettingsError(
                f"{text!r} is not a rhythm: {word!r} is not a letter of b, w, h, q, e, s, t with up to two dots, or '/3'."
            )
        values.append(Value(found[1], len(found[2]), found[3] is not None))
    thirds = sum(value.units for value in values if value.in_triplet)
    if not values or (2 * thirds) % 3:
        raise SettingsError(f"{text!r} is not a rhythm: it is empty, or its triplets are incomplete.")
    return Cell(tuple(values), sum(v.units for v in values if not v.in_triplet) + 2 * thirds // 3)


class Rhythms:
    """The cells of a style."""

    def __init__(self, simple: Mapping[str, float], compound: Mapping[str, float]) -> None:
        self._cells = {
            _QUARTER: {parse_cell(text): weight for text, weight in simple.items()},
            _DOTTED_QUARTER: {parse_cell(text): weight for text, weight in compound.items()},
        }
        self._fitting: dict[tuple[int, int], Weighted[Cell]] = {}

    def fill(self, draws: Draws, length: int, beat: int) -> list[Cell]:
        """Cells that fill a length. What is shorter than a beat is filled with the longest values that fit."""
        cells: list[Cell] = []
        at = 0
        while at < length:
            room = length - at
            # Longer cells begin at every other beat only, so that the beats stay recognisable.
            limit = room if at % (2 * beat) == 0 else min(room, beat)
            fitting = self._fit(beat, limit)
            cell = draws.weighted(fitting) if fitting.values else _longest(limit)
            cells.append(cell)
            at += cell.length
        return cells

    def _fit(self, beat: int, limit: int) -> Weighted[Cell]:
        found = self._fitting.get((beat, limit))
        if found is None:
            cells = self._cells[beat]
            found = Weighted({c: w for c, w in cells.items() if c.length <= limit and c.length % beat == 0})
            self._fitting[beat, limit] = found
        return found


def _longest(limit: int) -> Cell:
    letter = next(letter for letter in "whqest" if _UNITS[letter] <= limit)
    return Cell((Value(letter),), _UNITS[letter])
