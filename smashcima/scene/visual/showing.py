"""How pages and glyphs show themselves in a notebook.

Painting is the work of a layer above this one, which says here how it is done; a scene that is used without
that layer is shown as text.
"""

from __future__ import annotations

from collections.abc import Callable

Painter = Callable[[object], bytes]
"""From an object of the scene to a PNG file."""

_painters: list[Painter] = []


def show_with(painter: Painter) -> None:
    """Has pages, glyphs and view boxes shown by `painter` from now on."""
    _painters[:] = [painter]


class Shown:
    """What shows itself in a notebook as a picture, as soon as something is there that can paint."""

    __slots__ = ()

    def _repr_png_(self) -> bytes | None:
        return _painters[0](self) if _painters else None
