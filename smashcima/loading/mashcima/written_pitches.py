"""The pitches of positions under the clef, the key and the accidentals in force."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from smashcima.scene.semantic import Alter, Clef, KeySignature, Pitch, Step


@lru_cache(1024)
def _pitch(diatonic: int, alter: Alter) -> Pitch:
    return Pitch.of_diatonic(diatonic, alter)


@lru_cache(1024)
def _step(diatonic: int) -> Step:
    return Step.at(diatonic)


@dataclass
class PitchesInForce:
    """Determines the pitch of each note of a staff, from left to right.

    Without a clef, and under a percussion clef, notes have positions and no pitches.
    """

    _middle: int | None = None
    """Diatonic number of the middle line; `None` without pitches."""

    _clef: Clef | None = None
    _key: KeySignature | None = None
    _of_key: dict[Step, Alter] = field(default_factory=dict)
    _of_measure: dict[int, Alter] = field(default_factory=dict)

    @property
    def clef(self) -> Clef | None:
        """The clef in force."""
        return self._clef

    def set_clef(self, clef: Clef) -> None:
        """Begins a clef."""
        self._clef = clef
        self._middle = clef.middle_diatonic() if clef.has_pitch else None
        self._find_alters()

    def set_key(self, key: KeySignature) -> None:
        """Begins a key signature."""
        self._key = key
        self._find_alters()

    def _find_alters(self) -> None:
        self._of_key = {}
        if self._key is not None and self._middle is not None:
            self._of_key = self._key.alters_under(self._clef)

    def start_measure(self) -> None:
        """Ends the accidentals of the previous measure."""
        self._of_measure.clear()

    def height(self, position: int) -> int:
        """A number that is equal for notes of the same step and octave."""
        return position if self._middle is None else self._middle + position

    def alter(self, position: int, accidental: Alter | None, tied: Alter | None) -> Alter:
        """The alteration of a note; `tied` is that of a note to which it is tied.

        An accidental applies until the end of the measure, a tie to its note alone.
        """
        height = self.height(position)
        if accidental is not None:
            self._of_measure[height] = accidental
            return accidental
        if tied is not None:
            return tied
        found = self._of_measure.get(height)
        if found is not None:
            return found
        return self._of_key.get(_step(height), 0) if self._of_key else 0

    def pitch(self, position: int, alter: Alter) -> Pitch | None:
        """The pitch of a note; `None` if the clef gives none."""
        return None if self._middle is None else _pitch(self._middle + position, alter)
