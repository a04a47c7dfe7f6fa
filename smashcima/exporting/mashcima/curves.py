"""Brackets of slurs and ties."""

from __future__ import annotations

import math
from collections.abc import Iterable

from smashcima.exporting.mashcima.attachments import Tell
from smashcima.scene.semantic import Event, Measure, Score, SemanticObject, Slur, Tie


class Brackets:
    """The brackets at each event and barline.

    Brackets of the language are matched like those of a formula, so slurs that cross change their ends.
    """

    def __init__(self, score: Score, tell: Tell) -> None:
        self._tell = tell
        self._open: list[Slur | Tie] = []
        self._starts: dict[SemanticObject, list[Slur | Tie]] = {}
        self._ends: dict[SemanticObject, list[Slur | Tie]] = {}
        measures = score.measures
        for curve in score.marks():
            if isinstance(curve, (Slur, Tie)):
                start, end = _places(curve, measures)
                if start is not None:
                    self._starts.setdefault(start, []).append(curve)
                if end is not None:
                    self._ends.setdefault(end, []).append(curve)

    def at(self, targets: Iterable[Event | Measure]) -> tuple[int, int]:
        """The numbers of curves that end and that start at an event, or at the right barline of a measure."""
        places = list(targets)
        ends = [curve for place in places for curve in self._ends.get(place, ())]
        starts = [curve for place in places for curve in self._starts.get(place, ())]
        self._match(ends)
        # Those that end first are opened last.
        self._open += sorted(starts, key=_length, reverse=True)
        return len(ends), len(starts)

    def _match(self, ends: list[Slur | Tie]) -> None:
        innermost = self._open[-len(ends) :] if ends else []
        del self._open[len(self._open) - len(innermost) :]
        for curve in innermost:
            if curve not in ends:
                self._tell(curve, "read back with another end: slurs that cross cannot be written")


def _length(curve: Slur | Tie) -> float:
    """Length of a curve in quarter notes; infinite without an end."""
    has_end = curve.end is not None or curve.end_point is not None
    return float(curve.quarter_length) if has_end else math.inf


def _places(
    curve: Slur | Tie, measures: list[Measure]
) -> tuple[Event | Measure | None, Event | Measure | None]:
    """The events, or measures with barlines, at which a curve starts and ends."""
    start: Event | Measure | None = curve.start
    end: Event | Measure | None = curve.end
    measure = curve.measure
    if start is None and curve.beat is not None and measure is not None:
        start = measure
    if end is None and curve.end_point is not None and measure is not None:
        end = measures[min(measure.index + curve.end_point.measures, len(measures) - 1)]
    return start, end
