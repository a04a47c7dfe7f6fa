"""What the pen writes: strokes of symbols and letters, before any hand has written them."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.errors import GeometryError


@dataclass(frozen=True, slots=True)
class SkeletonStroke:
    """The path of the pen from touching the paper to lifting: a smooth curve through knots.

    Coordinates are staff spaces for symbols (origin where SMuFL puts it) and em for letters (origin on the
    baseline), x right, y down.
    """

    knots: tuple[tuple[float, float], ...]
    """Points that the path passes through, at least one; one alone is a dot."""

    widths: tuple[float, ...] = (1.0,)
    """Relative width of the ink at each knot, 1 being what the pen usually leaves; one number stands for all."""

    corners: frozenset[int] = frozenset()
    """Indices of knots where the direction may jump; everywhere else the path is smooth."""

    closed: bool = False
    """Whether the path returns to its first knot, smoothly unless that is a corner."""

    filled: bool = False
    """Whether the writer fills what the path encloses, as in a black notehead."""

    def __post_init__(self) -> None:
        if not self.knots:
            raise GeometryError("A stroke needs at least one knot.")
        if len(self.widths) not in (1, len(self.knots)):
            raise GeometryError(
                f"{len(self.widths)} widths were given for {len(self.knots)} knots; give 1 or as many."
            )


@dataclass(frozen=True, slots=True)
class Allograph:
    """One way of writing a symbol or letter: writers choose one and mostly stay with it."""

    name: str
    """Tells it from the other ways: `oval`, `slash`, `two-stroke`."""

    strokes: tuple[SkeletonStroke, ...]
    """In the order of writing."""

    weight: float = 1.0
    """How common it is among writers, relative to the others of the same symbol."""
