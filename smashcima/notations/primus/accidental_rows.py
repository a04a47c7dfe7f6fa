"""Key signatures and accidentals of notes, which the agnostic encoding does not tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from smashcima.notations.primus.agnostic import AgnosticAccidental
from smashcima.notations.primus.vocabulary import CLEFS
from smashcima.scene.semantic import Clef, fifths_of_signs


@dataclass
class AccidentalRow:
    """Accidentals in a row: a key signature, the accidental of the following note, or both.

    The last accidental of a key signature may be at the position of the note by chance. A row is a key signature if it
    is a traditional one, or if it consists of naturals at different positions. A single accidental at the position of
    the note belongs to the note, except for a traditional key of one sharp or flat directly after the clef.
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
            return self.follows_clef and traditional_fifths(self.signs, clef) is not None
        is_cancellation = {sign.kind for sign in self.signs} == {"n"} and (
            len({sign.position for sign in self.signs}) == len(self.signs)
        )
        return is_cancellation or traditional_fifths(self.signs, clef) is not None


def traditional_fifths(accidentals: Sequence[AgnosticAccidental], clef: Clef | None) -> int | None:
    """Number of sharps (negative: flats) of a traditional key signature; `None` if the accidentals are none.

    The accidentals of one stand at their usual positions under a clef of PrIMuS.
    """
    if clef is None or (clef.shape, clef.line) not in CLEFS or clef.staff_position is not None:
        return None
    return fifths_of_signs([(sign.kind, sign.position) for sign in accidentals], clef)
