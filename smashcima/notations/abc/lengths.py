"""Lengths of notes, metres and unit note lengths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_LENGTH = re.compile(r"(\d*)(/*)(\d*)$")

_METER = re.compile(r"\(?\s*(\d{1,4}(?:\s*\+\s*\d{1,4})*)\s*\)?(?:\s*/\s*(\d{1,4}))?$")

_FRACTION = re.compile(r"(\d{1,4})(?:\s*/\s*(\d{1,4}))?$")

_MOST_DIGITS = 6

_COMPOUND = (6, 9, 12)

EIGHTH = Fraction(1, 8)


def multiplier(text: str) -> Fraction | None:
    """The factor after a note: `3/2`, `2`, `/` (1/2), `//` (1/4) or nothing (1); `None` if it is 0 or too long."""
    if not text:
        return Fraction(1)
    found = _LENGTH.match(text)
    if found is None or len(text) > 2 * _MOST_DIGITS:
        return None
    numerator = int(found[1] or 1)
    slashes = len(found[2])
    denominator = int(found[3] or 2) * 2 ** (slashes - 1) if slashes else 1
    return Fraction(numerator, denominator) if numerator and denominator else None


@dataclass(frozen=True, slots=True)
class Meter:
    """A metre, as written."""

    count: str | None = None
    """Beats, such as `3` or `2+3+2`; `None` in free metre."""

    unit: int | None = None
    """Note value of a beat; `None` in free metre, or if there is no second number."""

    symbol: str | None = None
    """`C` or `C|`."""

    @property
    def length(self) -> Fraction | None:
        """Length of a measure in whole notes; `None` if unknown."""
        if self.count is None or not self.unit:
            return None
        return Fraction(sum(map(int, self.count.split("+"))), self.unit) or None

    @property
    def unit_length(self) -> Fraction:
        """The unit note length, in whole notes, of a tune without an `L:` field."""
        length = self.length
        return Fraction(1, 16) if length is not None and length < Fraction(3, 4) else EIGHTH

    @property
    def is_compound(self) -> bool:
        """Whether tuplets without a second number are in the time of three: 6/8, 9/8, 12/8 and so on."""
        return self.count is not None and self.unit is not None and self.count in map(str, _COMPOUND)


FREE_METER = Meter()


def parse_meter(text: str) -> Meter | None:
    """The value of an `M:` field: `6/8`, `C`, `C|`, `(2+3)/8`, or `none`; `None` if it is invalid."""
    text = text.strip()
    if text in ("", "none", "None", "NONE"):
        return FREE_METER
    if text in ("C", "c"):
        return Meter("4", 4, "C")
    if text in ("C|", "c|"):
        return Meter("2", 2, "C|")
    found = _METER.match(text)
    if found is None:
        return None
    return Meter(re.sub(r"\s", "", found[1]), int(found[2]) if found[2] else None)


def parse_unit_length(text: str) -> Fraction | None:
    """The value of an `L:` field in whole notes; `None` if it is invalid."""
    found = _FRACTION.match(text.strip().partition("=")[0].strip())
    if found is None or not int(found[1]) or not int(found[2] or 1):
        return None
    return Fraction(int(found[1]), int(found[2] or 1))
