"""Skeletons: strokes of symbols and letters before they are written by a pen."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.errors import GeometryError


@dataclass(frozen=True, slots=True)
class SkeletonStroke:
    """One stroke, from touching the paper to lifting the pen: a smooth curve through knots.

    Coordinates are in staff spaces for symbols (with the origin of SMuFL) and in ems for letters (origin on the
    baseline), x right, y down.
    """

    knots: tuple[tuple[float, float], ...]
    """Points that the path passes through, at least one; a single knot is a dot."""

    widths: tuple[float, ...] = (1.0,)
    """Width of the ink at each knot, relative to that of the pen; one number applies to all knots."""

    corners: frozenset[int] = frozenset()
    """Indices of knots where the direction changes abruptly; the path is smooth at all others."""

    closed: bool = False
    """Whether the path closes at its first knot, smoothly unless that is a corner."""

    filled: bool = False
    """Whether the area that the path encloses is filled, as in a black notehead."""

    def __post_init__(self) -> None:
        if not self.knots:
            raise GeometryError("A stroke needs at least one knot.")
        if len(self.widths) not in (1, len(self.knots)):
            raise GeometryError(
                f"{len(self.widths)} widths do not match {len(self.knots)} knots; give 1, or one for each knot."
            )


@dataclass(frozen=True, slots=True)
class Allograph:
    """One form of a symbol or letter; each writer uses one form consistently."""

    name: str
    """Name among the forms of the symbol, such as `oval`, `slash`, `two-stroke`."""

    strokes: tuple[SkeletonStroke, ...]
    """Strokes in the order of writing."""

    weight: float = 1.0
    """Frequency among writers, relative to other forms of the symbol."""
