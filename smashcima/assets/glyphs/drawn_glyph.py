"""One symbol that somebody drew, as it goes into a store."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(slots=True)
class DrawnGlyph:
    """A mask with what is known about it. Points are pixels of the mask: pixel (i, j) covers [i, i+1) × [j, j+1)."""

    label: str
    """In full: `smufl::gClef`."""

    mask: NDArray[np.uint8]
    """(height, width); anything but 0 is ink. There is at least one pixel of it."""

    origin: tuple[float, float]
    """(x, y) of the point that SMuFL would take as the origin; may be outside the mask."""

    staff_space_px: float
    """Distance of two staff lines at this symbol."""

    writer: str = ""
    document: str = ""
    object_id: int = 0
    """Of the object in its document."""

    position: tuple[int, int] = (0, 0)
    """(left, top) of the mask on the page."""

    start: tuple[float, float] | None = None
    """Where a line begins; `None` for what is no line."""

    end: tuple[float, float] | None = None
    """Where it ends."""

    usable: bool = True
    """Whether it should be sampled: unusual masks are kept, but marked."""
