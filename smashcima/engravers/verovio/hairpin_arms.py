"""Hairpins of two arms: Verovio draws those that are open on both sides as two lines.

A hairpin whose tip is in its system is one line with a corner. One that continues in another system, or ends in the
circle of *niente*, has no corner, and its arms would be two objects.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smashcima.engraving import Polyline, Primitive, PrimitiveKind

_BETWEEN_ARMS = 1


def is_arm(primitive: Primitive) -> bool:
    """Whether a primitive is a single arm of a hairpin."""
    return (
        primitive.kind is PrimitiveKind.HAIRPIN
        and isinstance(primitive, Polyline)
        and len(primitive.corners) == 2
    )


def joined_arms(arms: Sequence[Primitive]) -> Polyline | None:
    """Both arms as one line, which is drawn like that of a whole hairpin: from the open end to the narrow one, and back.

    `None` unless there are two arms.
    """
    if len(arms) != 2:
        return None
    first, second = arms
    assert isinstance(first, Polyline)
    assert isinstance(second, Polyline)
    near, far = [line.corners[np.argsort(line.corners[:, 0], kind="stable")] for line in (first, second)]
    left, right = abs(near[0, 1] - far[0, 1]), abs(near[1, 1] - far[1, 1])
    if right >= left:  # it opens to the right, so the pen starts there
        near, far = near[::-1], far[::-1]
    corners = np.concatenate([near, far[::-1]])
    corners.setflags(write=False)
    return Polyline(
        first.kind,
        first.place,
        first.element,
        corners,
        first.width,
        first.cap,
        first.dashes,
        (_BETWEEN_ARMS,),
    )
