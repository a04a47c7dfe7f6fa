"""Extents of the ink of symbols, by default those of the music font."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from smashcima.assets.fonts import symbol_box

Extent = tuple[float, float, float, float]
"""Left, top, right and bottom of an area relative to a point; x right, y down."""

SymbolBoxes = Callable[[str, str], Extent]
"""Function from a SMuFL name and a music font to the extent of the symbol's ink around its origin, in staff spaces."""


@lru_cache(maxsize=4096)  # more than the symbols of a font; called thousands of times per page
def font_symbol_box(name: str, font: str) -> Extent:
    """Extent of a symbol in its music font, in staff spaces; empty for an unknown symbol."""
    box = symbol_box(name, font)
    return (0.0, 0.0, 0.0, 0.0) if box is None else (box.left, -box.top, box.right, -box.bottom)
