"""Resampling of images by pixel maps, once for any number of maps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.imaging.compositing.bitmap_memory import new_bitmap
from smashcima.imaging.compositing.opacity import divide, is_opaque, multiplied
from smashcima.imaging.compositing.pixel_grid import MAX_PIXELS, MAX_SIDE_PX
from smashcima.imaging.compositing.positions import positions_in_tiles
from smashcima.imaging.compositing.reducing import reduced
from smashcima.imaging.pixel_maps import PixelMap, ProjectiveMap

_TILE_PX = 128

_TURNED = 0.5
"""Slope of rows from which matrices are also applied in squares, of `_TURNED_TILE_PX`. OpenCV applies a matrix row by
row, which is faster for smaller slopes."""

_TURNED_TILE_PX = 512

_STRAIGHT = 1e-4
"""Slope of rows from which a matrix that turns to the right is applied in squares of `_TILE_PX`. Measured: whole rows take a sixth more
then; turned to the left, they take a sixth less."""

_IN_FRONT = 0.05
"""OpenCV does not handle the horizon: the image must be in front of it by this fraction of the distance."""

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
    offset, matrix = _whole_pixels(pixel_map), _matrix_back(pixel_map, width, height)
    if offset == (0, 0) and picture.shape == result.shape:
        return picture.copy() if picture is given else picture
    if offset is not None:
        _copy(picture, offset, result, border)
    elif matrix is not None:
        _sample_by_matrix(picture, matrix, result, border)
    else:
        _sample(picture, pixel_map, result, border)
    return result


def resample_bgra(
    bitmap: NDArray[np.uint8],
    pixel_map: PixelMap,
    width: int,
    height: int,
    border: tuple[int, int, int, int] = (0, 0, 0, 0),
    opaque: bool = False,
) -> NDArray[np.uint8]:
    """Warps a BGRA image with straight alpha. Keeps an opaque image opaque; `opaque` says that it is known to be."""
    opacity = border[3]
    around = (*((value * opacity + 127) // 255 for value in border[:3]), opacity)
    if opacity == 255 and (opaque or is_opaque(bitmap)):
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


def _matrix_back(pixel_map: PixelMap, width: int, height: int) -> NDArray[np.float64] | None:
    """(3, 3): maps pixel centres to their sources, in OpenCV's coordinates; `None` if the map is not projective."""
    matrix = pixel_map.inverse().matrix
    if matrix is None:
        return None
    depths = np.array([(0, 0, 1), (width, 0, 1), (0, height, 1), (width, height, 1)]) @ matrix[2]
    if not depths.min() > _IN_FRONT * depths.max():
        return None
    half = ProjectiveMap.translation(0.5, 0.5).matrix
    result: NDArray[np.float64] = np.linalg.inv(half) @ matrix @ half
    return result


def _sample_by_matrix(
    picture: NDArray[np.uint8],
    matrix: NDArray[np.float64],
    result: NDArray[np.uint8],
    border: tuple[int, ...],
) -> None:
    import cv2

    height, width = result.shape[:2]
    tile = _tile_px(float(matrix[0, 0]), float(matrix[1, 0]), max(height, width))
    is_affine = bool((matrix[2, :2] == 0).all())
    for top in range(0, height, tile):
        for left in range(0, width, tile):
            part = result[top : top + tile, left : left + tile]
            there = matrix @ ProjectiveMap.translation(left, top).matrix
            # The matrix maps to the source, so it is not inverted.
            flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
            warp, numbers = (
                (cv2.warpAffine, there[:2] / there[2, 2]) if is_affine else (cv2.warpPerspective, there)
            )
            warp(
                picture,
                numbers,
                (part.shape[1], part.shape[0]),
                dst=part,
                flags=flags,
                borderMode=cv2.BORDER_CONSTANT,
                borderValue=border,
            )


def _tile_px(right: float, down: float, whole: int) -> int:
    """The side of squares in which an image is resampled whose rows come from a line with this direction; `whole` for none."""
    if abs(down) > _TURNED * abs(right):
        return _TURNED_TILE_PX
    return _TILE_PX if down > _STRAIGHT * abs(right) else whole


def _sample(
    picture: NDArray[np.uint8], pixel_map: PixelMap, result: NDArray[np.uint8], border: tuple[int, ...]
) -> None:
    import cv2

    height, width = result.shape[:2]
    for rows, columns, positions in positions_in_tiles(pixel_map, width, height):
        cv2.remap(  # type: ignore[call-overload]  # the second map can be `None`, contrary to the stubs
            picture,
            positions,
            None,
            cv2.INTER_LINEAR,
            dst=result[rows, columns],
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=border,
        )
