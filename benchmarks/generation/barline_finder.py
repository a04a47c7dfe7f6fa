"""Finds systems and barlines: vertical strokes through staves, and through the gaps between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
from ink import SPACE_PX, Ink
from numpy.typing import NDArray
from staff_finder import LINES, Staff

_HEIGHT_PX = (LINES - 1) * SPACE_PX
_ABOVE_PX = 2 * SPACE_PX
"""Rows above and below a staff that are looked at."""

_FULL = 0.95
"""Share of the rows from the first to the last line that a barline fills."""

_JOINED = 0.85
"""Share of the rows between two staves that the line at the beginning of their system fills."""

_WIDEST_PX = 1.5 * SPACE_PX
_WIDE_PX = 0.8 * SPACE_PX
_MOST_UNEVEN = 0.15
"""Wide barlines are the same in all rows, unlike digits of time signatures: the variance of a column over its rows."""

_DOUBLE_PX = 0.6 * SPACE_PX
"""Strokes nearer to each other are one barline: a double or final one, or one with repeat dots."""

_SLANTS_PX = range(-6, 7, 2)
"""How far the upper end of a stroke by hand may be right of the lower one."""

_HEAD_PX = (2, 9)
"""Where noteheads are beside a stem, from its edge."""

_HEAD_INK = 0.55
_DIGIT_INK = 0.3
_STEM_INK = 0.6
_SAME_PX = 1.2 * SPACE_PX
_EARLY_PX = 2.0 * SPACE_PX
"""Strokes nearer to the beginning of a staff are that of its system."""

_LATE_PX = 2.0 * SPACE_PX
"""The last barline may be behind what is seen of the lines."""


@dataclass(frozen=True)
class FoundSystem:
    """Staves that are played together; pixels are those of the scaled ink."""

    staves: tuple[Staff, ...]
    barlines: tuple[tuple[float, ...], ...]
    """The columns of the barlines of each staff."""


class _Stroke(NamedTuple):
    x: float
    goes_through: bool
    """Whether it goes on into the gap between two staves."""


def find_systems(ink: Ink, staves: list[Staff]) -> list[FoundSystem]:
    """Groups staves, from top to bottom, into systems, and finds their barlines."""
    groups: list[list[Staff]] = []
    for staff in staves:
        if groups and _is_joined(ink, groups[-1][-1], staff):
            groups[-1].append(staff)
        else:
            groups.append([staff])
    return [_system(ink, group) for group in groups]


def _system(ink: Ink, staves: list[Staff]) -> FoundSystem:
    strokes = [_strokes(ink, staff, index > 0, index < len(staves) - 1) for index, staff in enumerate(staves)]
    if len(staves) > 1:
        strokes = [_through_if_usual(own) for own in strokes]
        shifts = _shifts(staves)
        places = [[stroke.x + shift for stroke in own] for own, shift in zip(strokes, shifts, strict=True)]
        strokes = [
            [stroke for stroke in own if _is_in_most(stroke.x + shift, places)]
            for own, shift in zip(strokes, shifts, strict=True)
        ]
    return FoundSystem(tuple(staves), tuple(tuple(stroke.x for stroke in own) for own in strokes))


def _through_if_usual(strokes: list[_Stroke]) -> list[_Stroke]:
    """Where barlines are drawn through to the next staff, strokes within a staff are stems."""
    through = [stroke for stroke in strokes if stroke.goes_through]
    return through if 2 * len(through) >= len(strokes) else strokes


def _is_in_most(place: float, places: list[list[float]]) -> bool:
    """Whether most staves of a system have a stroke at a place."""
    return 2 * sum(any(abs(place - other) <= _SAME_PX for other in row) for row in places) > len(places)


def _shifts(staves: list[Staff]) -> list[float]:
    """How far a vertical line of the first staff is left of that in each staff, as pages may be skewed."""
    first = staves[0]
    return [first.left - staff.left if abs(first.left - staff.left) < _EARLY_PX else 0.0 for staff in staves]


def _is_joined(ink: Ink, upper: Staff, lower: Staff) -> bool:
    """Whether a vertical line at the beginning of two staves joins them, or barlines go through the gap."""
    left, right = max(upper.left, lower.left), min(upper.right, lower.right)
    if right - left < 0.5 * (min(upper.right - upper.left, lower.right - lower.left)):
        return False
    columns = np.arange(left - 3 * SPACE_PX, right + SPACE_PX)
    top, height = upper.at(columns)
    bottom, _ = lower.at(columns)
    begin = top + height
    gap = int(np.median(bottom - begin))
    if gap < 2 or gap > 16 * SPACE_PX:
        return False
    rows = begin + (bottom - begin) * np.linspace(0, 1, gap)[:, np.newaxis]
    coverage = _stroke_coverage(_sampled(ink, columns, rows))
    if (coverage[: 5 * SPACE_PX] >= _JOINED).any():
        return True
    through = _runs(coverage >= _FULL)
    return sum(end - begin <= _WIDEST_PX for begin, end in through) >= 2


def _strokes(ink: Ink, staff: Staff, above: bool, below: bool) -> list[_Stroke]:
    """What looks like barlines of a staff; `above` and `below` say whether its system goes on there."""
    columns = np.arange(staff.left, min(ink.mask.shape[1], staff.right + _LATE_PX))
    top, height = staff.at(columns)
    steps = np.arange(-_ABOVE_PX, _HEIGHT_PX + _ABOVE_PX + 1)
    picture = _sampled(ink, columns, top + height * (steps[:, np.newaxis] / _HEIGHT_PX))
    body = picture[_ABOVE_PX : _ABOVE_PX + _HEIGHT_PX + 1]
    coverage = _stroke_coverage(body)
    beyond = (
        _stroke_coverage(picture[: _ABOVE_PX - 4]),
        _stroke_coverage(picture[_ABOVE_PX + _HEIGHT_PX + 5 :]),
    )
    found = []
    for begin, end in _merged(_runs(coverage >= _FULL)):
        if end - begin > _WIDEST_PX or columns[begin] < staff.left + _EARLY_PX:
            continue
        near = slice(max(0, begin - 1), end + 1)
        goes_up, goes_down = (float(each[near].max()) >= _STEM_INK for each in beyond)
        if (goes_up and not above) or (goes_down and not below):
            continue
        if not _is_uneven(body, begin, end) and not _has_ink_beside(body, begin, end):
            found.append(_Stroke(float(columns[begin] + (end - 1 - begin) / 2), goes_up or goes_down))
    return found


def _sampled(ink: Ink, columns: NDArray[np.float64], rows: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The ink at rows of columns, as if lines were straight."""
    xs = np.broadcast_to(columns, rows.shape).astype(np.float32)
    return cv2.remap(ink.mask.astype(np.uint8), xs, rows.astype(np.float32), cv2.INTER_NEAREST)


