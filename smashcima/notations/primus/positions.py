"""Names of staff positions in PrIMuS, and where signs stand that do not follow a pitch."""

from __future__ import annotations

import re

LOWEST, HIGHEST = -12, 11
"""Positions that PrIMuS uses: `L-3` to `S8`. 0 is the middle line, +1 one step up."""

FERMATA = 7
"""Position of every fermata, `S6`."""

REST_COUNT = 5
"""Position of the number of a multi-measure rest, `S5`."""

_NAME = re.compile(r"([LS])(0|-?[1-9]\d{0,2})", re.ASCII)


def position_name(position: int) -> str:
    """Name of a position on the staff: `L3` is the middle line, `S3` the space above it.

    >>> position_name(0), position_name(-12)
    ('L3', 'L-3')
    """
    return f"S{(position + 5) // 2}" if position % 2 else f"L{3 + position // 2}"


def position_of(name: str) -> int | None:
    """Position with a name, the inverse of `position_name`; `None` if it is not such a name.

    >>> position_of("S5"), position_of("X1")
    (5, None)
    """
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    number = int(found[2])
    return 2 * number - 5 if found[1] == "S" else 2 * (number - 3)


def dot_position(position: int) -> int:
    """Position of the dot of a note: the space of the note, or the one above its line."""
    return position if position % 2 else position + 1
