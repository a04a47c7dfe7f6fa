"""Parsing of SVG path data with fontTools: lines and Bézier curves, no arcs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import GeometryError
from smashcima.geometry.bezier import flatten_cubic

Pair = tuple[float, float]

_TOKENS = re.compile(r"[MLHVCSQTZ]|[-+]?(?:(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?(?!\d)|[\s,]+", re.I)
"""All tokens of path data without arcs. fontTools skips unknown tokens silently; this pattern detects them."""

_CLOSE = re.compile("[Zz]")


@dataclass(slots=True)
class SvgSubpath:
    """A subpath, started by an `M` command."""

    start: Pair
    segments: list[tuple[Pair, ...]] = field(default_factory=list)
    """Lines as (end), quadratic curves as (control, end), cubic curves as (control, control, end)."""

    closed: bool = False
    """Whether a `Z` command ends it; the closing line is not among the segments."""

    def cubics(self) -> NDArray[np.float64]:
        """All segments as cubic Bézier curves, (n, 4, 2), each starting at the end of the previous one."""
        curves = []
        at = self.start
        for segment in self._drawn():
            curves.append(_as_cubic(at, segment))
            at = segment[-1]
        return np.array(curves, dtype=np.float64).reshape(-1, 4, 2)

    def flattened(self, tolerance: float) -> NDArray[np.float64]:
        """Points along the subpath that stay within `tolerance` of it, (n, 2), both ends included."""
        return self._points(self._drawn(), tolerance)

    def ring(self, tolerance: float) -> NDArray[np.float64]:
        """The outline that the subpath fills, closed or not, (n, 2); consecutive equal points are removed."""
        points = self._points(self.segments, tolerance)
        return points[np.any(points != np.roll(points, 1, axis=0), axis=1)]

    def _drawn(self) -> list[tuple[Pair, ...]]:
        """The segments, including the closing line."""
        if self.closed and self.segments[-1][-1] != self.start:
            return [*self.segments, (self.start,)]
        return self.segments

    def _points(self, segments: list[tuple[Pair, ...]], tolerance: float) -> NDArray[np.float64]:
        points = [self.start]
        for segment in segments:
            if len(segment) > 1:
                curve = np.array(_as_cubic(points[-1], segment))
                points.extend((x, y) for x, y in flatten_cubic(curve, tolerance)[1:-1].tolist())
            points.append(segment[-1])
        return np.array(points, dtype=np.float64)


def read_svg_path(data: str) -> list[SvgSubpath]:
    """The subpaths of path data, without empty ones.

    Raises `GeometryError` for arcs and for invalid data. Each subpath must begin with a move.
    """
    from fontTools.svgLib.path import parse_path

    recorder = _Recorder()
    try:
        if _TOKENS.sub("", data):
            raise ValueError("unknown characters")
        # fontTools emits the closing line of a Z as an ordinary line; Z is handled here to tell them apart.
        for number, part in enumerate(_CLOSE.split(data)):
            if number:
                recorder.close()
            parse_path(part, recorder, recorder.start)
    except (ValueError, IndexError) as error:
        shown = data if len(data) <= 80 else f"{data[:80]}..."
        raise GeometryError(
            f"The SVG path {shown!r} cannot be parsed ({error}). Only lines and Bézier curves are supported, not arcs."
        ) from error
    return [subpath for subpath in recorder.subpaths if subpath.segments]


def read_svg_rings(data: str, tolerance: float) -> tuple[NDArray[np.float64], ...]:
    """The outlines that path data fill, each (n, 2), flattened within `tolerance`; empty areas are omitted.

    Raises `GeometryError` as `read_svg_path` does.
    """
    rings = (subpath.ring(tolerance) for subpath in read_svg_path(data))
    return tuple(ring for ring in rings if len(ring) >= 3)


class _Recorder:
    """A fontTools pen that records the segments it receives."""

    def __init__(self) -> None:
        self.subpaths: list[SvgSubpath] = []

    def moveTo(self, point: Pair) -> None:  # noqa: N802 - name of fontTools' protocol
        self.subpaths.append(SvgSubpath(point))

    def lineTo(self, point: Pair) -> None:  # noqa: N802
        self.subpaths[-1].segments.append((point,))

    def curveTo(self, *points: Pair) -> None:  # noqa: N802
        self.subpaths[-1].segments.append(points)

    qCurveTo = curveTo  # noqa: N815

    def endPath(self) -> None:  # noqa: N802
        """Does nothing: an open subpath needs no mark."""

    @property
    def start(self) -> Pair:
        """Start of the last subpath, from which a relative move after Z is measured."""
        return self.subpaths[-1].start if self.subpaths else (0.0, 0.0)

    def close(self) -> None:
        """Marks the last subpath as closed."""
        if self.subpaths:
            self.subpaths[-1].closed = True


def _as_cubic(start: Pair, segment: tuple[Pair, ...]) -> tuple[Pair, Pair, Pair, Pair]:
    (x, y), (x2, y2) = start, segment[-1]
    if len(segment) == 1:
        return (
            start,
            (x + (x2 - x) / 3, y + (y2 - y) / 3),
            (x2 - (x2 - x) / 3, y2 - (y2 - y) / 3),
            segment[0],
        )
    if len(segment) == 2:  # a quadratic curve
        qx, qy = segment[0]
        return (
            start,
            (x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3),
            (x2 + (qx - x2) * 2 / 3, y2 + (qy - y2) * 2 / 3),
            segment[1],
        )
    return (start, segment[0], segment[1], segment[2])
