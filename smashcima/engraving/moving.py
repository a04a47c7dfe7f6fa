"""Many primitives in new places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from smashcima.engraving.primitives import Line, Primitive, Symbol
from smashcima.geometry import Point
from smashcima.quick_init import quick_copy

_symbol_at = quick_copy(Symbol, "origin")
_resized_symbol_at = quick_copy(Symbol, "origin", "scale_x", "scale_y")
_line_between = quick_copy(Line, "start", "end")


def moved_primitives(
    primitives: Sequence[Primitive],
    changed: Iterable[int],
    coordinates: Sequence[float],
    starts: Sequence[int],
    scales: Mapping[int, Sequence[float]],
) -> tuple[Primitive, ...]:
    """Primitives of which some have other coordinates and sizes: `with_coordinates`, then `stretched`, in three quarters of their time.

    Args:
        primitives: all primitives.
        changed: the indices of those that are changed.
        coordinates: the coordinates of all primitives.
        starts: the index of the first coordinate of each primitive, followed by their number.
        scales: the factors along x and y, as of `stretched`, of those that are stretched, by index.
    """
    result = list(primitives)
    for index in changed:
        primitive, start = result[index], starts[index]
        scale = scales.get(index)
        # Nearly all are of these types.
        if type(primitive) is Symbol:
            origin = Point(coordinates[start], coordinates[start + 1])
            if scale is None:
                result[index] = _symbol_at(primitive, origin)
            else:
                x, y = scale
                result[index] = _resized_symbol_at(
                    primitive, origin, primitive.scale_x * x, primitive.scale_y * y
                )
        elif type(primitive) is Line:
            x0, y0, x1, y1 = coordinates[start : start + 4]
            result[index] = _line_between(primitive, Point(x0, y0), Point(x1, y1))
        else:
            moved = primitive.with_coordinates(coordinates[start : starts[index + 1]])
            result[index] = moved if scale is None else moved.stretched(*scale)
    return tuple(result)
