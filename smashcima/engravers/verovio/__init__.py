"""The Verovio engraver, which converts scores and MEI to an `Engraving`; its SVG stays internal to this package.

Names are loaded on first use, since the importing process needs only the toolkit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smashcima.engravers.verovio.engraver import VerovioEngraver, engrave, engrave_mei

__all__ = ["VerovioEngraver", "engrave", "engrave_mei"]


def __getattr__(name: str) -> Any:
    """Loads a name on first use."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from smashcima.engravers.verovio import engraver

    value = globals()[name] = getattr(engraver, name)
    return value
