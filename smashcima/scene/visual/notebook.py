"""Display of pages and glyphs in notebooks.

A higher layer paints objects and sets the painter when it is imported. Without a painter, notebooks show objects as
text.
"""

from __future__ import annotations

from collections.abc import Callable

Painter = Callable[[object], bytes]
"""Converts an object of the scene to the bytes of a PNG file."""

_painters: list[Painter] = []


def set_notebook_painter(painter: Painter) -> None:
    """Sets the painter of pages, glyphs and view boxes for the whole process."""
    _painters[:] = [painter]


class DisplayedInNotebook:
    """Base of objects that notebooks display as an image if a painter is set."""

    __slots__ = ()

    def _repr_png_(self) -> bytes | None:
        return _painters[0](self) if _painters else None
