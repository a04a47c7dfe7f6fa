"""The Verovio engraver, which converts scores and MEI to an `Engraving`; its SVG stays internal to this package.

Names are loaded on first use, since the importing process needs only the toolkit.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smashcima.engravers.verovio.engraver import VerovioEngraver, engrave, engrave_mei
    from smashcima.engravers.verovio.kept_layouts import keep_layouts

_MODULE_OF = {
    "VerovioEngraver": "engraver",
    "engrave": "engraver",
    "engrave_mei": "engraver",
    "keep_layouts": "kept_layouts",
}

__all__ = ["VerovioEngraver", "engrave", "engrave_mei", "keep_layouts"]


def __getattr__(name: str) -> Any:
    """Loads a name on first use."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    return value
