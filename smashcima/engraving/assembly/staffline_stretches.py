"""Joining of staff lines, which the engraver draws measure by measure, into continuous lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Line, Place, Primitive

_JOIN = 0.05
"""Maximum gap between pieces of one line, in mm."""


@dataclass(frozen=True, slots=True)
class StafflineStretch:
    """A stretch of one staff in one system with continuous staff lines."""

    place: Place
    left: float
    right: float
    line_ys: tuple[float, ...]
    """y of the lines in mm, from top to bottom."""
    thickness: float
    sample: Line
    """One of the line's pieces, which supplies kind, place and width."""


def staffline_stretches(primitives: Iterable[Primitive]) -> list[StafflineStretch]:
    """All stretches, in drawing order of their first pieces."""
    columns: dict[tuple[int | None, int | None], dict[tuple[float, float], list[Line]]] = {}
    for piece in primitives:
        if piece.kind is PrimitiveKind.STAFF_LINE and isinstance(piece, Line):
            staff = columns.setdefault((piece.place.system, piece.place.staff), defaultdict(list))
            staff[piece.start.x, piece.end.x].append(piece)
    stretches: list[StafflineStretch] = []
    for staff in columns.values():
        joined: list[tuple[float, float, tuple[float, ...], Line]] = []
        for (left, right), pieces in sorted(staff.items(), key=lambda item: item[0]):
            ys = tuple(sorted({piece.start.y for piece in pieces}))
            if joined:
                last_left, last_right, last_ys, first = joined[-1]
                if last_ys == ys and left - last_right <= _JOIN:
                    joined[-1] = (last_left, max(last_right, right), ys, first)
                    continue
            joined.append((left, right, ys, pieces[0]))
        stretches.extend(
            StafflineStretch(replace(first.place, measure=None), left, right, ys, first.width, first)
            for left, right, ys, first in joined
        )
    return stretches
