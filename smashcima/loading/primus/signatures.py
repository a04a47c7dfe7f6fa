"""Key and time signatures among the accidentals and digits of the agnostic encoding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from smashcima.notations.primus import CLEFS, AgnosticAccidental, AgnosticDigit
from smashcima.scene.semantic import Clef, KeyAccidental, KeySignature, TimeSignature, key_positions

_MOST_DIGITS = 6


@dataclass
class AccidentalRow:
    """Accidentals in a row: a key signature, the accidental of the following note, or both.

    The encoding does not tell them apart, and the last accidental of a key signature may be at the position of the
    note by chance. A row is a key signature if it is a traditional one, or if it consists of naturals at different
    positions. A single accidental at the position of the note belongs to the note, except for a traditional key of one
    sharp or flat directly after the clef.
    """

    follows_clef: bool
    signs: list[AgnosticAccidental] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    """Token numbers of `signs`."""
    _marked: int = 0
    """Number of accidentals before the first mark of the following note."""

    def add(self, number: int, sign: AgnosticAccidental) -> None:
        """Adds the next accidental."""
        self.signs.append(sign)
        self.numbers.append(number)

    def mark(self) -> None:
        """A fermata or the end of a slur stands here; its note has at most one accidental after it."""
        self._marked = self._marked or len(self.signs)

    def accidental_of(self, position: int, clef: Clef | None) -> AgnosticAccidental | None:
        """Removes and returns the accidental of a note that follows at a position; `None` if it has none."""
        if self.signs[-1].position != position or self._is_key(clef):
            return None
        self.numbers.pop()
        return self.signs.pop()

    def _is_key(self, clef: Clef | None) -> bool:
        if 0 < self._marked < len(self.signs):
            return False
        if len(self.signs) == 1:
            return self.follows_clef and _fifths(self.signs, clef) is not None
        is_cancellation = {sign.kind for sign in self.signs} == {"n"} and (
            len({sign.position for sign in self.signs}) == len(self.signs)
        )
        return is_cancellation or _fifths(self.signs, clef) is not None


def key_of(accidentals: Sequence[AgnosticAccidental], clef: Clef | None) -> KeySignature:
    """Key signature of accidentals: a number of sharps or flats if they stand where that has them, else a free one."""
    fifths = _fifths(accidentals, clef)
    if fifths is not None:
        return KeySignature(fifths)
    return KeySignature(
        None, children=[KeyAccidental(kind=sign.kind, staff_position=sign.position) for sign in accidentals]
    )


def _fifths(accidentals: Sequence[AgnosticAccidental], clef: Clef | None) -> int | None:
    kind = accidentals[0].kind
    if kind not in ("s", "f") or any(sign.kind != kind for sign in accidentals) or len(accidentals) > 7:
        return None
    if clef is None or (clef.shape, clef.line) not in CLEFS:
        return None
    fifths = len(accidentals) if kind == "s" else -len(accidentals)
    return fifths if key_positions(fifths, clef) == tuple(sign.position for sign in accidentals) else None


@dataclass(frozen=True, slots=True)
class Number:
    """Digits side by side."""

    text: str
    position: int

    start: int
    """Index of the first digit among the digits."""


def numbers_of(digits: Sequence[AgnosticDigit]) -> list[Number]:
    """Numbers of consecutive digits; digits at the same position are one number."""
    found: list[Number] = []
    for position, group in groupby(enumerate(digits), key=lambda entry: entry[1].position):
        members = list(group)
        found.append(Number("".join(digit.number for _, digit in members), position, members[0][0]))
    return found


def is_readable(number: Number) -> bool:
    """Whether a number has a plausible number of digits."""
    return len(number.text) <= _MOST_DIGITS


def times_of(numbers: Sequence[Number]) -> list[tuple[TimeSignature, Number]]:
    """Time signatures of consecutive numbers, each with its first number.

    A number above the middle line and one below it form a pair; any other stands alone.
    """
    found: list[tuple[TimeSignature, Number]] = []
    index = 0
    while index < len(numbers):
        top = numbers[index]
        below = numbers[index + 1] if index + 1 < len(numbers) else None
        if below is not None and top.position > 0 > below.position:
            found.append((TimeSignature(top.text, int(below.text)), top))
            index += 2
        else:
            found.append((TimeSignature(top.text), top))
            index += 1
    return found
