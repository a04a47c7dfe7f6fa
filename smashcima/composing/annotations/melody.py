"""Melodies: positions within a range, and accidentals that fit a key."""

from __future__ import annotations

from functools import lru_cache

from smashcima.composing.draws import Draws, Weighted
from smashcima.notations.mashcima import read_token
from smashcima.notations.mashcima.meanings import CLEF_SHAPES
from smashcima.scene.semantic import Clef, KeySignature, Step, key_positions

_SIGNS = {-2: "bb", -1: "b", 0: "N", 1: "#", 2: "x"}


@lru_cache(256)
def key_tokens(clef: str, fifths: int) -> tuple[str, ...]:
    """Tokens of a key signature under a clef."""
    sign = "#" if fifths > 0 else "b"
    return tuple(f"{sign}{position}" for position in key_positions(fifths, _clef(clef)))


@lru_cache(256)
def _alters(clef: str, fifths: int) -> tuple[int, ...]:
    """Alterations by the key of the positions 0 to 6, which repeat every octave."""
    middle = _clef(clef).middle_diatonic()
    by_step = KeySignature(fifths).alters
    return tuple(int(by_step.get(Step.at(middle + position), 0)) for position in range(7))


@lru_cache(64)
def _clef(token: str) -> Clef:
    read = read_token(token)
    assert read is not None
    position = read.pitch or 0
    line = position // 2 + 3 if position % 2 == 0 else None
    return Clef(CLEF_SHAPES[read.name], line, staff_position=position if line is None else None)


class Melody:
    """A melody that moves by steps and leaps and returns to the middle of its range."""

    def __init__(
        self, draws: Draws, intervals: Weighted[int], limits: tuple[int, int], chromatic: float
    ) -> None:
        self._draws = draws
        self._intervals = intervals
        self._low, self._high = limits
        self._chromatic = chromatic
        middle = (self._low + self._high) / 2
        spread = (self._high - self._low) / 4
        self.position = round(middle + spread * (2 * draws.uniform() - 1))
        self._of_key: tuple[int, ...] = (0,) * 7
        self._of_measure: dict[int, int] = {}

    def set_key(self, clef: str, fifths: int) -> None:
        """Sets the clef and key in force."""
        self._of_key = _alters(clef, fifths)
        self._of_measure.clear()

    def start_measure(self) -> None:
        """Ends the accidentals of the previous measure."""
        self._of_measure.clear()

    def move(self) -> int:
        """Moves to the next position, and returns it."""
        draws = self._draws
        interval = draws.weighted(self._intervals)
        # The further the note is from the middle, the more likely it returns.
        share = (self.position - self._low) / max(self._high - self._low, 1)
        position = self.position + (-interval if draws.uniform() < share else interval)
        if not self._low <= position <= self._high:
            position = min(max(2 * self.position - position, self._low), self._high)
        self.position = position
        return position

    def accidental(self) -> str | None:
        """The accidental of the note at the position, or `None`."""
        of_key = self._of_key[self.position % 7]
        alter = self._of_measure.get(self.position, of_key)
        draws = self._draws
        if alter != of_key:
            if not draws.chance(0.4):
                return None
            new = of_key
        elif draws.chance(self._chromatic):
            # Away from the side of the key: naturals in sharp and flat keys, else sharps more often than flats.
            up = draws.chance(0.6 if of_key == 0 else 0.1 if of_key > 0 else 0.9)
            new = of_key + (1 if up else -1)
        else:
            return None
        self._of_measure[self.position] = new
        return f"{_SIGNS[new]}{self.position}"
