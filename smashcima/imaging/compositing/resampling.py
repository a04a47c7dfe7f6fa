"""Resampling of images by pixel maps, once for any number of maps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.imaging.compositing.bitmap_memory import new_bitmap
from smashcima.imaging.compositing.opacity import divide, is_opaque, multiplied
from smashcima.imaging.compositing.pixel_grid import MAX_PIXELS, MAX_SIDE_PX
from smashcima.imaging.compositing.reducing import reduced
from smashcima.imaging.compositing.sampling import FRACTION_BITS, sample
from smashcima.imaging.pixel_maps import PixelMap, ProjectiveMap

_POSITION_ERROR_PX = 0.025
"""Largest error, along each axis, of positions interpolated between the points of a lattice."""

_COARSEST_BITS = 4
"""Base-2 logarithm of the largest spacing of that lattice in pixels."""

_FAR_PX = 2.0**20
"""Positions are clipped to this distance, as near a horizon, so that they fit into whole numbers."""

_REDUCED = 1.25
"""Reduction from which an image is averaged before sampling, so that thin lines are not interrupted."""


def resample(
    picture: NDArray[np.uint8],
    pixel_map: PixelMap,
    width: int,
    height: int,
    border: tuple[int, ...] = (0, 0, 0, 0),
) -> NDArray[np.uint8]:
    """Warps an image (rows, columns[, channels]) by a map to `width` × `height` px.

    `border` is the value outside of the image. Channels are independent: images with opacity must have premultiplied
    alpha (see `resample_bgra`). Raises `ExportError` for an invalid size.
    """
    check_size(width, height)
    given = picture
    rows, columns = picture.shape[:2]
    scale_x, scale_y = _reduction(pixel_map, width, height)
    small = (max(1, round(columns / scale_x)), max(1, round(rows / scale_y)))
    if small != (columns, rows):
        picture = reduced(picture, *small)
        pixel_map = ProjectiveMap.scaling(columns / small[0], rows / small[1]).then(pixel_map)
    picture, pixel_map = _turned(picture, pixel_map)
    result = new_bitmap((height, width, *picture.shape[2:]))
    offset = _whole_pixels(pixel_map)
    if offset == (0, 0) and picture.shape == result.shape:
        return picture.copy() if picture is given else picture
    if offset is not None:
        _copy(picture, offset, result, border)
        return result
    bits, nodes = _nodes(pixel_map, width, height)
    if picture.ndim == 2:
        sample(np.ascontiguousarray(picture), result, nodes, bits, border[0])
    else:
        _sample_colors(picture, result, nodes, bits, border)
    return result


def resample_bgra(
    bitmap: NDArray[np.uint8],
    pixel_map: PixelMap,
    width: int,
    height: int,
    border: tuple[int, int, int, int] = (0, 0, 0, 0),
) -> NDArray[np.uint8]:
    """Warps a BGRA image with straight alpha. Keeps an opaque image opaque."""
    opacity = border[3]
    around = (*((value * opacity + 127) // 255 for value in border[:3]), opacity)
    if opacity == 255 and is_opaque(bitmap):
        return resample(bitmap, pixel_map, width, height, around)
    result = resample(multiplied(bitmap), pixel_map, width, height, around)
    divide(result)
    return result


def check_size(width: int, height: int) -> None:
    """Raises `ExportError` for an invalid image size."""
    if not (1 <= width <= MAX_SIDE_PX and 1 <= height <= MAX_SIDE_PX and width * height <= MAX_PIXELS):
        raise ExportError(
            f"The sides of an image must be 1 to {MAX_SIDE_PX} px, and its size at most "
            f"{MAX_PIXELS / 1e6:.0f} megapixels, not {width} x {height} px."
        )


def _reduction(pixel_map: PixelMap, width: int, height: int) -> tuple[float, float]:
    """The reduction of an image along its x and y; 1 if it is negligible.

    The 10 % quantile over the image, so that little is blurred.
    """
    xs, ys = np.meshgrid(np.linspace(0, width, 9), np.linspace(0, height, 9))
    points = np.stack([xs.ravel(), ys.ravel()], axis=1)
    right = (pixel_map.backward(points + (0.5, 0)) - pixel_map.backward(points - (0.5, 0))) ** 2
    down = (pixel_map.backward(points + (0, 0.5)) - pixel_map.backward(points - (0, 0.5))) ** 2
    scale_x, scale_y = np.quantile(np.sqrt(right + down), 0.1, axis=0).tolist()
    return scale_x if scale_x > _REDUCED else 1.0, scale_y if scale_y > _REDUCED else 1.0


_TURNS = (((0, -1), (1, 0)), ((-1, 0), (0, -1)), ((0, 1), (-1, 0)))
"""Matrices of turns to the right, by half a circle, and to the left, in the order of their numbers in OpenCV."""


def _turned(picture: NDArray[np.uint8], pixel_map: PixelMap) -> tuple[NDArray[np.uint8], PixelMap]:
    """A picture after the quarter turns of a map that does nothing else but move it by whole pixels, and the map that remains.

    The picture and the map themselves for any other map.
    """
    matrix = pixel_map.matrix
    if matrix is None:
        return picture, pixel_map
    for number, turn in enumerate(_TURNS):
        if np.abs(matrix[:2, :2] - turn).max() < 1e-9 and (matrix[2, :2] == 0).all():
            import cv2

            rows, columns = picture.shape[:2]
            x, y = ((rows, 0), (columns, rows), (0, columns))[number]
            back = np.linalg.inv(np.array([(*turn[0], x), (*turn[1], y), (0, 0, 1)], np.float64))
            moved = ProjectiveMap(matrix @ back)
            if _whole_pixels(moved) is not None:
                return np.asarray(cv2.rotate(picture, number), np.uint8), moved
    return picture, pixel_map


def _whole_pixels(pixel_map: PixelMap) -> tuple[int, int] | None:
    """The translation of a map in whole pixels (right, down); `None` for any other map."""
    matrix = pixel_map.matrix
    if matrix is None:
        return None
    x, y = round(float(matrix[0, 2])), round(float(matrix[1, 2]))
    moved = ProjectiveMap.translation(x, y).matrix
    return (x, y) if np.abs(matrix - moved).max() < 1e-9 else None


def _copy(
    picture: NDArray[np.uint8], offset: tuple[int, int], result: NDArray[np.uint8], border: tuple[int, ...]
) -> None:
    (height, width), (rows, columns), (x, y) = result.shape[:2], picture.shape[:2], offset
    left, top, right, bottom = max(0, x), max(0, y), min(width, x + columns), min(height, y + rows)
    if left >= right or top >= bottom:
        left, top, right, bottom = 0, 0, 0, 0
    for part in (result[:top], result[bottom:], result[top:bottom, :left], result[top:bottom, right:]):
        _fill(part, border)
    result[top:bottom, left:right] = picture[top - y : bottom - y, left - x : right - x]


def _fill(part: NDArray[np.uint8], border: tuple[int, ...]) -> None:
    """Gives all pixels of an image one colour."""
    if part.ndim == 3 and part.shape[2] == 4:
        # Whole pixels are written faster.
        part.view(np.uint32)[:, :, 0] = np.array(border, np.uint8).view(np.uint32)[0]
    else:
        part[:] = border[: part.shape[2]] if part.ndim == 3 else border[0]


def _sample_colors(
    picture: NDArray[np.uint8],
    result: NDArray[np.uint8],
    nodes: NDArray[np.int64],
    bits: tuple[int, int],
    border: tuple[int, ...],
) -> None:
    """Samples an image with any number of channels, four of which are processed as one number."""
    channels = picture.shape[2]
    if channels == 4:
        around = np.array(border, np.uint8).view("<u4")[0]
        sample(_words(np.ascontiguousarray(picture)), _words(result), nodes, bits, int(around))
        return
    for channel in range(channels):
        plane = np.empty(result.shape[:2], np.uint8)
        sample(
            np.ascontiguousarray(picture[:, :, channel]),
            plane,
            nodes,
            bits,
            border[min(channel, len(border) - 1)],
        )
        result[:, :, channel] = plane


def _words(bitmap: NDArray[np.uint8]) -> NDArray[np.uint32]:
    return bitmap.view("<u4")[:, :, 0]


def _nodes(pixel_map: PixelMap, width: int, height: int) -> tuple[tuple[int, int], NDArray[np.int64]]:
    """A lattice over an image: base-2 logarithms of its spacing along x and y, and sources; see `sample`."""
    bits = (_COARSEST_BITS, _COARSEST_BITS)
    while True:
        columns, rows = (-(-side >> bit) + 1 for side, bit in ((width, bits[0]), (height, bits[1])))
        sources = _come_from(pixel_map, columns, rows, bits)
        finer = (_fitting(sources, 1, bits[0]), _fitting(sources, 0, bits[1]))
        if finer == bits:
            return bits, np.rint((sources - 0.5) * 2**FRACTION_BITS).astype(np.int64)
        bits = finer


def _fitting(lattice: NDArray[np.float64], axis: int, bits: int) -> int:
    """The logarithm of the spacing along an axis at which linear interpolation is accurate enough."""
    if lattice.shape[axis] < 3:
        return bits
    # The error of a chord is an eighth of the second difference, which decreases with the square of the spacing.
    off = float(np.abs(np.diff(lattice, 2, axis=axis)).max()) / 8
    while off > _POSITION_ERROR_PX and bits > 0:
        bits, off = bits - 1, off / 4
    return bits


def _come_from(pixel_map: PixelMap, columns: int, rows: int, bits: tuple[int, int]) -> NDArray[np.float64]:
    """(rows, columns, 2): the sources of the centres of the first pixels of cells."""
    points = np.empty((rows, columns, 2))
    points[:, :, 0] = (np.arange(columns) << bits[0]) + 0.5
    points[:, :, 1] = ((np.arange(rows) << bits[1]) + 0.5)[:, np.newaxis]
    places = pixel_map.backward(points.reshape(-1, 2)).reshape(rows, columns, 2)
    return np.clip(np.nan_to_num(places, nan=_FAR_PX), -_FAR_PX, _FAR_PX)
