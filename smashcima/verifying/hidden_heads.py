"""Accidentals of noteheads that are not drawn, such as those of a unison of two voices."""

from __future__ import annotations

from collections.abc import Mapping

from smashcima.scene.visual import SystemStaff
from smashcima.verifying.drawn_page import DrawnPage
from smashcima.verifying.signatures import reference_heights
from smashcima.verifying.staff_heights import StaffHeights

_STRAY_BY_HAND = 0.9
"""Maximum distance of a handwritten accidental from the height of the notehead before which it stands, in steps."""

_BEFORE_HEAD_SS = 2.5
"""Maximum white space between an accidental and the notehead before which it stands, in staff spaces."""


def height_of_sign(
    drawn: DrawnPage,
    row: int,
    staff: SystemStaff,
    heights: StaffHeights,
    heads: Mapping[int, float],
    by_hand: bool,
) -> float:
    """The height for which an accidental counts whose own notehead is hidden, in steps.

    By hand, it stands before the notehead of another voice, and need not be at its very height. `heads` are the heights of
    the noteheads that are drawn.
    """
    raw: float = reference_heights(drawn, [row], heights)[0]
    if not by_hand:
        return raw
    boxes, staves = drawn.boxes, drawn.staves
    near = [
        (abs(gap), head)
        for head, height in heads.items()
        if staves[head] is staff
        and abs(height - raw) < _STRAY_BY_HAND
        and boxes[head, 2] > boxes[row, 2]
        and abs(gap := float(boxes[head, 0] - boxes[row, 2])) < _BEFORE_HEAD_SS * heights.space
    ]
    return heads[min(near)[1]] if near else raw
