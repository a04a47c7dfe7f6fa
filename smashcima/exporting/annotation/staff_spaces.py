"""The spaces of staves, which have no ink of their own."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.scene.visual import Notehead, SystemStaff

_POINTS = 33
"""Points along each side of a space, so that it follows the paper where that is bent."""


def space_rings(staff: SystemStaff) -> list[NDArray[np.float64]]:
    """The spaces of a staff in mm on the page, from above the top line to below the bottom line; rings (N, 2)."""
    box = staff.region.contours.bbox()
    ys = staff.line_ys
    borders = [ys[0] - staff.staff_space, *ys, ys[-1] + staff.staff_space] if ys else []
    xs = np.linspace(box.left, box.right, _POINTS)
    rings = []
    for top, bottom in pairwise(borders):
        upper = np.stack([xs, np.full(_POINTS, top)], axis=1)
        lower = np.stack([xs[::-1], np.full(_POINTS, bottom)], axis=1)
        rings.append(np.concatenate([upper, lower]))
    return rings


def place_on_staff(notehead: Notehead) -> tuple[str, int] | None:
    """`line` and its number, or `space` and its number, both from 0 at the top; `None` beyond the staff.

    The spaces are those of `space_rings`: space 0 lies above the top line.
    """
    position = getattr(notehead.semantic, "pitch_position", None)
    staff = notehead.staff
    if position is None or staff is None:
        return None
    from_top = len(staff.line_ys) - 1 - position  # in half spaces below the top line
    if not -1 <= from_top <= 2 * len(staff.line_ys) - 1:
        return None
    if from_top % 2 == 0:
        return "line", from_top // 2
    return "space", (from_top + 1) // 2
