"""Skeletons: strokes of symbols and letters before they are written by a pen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

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


class _Pending:
    """Base with a place for the maker of strokes, which is no field of the form."""

    __slots__ = ("_make",)

    _make: Callable[[], tuple[SkeletonStroke, ...]]

    if not TYPE_CHECKING:  # type checkers report unknown attributes

        def __getattr__(self, name: str) -> object:
            """Makes the strokes, which are not set yet when they are first read."""
            if name != "strokes":
                raise AttributeError(
                    f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self
                )
            strokes = self._make()
            object.__setattr__(self, "strokes", strokes)
            return strokes


@dataclass(frozen=True, slots=True)
class Allograph(_Pending):
    """One form of a symbol or letter; each writer uses one form consistently."""

    name: str
    """Name among the forms of the symbol, such as `oval`, `slash`, `two-stroke`."""

    strokes: tuple[SkeletonStroke, ...]
    """Strokes in the order of writing."""

    weight: float = 1.0
    """Frequency among writers, relative to other forms of the symbol."""

    @classmethod
    def later(cls, name: str, weight: float, make: Callable[[], tuple[SkeletonStroke, ...]]) -> Allograph:
        """A form whose strokes `make` returns when they are first read: a page needs few of all forms."""
        form = object.__new__(cls)
        for key, value in (("name", name), ("weight", weight), ("_make", make)):
            object.__setattr__(form, key, value)
        return form
