"""Major and minor keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from smashcima.composing.theory.tones import Tone
from smashcima.errors import SettingsError

_LETTERS = "CDEFGAB"
_FIFTHS = (0, 2, 4, -1, 1, 3, 5)
"""Sharps of the major key on each letter."""

_SHARPS = (3, 0, 4, 1, 5, 2, 6)
"""Steps (0 for C) in the order in which sharps are added."""

_ACCIDENTALS = {"": 0, "#": 1, "♯": 1, "sharp": 1, "b": -1, "♭": -1, "flat": -1}
_TEXT = re.compile(r"([a-g])\s*-?\s*(#|♯|b|♭|sharp|flat)?\s*-?\s*(major|maj|minor|min|m)?\.?", re.IGNORECASE)

MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
"""Semitones of the degrees of the scales above the tonic."""


@dataclass(frozen=True)
class Key:
    """A key such as G minor."""

    step: int
    """Step of the tonic: 0 for C up to 6 for B."""

    alter: int = 0
    """Alteration of the tonic: -1 for a flat."""

    is_minor: bool = False

    @staticmethod
    def parse(text: str) -> Key:
        """Parses `G minor`, `Bb`, `f# minor`, `E flat major`, `Am`; a small letter alone is minor, as in `e`.

        >>> Key.parse("B flat minor").fifths
        -5
        """
        return _parse(text)

    @staticmethod
    def of_fifths(fifths: int, is_minor: bool = False) -> Key:
        """The key with a number of sharps, or of flats as a negative number."""
        major = fifths + 3 if is_minor else fifths
        step = (4 * major) % 7
        return Key(step, (major - _FIFTHS[step]) // 7, is_minor)

    @cached_property
    def fifths(self) -> int:
        """Number of sharps of its signature, or of flats as a negative number."""
        return _FIFTHS[self.step] + 7 * self.alter - (3 if self.is_minor else 0)

    @cached_property
    def alters(self) -> tuple[int, ...]:
        """The alteration of each step from C to B by its signature."""
        found = [0] * 7
        order, sign = (_SHARPS, 1) if self.fifths > 0 else (_SHARPS[::-1], -1)
        for index in range(abs(self.fifths)):
            found[order[index % 7]] += sign
        return tuple(found)

    @property
    def scale(self) -> tuple[int, ...]:
        """Semitones of its degrees above the tonic, in natural minor."""
        return MINOR if self.is_minor else MAJOR

    @property
    def name(self) -> str:
        """Its name in English: `B flat major`."""
        sign = {1: " sharp", -1: " flat"}.get(self.alter, "")
        return f"{_LETTERS[self.step]}{sign} {'minor' if self.is_minor else 'major'}"

    @property
    def relative(self) -> Key:
        """The key with the same signature in the other mode."""
        return Key.of_fifths(self.fifths, not self.is_minor)

    def on_dominant(self) -> Key:
        """The major key on the fifth degree, or the minor one for a minor key."""
        return Key.of_fifths(self.fifths + 1, self.is_minor)

    def degree(self, diatonic: int) -> int:
        """The degree of a step in the scale: 0 for the tonic."""
        return (diatonic - self.step) % 7

    def tone(self, diatonic: int, shift: int = 0) -> Tone:
        """The tone of the scale at a step, shifted by semitones."""
        return diatonic, self.alters[diatonic % 7] + shift


ALL_KEYS = tuple(Key.of_fifths(fifths, minor) for minor in (False, True) for fifths in range(-7, 8))
"""The fifteen major keys and the fifteen minor keys, from seven flats to seven sharps."""


@lru_cache(maxsize=256)  # more than the usual ways to write thirty keys
def _parse(text: str) -> Key:
    found = _TEXT.fullmatch(text.strip())
    if found is not None:
        letter, sign, mode = found[1], (found[2] or "").lower(), (found[3] or "")
        is_minor = mode.lower().startswith("mi") or mode == "m" or (not mode and letter.islower())
        key = Key(_LETTERS.index(letter.upper()), _ACCIDENTALS[sign], is_minor)
        if abs(key.fifths) <= 7:
            return key
    raise SettingsError(
        f"{text!r} is not a key with up to seven sharps or flats; write one such as 'G minor', 'Bb major' or 'F# minor'."
    )
