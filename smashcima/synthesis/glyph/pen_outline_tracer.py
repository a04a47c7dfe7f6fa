"""Tracing of printed outlines to strokes: centre lines and the width of the ink along them."""

from __future__ import annotations

import math
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours
from smashcima.synthesis.glyph.pen_thinning import paths_of, thinned
from smashcima.synthesis.pen import SkeletonStroke

Floats = NDArray[np.float64]

PEN_WIDTH_SS = 0.2
"""Ink width, in staff spaces, that a skeleton width of 1 stands for: the usual pen width of the measured writers."""

_PIXELS_PER_SPACE = 36.0
_MOST_PIXELS = 420
"""Largest side of the mask; larger symbols are traced at a lower resolution."""

_STRAIGHT = 0.03
"""Largest distance, in staff spaces, between a simplified path and the centre line."""

_CORNER = math.radians(50)
"""A turn sharper than this is a corner."""

_REACH = 0.16
"""The turn at a knot is measured between points this many staff spaces before and after it."""

_THINNEST, _THICKEST = 0.45, 4.0

_LIKENESS = 0.72
"""Smallest intersection over union of the strokes and the symbol."""


def trace(outline: Contours) -> tuple[SkeletonStroke, ...]:
    """Strokes that approximate a filled outline in staff spaces.

    Returns an empty tuple if the symbol is empty, or has shapes too thick to be approximated by strokes.
    """
    if outline.is_empty:
        return ()
    box = outline.bbox()
    scale = min(_PIXELS_PER_SPACE, _MOST_PIXELS / max(box.width, box.height, 1e-6))
    margin = 3
    corner = np.array([box.left - margin / scale, box.top - margin / scale])
    mask = _mask_of(outline, corner, scale, box.width, box.height, margin)
    if not mask.any():
        return ()
    depth = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 5).astype(np.float64)
    pieces = _without_spurs([np.array(path, np.float64) for path in paths_of(thinned(mask))], depth)
    strokes = []
    for pixels in pieces:
        points = (pixels[:, ::-1] + 0.5) / scale + corner
        rows, columns = pixels.astype(int).T
        strokes.append(_stroke(points, 2 * depth[rows, columns] / scale, scale))
    return tuple(strokes) if _likeness(strokes, mask, corner, scale) >= _LIKENESS else ()


def _mask_of(
    outline: Contours, corner: Floats, scale: float, width: float, height: float, margin: int
) -> NDArray[np.bool_]:
    shape = (math.ceil(height * scale) + 2 * margin, math.ceil(width * scale) + 2 * margin)
    canvas = np.zeros(shape, np.uint8)
    fixed = 16.0
    rings = [np.rint(((ring - corner) * scale - 0.5) * fixed).astype(np.int32) for ring in outline.rings]
    cv2.fillPoly(canvas, rings, 255, shift=4)
    return canvas > 0


def _without_spurs(paths: list[Floats], depth: Floats) -> list[Floats]:
    """Paths without spurs, which are dead ends shorter than the shape is thick."""
    ends: dict[tuple[float, ...], int] = {}
    for path in paths:
        for end in (path[0], path[-1]):
            ends[tuple(end)] = ends.get(tuple(end), 0) + 1
    kept = []
    for path in paths:
        length = float(np.hypot(*np.diff(path, axis=0).T).sum())
        first, last = (ends[tuple(end)] for end in (path[0], path[-1]))
        dead = (first == 1) != (last == 1)
        root = path[-1] if first == 1 else path[0]
        thick = depth[int(root[0]), int(root[1])]
        if not dead or length > 1.2 * thick:
            kept.append(path)
    return _joined(kept)


def _joined(paths: list[Floats]) -> list[Floats]:
    """Joins paths that meet and continue straight, as a pen would write them."""
    left = list(paths)
    done: list[Floats] = []
    while left:
        path = left.pop(0)
        while len(path) > 1:
            found = _continuation(path, left)
            if found is None:
                break
            index, turned = found
            other = left.pop(index)
            path = np.concatenate([path, (other[::-1] if turned else other)[1:]])
        done.append(path)
    return done


def _continuation(path: Floats, others: list[Floats]) -> tuple[int, bool] | None:
    """Index of the path that continues another, and whether it must be reversed."""
    best, found = math.radians(40), None
    if np.array_equal(path[0], path[-1]):
        return None
    for index, other in enumerate(others):
        if len(other) < 2:
            continue
        for turned in (False, True):
            candidate = other[::-1] if turned else other
            if np.array_equal(candidate[0], path[-1]) and not np.array_equal(candidate[-1], path[-1]):
                arriving = path[-1] - path[max(-12, -len(path))]
                leaving = candidate[min(11, len(candidate) - 1)] - candidate[0]
                angle = abs(_angle(arriving, leaving))
                if angle < best:
                    best, found = angle, (index, turned)
    return found


