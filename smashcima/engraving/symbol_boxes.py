"""Sizes of the ink of symbols: those of the music font, unless whoever draws them says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from smashcima.assets.fonts import symbol_box

Extent = tuple[float, float, float, float]
"""Left, top, right and bottom of an area relative to a point; x right, y down."""

SymbolBoxes = Callable[[str, str], Extent]
"""Extent of the ink of a symbol around its origin, in staff spaces, for its SMuFL name and its music font."""


@lru_cache(maxsize=4096)  # more than the symbols of a font; asked thousands of times for each page
def font_symbol_box(name: str, font: str) -> Extent:
    """Extent of a symbol in its music font; an extent without size for an unknown one."""
    box = symbol_box(name, font)
    return (0.0, 0.0, 0.0, 0.0) if box is None else (box.left, -box.top, box.right, -box.bottom)
