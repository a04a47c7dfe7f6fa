"""Staff spaces, which have no ink."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours
from smashcima.imaging import ImageLayer, Outlines, Regions
from smashcima.scene.semantic import Note
from smashcima.scene.visual import AffineSpace, Notehead, SystemStaff

_POINTS = 33
"""Number of points along each side of a space, so that it follows curved paper."""


def space_rings(staves: Sequence[SystemStaff], points: int = _POINTS) -> NDArray[np.float64]:
    """Returns the spaces of staves in mm on the page, each from above the top line to below the bottom line.

    Rings with `points` points along each of the long sides: (spaces, 2 * points, 2).
    """
    boxes = [staff.region.contours.bbox() for staff in staves]
    borders = [_borders_of(staff) for staff in staves]
    counts = list(map(_count_of, staves))
    across = np.linspace([box.left for box in boxes], [box.right for box in boxes], points, axis=1)
    rings = np.empty((sum(counts), 2 * points, 2))
    rings[:, :points, 0] = np.repeat(across, counts, axis=0)
    rings[:, points:, 0] = rings[:, points - 1 :: -1, 0]
    for column, ys in (
        (rings[:, :points, 1], [y for each in borders for y in each[:-1]]),
        (rings[:, points:, 1], [y for each in borders for y in each[1:]]),
    ):
        column[:] = np.array(ys)[:, np.newaxis]
    return rings


def _count_of(staff: SystemStaff) -> int:
    """Number of spaces of a staff."""
    return len(staff.line_ys) + 1 if staff.line_ys else 0


def _borders_of(staff: SystemStaff) -> list[float]:
    ys = staff.line_ys
    return [ys[0] - staff.staff_space, *ys, ys[-1] + staff.staff_space] if ys else []


def located_spaces(
    staves: Sequence[SystemStaff], image: ImageLayer
) -> list[list[tuple[NDArray[np.float64], bool]]]:
    """Returns the rings (N, 2) of the spaces of each staff in pixels, from top to bottom, and whether any part of each is
    inside of the image.
    """
    # A map that keeps lines straight needs no more than their ends.
    points = 2 if image.from_scene.keeps_lines_straight else _POINTS
    if not staves:
        return []
    there = image.locate(space_rings(staves, points).reshape(-1, 2)).reshape(-1, 2 * points, 2)
    within = (there >= 0) & (there <= (image.width, image.height))
    inside: list[bool] = np.asarray(within.reshape(len(there), 4 * points).all(axis=1)).tolist()
    found = [(ring, is_in or _remains(ring, image)) for ring, is_in in zip(there, inside, strict=True)]
    ends = np.cumsum([0, *map(_count_of, staves)]).tolist()
    return [found[begin:end] for begin, end in pairwise(ends)]


def _remains(ring: NDArray[np.float64], image: ImageLayer) -> bool:
    """Whether part of an area lies inside of the image, and is not dropped when areas are cut at its edges."""
    area = Outlines.of([Contours((ring,))], [(1, 0, 0, 1, 0, 0)])
    return len(Regions.of([""], [""], [AffineSpace()], area, [-1]).clipped(image.width, image.height)) == 1


def place_on_staff(notehead: Notehead) -> tuple[str, int] | None:
    """Returns `line` or `space` with its number from 0 at the top; `None` outside the staff.

    The spaces are those of `space_rings`: space 0 is above the top line.
    """
    position = notehead.semantic.position if isinstance(notehead.semantic, Note) else None
    staff = notehead.staff
    if position is None or staff is None:
        return None
    from_top = len(staff.line_ys) - 1 - position  # in half spaces below the top line
    if not -1 <= from_top <= 2 * len(staff.line_ys) - 1:
        return None
    if from_top % 2 == 0:
        return "line", from_top // 2
    return "space", (from_top + 1) // 2