def _stroke_coverage(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """The greatest share of the rows that a stroke through the middle of each column fills, upright or slanted."""
    thick = cv2.dilate(picture, np.ones((1, 3), np.uint8))
    height = len(thick)
    best = np.zeros(picture.shape[1])
    for slant in _SLANTS_PX:
        total = np.zeros(picture.shape[1])
        for row in range(height):
            shift = round(slant * (row / max(height - 1, 1) - 0.5))
            total += np.roll(thick[row], shift)
        best = np.maximum(best, total / height)
    return best


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and end of the runs of a row."""
    change = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return list(zip(change[::2].tolist(), change[1::2].tolist(), strict=True))


def _merged(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs without short gaps between them."""
    found: list[tuple[int, int]] = []
    for begin, end in runs:
        if found and begin - found[-1][1] <= _DOUBLE_PX:
            found[-1] = found[-1][0], end
        else:
            found.append((begin, end))
    return found


def _is_uneven(body: NDArray[np.uint8], begin: int, end: int) -> bool:
    return end - begin >= _WIDE_PX and float(body[:, begin:end].var(axis=0).mean()) > _MOST_UNEVEN


def _has_ink_beside(body: NDArray[np.uint8], begin: int, end: int) -> bool:
    """Whether ink as high as a notehead is beside a stroke, or much ink between the staff lines, as of digits."""
    near, far = _HEAD_PX
    width = body.shape[1]
    is_line = np.convolve(body.mean(axis=1) > 0.5, np.ones(3), "same") > 0
    sides = [body[:, max(0, begin - far) : max(0, begin - near)], body[:, min(width, end + near) : end + far]]
    window = np.ones(SPACE_PX)
    for side in sides:
        if side.shape[1] < far - near:
            continue
        ink = np.where(is_line, 0, side.mean(axis=1))
        counted = np.convolve(~is_line, window, "valid")
        heights = np.convolve(ink, window, "valid") / np.maximum(counted, SPACE_PX / 3)
        if float(heights.max()) >= _HEAD_INK or float(ink.sum()) >= _DIGIT_INK * max((~is_line).sum(), 1):
            return True
    return False
