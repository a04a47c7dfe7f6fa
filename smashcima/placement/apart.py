"""Words and dynamics that were placed too close: to other words, to barlines, or to arpeggios."""

from __future__ import annotations

import numpy as np

from smashcima.engraving import PrimitiveKind
from smashcima.placement.page_arrays import FloatArray, IntArray, PageArrays

_K = PrimitiveKind

_WORDS = (
    _K.TEMPO,
    _K.DIRECTION,
    _K.REHEARSAL_MARK,
    _K.ENCLOSURE,
    _K.HARMONY,
    _K.REPEAT_MARK,
    _K.TEXT,
    _K.MEASURE_NUMBER,
)

_BETWEEN_LINES_SS = 0.4
"""Minimum white space between words one above the other; engraved words may be closer."""

_NESTED_SS = 1.0
"""Maximum overlap of engraved words one above the other: boxes of texts reach from ascenders to descenders."""

_BESIDE_UPRIGHTS_SS = 0.2
"""Minimum white space between a dynamic and a barline or arpeggio; engraved dynamics may be closer."""

_MOST_PUSHES = 8
"""Maximum number of words moved by words that were moved."""


def keep_words_apart(arrays: PageArrays) -> None:
    """Moves words away from the staff that were placed too close to the words between them and the staff."""
    found = arrays.of(*_WORDS)
    found = found[(arrays.count[found] > 0) & (arrays.system[found] >= 0)]
    if len(found) < 2:
        return
    group = arrays.groups(found)
    engraved, now = _hulls(group, _engraved_boxes(arrays, found)), _hulls(group, _placed_boxes(arrays, found))
    first = np.unique(group, return_index=True)[1]
    space = arrays.space[found[first]]
    side = np.where((engraved[:, 1] + engraved[:, 3]) / 2 > arrays.middle[found[first]], 1.0, -1.0)
    side[arrays.half[found[first]] == 0] = -1.0  # words that belong to no staff
    same = (arrays.system[found[first]][:, None] == arrays.system[found[first]]) & (side[:, None] == side)
    # From here on, y increases away from the staff; `printed[i, j]` is the white space from words i to words j beyond.
    near, far = (
        np.where(side > 0, engraved[:, 1], -engraved[:, 3]),
        np.where(side > 0, engraved[:, 3], -engraved[:, 1]),
    )
    printed = near - far[:, None]
    needed = np.where(
        same & (printed > -_NESTED_SS * space), np.minimum(printed, _BETWEEN_LINES_SS * space), -np.inf
    )
    over = (now[:, None, 0] < now[:, 2]) & (now[:, None, 2] > now[:, 0])
    needed = np.where(over, needed, -np.inf)
    near, far = np.where(side > 0, now[:, 1], -now[:, 3]), np.where(side > 0, now[:, 3], -now[:, 1])
    push = np.zeros(len(first))
    for _ in range(_MOST_PUSHES):
        missing = (needed - ((near + push) - (far + push)[:, None])).max(axis=0)
        if (missing <= 0).all():
            break
        push += np.maximum(missing, 0.0)
    arrays.move(found, 0.0, (push * side)[group])


def keep_off_uprights(arrays: PageArrays) -> None:
    """Moves dynamics and pedal signs beside the barlines and arpeggios that they were placed on."""
    found, bars = arrays.of(_K.DYNAMIC, _K.PEDAL), arrays.of(_K.BARLINE, _K.ARPEGGIO)
    found = found[(arrays.count[found] > 0) & (arrays.system[found] >= 0)]
    bars = bars[arrays.count[bars] > 0]
    if not len(found) or not len(bars):
        return
    group = arrays.groups(found)
    boxes = np.concatenate(arrays.boxes(), axis=1)
    engraved, now = _hulls(group, _engraved_boxes(arrays, found)), _hulls(group, boxes[found])
    lines, placed = _engraved_boxes(arrays, bars), boxes[bars]
    first = np.unique(group, return_index=True)[1]
    clear = _BESIDE_UPRIGHTS_SS * arrays.space[found[first]][:, None]
    same = arrays.system[found[first]][:, None] == arrays.system[bars]
    same &= (now[:, None, 1] < placed[:, 3]) & (now[:, None, 3] > placed[:, 1])
    dx = np.zeros(len(first))
    for at, to, sign in ((0, 2, 1.0), (2, 0, -1.0)):
        # White space to the left of the signs, then to their right.
        printed = sign * (engraved[:, None, at] - lines[:, to])
        white = sign * (now[:, None, at] - placed[:, to])
        beside = same & (printed >= 0) & (white > -(now[:, 2] - now[:, 0])[:, None])
        missing = np.where(beside, np.minimum(printed, clear) - white, 0.0)
        dx += sign * np.maximum(missing.max(axis=1), 0.0)
    arrays.move(found, dx[group], 0.0)


def _hulls(group: IntArray, boxes: FloatArray) -> FloatArray:
    """Left, top, right, bottom of each group of boxes, (groups, 4)."""
    count = int(group.max(initial=-1)) + 1
    low, high = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    np.minimum.at(low, group, boxes[:, :2])
    np.maximum.at(high, group, boxes[:, 2:])
    return np.concatenate([low, high], axis=1)


def _engraved_boxes(arrays: PageArrays, found: IntArray) -> FloatArray:
    sides = (arrays.left, arrays.top, arrays.right, arrays.bottom)
    return np.stack([side[found] for side in sides], axis=1)


def _placed_boxes(arrays: PageArrays, found: IntArray) -> FloatArray:
    low, high = arrays.boxes()
    return np.concatenate([low[found], high[found]], axis=1)
