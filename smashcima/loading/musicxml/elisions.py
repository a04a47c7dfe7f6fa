"""What the text of an `<elision>` between two syllables of one note means."""

from __future__ import annotations

_TIES = frozenset("\N{UNDERTIE}_\N{CHARACTER TIE}\N{COMBINING DOUBLE BREVE BELOW}\ue550\ue551\ue552")
"""Characters for the tie below two syllables, among them those of SMuFL."""


def is_space(text: str | None) -> bool:
    """Whether the syllables are only parted, by a space."""
    return bool(text) and not (text or "").strip()


def joins_with_text(text: str | None) -> bool:
    """Whether a text of its own stands between the syllables, rather than a space or a tie."""
    shown = (text or "").strip()
    return bool(shown) and not _TIES.issuperset(shown)
