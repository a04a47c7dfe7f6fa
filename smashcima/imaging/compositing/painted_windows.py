"""The masks of ink that was painted, for the regions with the same outlines."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.geometry import Contours
from smashcima.imaging.regions.outline_arrays import Affine, Window


class PaintedWindows:
    """Masks by outline and map to pixels.

    The outlines are identified by `id()`, since they are values of the scene that stay alive while it is drawn. A
    region that shares the outline of its ink, as nearly all do, has the same mask.
    """

    def __init__(self) -> None:
        self._windows: dict[tuple[int, Affine], Window | None] = {}

    def add(self, outline: Contours, way: Affine, window: Window) -> None:
        """Adds a mask; an outline with several windows has none here."""
        key = (id(outline), way)
        known = self._windows.get(key)
        is_other_band = known is not None and known.shape == window.shape
        self._windows[key] = None if is_other_band or (known is None and key in self._windows) else window

    def of(self, outlines: Sequence[Contours], ways: Sequence[Affine]) -> dict[int, Window]:
        """The masks of those outlines that were painted, by index."""
        found = {}
        for index, (outline, way) in enumerate(zip(outlines, ways, strict=True)):
            window = self._windows.get((id(outline), way))
            if window is not None:
                found[index] = window
        return found
