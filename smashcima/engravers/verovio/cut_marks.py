"""Marks that reach beyond the measures that are laid out together."""

from __future__ import annotations

from fractions import Fraction

from smashcima.engravers.verovio.mei_edits import Additions
from smashcima.scene.semantic import ControlEvent, Measure
from smashcima.scene.semantic.slicing import ScoreIndex, reach_of


class CutMarks:
    """The marks over the borders of some measures, which begin at the first beat there or end at the last."""

    def __init__(self, index: ScoreIndex, first: int, last: int) -> None:
        """Measures `first` to `last`, by their indices in the score."""
        self.coming_in: list[ControlEvent] = []
        """Marks that begin before the first measure, to be written in it."""
        self.changes: Additions = {}
        """Changes of the attributes of the marks, by id."""
        end = f"{last - first}m+{float(_beat_at_end(index.measures[last])):.4g}"
        for mark in index.marks_into(first):
            measure = mark.measure
            reach = reach_of(mark, measure) if measure is not None else None
            if reach is None:
                continue
            self.coming_in.append(mark)
            self.changes[mark.id] = {"startid": None, "tstamp": "1"}
            staff = mark.start.staff if mark.start is not None else None
            if not mark.staves and staff is not None:
                self.changes[mark.id]["staff"] = staff.n
            if reach > last:
                self.changes[mark.id].update({"endid": None, "tstamp2": end})
            elif mark.end_point is not None:
                self.changes[mark.id]["tstamp2"] = f"{reach - first}m+{float(mark.end_point.beat):.4g}"
        for number in range(first, last + 1):
            measure = index.measures[number]
            for mark in measure.children_of(ControlEvent):
                reach = reach_of(mark, measure)
                if reach is not None and reach > last:
                    beat = end.partition("+")[2]
                    self.changes[mark.id] = {"endid": None, "tstamp2": f"{last - number}m+{beat}"}


def _beat_at_end(measure: Measure) -> Fraction:
    """The beat at the end of a measure."""
    for staff in measure.staves:
        if staff.time_signature is not None:
            return measure.quarter_length / staff.time_signature.beat_length + 1
    return measure.quarter_length + 1
