"""Sizes of the ink of symbols, which placement needs to know from the synthesizers that draw them."""

from __future__ import annotations

from collections.abc import Callable

from smashcima.assets.fonts.engraver_metrics import symbol_box

SymbolBoxes = Callable[[str, str], tuple[float, float, float, float]]
"""Left, top, right and bottom of the ink of a symbol around its origin, in staff spaces, y down, for its SMuFL name
and the name of the music font that it was engraved with."""


def font_symbol_box(name: str, font: str) -> tuple[float, float, float, float]:
    """The box of a symbol in its music font; a box without size for an unknown one."""
    box = symbol_box(name, font)
    return (0.0, 0.0, 0.0, 0.0) if box is None else (box.left, -box.top, box.right, -box.bottom)
