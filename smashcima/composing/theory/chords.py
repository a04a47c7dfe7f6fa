"""Chords by their roman numerals, spelled by the functions of their tones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from smashcima.composing.theory.keys import Key
from smashcima.composing.theory.tones import Tone, midi_of

_QUALITIES: dict[str, tuple[int, ...]] = {
    "M": (0, 4, 7),
    "m": (0, 3, 7),
    "d": (0, 3, 6),
    "D7": (0, 4, 7, 10),
    "M7": (0, 4, 7, 11),
    "m7": (0, 3, 7, 10),
    "h7": (0, 3, 6, 10),
    "d7": (0, 3, 6, 9),
}
"""Semitones of the tones above the root; those of the degrees of the scale are altered to fit."""

_MAJOR: dict[str, tuple[int, int, str]] = {
    "I": (0, 0, "M"), "ii": (1, 0, "m"), "ii7": (1, 0, "m7"), "iii": (2, 0, "m"), "IV": (3, 0, "M"), "V": (4, 0, "M"),
    "V7": (4, 0, "D7"), "vi": (5, 0, "m"), "vii°": (6, 0, "d"), "vii°7": (6, 0, "d7"), "iv": (3, 0, "m"),
    "bII": (1, -1, "M"), "V7/ii": (5, 0, "D7"), "V7/iii": (6, 0, "D7"), "V7/IV": (0, 0, "D7"), "V7/V": (1, 0, "D7"),
    "V7/vi": (2, 0, "D7"), "vii°7/V": (3, 1, "d7"),
}  # fmt: skip
_MINOR: dict[str, tuple[int, int, str]] = {
    "I": (0, 0, "m"), "ii": (1, 0, "d"), "ii7": (1, 0, "h7"), "III": (2, 0, "M"), "IV": (3, 0, "m"), "V": (4, 0, "M"),
    "V7": (4, 0, "D7"), "vi": (5, 0, "M"), "VII": (6, 0, "M"), "v": (4, 0, "m"), "vii°": (6, 1, "d"),
    "vii°7": (6, 1, "d7"), "bII": (1, -1, "M"), "V7/III": (6, 0, "D7"), "V7/IV": (0, 0, "D7"), "V7/V": (1, 0, "D7"),
    "V7/vi": (2, 0, "D7"), "vii°7/V": (3, 1, "d7"),
}  # fmt: skip
"""Degree of the root, its alteration, and the quality. Names are those of the functions: I is minor in minor keys."""


@dataclass(frozen=True)
class Harmony:
    """A chord in a key, with its bass."""

    numeral: str
    """Roman numeral by function: `V7/V`; `I` for the tonic in minor, too."""

    key: Key
    root: int
    """Degree of the root: 0 for the tonic."""

    shifts: tuple[tuple[int, int], ...]
    """Degrees of its tones from the root upwards, and their alterations against the signature of the key."""

    inversion: int = 0
    """Index of the tone in the bass."""

    def inverted(self, inversion: int) -> Harmony:
        """The chord with another tone in the bass."""
        inversion %= len(self.shifts)
        return self if inversion == self.inversion else _inverted(self, inversion)

    def shift_of(self, degree: int) -> int | None:
        """The alteration of a degree that belongs to the chord; `None` for other degrees."""
        for tone, shift in self.shifts:
            if tone == degree:
                return shift
        return None

    def tone(self, diatonic: int) -> Tone:
        """The tone at a step: of the chord if it has one, else of the scale."""
        key = self.key
        return key.tone(diatonic, self.shift_of(key.degree(diatonic)) or 0)

    def has(self, diatonic: int) -> bool:
        """Whether a step belongs to the chord."""
        return self.shift_of(self.key.degree(diatonic)) is not None

    @property
    def bass_degree(self) -> int:
        """Degree of the bass."""
        return self.shifts[self.inversion][0]

    @cached_property
    def tendency_degrees(self) -> tuple[int, ...]:
        """Degrees that are not doubled: the leading tone and the seventh."""
        found = [self.shifts[1][0]] if self.numeral.startswith("V") and self.numeral != "VII" else []
        if self.numeral.startswith("vii"):
            found.append(self.shifts[0][0])
        if len(self.shifts) > 3:
            found.append(self.shifts[3][0])
        return tuple(found)

    def tendency(self, diatonic: int) -> int:
        """1 if a tone of the chord is to rise by a step, -1 if it is to fall, 0 if it is free."""
        degree = self.key.degree(diatonic)
        if degree not in self.tendency_degrees:
            return 0
        return 1 if degree == self.shifts[1][0] or self.numeral.startswith("vii") else -1

    def steps_between(self, low: int, high: int) -> list[int]:
        """The steps of the chord from `low` to `high`, both included, upwards."""
        step = self.key.step
        degrees = {tone for tone, _ in self.shifts}
        return [diatonic for diatonic in range(low, high + 1) if (diatonic - step) % 7 in degrees]

    def tones_between(self, low: int, high: int) -> Sequence[tuple[Tone, int, int]]:
        """The tones of the chord from one step to another, both included, upwards, with their MIDI numbers and degrees."""
        known = self._tones.get((low, high))
        if known is None:
            steps = self.steps_between(low, high)
            tones = [self.tone(diatonic) for diatonic in steps]
            known = self._tones[low, high] = [
                (tone, midi_of(tone), self.key.degree(tone[0])) for tone in tones
            ]
        return known

    @cached_property
    def _tones(self) -> dict[tuple[int, int], list[tuple[Tone, int, int]]]:
        """The tones by range, of which composers ask for a few again and again."""
        return {}


@lru_cache(maxsize=4096)  # thirty keys with some thirty chords and inversions
def harmony(numeral: str, key: Key, inversion: int = 0) -> Harmony:
    """The chord with a numeral in a key."""
    root, root_shift, quality = (_MINOR if key.is_minor else _MAJOR)[numeral]
    scale = key.scale
    shifts: list[tuple[int, int]] = []
    for index, semitones in enumerate(_QUALITIES[quality]):
        degree = (root + 2 * index) % 7
        natural = (scale[degree] - scale[root]) % 12
        shift = (semitones - natural + 6) % 12 - 6 + root_shift
        shifts.append((degree, shift))
    return Harmony(numeral, key, root, tuple(shifts), inversion % len(shifts))


@lru_cache(maxsize=4096)
def _inverted(chord: Harmony, inversion: int) -> Harmony:
    return Harmony(chord.numeral, chord.key, chord.root, chord.shifts, inversion)
