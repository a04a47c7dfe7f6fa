"""Letters of dynamics, which are symbols of a music font in layouts."""

from __future__ import annotations

from functools import lru_cache

from smashcima.assets.fonts import SmuflFont
from smashcima.engraving.drafting.symbol_names import DYNAMICS

PRIVATE_USE = range(0xE000, 0xF900)
"""Code points of music symbols."""

_FONT = "Leipzig"
"""Any SMuFL font: they agree on the code points."""

LETTERS = {name: letters for letters, name in DYNAMICS.items()}
"""Letters of dynamics by SMuFL name."""


def dynamic_letters(character: str) -> str:
    """Letters of a character of a music font that is a dynamic; empty for other characters."""
    return _letters_by_character().get(character, "") if ord(character) in PRIVATE_USE else ""


@lru_cache(maxsize=1)
def _letters_by_character() -> dict[str, str]:
    font = SmuflFont.load(_FONT)
    return {chr(font.glyph(name).code_point): letters for name, letters in LETTERS.items()}
