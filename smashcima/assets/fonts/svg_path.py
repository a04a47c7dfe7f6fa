"""The path data of SVG, as far as glyph outlines use it: lines and Bézier curves, no arcs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import GeometryError
from smashcima.geometry import flatten_cubic

_TOKENS = re.compile(r"([A-Za-z])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "Z": 0}

_Pair = tuple[float, float]


def flatten_svg_path(data: str, tolerance: float) -> tuple[NDArray[np.float64], ...]:
    """The closed rings that path data draw, each of shape (N, 2), in the units of the data.

    Curves become polylines that stay within `tolerance` of them. A `GeometryError` is raised for commands
    that fonts do not use (arcs) and for broken data.
    """
    tracer = _Tracer(tolerance)
    for command, arguments in _commands(data):
        tracer.draw(command, arguments)
    return tracer.rings()


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with the arguments of one repetition, `M` repeated becoming `L` as SVG says."""
    command = ""
    pending: list[float] = []
    for letter, number in _TOKENS.findall(data):
        if letter:
            if pending:
                raise GeometryError(f"The path command {command!r} has {len(pending)} arguments too many.")
            command = letter
            if command.upper() not in _ARGUMENTS:
                raise GeometryError(f"Glyph outlines have no path command {command!r}.")
            if command in "Zz":
                yield command, []
            continue
        pending.append(float(number))
        if command and len(pending) == _ARGUMENTS[command.upper()]:
            yield command, pending
            pending = []
            if command in "Mm":
                command = "L" if command == "M" else "l"
    if pending:
        raise GeometryError(f"The path command {command!r} lacks arguments.")


class _Tracer:
    """The pen that follows the commands."""

    def __init__(self, tolerance: float) -> None:
        self._tolerance = tolerance
        self._rings: list[list[_Pair]] = []
        self._at: _Pair = (0.0, 0.0)
        self._start: _Pair = (0.0, 0.0)
        self._cubic_control: _Pair | None = None
        self._quadratic_control: _Pair | None = None

    def rings(self) -> tuple[NDArray[np.float64], ...]:
        """What was drawn; rings of fewer than three points are left out."""
        finished = []
        for ring in self._rings:
            points = np.array(ring)
            distinct = np.any(points != np.roll(points, 1, axis=0), axis=1)
            if distinct.sum() >= 3:
                finished.append(points[distinct])
        return tuple(finished)

    def draw(self, command: str, values: list[float]) -> None:
        """One command; small letters are relative to where the pen is."""
        x, y = self._at if command.islower() else (0.0, 0.0)
        name = command.upper()
        if name == "H":
            values = [values[0], self._at[1] - y]
        elif name == "V":
            values = [self._at[0] - x, values[0]]
        points = [(x + values[i], y + values[i + 1]) for i in range(0, len(values), 2)]
        cubic, quadratic = self._cubic_control, self._quadratic_control
        self._cubic_control = self._quadratic_control = None
        if name == "M":
            self._rings.append([points[0]])
            self._at = self._start = points[0]
        elif name == "Z":
            self._at = self._start
        elif name in "LHV":
            self._line_to(points[0])
        elif name == "C":
            self._cubic_to(*points)
        elif name == "S":
            self._cubic_to(self._mirrored(cubic), *points)
        elif name == "Q":
            self._quadratic_to(*points)
        else:
            self._quadratic_to(self._mirrored(quadratic), *points)

    def _mirrored(self, control: _Pair | None) -> _Pair:
        """The control point that continues a curve smoothly."""
        if control is None:
            return self._at
        return (2 * self._at[0] - control[0], 2 * self._at[1] - control[1])

    def _ring(self) -> list[_Pair]:
        if not self._rings:
            raise GeometryError("Path data start with a move.")
        if self._at == self._start and len(self._rings[-1]) > 1:
            self._rings.append([self._start])  # drawing went on after the ring was closed
        return self._rings[-1]

    def _line_to(self, end: _Pair) -> None:
        self._ring().append(end)
        self._at = end

    def _cubic_to(self, first: _Pair, second: _Pair, end: _Pair) -> None:
        ring = self._ring()
        points = flatten_cubic(np.array([self._at, first, second, end]), self._tolerance)
        ring.extend((x, y) for x, y in points[1:].tolist())
        self._cubic_control = second
        self._at = end

    def _quadratic_to(self, control: _Pair, end: _Pair) -> None:
        start = self._at
        first = (start[0] + (control[0] - start[0]) * 2 / 3, start[1] + (control[1] - start[1]) * 2 / 3)
        second = (end[0] + (control[0] - end[0]) * 2 / 3, end[1] + (control[1] - end[1]) * 2 / 3)
        self._cubic_to(first, second, end)
        self._cubic_control = None
        self._quadratic_control = control