def _angle(a: Floats, b: Floats) -> float:
    return math.atan2(float(a[0] * b[1] - a[1] * b[0]), float(a @ b))


def _stroke(points: Floats, widths: Floats, scale: float) -> SkeletonStroke:
    """A stroke along pixels, with few knots."""
    relative = np.clip(widths / PEN_WIDTH_SS, _THINNEST, _THICKEST)
    if len(points) < 3:
        return SkeletonStroke((_rounded(points[0]),), (round(float(relative.max()), 2),))
    closed = bool(np.array_equal(points[0], points[-1]))
    smooth = _smoothed(points, closed)
    line = smooth.astype(np.float32)[:, np.newaxis]
    knots = cv2.approxPolyDP(line, _STRAIGHT, False)[:, 0].astype(np.float64)
    at = _places(knots, smooth)
    at = _with_middles(at)
    if closed and len(at) > 3:
        at = at[:-1]
    reach = max(2, round(_REACH * scale))
    corners = frozenset(
        index
        for index, place in enumerate(at)
        if 0 < index < len(at) - 1 and _turn_at(smooth, place, reach) > _CORNER
    )
    # The local width at crossings includes several strokes; the median of the surroundings avoids that.
    around = [float(np.median(relative[max(0, place - reach) : place + reach + 1])) for place in at]
    return SkeletonStroke(
        tuple(_rounded(smooth[place]) for place in at), tuple(round(w, 2) for w in around), corners, closed
    )


def _rounded(point: Floats) -> tuple[float, float]:
    return round(float(point[0]), 4), round(float(point[1]), 4)


def _smoothed(points: Floats, closed: bool) -> Floats:
    """Smooths the steps of pixels; the ends do not move."""
    kernel = np.array([1, 2, 3, 2, 1], np.float64) / 9
    if len(points) < len(kernel) + 2:
        return points
    if closed:
        ring = points[:-1]
        padded = np.concatenate([ring[-2:], ring, ring[:2]])
    else:
        padded = np.concatenate([2 * points[:1] - points[2:0:-1], points, 2 * points[-1:] - points[-2:-4:-1]])
    smooth = np.stack([np.convolve(padded[:, axis], kernel, "valid") for axis in (0, 1)], axis=1)
    return np.concatenate([smooth, smooth[:1]]) if closed else smooth


def _places(knots: Floats, points: Floats) -> list[int]:
    """Indices of knots among the points they were chosen from, in order."""
    places, start = [], 0
    for knot in knots:
        gaps = np.abs(points[start:] - knot).sum(axis=1)
        start += int(np.argmin(gaps > 1e-5)) if (gaps <= 1e-5).any() else int(gaps.argmin())
        places.append(start)
    places[0], places[-1] = 0, len(points) - 1
    return list(dict.fromkeys(places))


def _with_middles(places: list[int]) -> list[int]:
    """Indices with another one halfway, so that a smooth line through the knots follows the path between them."""
    out = []
    for first, last in pairwise(places):
        out.append(first)
        if last - first > 3:
            out.append((first + last) // 2)
    return [*out, places[-1]]


def _turn_at(points: Floats, place: int, reach: int) -> float:
    before, after = points[max(0, place - reach)], points[min(len(points) - 1, place + reach)]
    return abs(_angle(points[place] - before, after - points[place]))


def _likeness(strokes: list[SkeletonStroke], mask: NDArray[np.bool_], corner: Floats, scale: float) -> float:
    """Intersection over union of strokes and a mask."""
    canvas = np.zeros(mask.shape, np.uint8)
    for stroke in strokes:
        knots = ((np.array(stroke.knots) - corner) * scale - 0.5) * 16
        widths = np.array(stroke.widths if len(stroke.widths) == len(knots) else stroke.widths * len(knots))
        thickness = widths * (PEN_WIDTH_SS * scale)
        ends = [*range(1, len(knots)), 0] if stroke.closed else [*range(1, len(knots))]
        if not ends:
            _line(canvas, knots[0], knots[0], thickness[0])
        for first, last in enumerate(ends):
            _line(canvas, knots[first], knots[last], (thickness[first] + thickness[last]) / 2)
    drawn = canvas > 0
    return float((drawn & mask).sum() / max(1, (drawn | mask).sum()))


def _line(canvas: NDArray[np.uint8], start: Floats, end: Floats, thickness: float) -> None:
    first, last = (tuple(np.rint(point).astype(int).tolist()) for point in (start, end))
    cv2.line(canvas, first, last, 255, max(1, round(thickness)), cv2.LINE_8, 4)
