"""Metres: how measures are divided into beats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from smashcima.errors import SettingsError

QUARTER = 960
"""Ticks of a quarter note, in which composers count time; a 256th has 15, an eighth in a triplet 320."""

_UNITS = {1: 3840, 2: 1920, 4: 960, 8: 480, 16: 240, 32: 120}
_GROUPS = {5: (3, 2), 7: (2, 2, 3), 8: (3, 3, 2), 10: (3, 2, 3, 2), 11: (3, 3, 3, 2)}
"""Beats of irregular metres, in units."""

_NAMES = {"common": "4/4", "c": "4/4", "cut": "2/2", "alla breve": "2/2"}

METRES = (
    "2/4", "3/4", "4/4", "5/4", "6/4", "2/2", "3/2", "4/2", "3/8", "4/8", "5/8", "6/8", "7/8", "9/8", "12/8",
)  # fmt: skip
"""Metres that composers choose from."""


@dataclass(frozen=True)
class Metre:
    """A metre such as 6/8."""

    text: str
    """As for `smashcima.scene.semantic.time_signature`: `3/4`, `common`, `cut`."""

    count: int
    unit: int
    beats: tuple[int, ...]
    """Lengths of its beats in ticks: (1440, 1440) for 6/8."""

    @staticmethod
    def parse(text: str) -> Metre:
        """Parses `3/4`, `12/8`, `common` or `cut`.

        >>> Metre.parse("5/8").beats
        (1440, 960)
        """
        return _parse(text)

    @property
    def ticks(self) -> int:
        """Length of a measure in ticks."""
        return self.count * _UNITS[self.unit]

    @property
    def name(self) -> str:
        """Its numbers: `4/4` for common time."""
        return f"{self.count}/{self.unit}"

    @property
    def is_compound(self) -> bool:
        """Whether its beats are dotted."""
        return all(beat % 9 == 0 for beat in self.beats)

    @property
    def starts(self) -> tuple[int, ...]:
        """Onsets of its beats in ticks."""
        return tuple(sum(self.beats[:index]) for index in range(len(self.beats)))

    @property
    def halves(self) -> tuple[int, ...]:
        """Onsets of its main parts: two in 4/4, one in 3/4; in irregular metres, each beat."""
        if len(self.beats) == 4:
            return self.starts[::2]
        return self.starts if len(set(self.beats)) > 1 else (0,)


@lru_cache(maxsize=64)
def _parse(text: str) -> Metre:
    plain = _NAMES.get(text.strip().lower(), text.strip())
    found = re.fullmatch(r"(\d{1,2})\s*/\s*(\d{1,2})", plain)
    if found is not None and int(found[2]) in _UNITS and 1 <= int(found[1]) <= 16:
        count, unit = int(found[1]), int(found[2])
        name = "common" if text.strip().lower() == "c" else text.strip().lower()
        written = name if name in ("common", "cut") else f"{count}/{unit}"
        return Metre(written, count, unit, tuple(group * _UNITS[unit] for group in _groups(count, unit)))
    raise SettingsError(f"{text!r} is not a metre; write one such as '3/4', '6/8', '5/8', 'common' or 'cut'.")


def _groups(count: int, unit: int) -> tuple[int, ...]:
    if unit >= 8:
        if count % 3 == 0:
            return (3,) * (count // 3)
        if count in _GROUPS:
            return _GROUPS[count]
        if count % 2 == 0:
            return (2,) * (count // 2)
    return (3, 3) if (count, unit) == (6, 4) else (1,) * count
