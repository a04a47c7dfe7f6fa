"""From a few smooth planes and a texture to a picture at full size: the one step that touches every pixel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.paper.tile import Tile

Plane = NDArray[np.uint8]

_BAND_ROWS = 256
"""Rows that are made at once: their planes fit into the cache of the processor."""


def textured(
    fine: list[Plane], factor: int, tile: Tile, columns: int, rows: int, rng: np.random.Generator
) -> Plane:
    """A new BGRA picture: planes of blue, green and red enlarged by a whole factor, plus a texture.

    The texture begins at a random place, and is mirrored at random. The planes hold levels less its bias.
    """
    import cv2

    left, top = int(rng.integers(tile.width)), int(rng.integers(tile.height))
    mirror = int(rng.integers(4))
    textures = [
        plane if mirror == 3 else np.asarray(cv2.flip(plane, mirror - 1), dtype=np.uint8)
        for plane in tile.planes
    ]
    columns_of = pieces(columns, left, tile.width)
    wide = [widened(plane, factor) for plane in fine]
    # Tones change over many pixels: where the factor is even, rows share theirs by two.
    repeat = 2 if factor % 2 == 0 else 1
    band = max(1, _BAND_ROWS // factor)
    picture = np.empty((rows, columns, 4), np.uint8)
    opaque = np.full((band, columns), 255, np.uint8)
    levels = [np.empty((band, columns), np.uint8) for _ in fine]
    for first in range(0, len(wide[0]) - 2, band):
        for step in range(0, factor, repeat):
            tones = [_between_rows(plane, first, band, step, factor, repeat) for plane in wide]
            for row in range(first * factor + step, min(first * factor + step + repeat, rows)):
                stripe = picture[row : (first + band) * factor : factor]
                count = len(stripe)
                rows_of = pieces(count, top + row, tile.height, factor)
                for channel, (tone, level) in enumerate(zip(tones, levels, strict=True)):
                    texture = textures[channel % len(textures)]
                    for y, v, high in rows_of:
                        for x, u, across in columns_of:
                            cv2.add(
                                tone[y : y + high, x : x + across],
                                texture[v : v + high * factor : factor, u : u + across],
                                dst=level[y : y + high, x : x + across],
                            )
                cv2.merge([*(level[:count] for level in levels), opaque[:count]], dst=stripe)
    return picture


def widened(plane: Plane, factor: int) -> Plane:
    """The plane with so many columns for each, by linear interpolation, and a row more above and below.

    Interleaving shifted mixtures of the plane with itself takes a third of the time of resizing it.
    """
    import cv2

    around = cv2.copyMakeBorder(plane, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    middle = np.ascontiguousarray(around[:, 1:-1], dtype=np.uint8)
    if factor == 1:
        return middle
    phases = []
    for step in range(factor):
        shift = (step + 0.5) / factor - 0.5
        beside = around[:, 2:] if shift > 0 else around[:, :-2]
        phases.append(
            middle if shift == 0 else cv2.addWeighted(middle, 1 - abs(shift), beside, abs(shift), 0)
        )
    return np.asarray(cv2.merge(phases), dtype=np.uint8).reshape(len(around), -1)


def _between_rows(wide: Plane, first: int, band: int, step: int, factor: int, repeat: int) -> Plane:
    """One of the rows that lie within each row of a band, by linear interpolation."""
    import cv2

    end = min(first + band, len(wide) - 2)
    middle = wide[first + 1 : end + 1]
    shift = (step + 0.5 * repeat) / factor - 0.5
    if shift == 0:
        return middle
    beside = wide[first + 2 : end + 2] if shift > 0 else wide[first:end]
    return np.asarray(cv2.addWeighted(middle, 1 - abs(shift), beside, abs(shift), 0), dtype=np.uint8)


def pieces(length: int, start: int, period: int, step: int = 1) -> list[tuple[int, int, int]]:
    """How a line is laid with a texture: begins of pieces on the line and on the texture, and their lengths.

    Of the texture every `step`-th value is taken.
    """
    found = []
    place = 0
    while place < length:
        on_texture = (start + place * step) % period
        size = min(-(-(period - on_texture) // step), length - place)
        found.append((place, on_texture, size))
        place += size
    return found
