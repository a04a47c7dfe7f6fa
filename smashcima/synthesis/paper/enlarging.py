"""Composition of smooth planes and a texture to a full-size picture: the only step that touches every pixel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.paper.tile import Tile

Plane = NDArray[np.uint8]

_BAND_ROWS = 128
"""Number of rows that are processed at once, which fit into the processor's cache."""


def textured(
    fine: list[Plane], factor: int, tile: Tile, columns: int, rows: int, rng: np.random.Generator
) -> Plane:
    """Returns a new BGRA picture: planes of blue, green and red enlarged by an integer factor, plus a texture.

    The texture has a random offset and is randomly mirrored. The planes are levels minus the bias of the texture.
    """
    import cv2

    left, top = int(rng.integers(tile.width)), int(rng.integers(tile.height))
    texture = _mirrored(tile, int(rng.integers(4)))
    columns_of = pieces(columns, left, tile.width)
    small = np.asarray(cv2.merge([*fine, np.full_like(fine[0], 255)]), dtype=np.uint8)
    small = np.asarray(cv2.copyMakeBorder(small, 1, 1, 1, 1, cv2.BORDER_REPLICATE), dtype=np.uint8)
    # Tones change over many pixels, so pairs of rows share them if the factor is even.
    repeat = 2 if factor % 2 == 0 else 1
    band = max(1, _BAND_ROWS // factor)
    picture = np.empty((rows, columns, 4), np.uint8)
    for first in range(0, len(small) - 2, band):
        wide = widened(small[first : first + band + 2], factor)
        for step in range(0, factor, repeat):
            tone = _between_rows(wide, step, factor, repeat)
            for row in range(first * factor + step, min(first * factor + step + repeat, rows)):
                stripe = picture[row : (first + band) * factor : factor]
                for y, v, high in pieces(len(stripe), top + row, tile.height, factor):
                    for x, u, across in columns_of:
                        cv2.add(
                            tone[y : y + high, x : x + across],
                            texture[v : v + high * factor : factor, u : u + across],
                            dst=stripe[y : y + high, x : x + across],
                        )
    return picture


def _mirrored(tile: Tile, code: int) -> Plane:
    """The tile as BGRA with an alpha of 0; the bits of `code` select vertical and horizontal mirroring."""
    import cv2

    planes = [plane if code == 3 else cv2.flip(plane, code - 1) for plane in tile.planes]
    empty = np.zeros_like(tile.planes[0])
    return np.asarray(cv2.merge([*(planes[channel % len(planes)] for channel in range(3)), empty]), np.uint8)


def widened(picture: Plane, factor: int) -> Plane:
    """A BGRA picture widened by linear interpolation, with `factor` columns for each; drops the first and last column.

    Interleaving weighted sums of the picture and its shifted copy takes a third of the time of resizing it.
    """
    import cv2

    middle = np.ascontiguousarray(picture[:, 1:-1])
    if factor == 1:
        return middle
    phases = []
    for step in range(factor):
        shift = (step + 0.5) / factor - 0.5
        beside = picture[:, 2:] if shift > 0 else picture[:, :-2]
        phase = middle if shift == 0 else cv2.addWeighted(middle, 1 - abs(shift), beside, abs(shift), 0)
        phases.append(np.asarray(phase, dtype=np.uint8).view(np.int32)[:, :, 0])  # one number for each pixel
    interleaved = np.asarray(cv2.merge(phases), dtype=np.int32)
    return interleaved.view(np.uint8).reshape(len(picture), -1, 4)


def _between_rows(wide: Plane, step: int, factor: int, repeat: int) -> Plane:
    """The interpolated row `step` of each row except the first and the last, by linear interpolation."""
    import cv2

    shift = (step + 0.5 * repeat) / factor - 0.5
    if shift == 0:
        return wide[1:-1]
    beside = wide[2:] if shift > 0 else wide[:-2]
    return np.asarray(cv2.addWeighted(wide[1:-1], 1 - abs(shift), beside, abs(shift), 0), dtype=np.uint8)


def pieces(length: int, start: int, period: int, step: int = 1) -> list[tuple[int, int, int]]:
    """Divides a line of pixels, covered by a periodic texture, into pieces.

    Returns the start on the line, the start on the texture and the length of each. Only every `step`-th value of the
    texture is used.
    """
    found = []
    place = 0
    while place < length:
        on_texture = (start + place * step) % period
        size = min(-(-(period - on_texture) // step), length - place)
        found.append((place, on_texture, size))
        place += size
    return found
