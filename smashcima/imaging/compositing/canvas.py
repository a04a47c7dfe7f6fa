"""The canvas on which the ink of one layer is drawn.

Later ink covers earlier ink: if it covers the part `a` of a pixel, earlier ink contributes `1 - a`. This is how vector
renderers combine antialiased shapes.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.compositing.blending import ColorBGR, products
from smashcima.imaging.compositing.ink_layer import InkLayer
from smashcima.imaging.regions.outline_arrays import Outlines
from smashcima.imaging.regions.rasterizer import window_edges


def _with_opacity(clear: NDArray[np.uint8], opacity: int) -> NDArray[np.uint8]:
    """The uncovered part of pixels under ink that is not opaque."""
    import cv2

    factor = opacity / 255
    return np.asarray(cv2.convertScaleAbs(clear, alpha=factor, beta=255 * (1 - factor)), dtype=np.uint8)


@cache
def clear_parts() -> NDArray[np.uint8]:
    """(256, 256): the uncovered part of pixels, by the opacity of the ink and the uncovered part if it were opaque."""
    opaque = np.arange(256, dtype=np.uint8)[np.newaxis]
    return np.concatenate([_with_opacity(opaque, opacity) for opacity in range(255)] + [opaque])


@cache
def _joined() -> NDArray[np.uint8]:
    """(256, 256): the coverage of pixels, by the coverage before and the part that ink above it leaves clear."""
    return 255 - products()[::-1]


def filled(
    outlines: Outlines, colors: NDArray[np.uint8], width: int, height: int, color: ColorBGR | None
) -> InkLayer:
    """A layer of filled outlines, in drawing order, by a compiled kernel; the same as with a `Canvas`.

    `colors` (n, 4) are BGR and the opacity of each shape, and `color` is as in `Canvas`.
    """
    from smashcima.imaging.compositing.paint_kernels import cover

    coverage = np.zeros((height, width), np.uint8)
    tint = np.zeros((height, width, 3) if color is None else (0, 0, 3), np.uint8)
    cover(*window_edges(outlines, width, height), colors, clear_parts(), coverage, tint, _joined())
    return InkLayer(coverage, tint if color is None else color)


class Canvas:
    """A layer of ink being drawn. `color` is the colour of all ink, or `None` if ink has different colours."""

    def __init__(self, width: int, height: int, color: ColorBGR | None) -> None:
        self._clear = np.full((height, width), 255, np.uint8)
        self._color = color
        self._tint = np.zeros((height, width, 3), np.uint8) if color is None else None

    def cover(self, left: int, top: int, clear: NDArray[np.uint8], color: ColorBGR, opacity: int) -> None:
        """Adds ink of one colour, inside the canvas; `clear` is 255 for pixels without ink."""
        import cv2

        if opacity != 255:
            clear = _with_opacity(clear, opacity)
        height, width = clear.shape
        area = self._clear[top : top + height, left : left + width]
        cv2.multiply(area, clear, area, 1 / 255)
        if self._tint is not None:
            tint = self._tint[top : top + height, left : left + width]
            ink = np.array(color, np.uint16) * (255 - clear[:, :, np.newaxis])
            tint[:] = (tint.astype(np.uint16) * clear[:, :, np.newaxis] + ink + 127) // 255

    def cover_with_picture(self, left: int, top: int, picture: NDArray[np.uint8]) -> None:
        """Adds a BGRA picture with premultiplied alpha, inside the canvas."""
        import cv2

        clear = np.asarray(cv2.bitwise_not(np.ascontiguousarray(picture[:, :, 3])), dtype=np.uint8)
        height, width = clear.shape
        area = self._clear[top : top + height, left : left + width]
        cv2.multiply(area, clear, area, 1 / 255)
        if self._tint is not None:
            tint = self._tint[top : top + height, left : left + width]
            seen = (tint.astype(np.uint16) * clear[:, :, np.newaxis] + 127) // 255
            tint[:] = np.minimum(seen + picture[:, :, :3], 255)

    def finish(self) -> InkLayer:
        """Returns the layer of ink; the canvas must not be used afterwards."""
        import cv2

        coverage = np.asarray(cv2.bitwise_not(self._clear, dst=self._clear), dtype=np.uint8)
        return InkLayer(coverage, self._tint if self._tint is not None else (self._color or (0, 0, 0)))
