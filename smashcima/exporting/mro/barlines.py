"""Physical barlines of a stave, and the bars between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from smashcima.engraving import Line, PrimitiveKind
from smashcima.exporting.mro.frames import StaveFrame
from smashcima.exporting.mro.marks import Mark
from smashcima.notations.mro import MroBarline, MroBarlineShape

PARTS_OF_BARLINES = frozenset({PrimitiveKind.BARLINE, PrimitiveKind.REPEAT_DOT})

_GROUP_SS = 1.5
"""Maximum distance between neighbouring strokes and dots of one barline, in staff spaces."""

_THICK_SS = 0.3
"""Minimum width of a thick stroke in staff spaces."""

_COVERED = 0.5
"""Minimum share of the height of a staff that a stroke of its barline covers."""


class StaveBarlines:
    """The barlines of one stave, from left to right."""

    def __init__(self, marks: Sequence[Mark], frame: StaveFrame) -> None:
        """`marks` are the strokes and dots of the barlines of the system."""
        self._frame = frame
        space = frame.staff.staff_space
        own = sorted((mark for mark in marks if _is_at(mark, frame)), key=lambda mark: mark.box.center.x)
        self._groups: list[list[Mark]] = []
        for mark in own:
            last = self._groups[-1][-1] if self._groups else None
            if last is None or mark.box.center.x - last.box.center.x > _GROUP_SS * space:
                self._groups.append([])
            self._groups[-1].append(mark)
        # Dots without a stroke are no barline.
        self._groups = [group for group in self._groups if any(map(_is_stroke, group))]
        self._middles = [sum(mark.box.center.x for mark in group) / len(group) for group in self._groups]

    def __len__(self) -> int:
        return len(self._groups)

    def bar_at(self, x: float) -> int:
        """Index of the bar at an x; that after the last barline is the number of barlines."""
        return bisect_right(self._middles, x)

    def barline(self, index: int, tell: Callable[[Mark, str], None]) -> MroBarline:
        """A barline; `tell` gets what its shape leaves out."""
        group = self._groups[index]
        strokes = [mark for mark in group if _is_stroke(mark)]
        shape = _shape(group, strokes, self._frame.staff.staff_space, tell)
        columns = [self._frame.column(stroke.box.center.x) for stroke in strokes]
        return MroBarline(shape, min(columns), max(columns))


def _is_stroke(mark: Mark) -> bool:
    return mark.kind is PrimitiveKind.BARLINE


def _is_at(mark: Mark, frame: StaveFrame) -> bool:
    """Whether a stroke crosses the stave, or a dot lies in it."""
    if not _is_stroke(mark):
        return frame.top <= mark.box.center.y <= frame.bottom
    reach = frame.bottom - frame.top if len(frame.staff.line_ys) != 1 else 2 * frame.staff.staff_space
    covered = min(mark.box.bottom, frame.bottom) - max(mark.box.top, frame.top)
    return covered >= _COVERED * reach


def _shape(
    group: Sequence[Mark], strokes: Sequence[Mark], space: float, tell: Callable[[Mark, str], None]
) -> MroBarlineShape:
    middles = [stroke.box.center.x for stroke in strokes]
    dots = [mark.box.center.x for mark in group if not _is_stroke(mark)]
    is_end = any(dot < min(middles) for dot in dots)
    is_start = any(dot > max(middles) for dot in dots)
    if is_end or is_start:
        if is_end and is_start:
            return MroBarlineShape.BACK_TO_BACK_REPEAT
        return MroBarlineShape.RIGHT_REPEAT if is_end else MroBarlineShape.LEFT_REPEAT
    first = strokes[0]
    if any(isinstance(stroke.primitive, Line) and stroke.primitive.dashes for stroke in strokes):
        tell(first, "written with continuous strokes")
    thick = [_is_thick(stroke, space) for stroke in strokes]
    if len(strokes) == 1:
        if thick[0]:
            tell(first, "written as a thin stroke")
        return MroBarlineShape.SINGLE
    if thick[-1]:
        if thick[0]:
            tell(first, "its thick strokes are written as a thin and a thick one")
        return MroBarlineShape.THIN_THICK
    if any(thick) or len(strokes) > 2:
        tell(first, "written as two thin strokes")
    return MroBarlineShape.DOUBLE


def _is_thick(stroke: Mark, space: float) -> bool:
    return isinstance(stroke.primitive, Line) and stroke.primitive.width > _THICK_SS * space
