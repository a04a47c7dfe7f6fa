"""Path data and transforms of SVG, as far as an engraver writes them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import EngravingError
from smashcima.geometry import flatten_cubic

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) as in SVG: x' = a x + c y + e, y' = b x + d y + f."""

Cubic = NDArray[np.float64]
"""Control points of a cubic Bézier curve, (4, 2)."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_TOLERANCE = 0.5
"""How far a flattened outline may lie from the true one, in units of the SVG."""

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_TOKEN = re.compile(rf"([A-Za-z])|({_NUMBER})")
_FUNCTION = re.compile(r"(\w+)\s*\(([^)]*)\)")
_NUMBERS = re.compile(_NUMBER)


def combine(outer: Matrix, inner: Matrix) -> Matrix:
    """The transform that applies `inner` first, then `outer`."""
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
    """Points of shape (..., 2), transformed."""
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
    raise EngravingError(f"The engraver wrote a transform that is not understood: {text!r}.")


def parse_path(data: str) -> list[list[Cubic]]:
    """Subpaths of path data as chains of cubics; straight edges become cubics too.

    Understands M, L, H, V, C, S, Q, T and Z in both cases; raises `EngravingError` for arcs and nonsense.
    """
    tokens = [(letter, float(number) if number else 0.0) for letter, number in _TOKEN.findall(data)]
    chains: list[list[Cubic]] = []
    pen = _Pen(chains)
    i, command = 0, ""
    while i < len(tokens):
        if tokens[i][0]:
            command = tokens[i][0]
            i += 1
            if command in "Zz":
                pen.close()
                continue
        count = _ARGUMENTS.get(command.upper())
        if count is None or i + count > len(tokens):
            raise EngravingError(f"The engraver wrote a path that is not understood: {data[:80]!r}.")
        pen.draw(command, [number for _, number in tokens[i : i + count]])
        i += count
        command = {"M": "L", "m": "l"}.get(command, command)
    return [chain for chain in chains if chain]


_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2}


class _Pen:
    def __init__(self, chains: list[list[Cubic]]) -> None:
        self._chains = chains
        self._at = (0.0, 0.0)
        self._start = (0.0, 0.0)
        self._handle: tuple[float, float] | None = None
        self._smooth = ""

    def draw(self, command: str, n: list[float]) -> None:
        x, y = self._at
        name = command.upper()
        if name in "HV":
            other = (0.0, 0.0) if command.islower() else self._at
            n = [n[0], other[1]] if name == "H" else [other[0], n[0]]
            name = "L"
        if command.islower():
            n = [value + (y if k % 2 else x) for k, value in enumerate(n)]
        if name == "M":
            self._chains.append([])
            self._at = self._start = (n[0], n[1])
            self._handle = None
        elif name == "L":
            self._line((n[0], n[1]))
        elif name in "CS":
            first = (n[0], n[1]) if name == "C" else self._mirrored("C")
            self._cubic(first, (n[-4], n[-3]), (n[-2], n[-1]))
            self._handle, self._smooth = (n[-4], n[-3]), "C"
        else:
            q = (n[0], n[1]) if name == "Q" else self._mirrored("Q")
            end = (n[-2], n[-1])
            self._cubic(
                (x + 2 / 3 * (q[0] - x), y + 2 / 3 * (q[1] - y)),
                (end[0] + 2 / 3 * (q[0] - end[0]), end[1] + 2 / 3 * (q[1] - end[1])),
                end,
            )
            self._handle, self._smooth = q, "Q"

    def close(self) -> None:
        if self._at != self._start:
            self._line(self._start)
        self._handle = None

    def _mirrored(self, kind: str) -> tuple[float, float]:
        if self._handle is None or self._smooth != kind:
            return self._at
        return 2 * self._at[0] - self._handle[0], 2 * self._at[1] - self._handle[1]

    def _line(self, end: tuple[float, float]) -> None:
        (x, y), (x2, y2) = self._at, end
        self._cubic((x + (x2 - x) / 3, y + (y2 - y) / 3), (x2 - (x2 - x) / 3, y2 - (y2 - y) / 3), end)
        self._handle = None

    def _cubic(self, c1: tuple[float, float], c2: tuple[float, float], end: tuple[float, float]) -> None:
        if not self._chains:
            self._chains.append([])
        self._chains[-1].append(np.array([self._at, c1, c2, end], dtype=np.float64))
        self._at = end


def flatten_chain(chain: list[Cubic]) -> NDArray[np.float64]:
    """Points along a chain of cubics, closed or not, within the tolerance of it."""
    pieces = [flatten_cubic(cubic, _TOLERANCE) for cubic in chain]
    return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])


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
