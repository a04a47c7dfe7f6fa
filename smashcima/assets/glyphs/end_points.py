"""Detection of start and end points of lines in their masks. Points (x, y) are in pixels of the mask, y down."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]
Point = tuple[float, float]
Ends = tuple[Point, Point]

_WIDEST_TIP_PX = 6.0

_END_PART = 0.12
"""Fraction of a hairpin's length at each end that is examined to distinguish the tip from the open side."""


def ends_of(label: str, mask: Mask) -> Ends | None:
    """Start and end points of a line, or `None` for labels of other symbols.

    Lines run from left to right, vertical lines from top to bottom, and hairpins from the tip to the centre of the open
    side.
    """
    find = _FINDERS.get(label)
    return None if find is None else find(mask)


def lying_ends(mask: Mask) -> Ends:
    """Ends of a horizontal stroke: its fitted centre line at the first and last column."""
    columns, heights = column_centres(mask)
    first, behind = float(columns[0]), float(columns[-1]) + 1
    slope, start = _fitted(columns.astype(np.float64) + 0.5, heights + 0.5)
    return (first, start + slope * first), (behind, start + slope * behind)


def column_centres(mask: Mask) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The columns of a mask that have ink, and the mean row of the ink in each of them."""
    rows = np.ones((2, mask.shape[0]))
    rows[1] = np.arange(mask.shape[0])
    # Sums of whole numbers are exact in any order, so one product of matrices gives both.
    ink, moment = rows @ mask
    columns = ink.nonzero()[0]
    centres: NDArray[np.float64] = moment[columns] / ink[columns]
    return columns, centres


def upright_ends(mask: Mask) -> Ends:
    """Ends of a vertical stroke: its fitted centre line at the first and last row."""
    (y0, x0), (y1, x1) = lying_ends(mask.T)
    return (x0, y0), (x1, y1)


def farthest_ends(mask: Mask) -> Ends:
    """Ends of a curve or slanted stroke: the points farthest from the centre of its ink on either side."""
    ys, xs = np.nonzero(mask != 0)
    points = np.empty((len(xs), 2))
    points[:, 0], points[:, 1] = xs, ys
    points += 0.5
    centred = points - points.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    direction = directions[:, 1] * (1 if directions[0, 1] >= 0 else -1)
    along = centred @ direction
    away = np.hypot(*centred.T)
    # The tip of a stroke is as wide as the stroke.
    reach = float(np.clip(len(points) / (np.ptp(along) + 1), 1.0, _WIDEST_TIP_PX))
    tips = []
    for side in (along <= 0, along >= 0):
        tip = points[int(np.argmax(np.where(side, away, -1.0)))]
        close = points[np.abs(points[:, 0] - tip[0]) <= reach]
        near = close[np.hypot(*(close - tip).T) <= reach]
        tips.append((float(near[:, 0].mean()), float(near[:, 1].mean())))
    return tips[0], tips[1]


def hairpin_ends(mask: Mask) -> Ends:
    """Ends of a hairpin: the tip, where the arms meet, and the midpoint between their other ends."""
    columns = np.nonzero(mask.any(axis=0))[0]
    left, behind = int(columns[0]), int(columns[-1]) + 1
    ink = mask[:, left:behind]
    width = ink.shape[1]
    part = min(max(3, round(width * _END_PART)), width)
    sides = ink[:, :part], ink[:, width - part :]
    openings = [int(np.ptp(np.nonzero(side.any(axis=1))[0])) for side in sides]
    tip_left = openings[0] <= openings[1]
    ys, xs = np.nonzero(ink if tip_left else ink[:, ::-1])
    tip_y = float(ys[xs <= 2].mean()) + 0.5
    opening_y = float(ys[xs >= width - part].mean()) + 0.5
    middle = tip_y + (opening_y - tip_y) * (xs / max(width - 1, 1))
    above = ys + 0.5 < middle
    arms = [_farthest(xs[arm], ys[arm]) for arm in (above, ~above) if arm.any()]
    end_x, end_y = (sum(values) / len(arms) for values in zip(*arms, strict=True))
    if tip_left:
        return (float(left), tip_y), (left + end_x, end_y)
    return (float(behind), tip_y), (behind - end_x, end_y)


def _farthest(xs: NDArray[np.intp], ys: NDArray[np.intp]) -> Point:
    last = xs.max()
    return float(last) + 1, float(ys[xs >= last - 2].mean()) + 0.5


def brace_ends(mask: Mask) -> Ends:
    """Ends of a brace or bracket: its tips, at its first and last rows."""
    rows = np.nonzero(mask.any(axis=1))[0]
    top, bottom = int(rows[0]), int(rows[-1])
    return (
        (float(np.nonzero(mask[top : top + 3])[1].mean()) + 0.5, float(top)),
        (float(np.nonzero(mask[max(bottom - 2, 0) : bottom + 1])[1].mean()) + 0.5, float(bottom) + 1),
    )


def bracket_ends(mask: Mask) -> Ends:
    """Ends of the vertical stroke of a bracket, which is the column with most ink."""
    rows = np.nonzero(mask.any(axis=1))[0]
    x = float(np.argmax(mask.sum(axis=0))) + 0.5
    return (x, float(rows[0])), (x, float(rows[-1]) + 1)


def _fitted(at: NDArray[np.float64], values: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and intercept of a least-squares line."""
    middle_at, middle = float(np.add.reduce(at) / len(at)), float(np.add.reduce(values) / len(at))
    away = at - middle_at
    spread = float(away @ away)
    slope = float(away @ (values - middle)) / spread if len(at) > 2 and spread > 0 else 0.0
    return slope, middle - slope * middle_at


_FINDERS: dict[str, Callable[[Mask], Ends]] = {
    "smufl::stem": upright_ends,
    "smufl::barlineSingle": upright_ends,
    "smashcima::barlineTall": upright_ends,
    "smashcima::barlineHeavy": upright_ends,
    "smashcima::systemStart": upright_ends,
    "smashcima::arpeggioLine": upright_ends,
    "smufl::brace": brace_ends,
    "smufl::bracket": bracket_ends,
    "smashcima::beam": lying_ends,
    "smashcima::beamHook": lying_ends,
    "smashcima::legerLine": lying_ends,
    "smashcima::volta": lying_ends,
    "smashcima::octaveLine": lying_ends,
    "smashcima::extenderLine": lying_ends,
    "smufl::wiggleTrill": lying_ends,
    "smashcima::slur": farthest_ends,
    # In handwriting they are curves more often than brackets.
    "smashcima::tupletBracket": farthest_ends,
    "smashcima::tie": farthest_ends,
    "smashcima::glissando": farthest_ends,
    "smashcima::graceSlash": farthest_ends,
    "smashcima::tremoloStroke": farthest_ends,
    "smashcima::hairpin": hairpin_ends,
}

LINE_LABELS = frozenset(_FINDERS)
"""Labels of glyphs with end points."""
