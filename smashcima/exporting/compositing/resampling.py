"""Pictures moved by maps of pixels: one resampling, however many maps."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.exporting.compositing.opacity import divide, multiplied
from smashcima.exporting.compositing.pixel_grid import MAX_PIXELS, MAX_SIDE_PX
from smashcima.exporting.compositing.pixel_maps import PixelMap, ProjectiveMap

_POSITION_ERROR_PX = 0.03
"""How far positions that are interpolated between the points of a lattice may be off."""

_COARSEST_PX, _FINEST_PX = 16, 2
"""Distances of the points of that lattice."""

_BAND_PIXELS = 2**19
"""Pixels that are resampled at once: bounds the memory that positions take."""

_NO_SECOND_MAP: NDArray[np.float32] = np.empty(0, np.float32)

_REDUCED = 1.25
"""From this reduction on, a picture is averaged before it is sampled, so that thin lines stay whole."""


def resample(
    picture: NDArray[np.uint8],
    pixel_map: PixelMap,
    width: int,
    height: int,
    border: tuple[int, ...] = (0, 0, 0, 0),
) -> NDArray[np.uint8]:
    """A picture (rows, columns[, channels]) as the map makes it, `width` × `height` px.

    `border` is what lies around the picture. Channels are independent: a picture with opacity comes with its
    colours multiplied by it (see `resample_bgra`). Raises an `ExportError` for a size that makes no sense.
    """
    check_size(width, height)
    rows, columns = picture.shape[:2]
    scale_x, scale_y = _reduction(pixel_map, width, height)
    small = (max(1, round(columns / scale_x)), max(1, round(rows / scale_y)))
    if small != (columns, rows):
        import cv2

        picture = np.asarray(cv2.resize(picture, small, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        pixel_map = ProjectiveMap.scaling(columns / small[0], rows / small[1]).then(pixel_map)
    result: NDArray[np.uint8] = np.empty((height, width, *picture.shape[2:]), np.uint8)
    if isinstance(pixel_map, ProjectiveMap):
        _by_matrix(picture, pixel_map, result, border)
    else:
        _by_lattice(picture, pixel_map, result, border)
    return result


def resample_bgra(
    bitmap: NDArray[np.uint8],
    pixel_map: PixelMap,
    width: int,
    height: int,
    border: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> NDArray[np.uint8]:
    """A BGRA picture, opacity not multiplied in, as the map makes it. An opaque picture stays opaque."""
    opacity = border[3]
    around = (*((value * opacity + 127) // 255 for value in border[:3]), opacity)
    result = resample(multiplied(bitmap), pixel_map, width, height, around)
    divide(result)
    return result


def check_size(width: int, height: int) -> None:
    """Raises an `ExportError` for a size that no picture can have."""
    if not (1 <= width <= MAX_SIDE_PX and 1 <= height <= MAX_SIDE_PX and width * height <= MAX_PIXELS):
        raise ExportError(
            f"A picture cannot have {width} x {height} px; it has one at least, and at most {MAX_SIDE_PX} px a "
            f"side and {MAX_PIXELS / 1e6:.0f} megapixels."
        )


def _reduction(pixel_map: PixelMap, width: int, height: int) -> tuple[float, float]:
    """By how much the map reduces a picture along its x and its y; 1 where that is too little to matter.

    It is measured where the picture is reduced least (but for a tenth of it), so that nothing gets blurred.
    """
    xs, ys = np.meshgrid(np.linspace(0, width, 9), np.linspace(0, height, 9))
    points = np.stack([xs.ravel(), ys.ravel()], axis=1)
    right = (pixel_map.backward(points + (0.5, 0)) - pixel_map.backward(points - (0.5, 0))) ** 2
    down = (pixel_map.backward(points + (0, 0.5)) - pixel_map.backward(points - (0, 0.5))) ** 2
    scale_x, scale_y = np.quantile(np.sqrt(right + down), 0.1, axis=0).tolist()
    return scale_x if scale_x > _REDUCED else 1.0, scale_y if scale_y > _REDUCED else 1.0


def _by_matrix(
    picture: NDArray[np.uint8], pixel_map: ProjectiveMap, result: NDArray[np.uint8], border: tuple[int, ...]
) -> None:
    import cv2

    height, width = result.shape[:2]
    # OpenCV counts from the centres of pixels, which are half a pixel inside.
    half = ProjectiveMap.translation(0.5, 0.5).matrix
    back = np.linalg.inv(half) @ pixel_map.inverse().matrix @ half
    options = {"flags": cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, "borderMode": cv2.BORDER_CONSTANT}
    if pixel_map.is_affine:
        cv2.warpAffine(picture, back[:2], (width, height), dst=result, borderValue=border, **options)
    else:
        cv2.warpPerspective(picture, back, (width, height), dst=result, borderValue=border, **options)


def _by_lattice(
    picture: NDArray[np.uint8], pixel_map: PixelMap, result: NDArray[np.uint8], border: tuple[int, ...]
) -> None:
    import cv2

    height, width = result.shape[:2]
    step, lattice = _lattice(pixel_map, width, height)
    band = step * max(1, _BAND_PIXELS // (width * step))
    for top in range(0, height, band):
        rows = min(band, height - top)
        # `resize` takes the points of the lattice for centres of cells: so there is one more on each side.
        part = lattice[top // step : -(-(top + rows) // step) + 2]
        size = (part.shape[1] * step, part.shape[0] * step)
        positions = cv2.resize(part, size, interpolation=cv2.INTER_LINEAR)
        positions = positions[step : step + rows, step : step + width]
        cv2.remap(
            picture,
            positions,
            _NO_SECOND_MAP,
            cv2.INTER_LINEAR,
            dst=result[top : top + rows],
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=border,
        )


def _lattice(pixel_map: PixelMap, width: int, height: int) -> tuple[int, NDArray[np.float32]]:
    """Distance of the points of a lattice, and where they come from: (rows + 2, columns + 2, 2)."""
    step = _COARSEST_PX
    while True:
        columns, rows = math.ceil(width / step) + 2, math.ceil(height / step) + 2
        xs = (np.arange(columns) - 0.5) * step
        ys = (np.arange(rows) - 0.5) * step
        points = np.empty((rows, columns, 2))
        points[:, :, 0], points[:, :, 1] = xs, ys[:, np.newaxis]
        lattice = pixel_map.backward(points.reshape(-1, 2)).reshape(rows, columns, 2)
        if step == _FINEST_PX:
            break
        # A chord misses a curve by an eighth of its second difference.
        off = sum(np.abs(np.diff(lattice, 2, axis=axis)).max(initial=0) for axis in (0, 1)) / 8
        if off <= _POSITION_ERROR_PX:
            break
        finer = step / 2 ** math.ceil(math.log2(math.sqrt(off / _POSITION_ERROR_PX)))
        step = max(_FINEST_PX, min(step // 2, round(finer)))
    return step, (lattice - 0.5).astype(np.float32)
