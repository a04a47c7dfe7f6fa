"""Rhythm by a metric grammar: measures divide into beats, and beats into cells."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from smashcima.composing.draws import Draws, Weighted
from smashcima.composing.theory import Metre

Rhythm = tuple[int, ...]
"""Lengths in ticks; rests are negative."""

_SIMPLE: Mapping[Rhythm, float] = {
    (4,): 3, (2, 2): 4, (3, 1): 1.5, (1, 3): 0.03, (2, 1, 1): 1.5, (1, 1, 2): 1, (1, 2, 1): 0.3, (1, 1, 1, 1): 3,
}  # fmt: skip
"""Cells of a beat in quarters of it, and weights."""

_COMPOUND: Mapping[Rhythm, float] = {
    (6,): 3, (4, 2): 3, (2, 4): 0.4, (2, 2, 2): 4, (3, 1, 2): 1, (4, 1, 1): 0.7, (2, 1, 1, 2): 0.7, (2, 2, 1, 1): 0.7,
    (1, 1, 1, 1, 1, 1): 2, (1, 1, 2, 2): 0.6, (2, 1, 1, 1, 1): 0.5,
}  # fmt: skip
"""Cells of a dotted beat in sixths of it."""

_SYNCOPATED: tuple[Rhythm, ...] = ((2, 4, 2), (2, 4, 1, 1), (3, 3, 2))
"""Cells of two simple beats in eighths of them."""


class Rhythms:
    """Chooses the rhythms of measures with a density from 0 to 1."""

    def __init__(self, draws: Draws, metre: Metre, density: float, syncopation: float = 0.0) -> None:
        self._draws = draws
        self._metre = metre
        self._syncopation = syncopation
        self._merging = min(max(0.95 - 2.2 * density, 0.04), 0.9)
        self._notes_per_beat = 0.6 * 7**density

    def measure(self) -> Rhythm:
        """The rhythm of a whole measure."""
        metre, draws = self._metre, self._draws
        found: list[int] = []
        index = 0
        while index < len(metre.beats):
            length = self._merged(index)
            if length > 1:
                found.append(sum(metre.beats[index : index + length]))
            elif self._is_syncopated(index):
                cell = draws.pick(_SYNCOPATED)
                found += [part * metre.beats[index] // 4 for part in cell]
                length = 2
            else:
                found += self.cell(metre.beats[index])
            index += length
        return tuple(found)

    def cell(self, beat: int) -> Rhythm:
        """The rhythm of one beat."""
        return self._draws.weighted(_cells(beat, round(self._notes_per_beat, 2)))

    def ending(self, is_last: bool) -> Rhythm:
        """The rhythm of the last measure of a phrase: a long note, and often a rest."""
        metre, draws = self._metre, self._draws
        beats = metre.beats
        if len(beats) == 1 or (is_last and draws.chance(0.5)):
            return (metre.ticks,)
        if len(beats) == 2:
            return (beats[0], -beats[1]) if draws.chance(0.6) else (metre.ticks,)
        if draws.chance(0.3) and not is_last:
            return (*self.cell(beats[0]), sum(beats[1:-1]), -beats[-1])
        return (sum(beats[:-1]), -beats[-1])

    def _merged(self, index: int) -> int:
        """Number of beats from here on that one note fills."""
        beats, draws = self._metre.beats, self._draws
        left = len(beats) - index
        if left < 2 or not draws.chance(self._merging):
            return 1
        is_even = beats[index] == beats[index + 1]
        if left >= 3 and index == 0 and len(beats) == 3 and is_even and draws.chance(self._merging * 0.6):
            return 3
        if left >= 4 and index == 0 and is_even and draws.chance(self._merging * 0.4):
            return 4
        # A note over two beats begins on a strong one, or ends with the measure in triple metre.
        if is_even and (index % 2 == 0 or len(beats) == 3):
            return 2
        return 1

    def _is_syncopated(self, index: int) -> bool:
        beats = self._metre.beats
        fits = index % 2 == 0 and index + 1 < len(beats) and beats[index] == beats[index + 1]
        return fits and not self._metre.is_compound and self._draws.chance(self._syncopation)


@lru_cache(maxsize=512)
def _cells(beat: int, notes: float) -> Weighted[Rhythm]:
    """Cells of a beat, weighted by how near they are to a number of notes."""
    is_compound = beat % 9 == 0
    table, parts = (_COMPOUND, 6) if is_compound else (_SIMPLE, 4)
    wanted = notes * (1.35 if is_compound else 1.0)
    weights = {
        tuple(part * beat // parts for part in cell): weight * math.exp(-((len(cell) - wanted) ** 2) / 1.1)
        for cell, weight in table.items()
    }
    return Weighted(weights)
