"""Faces of the Hershey fonts, converted from coarse polylines to pen strokes.

They were digitised by Dr. A. V. Hershey at the U.S. National Bureau of Standards and are in the public domain
in the form in which the PyPI package `Hershey-Fonts` (MIT licence, copyright 2020 apshu) contains them.
"""

from __future__ import annotations

import itertools
import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.pen import SkeletonStroke

Points = NDArray[np.float64]

BASELINE = 9
"""Height of the baseline in the fonts, y down."""

CAPITAL_UNITS = 21
"""Height of capitals in the fonts."""

EM_PER_UNIT = 0.66 / CAPITAL_UNITS
"""Height of capitals of the text font, in ems, to which those of the fonts are scaled."""

JOINT_HEIGHT = (4 - BASELINE) * EM_PER_UNIT
"""Height of the joints of letters of the script faces, in ems, y down."""

_SMALLEST = 2.5
"""Largest width and height of a stroke that is a dot."""

_NEAR = 4.5
"""Largest distance from the end of a stroke to the start of the next that continues it."""

_CORNER_DEG = 70.0
"""A point where a polyline turns by more than this is a corner."""

_SMOOTHING = 1.1
"""Standard deviation of the smoothing along the path, in units: the grid of the digitiser is 1 wide."""

_KNOT_DISTANCE = 3.0


def has_glyph(face: str, character: str) -> bool:
    """Whether a face draws a character of ASCII."""
    return character in _glyphs(face) and bool(_glyphs(face)[character].strokes)


@lru_cache(maxsize=1024)  # a few hundred characters of three faces are used
def read_glyph(face: str, character: str, slant_deg: float = 0.0) -> tuple[SkeletonStroke, ...]:
    """The strokes of a glyph in ems, y down; the origin is on the baseline at the left end of its ink.

    `slant_deg` is the slant of the face, which is removed.
    """
    lean = math.tan(math.radians(slant_deg))
    lines = [
        np.array(stroke, dtype=np.float64) for stroke in _glyphs(face)[character].strokes if len(stroke) > 1
    ]
    for line in lines:
        line[:, 1] -= BASELINE
        line[:, 0] += lean * line[:, 1]
    strokes = []
    for line in _without_lifts(lines):
        if np.ptp(line, axis=0).max() <= _SMALLEST:
            strokes.append(SkeletonStroke((_em(line.mean(axis=0)),)))
        else:
            strokes.append(_smooth_stroke(line))
    left = min(x for stroke in strokes for x, _ in stroke.knots)
    return tuple(
        SkeletonStroke(tuple((x - left, y) for x, y in stroke.knots), corners=stroke.corners)
        for stroke in strokes
    )


@lru_cache(maxsize=8)
def _glyphs(face: str) -> dict[str, Any]:
    from HersheyFonts import HersheyFonts

    font = HersheyFonts()
    font.load_default_font(face)
    return dict(font.all_glyphs)


def _em(point: Points) -> tuple[float, float]:
    """A point in ems. Rounded, since the last digit of NumPy's functions depends on its version and the processor, and
    writers have habits for a form by its digits.
    """
    return round(float(point[0]) * EM_PER_UNIT, 6), round(float(point[1]) * EM_PER_UNIT, 6)


def _without_lifts(lines: list[Points]) -> list[Points]:
    """Joins strokes that start where the previous one ends."""
    joined: list[Points] = []
    for line in lines:
        is_dot = np.ptp(line, axis=0).max() <= _SMALLEST
        if joined and not is_dot and np.ptp(joined[-1], axis=0).max() > _SMALLEST:
            gap = float(np.hypot(*(line[0] - joined[-1][-1])))
            if gap <= _NEAR:
                joined[-1] = np.concatenate([joined[-1], line[1:] if gap == 0 else line])
                continue
        joined.append(line)
    return joined


def _smooth_stroke(line: Points) -> SkeletonStroke:
    """A stroke smoothed enough to remove the digitiser's grid; corners are kept."""
    knots: list[tuple[float, float]] = []
    corners: set[int] = set()
    bounds = [0, *_corners(line), len(line) - 1]
    for first, last in itertools.pairwise(bounds):
        if knots:
            corners.add(len(knots) - 1)
        smooth = _smoothed(line[first : last + 1])
        knots.extend(_em(point) for point in (smooth[1:] if knots else smooth))
    return SkeletonStroke(tuple(knots), corners=frozenset(corners))


def _corners(line: Points) -> list[int]:
    step = np.diff(line, axis=0)
    heading = np.arctan2(step[:, 1], step[:, 0])
    turn = np.abs((np.diff(heading) + math.pi) % (2 * math.pi) - math.pi)
    return [index + 1 for index in np.flatnonzero(turn > math.radians(_CORNER_DEG)).tolist()]


def _smoothed(line: Points) -> Points:
    """The part between two corners, smoothed along its length and reduced to few knots."""
    if len(line) == 2:
        return line
    along = np.append(0.0, np.cumsum(np.hypot(*np.diff(line, axis=0).T)))
    length = float(along[-1])
    at = np.linspace(0.0, length, max(int(length * 4), 8))
    dense = np.stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)], axis=1)
    # Point reflection of the path at its ends keeps the ends in place.
    mirrored = np.concatenate([2 * dense[0] - dense[:0:-1], dense, 2 * dense[-1] - dense[-2::-1]])
    spacing = length / (len(at) - 1)
    reach = math.ceil(3 * _SMOOTHING / spacing)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) * spacing / _SMOOTHING) ** 2)
    weights /= weights.sum()
    start = len(dense) - 1
    smooth = np.stack([np.convolve(mirrored[:, axis], weights, mode="same") for axis in (0, 1)], axis=1)
    smooth = smooth[start : start + len(dense)]
    smooth[0], smooth[-1] = line[0], line[-1]
    count = max(round(length / _KNOT_DISTANCE) + 1, 3)
    chosen = np.linspace(0, len(dense) - 1, count).round().astype(int)
    return np.asarray(smooth[chosen])
