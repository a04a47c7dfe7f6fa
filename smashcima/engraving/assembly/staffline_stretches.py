"""Staff lines as they were ruled: the engraver draws them measure by measure, a hand draws whole lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Line, Place, Primitive

_JOIN = 0.05
"""Pieces that lie closer than this, in mm, are one line."""


@dataclass(frozen=True, slots=True)
class StafflineStretch:
    """A stretch of one staff in one system over which the same lines run on."""

    place: Place
    left: float
    right: float
    line_ys: tuple[float, ...]
    """From the top line down."""
    thickness: float
    sample: Line
    """One of the pieces."""


def staffline_stretches(primitives: Iterable[Primitive]) -> list[StafflineStretch]:
    """All stretches, in the order in which they are first drawn."""
    columns: dict[tuple[int | None, int | None], dict[tuple[float, float], list[Line]]] = {}
    for piece in primitives:
        if piece.kind is PrimitiveKind.STAFF_LINE and isinstance(piece, Line):
            staff = columns.setdefault((piece.place.system, piece.place.staff), defaultdict(list))
            staff[piece.start.x, piece.end.x].append(piece)
    stretches = []
    for staff in columns.values():
        joined: list[StafflineStretch] = []
        for (left, right), pieces in sorted(staff.items(), key=lambda item: item[0]):
            ys = tuple(sorted({piece.start.y for piece in pieces}))
            last = joined[-1] if joined else None
            if last is not None and last.line_ys == ys and left - last.right <= _JOIN:
                joined[-1] = replace(last, right=max(last.right, right))
            else:
                first = pieces[0]
                place = replace(first.place, measure=None)
                joined.append(StafflineStretch(place, left, right, ys, first.width, first))
        stretches.extend(joined)
    return stretches
