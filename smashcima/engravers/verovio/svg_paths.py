"""Parsing of SVG path data and transforms, limited to the forms that engravers write."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import EngravingError, GeometryError
from smashcima.geometry.svg_path import SvgSubpath, read_svg_path

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) as in SVG: x' = a x + c y + e, y' = b x + d y + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

FLATTENING_TOLERANCE = 0.5
"""Maximum distance of a flattened outline from the exact one, in SVG units."""

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_FUNCTION = re.compile(r"(\w+)\s*\(([^)]*)\)")
_NUMBERS = re.compile(_NUMBER)


def combine(outer: Matrix, inner: Matrix) -> Matrix:
    """Composition of two transforms: `inner` first, then `outer`."""
    a, b, c, d, e, f = outer
    a2, b2, c2, d2, e2, f2 = inner
    return (
        a * a2 + c * b2,
        b * a2 + d * b2,
        a * c2 + c * d2,
        b * c2 + d * d2,
        a * e2 + c * f2 + e,
        b * e2 + d * f2 + f,
    )


def apply(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Transformed points, shape (..., 2)."""
    a, b, c, d, e, f = matrix
    result: NDArray[np.float64] = points @ np.array([[a, b], [c, d]]) + (e, f)
    return result


def parse_transform(text: str) -> Matrix:
    """The matrix of a `transform` attribute."""
    result = IDENTITY
    for name, arguments in _FUNCTION.findall(text):
        numbers = [float(n) for n in _NUMBERS.findall(arguments)]
        result = combine(result, _one_transform(name, numbers, text))
    return result


def _one_transform(name: str, n: list[float], text: str) -> Matrix:
    if name == "translate" and n:
        return (1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0.0)
    if name == "scale" and n:
        return (n[0], 0, 0, n[1] if len(n) > 1 else n[0], 0, 0)
    if name == "rotate" and n:
        cos, sin = math.cos(math.radians(n[0])), math.sin(math.radians(n[0]))
        turn: Matrix = (cos, sin, -sin, cos, 0.0, 0.0)
        if len(n) < 3:
            return turn
        return combine(combine((1, 0, 0, 1, n[1], n[2]), turn), (1, 0, 0, 1, -n[1], -n[2]))
    if name == "matrix" and len(n) == 6:
        return (n[0], n[1], n[2], n[3], n[4], n[5])
    if name == "skewX" and n:
        return (1, 0, math.tan(math.radians(n[0])), 1, 0, 0)
    if name == "skewY" and n:
        return (1, math.tan(math.radians(n[0])), 0, 1, 0, 0)
    raise EngravingError(f"The engraver's SVG has an unsupported transform: {text!r}.")


def read_path(data: str) -> list[SvgSubpath]:
    """The subpaths of path data; raises `EngravingError` for arcs and for invalid data."""
    try:
        return read_svg_path(data)
    except GeometryError as error:
        raise EngravingError(f"The engraver's SVG has an unsupported path: {data[:80]!r}.") from error


def ellipse_chain(cx: float, cy: float, rx: float, ry: float) -> NDArray[np.float64]:
    """The outline of an ellipse as four cubics, (4, 4, 2)."""
    k = 4 / 3 * math.tan(math.pi / 8)
    corners = [(1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)]
    return np.array(
        [
            [
                (cx + rx * x, cy + ry * y),
                (cx + rx * (x + k * x2), cy + ry * (y + k * y2)),
                (cx + rx * (x2 + k * x), cy + ry * (y2 + k * y)),
                (cx + rx * x2, cy + ry * y2),
            ]
            for x, y, x2, y2 in corners
        ]
    )


def numbers_in(text: str) -> Iterator[float]:
    """All numbers in a text, in order."""
    return (float(n) for n in _NUMBERS.findall(text))
