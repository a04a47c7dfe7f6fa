"""Ensembles: who plays, from top to bottom."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from smashcima.composing.ensembles.instruments import ALIASES, INSTRUMENTS, Instrument
from smashcima.errors import SettingsError

_ORCHESTRA = (
    "piccolo", "flute", "flute", "oboe", "oboe", "english horn", "clarinet in b", "clarinet in b", "bassoon", "bassoon",
    "horn in f", "horn in f", "horn in f", "trumpet in b", "trumpet in b", "trombone", "trombone", "tuba", "violin",
    "violin", "viola", "cello", "double bass",
)  # fmt: skip

ENSEMBLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "piano": ("piano",),
        "piano four hands": ("piano", "piano"),
        "organ with pedals": ("organ", "bass pedals"),
        "string duo": ("violin", "cello"),
        "violin and piano": ("violin", "piano"),
        "cello and piano": ("cello", "piano"),
        "flute and piano": ("flute", "piano"),
        "clarinet and piano": ("clarinet in b", "piano"),
        "voice and piano": ("voice", "piano"),
        "piano trio": ("violin", "cello", "piano"),
        "string trio": ("violin", "viola", "cello"),
        "woodwind trio": ("oboe", "clarinet in b", "bassoon"),
        "string quartet": ("violin", "violin", "viola", "cello"),
        "satb": ("soprano", "alto", "tenor", "bass"),
        "brass quartet": ("trumpet in b", "trumpet in b", "horn in f", "trombone"),
        "wind quintet": ("flute", "oboe", "clarinet in b", "horn in f", "bassoon"),
        "brass quintet": ("trumpet in b", "trumpet in b", "horn in f", "trombone", "tuba"),
        "string quintet": ("violin", "violin", "viola", "viola", "cello"),
        "string orchestra": ("violin", "violin", "viola", "cello", "double bass"),
        "satb and piano": ("soprano", "alto", "tenor", "bass", "piano"),
        "piano quintet": ("violin", "violin", "viola", "cello", "piano"),
        "wind octet": (
            "oboe", "oboe", "clarinet in b", "clarinet in b", "horn in f", "horn in f", "bassoon", "bassoon",
        ),
        "chamber orchestra": (
            "flute", "oboe", "clarinet in b", "bassoon", "horn in f", "violin", "violin", "viola", "cello", "double bass",
        ),
        "choir and orchestra": (
            "flute", "oboe", "clarinet in b", "bassoon", "horn in f", "trumpet in b", "soprano", "alto", "tenor", "bass",
            "violin", "violin", "viola", "cello", "double bass",
        ),
        "orchestra": _ORCHESTRA,
    }
)  # fmt: skip
"""Ensembles by name in lower case, with their instruments; every instrument is an ensemble, too."""

LARGE = 7
"""Number of instruments from which on several play the same."""

_LEADERS = ("voice", "soprano", "violin", "flute", "oboe", "clarinet in b", "trumpet in b")
"""Instruments that have the melody in large ensembles, by preference."""

_PEDALS = Instrument(
    "bass pedals", "Ped.", ("bass",), INSTRUMENTS["organ"].low, INSTRUMENTS["bass"].high, "pedal", (0, 0), 19
)
_ROMAN = (
    "",
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
)

_BY_STAVES: Mapping[int, tuple[str, ...]] = MappingProxyType(
    {
        1: ("violin", "flute", "clarinet in b", "cello", "oboe", "trumpet in b", "voice", "guitar"),
        2: ("piano", "piano", "piano", "string duo", "harpsichord"),
        3: ("voice and piano", "violin and piano", "flute and piano", "string trio", "woodwind trio", "cello and piano"),
        4: ("string quartet", "satb", "piano trio", "brass quartet", "piano four hands"),
        5: ("wind quintet", "string orchestra", "string quintet", "brass quintet"),
        6: ("satb and piano", "piano quintet"),
        8: ("wind octet",),
        10: ("chamber orchestra",),
        15: ("choir and orchestra",),
        23: ("orchestra",),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Ensemble:
    """The players of a piece, from top to bottom."""

    name: str
    instruments: tuple[Instrument, ...]
    labels: tuple[str, ...]
    """Names before the first system: `Violin II`."""

    @staticmethod
    def of(given: str | Iterable[str]) -> Ensemble:
        """The ensemble with a name, of an instrument, or of several instruments.

        Raises a `SettingsError` for unknown names, and for more than 24 staves.
        """
        return _ensemble(given if isinstance(given, str) else tuple(given))

    @staticmethod
    def names_with_staves(count: int) -> tuple[str | tuple[str, ...], ...]:
        """Ensembles with a number of staves from 1 to 24, for `of`."""
        usual = _BY_STAVES.get(count)
        if usual:
            return usual
        return (_larger(count),)

    @staticmethod
    def names_with_structure(structure: tuple[int, ...]) -> tuple[str | tuple[str, ...], ...]:
        """Ensembles with one or two staves for each part, for `of`."""
        named = tuple(name for name in ENSEMBLES if Ensemble.of(name).structure == structure)
        if len(structure) == 1:
            return ("piano",) if structure == (2,) else _BY_STAVES[1]
        if named:
            return named
        single = iter(_larger(max(structure.count(1), 5)) if structure.count(1) else ())
        return (tuple("piano" if staves == 2 else next(single) for staves in structure),)

    @property
    def structure(self) -> tuple[int, ...]:
        """Number of staves of each instrument."""
        return tuple(each.staves for each in self.instruments)

    @property
    def leader(self) -> int:
        """Index of the instrument with the melody: the first one that is no keyboard and no pedals; in large ensembles the
        singer or the first violin.
        """
        names = [each.name for each in self.instruments]
        if len(names) >= LARGE:
            return next((names.index(name) for name in _LEADERS if name in names), 0)
        melodic = (
            index
            for index, each in enumerate(self.instruments)
            if not each.is_keyboard and each.family != _PEDALS.family
        )
        return next(melodic, 0)

    def first_staff(self, index: int) -> int:
        """Index of the first staff of an instrument."""
        return sum(each.staves for each in self.instruments[:index])

    @property
    def staves(self) -> int:
        """Number of staves of all instruments."""
        return sum(each.staves for each in self.instruments)


def _larger(count: int) -> tuple[str, ...]:
    """Strings with as many winds and brass as the number of staves allows, in the order of a score."""
    if count > len(_ORCHESTRA):
        return (*_ORCHESTRA[:17], "trombone", *_ORCHESTRA[17:])
    strings, others = _ORCHESTRA[18:], _ORCHESTRA[:18]
    wanted = sorted(sorted(range(18), key=lambda index: _PRIORITY[index])[: count - len(strings)])
    return (*(others[index] for index in wanted), *strings)


_PRIORITY = (17, 0, 8, 1, 9, 16, 2, 10, 3, 11, 4, 5, 12, 6, 7, 13, 14, 15)
"""The order in which winds and brass join the strings."""


@lru_cache(maxsize=512)
def _ensemble(given: str | tuple[str, ...]) -> Ensemble:
    if isinstance(given, str):
        name = ALIASES.get(given.strip().lower(), given.strip().lower())
        names = ENSEMBLES.get(name, (name,))
    else:
        name, names = ", ".join(given), given
    instruments = tuple(_instrument(each) for each in names)
    if not instruments:
        raise SettingsError("An ensemble requires at least one instrument.")
    made = Ensemble(name, instruments, _labels(instruments))
    if made.staves > 24:
        raise SettingsError(f"The ensemble {name!r} has {made.staves} staves; at most 24 are possible.")
    return made


def _instrument(given: Any) -> Instrument:
    name = str(given).strip().lower()
    name = ALIASES.get(name, name)
    if name == _PEDALS.name:
        return _PEDALS
    if name not in INSTRUMENTS:
        known = (*ENSEMBLES, *INSTRUMENTS)
        close = difflib.get_close_matches(name, known, 1)
        hint = f" (did you mean {close[0]!r}?)" if close else ""
        raise SettingsError(
            f"{given!r} is neither an ensemble nor an instrument{hint}; there are {', '.join(known)}."
        )
    return INSTRUMENTS[name]


def _labels(instruments: tuple[Instrument, ...]) -> tuple[str, ...]:
    names = [each.name for each in instruments]
    labels = []
    for index, name in enumerate(names):
        title = _titled(name)
        number = names[: index + 1].count(name)
        labels.append(f"{title} {_ROMAN[number]}" if names.count(name) > 1 else title)
    return tuple(labels)


def _titled(name: str) -> str:
    """`Clarinet in B` for `clarinet in b`; the German B is written as a flat key."""
    words = name.split(" in ")
    title = words[0].capitalize() if "horn" not in words[0] else words[0].title()
    return title if len(words) == 1 else f"{title} in {_KEY_NAMES[words[1]]}"


_KEY_NAMES = {"b": "B♭", "a": "A", "f": "F", "c": "C"}
