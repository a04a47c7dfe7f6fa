"""The outlines and masks of ink that was painted, for the regions with the same outlines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from smashcima.geometry import Contours
from smashcima.imaging.regions.outline_arrays import Affine, Outlines, Window
from smashcima.imaging.regions.rasterizer import Drawing


class PaintedOutlines:
    """Outlines in pixels by outline of the scene and map to pixels, and the masks of those that have any.

    The outlines are identified by `id()`, since they are values of the scene that stay alive while it is drawn. A
    region that shares the outline of its ink, as nearly all do, has the same points and mask.
    """

    def __init__(self) -> None:
        self._layers: list[tuple[Sequence[Contours], Sequence[Affine], Outlines]] = []
        self._drawings: list[tuple[Sequence[Contours], Sequence[Affine], Drawing]] = []

    def add(self, contours: Sequence[Contours], ways: Sequence[Affine], outlines: Outlines) -> None:
        """Adds the outlines of a layer: `contours[i]` under the i-th map."""
        self._layers.append((contours, ways, outlines))

    def add_masks(self, contours: Sequence[Contours], ways: Sequence[Affine], drawing: Drawing) -> None:
        """Adds the masks of a drawing of outlines; an outline with several windows has none here."""
        self._drawings.append((contours, ways, drawing))

    def of(self, contours: Sequence[Contours], ways: Sequence[Affine], width: int, height: int) -> Outlines:
        """`Outlines.of`, with the masks of those that were painted in an image of `width` × `height` px."""
        maps = list(chain.from_iterable(layer[1] for layer in self._layers))
        painted = map(id, chain.from_iterable(layer[0] for layer in self._layers))
        places = dict(zip(painted, range(len(maps)), strict=True))
        order: list[int] = []
        rest: list[int] = []
        for index, outline in enumerate(contours):
            place = places.get(id(outline))
            # Outlines that many symbols share are placed anew, except for one.
            if place is None or maps[place] != ways[index]:
                place = len(maps) + len(rest)
                rest.append(index)
            order.append(place)
        others = Outlines.of([contours[index] for index in rest], [ways[index] for index in rest])
        together = Outlines.joined_all([*(layer[2] for layer in self._layers), others])
        found = together.chosen(np.array(order, np.intp))
        if not self._drawings:
            return found
        return found.with_windows(width, height, lambda: self._windows(contours, ways))

    def _windows(self, contours: Sequence[Contours], ways: Sequence[Affine]) -> dict[int, Window]:
        """The masks of those outlines that were painted, by index."""
        windows: dict[tuple[int, Affine], Window | None] = {}
        for outlines, maps, drawing in self._drawings:
            for window in drawing:
                key = (id(outlines[window.shape]), maps[window.shape])
                known = windows.get(key)
                is_other_band = known is not None and known.shape == window.shape
                windows[key] = None if is_other_band or (known is None and key in windows) else window
        found = {}
        for index, (outline, way) in enumerate(zip(contours, ways, strict=True)):
            painted = windows.get((id(outline), way))
            if painted is not None:
                found[index] = painted
        return found
