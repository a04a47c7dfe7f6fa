"""Finds staves: five parallel lines at equal distances, followed from left to right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import cv2
import numpy as np
from ink import SPACE_PX, Ink, Mask, vertical_runs
from numpy.typing import NDArray

LINES = 5
STEP_PX = SPACE_PX // 2
"""Lines are looked for in columns at this distance."""

_LINE_PX = 4 * SPACE_PX + 1
"""A line is there if most of this length has thin ink: it bridges noteheads, and is longer than ledger lines."""

_LEAST_INK = 0.55
_OFF = 0.25
"""How much the distances of neighbouring lines may differ from the usual one, as a share of it."""

_JUMP_PX = 0.4 * SPACE_PX
_LONGEST_GAP_PX = 16 * SPACE_PX
_SHORTEST_PX = 10 * SPACE_PX
_NEAR_PX = 2
_FITTED = 16
"""Columns from which the slope at an end is measured."""

_LEAST_SHARE = 0.3
"""Share of its columns in which a staff has exactly five lines; less is chance."""


LEAST_LINE_SHARE = 0.4
MOST_BEYOND = 0.5
"""See `Staff.has_five_lines`. On printed pages of real music, noteheads and beams hide up to 60 % of a line."""


@dataclass
class Group:
    """Parallel lines, followed from left to right; pixels are those of the scaled ink."""

    lines: int
    """Number of lines: 5 for a staff."""

    columns: list[int] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)
    """The first line in each column."""

    heights: list[float] = field(default_factory=list)
    """Distance of the first and the last line in each column."""

    @property
    def left(self) -> int:
        return self.columns[0]

    @property
    def right(self) -> int:
        return self.columns[-1]

    @property
    def share(self) -> float:
        """Share of the columns from left to right in which exactly these lines are."""
        return len(self.columns) / ((self.right - self.left) / STEP_PX + 1)

    def at(self, x: NDArray[np.float64] | float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The first line and the height at columns; outside the group, those at its ends."""
        return np.interp(x, self.columns, self.tops), np.interp(x, self.columns, self.heights)


