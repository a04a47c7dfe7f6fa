"""The masks of ink that was painted, for the regions with the same outlines."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.geometry import Contours
from smashcima.imaging.regions.outline_arrays import Affine, Window
from smashcima.imaging.regions.rasterizer import Drawing


class PaintedWindows:
    """Masks by outline and map to pixels.

    The outlines are identified by `id()`, since they are values of the scene that stay alive while it is drawn. A
    region that shares the outline of its ink, as nearly all do, has the same mask.
    """

    def __init__(self) -> None:
        self._drawings: list[tuple[Sequence[Contours], Sequence[Affine], Drawing]] = []

    def add(self, outlines: Sequence[Contours], ways: Sequence[Affine], drawing: Drawing) -> None:
        """Adds the masks of a drawing of outlines; an outline with several windows has none here."""
        self._drawings.append((outlines, ways, drawing))

    def of(self, outlines: Sequence[Contours], ways: Sequence[Affine]) -> dict[int, Window]:
        """The masks of those outlines that were painted, by index."""
        windows: dict[tuple[int, Affine], Window | None] = {}
        for contours, maps, drawing in self._drawings:
            for window in drawing:
                key = (id(contours[window.shape]), maps[window.shape])
                known = windows.get(key)
                is_other_band = known is not None and known.shape == window.shape
                windows[key] = None if is_other_band or (known is None and key in windows) else window
        found = {}
        for index, (outline, way) in enumerate(zip(outlines, ways, strict=True)):
            painted = windows.get((id(outline), way))
            if painted is not None:
                found[index] = painted
        return found
