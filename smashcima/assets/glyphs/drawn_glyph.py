"""One handwritten symbol, as input to a glyph store."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.short_repr import ShortRepr


@dataclass(slots=True)
class DrawnGlyph(ShortRepr):
    """A mask with its metadata. Points are in pixels of the mask: pixel (i, j) covers [i, i+1) × [j, j+1)."""

    label: str
    """Full label, such as `smufl::gClef`."""

    mask: NDArray[np.uint8]
    """Mask, (height, width); non-zero pixels are ink. At least one pixel is ink."""

    origin: tuple[float, float]
    """Origin (x, y) as defined by SMuFL; may be outside the mask."""

    staff_space_px: float
    """Distance between adjacent staff lines at this symbol, in pixels."""

    writer: str = ""
    document: str = ""
    object_id: int = 0
    """Id of the object in its document."""

    position: tuple[int, int] = (0, 0)
    """Position (left, top) of the mask on the page, in pixels."""

    start: tuple[float, float] | None = None
    """Start point of a line; `None` for symbols other than lines."""

    end: tuple[float, float] | None = None
    """End point of a line; `None` for symbols other than lines."""

    usable: bool = True
    """Whether it may be sampled; unusual masks are kept but marked as not usable."""
