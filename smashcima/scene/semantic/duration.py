"""Written durations: a note type and augmentation dots."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

from smashcima._moved import FormerAttributes
from smashcima.errors import SettingsError
from smashcima.scene.semantic.frozen_value import FrozenValue


class DurationType(FormerAttributes, Enum):
    """Note types, from the longest to the shortest."""

    MAXIMA = "maxima"
    LONG = "long"
    BREVE = "breve"
    WHOLE = "whole"
    HALF = "half"
    QUARTER = "quarter"
    EIGHTH = "eighth"
    N16TH = "16th"
    N32ND = "32nd"
    N64TH = "64th"
    N128TH = "128th"
    N256TH = "256th"
    N512TH = "512th"
    N1024TH = "1024th"
    N2048TH = "2048th"

    # Names of smashcima 1.
    maxima = MAXIMA
    long = LONG
    breve = BREVE
    whole = WHOLE
    half = HALF
    quarter = QUARTER
    eighth = EIGHTH
    sixteenth = N16TH
    thirty_second = N32ND
    sixty_fourth = N64TH
    hundred_twenty_eighth = N128TH
    two_hundred_fifty_sixth = N256TH
    five_hundred_twelfth = N512TH
    thousand_twenty_fourth = N1024TH

    @property
    def quarter_length(self) -> Fraction:
        """Length in quarter notes: 4 for a whole note, 1/2 for an eighth."""
        return _LENGTHS[self]

    @property
    def flags(self) -> int:
        """Number of flags or beams: 0 up to the quarter, 1 for an eighth, 2 for a 16th."""
        return max(0, _ORDER[self] - _ORDER[DurationType.QUARTER])


_ORDER = {kind: index for index, kind in enumerate(DurationType)}
_LENGTHS = {kind: Fraction(32, 2**index) for kind, index in _ORDER.items()}
_ABBREVIATIONS = {"q": DurationType.QUARTER, "8th": DurationType.EIGHTH}


@dataclass(frozen=True)
class Duration(FrozenValue):
    """A written duration, such as a dotted half, without the effect of tuplets."""

    type: DurationType
    dots: int = 0

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Parses `quarter`, `half.`, `16th..` (one point per dot), or a number as in `4`, `8.`, `1`.

        >>> Duration.parse("half.").quarter_length
        Fraction(3, 1)
        """
        name = text.strip()
        bare = name.rstrip(".")
        kind = _ABBREVIATIONS.get(bare)
        if kind is None and bare.isdigit():
            kind = _BY_LENGTH.get(Fraction(4, int(bare)) if int(bare) else Fraction(0))
        if kind is None:
            try:
                kind = DurationType(bare)
            except ValueError:
                names = ", ".join(known.value for known in DurationType)
                raise SettingsError(
                    f"{text!r} is not a duration; write one of {names}, or 1, 2, 4, 8, ..., with a point per dot."
                ) from None
        return cls(kind, len(name) - len(bare))

    @classmethod
    def of_quarter_length(cls, length: Fraction) -> Duration | None:
        """The single written duration of a length (up to four dots), or `None` if ties or tuplets are necessary.

        >>> Duration.of_quarter_length(Fraction(3, 2))
        Duration(type=<DurationType.QUARTER: 'quarter'>, dots=1)
        """
        for dots in range(5):
            kind = _BY_LENGTH.get(length / (2 - Fraction(1, 2**dots)))
            if kind is not None:
                return cls(kind, dots)
        return None

    @cached_property
    def quarter_length(self) -> Fraction:
        """Length in quarter notes, with dots and without tuplets."""
        length = _LENGTHS[self.type]
        return length * (2 - Fraction(1, 2**self.dots)) if self.dots else length

    def __str__(self) -> str:
        return self.type.value + "." * self.dots


_BY_LENGTH = {length: kind for kind, length in _LENGTHS.items()}
