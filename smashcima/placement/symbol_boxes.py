"""How large the ink of symbols is: what placement has to know of those who draw them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from smashcima.engravers.verovio.font_metrics import music_glyphs

SymbolBoxes = Callable[[str, str], tuple[float, float, float, float]]
"""Left, top, right and bottom of the ink of a symbol around its origin, in staff spaces, y down, for its SMuFL name
and the name of the music font that it was engraved with."""


def font_symbol_box(name: str, font: str) -> tuple[float, float, float, float]:
    """The box of a symbol in its music font; no size at all for an unknown one."""
    return _boxes(font).get(name, (0.0, 0.0, 0.0, 0.0))


@lru_cache(maxsize=8)
def _boxes(font: str) -> dict[str, tuple[float, float, float, float]]:
    return {
        glyph.name: (glyph.left, -glyph.top, glyph.right, -glyph.bottom)
        for glyph in music_glyphs(font).values()
    }
