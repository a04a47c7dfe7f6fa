"""Readers and writers of the value types of MEI attributes.

Readers raise `ValueError` (or `KeyError`) for invalid values; the attribute is then kept unchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from smashcima.scene.semantic import Alter, Duration, DurationType, Pitch, Step, TimePoint
from smashcima.scene.semantic.note_parts import ACCIDENTAL_ALTERS

DURATIONS: dict[str, DurationType] = {
    "maxima": DurationType.MAXIMA,
    "long": DurationType.LONG,
    "breve": DurationType.BREVE,
    **{str(2**index): kind for index, kind in enumerate(list(DurationType)[3:])},
}
"""Note types by MEI name."""

MENSURAL_DURATIONS: dict[str, DurationType] = {
    "longa": DurationType.LONG,
    "brevis": DurationType.BREVE,
    "semibrevis": DurationType.WHOLE,
    "minima": DurationType.HALF,
    "semiminima": DurationType.QUARTER,
    "fusa": DurationType.EIGHTH,
    "semifusa": DurationType.N16TH,
}
"""Note types of mensural notation, assumed to be imperfect."""

_MEI_OF_DURATION = {kind: name for name, kind in DURATIONS.items()}
_GESTURAL_NAMES: dict[Alter, str] = {
    ACCIDENTAL_ALTERS[name]: name
    for name in (
        "n", "s", "f", "ss", "ff", "ts", "tf", "sd", "fu", "su", "fd", "xu", "ffd",
        "ks", "bs", "kms", "bms", "kf", "bf", "kmf", "bmf",
    )
}  # fmt: skip
"""Names of performed alterations that MEI has (`data.ACCIDENTAL.GESTURAL`)."""

_EXACT_ALTER = "alter:"
"""Begins a word of a note's `type` that gives an alteration for which MEI has no name, such as `alter:0.22`."""

_LONGEST_NUMBER = 24

_MOST_DOTS = 8


def text(value: str) -> str:
    """The value unchanged."""
    return value


@lru_cache(maxsize=4096)
def integer(value: str) -> int:
    """An integer."""
    if len(value) > _LONGEST_NUMBER:
        raise ValueError(value)
    return int(value)


@lru_cache(maxsize=4096)
def decimal(value: str) -> Fraction:
    """A decimal number as the simple fraction that it approximates: `2.333333` is 7/3."""
    if len(value) > _LONGEST_NUMBER or "e" in value.lower():
        raise ValueError(value)  # an exponent could produce a number of a million digits
    exact = Fraction(value)
    simple = exact.limit_denominator(1920)
    return simple if abs(simple - exact) < Fraction(1, 20000) else exact


def written_decimal(value: Fraction) -> str:
    """Decimal number with the precision supported by Verovio."""
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=1024)
def time_point(value: str) -> TimePoint:
    """A time point such as `1m+2.5`; a beat without a measure is in the same measure."""
    measures, plus, beat = value.partition("m+")
    if not plus:
        return TimePoint(0, decimal(value.strip()))
    return TimePoint(int(measures), decimal(beat.strip()))


def written_time_point(value: TimePoint) -> str:
    """MEI text of a time point, such as `1m+2.5`."""
    return f"{value.measures}m+{written_decimal(value.beat)}"


def words(value: str) -> tuple[str, ...]:
    """Names separated by spaces."""
    return tuple(value.split())


@lru_cache(maxsize=512)
def duration(value: str, dots: str) -> Duration:
    """A note type and its dots."""
    if not 0 <= int(dots) <= _MOST_DOTS:
        raise ValueError(dots)
    return Duration(DURATIONS.get(value) or MENSURAL_DURATIONS[value], int(dots))


def written_duration_type(value: DurationType) -> str:
    """MEI name of a note type."""
    return _MEI_OF_DURATION[value]


@lru_cache(maxsize=1024)
def pitch(step: str, octave: str, alter: Alter) -> Pitch:
    """A pitch from its attributes."""
    return Pitch(Step(step), int(octave), alter)


def written_alter(value: Alter) -> str | None:
    """MEI name of a performed alteration; `None` if MEI has none."""
    return _GESTURAL_NAMES.get(value)


def exact_alter(type_: str) -> Fraction | None:
    """The alteration that the `type` of a note gives as a number of semitones, if it does."""
    for word in type_.split():
        if word.startswith(_EXACT_ALTER):
            try:
                return decimal(word.removeprefix(_EXACT_ALTER))
            except ValueError:
                return None
    return None


def with_exact_alter(type_: str, value: Alter) -> str:
    """The `type` of a note with its alteration, if MEI has no name for it, and with no other."""
    words = [word for word in type_.split() if not word.startswith(_EXACT_ALTER)]
    if value not in _GESTURAL_NAMES:
        words.append(f"{_EXACT_ALTER}{written_decimal(Fraction(value))}")
    return " ".join(words)


@lru_cache(maxsize=64)
def fifths(value: str) -> int | None:
    """Number of fifths of a key signature such as `2f`; `None` for a mixed one."""
    if value == "0":
        return 0
    if value == "mixed":
        return None
    if value[-1] not in "sf":
        raise ValueError(value)
    return int(value[:-1]) * (1 if value[-1] == "s" else -1)


def written_fifths(value: int | None) -> str:
    """MEI text of a key signature, such as `2f`."""
    if value is None:
        return "mixed"
    return f"{abs(value)}{'s' if value > 0 else 'f'}" if value else "0"


def reader_of(kind: type[Enum]) -> Callable[[str], Any]:
    """A reader for an enumeration whose values are MEI names."""
    members = {member.value: member for member in kind}
    return members.__getitem__


def written_enum(value: Enum) -> str:
    """MEI name of an enumeration member."""
    return str(value.value)