@dataclass(frozen=True)
class Staff:
    """Five lines; pixels are those of the scaled ink."""

    columns: NDArray[np.float64]
    tops: NDArray[np.float64]
    """The first line in each column."""

    heights: NDArray[np.float64]
    """Distance of the first and the last line in each column."""

    line_shares: tuple[float, ...]
    """Share of the columns in which each of the five lines can be seen."""

    beyond: float
    """Share of the columns with a further line above or below, the greater of the two: ledger lines, or a sixth line."""

    @property
    def left(self) -> float:
        return float(self.columns[0])

    @property
    def right(self) -> float:
        return float(self.columns[-1])

    @property
    def has_five_lines(self) -> bool:
        """Whether each of the five lines goes through, and no sixth one."""
        return min(self.line_shares) >= LEAST_LINE_SHARE and self.beyond <= MOST_BEYOND

    def at(self, x: NDArray[np.float64] | float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The first line and the height at columns; outside the staff, those at its ends."""
        return np.interp(x, self.columns, self.tops), np.interp(x, self.columns, self.heights)


@dataclass(frozen=True)
class Staves:
    """What looks like staves, from top to bottom."""

    staves: list[Staff]
    others: list[Group]
    """Three or more parallel lines that are no staff: with a line too few or too many."""


def find_staves(ink: Ink) -> Staves:
    """Finds staves and groups of lines that should be some."""
    lines = line_mask(ink)
    tracks: list[Group] = []
    for x in range(0, lines.shape[1], STEP_PX):
        for chain in _chains(_centres(lines[:, x])):
            _follow(tracks, x, chain)
    long = [group for group in tracks if group.right - group.left >= _SHORTEST_PX]
    likely = [group for group in long if group.share >= _LEAST_SHARE]
    near = cv2.dilate(lines.astype(np.uint8), np.ones((2 * _NEAR_PX + 1, 1), np.uint8)) > 0
    staves = _without_overlaps([_staff(group, near) for group in likely if group.lines == LINES])
    others = [group for group in likely if group.lines != LINES]
    others = [group for group in others if not any(_overlap(group, staff) for staff in staves)]
    return Staves(sorted(staves, key=_centre), sorted(_without_overlaps(others), key=_centre))


def _staff(group: Group, near: Mask) -> Staff:
    """The staff of a group, continued to both sides as far as lines go on, with what can be seen of its lines."""
    width = near.shape[1]
    columns = np.arange(0, width, STEP_PX, dtype=np.float64)
    tops, heights = group.at(columns)
    slopes = _end_slopes(group)
    for end, slope, is_beyond in (
        (group.left, slopes[0], columns < group.left),
        (group.right, slopes[1], columns > group.right),
    ):
        tops[is_beyond] += slope * (columns[is_beyond] - end)
    indices = np.arange(-1, LINES + 1)
    rows = tops[:, np.newaxis] + heights[:, np.newaxis] / (LINES - 1) * indices
    inside = np.clip(np.rint(rows).astype(int), 0, near.shape[0] - 1)
    seen = near[inside, columns.astype(int)[:, np.newaxis]]
    goes_on = seen[:, 1:-1].sum(axis=1) >= LINES // 2 + 1
    first, last = group.left // STEP_PX, group.right // STEP_PX
    begin, end = _last_step(goes_on[:first][::-1]), _last_step(goes_on[last + 1 :])
    kept = slice(first - begin, last + 1 + end)
    shares = seen[kept].mean(axis=0)
    return Staff(
        columns[kept],
        tops[kept],
        heights[kept],
        tuple(round(float(share), 3) for share in shares[1:-1]),
        round(float(max(shares[0], shares[-1])), 3),
    )


def _end_slopes(group: Group) -> tuple[float, float]:
    """The slopes at the left and the right end."""
    found = []
    for part in (slice(None, _FITTED), slice(-_FITTED, None)):
        columns, tops = group.columns[part], group.tops[part]
        found.append(float(np.polyfit(columns, tops, 1)[0]) if len(columns) >= _FITTED else 0.0)
    return found[0], found[1]


def _last_step(goes_on: Mask) -> int:
    """How many columns lines go on, across short gaps."""
    steps = missed = 0
    for index, is_there in enumerate(goes_on.tolist(), 1):
        missed = 0 if is_there else missed + 1
        if missed > _LONGEST_GAP_PX // STEP_PX:
            break
        if is_there:
            steps = index
    return steps


def line_mask(ink: Ink) -> Mask:
    """Where thin ink goes on to the left and the right."""
    begins, ends = vertical_runs(ink.mask)
    is_thin = ends - begins[:, 0] <= ink.thickness_px + 2
    thin = np.zeros(ink.mask.shape, np.uint8)
    rows = (begins[:, 0] + ends - 1) // 2
    thin[rows[is_thin], begins[is_thin, 1]] = 1
    thick = cv2.dilate(thin, np.ones((3, 1), np.uint8)).astype(
        np.float32
    )  # lines may slope by a pixel or two
    share = cv2.blur(thick, (_LINE_PX, 1), borderType=cv2.BORDER_CONSTANT)
    near = cv2.dilate(share, np.ones((5, 1), np.uint8))
    return (share >= _LEAST_INK) & (share >= near)


def _centres(column: Mask) -> NDArray[np.float64]:
    """Middles of the runs of a column."""
    change = np.flatnonzero(np.diff(np.concatenate([[False], column, [False]]).astype(np.int8)))
    return (change[::2] + change[1::2] - 1) / 2


class _Chain(NamedTuple):
    """Parallel lines in a column."""

    lines: int
    top: float
    height: float


def _chains(rows: NDArray[np.float64]) -> list[_Chain]:
    """Three or more rows at the distance of staff lines; of five, an inner one may be hidden by a beam."""
    if len(rows) < 3:
        return []
    steps = np.diff(rows) / SPACE_PX
    is_near, is_double = np.abs(steps - 1) <= _OFF, np.abs(steps - 2) <= _OFF
    found = []
    for part in np.split(np.arange(len(rows)), np.flatnonzero(~(is_near | is_double)) + 1):
        doubles = is_double[part[:-1]]
        if doubles.sum() == 1 and len(part) == LINES - 1:
            found.append(_Chain(LINES, float(rows[part[0]]), float(rows[part[-1]] - rows[part[0]])))
            continue
        for lines in np.split(part, np.flatnonzero(doubles) + 1):
            if len(lines) >= 3:
                height = float(rows[lines[-1]] - rows[lines[0]])
                found.append(_Chain(len(lines), float(rows[lines[0]]), height))
    return found


def _follow(tracks: list[Group], x: int, chain: _Chain) -> None:
    """Adds the lines of a column to the group that they continue, or begins one."""
    best: tuple[float, Group] | None = None
    for group in tracks:
        if group.lines != chain.lines or x - group.right > _LONGEST_GAP_PX or group.right == x:
            continue
        off = abs(_expected(group, x) - chain.top)
        if off <= _JUMP_PX and (best is None or off < best[0]):
            best = off, group
    if best is None:
        tracks.append(Group(chain.lines))
    group = tracks[-1] if best is None else best[1]
    group.columns.append(x)
    group.tops.append(chain.top)
    group.heights.append(chain.height)


def _expected(group: Group, x: int) -> float:
    """The first line at a column to the right, if the group goes on as before."""
    recent = slice(-16, None)
    columns, tops = group.columns[recent], group.tops[recent]
    if len(columns) < 6:
        return tops[-1]
    slope = float(np.polyfit(columns, tops, 1)[0])
    return float(np.mean(tops[-4:])) + slope * (x - float(np.mean(columns[-4:])))


def _centre(group: Group | Staff) -> float:
    return float(np.mean(group.tops)) + float(np.mean(group.heights)) / 2


def _overlap(first: Group | Staff, second: Group | Staff) -> bool:
    """Whether two groups are at the same place."""
    left, right = max(first.left, second.left), min(first.right, second.right)
    if right - left < 2 * SPACE_PX:
        return False
    top, height = first.at((left + right) / 2)
    other_top, other_height = second.at((left + right) / 2)
    return bool(top < other_top + other_height and other_top < top + height)


def _without_overlaps(groups: list[AnyGroup]) -> list[AnyGroup]:
    """The longest groups, without those at the same places."""
    kept: list[AnyGroup] = []
    for group in sorted(groups, key=lambda each: each.left - each.right):
        if not any(_overlap(group, other) for other in kept):
            kept.append(group)
    return kept


AnyGroup = TypeVar("AnyGroup", Group, Staff)
