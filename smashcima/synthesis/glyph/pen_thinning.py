"""Thinning of shapes to centre lines one pixel wide, and their decomposition into paths."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Pixel = tuple[int, int]

_RING = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
"""The neighbours of a pixel as (row, column), clockwise from the one above."""


def thinned(mask: Mask) -> Mask:
    """The centre lines of a mask, one pixel wide (Zhang and Suen, 1984). Pixels on its border must be unset."""
    image: Mask = mask.copy()
    changed = True
    while changed:
        changed = False
        for step in (0, 1):
            around = np.stack([np.roll(image, (-dy, -dx), (0, 1)) for dy, dx in _RING])
            count = around.sum(axis=0)
            rises = (~around & np.roll(around, -1, axis=0)).sum(axis=0)
            up, right, down, left = around[0], around[2], around[4], around[6]
            if step == 0:
                free = ~(up & right & down) & ~(right & down & left)
            else:
                free = ~(up & right & left) & ~(up & down & left)
            removed = image & (count >= 2) & (count <= 6) & (rises == 1) & free
            if removed.any():
                image[removed] = False
                changed = True
    return image


def paths_of(lines: Mask) -> list[list[Pixel]]:
    """The paths between ends and crossings of lines one pixel wide; rings end at their first pixel.

    Pixels are (row, column). Paths that meet at a crossing share a pixel. Paths are in row order.
    """
    pixels = [(int(row), int(column)) for row, column in np.argwhere(lines)]
    left = set(pixels)
    neighbours = {pixel: [near for near in _steps_from(pixel) if near in left] for pixel in pixels}
    # A diagonal step next to straight ones would only add small triangles to the graph.
    for pixel, around in neighbours.items():
        straight = [near for near in around if near[0] == pixel[0] or near[1] == pixel[1]]
        neighbours[pixel] = [
            near
            for near in around
            if near in straight or not any(abs(near[0] - s[0]) + abs(near[1] - s[1]) == 1 for s in straight)
        ]
    nodes = [pixel for pixel in pixels if len(neighbours[pixel]) != 2]
    walked: set[tuple[Pixel, Pixel]] = set()
    found: list[list[Pixel]] = []
    seen: set[Pixel] = set()
    for start in [*nodes, *pixels]:
        if start in seen and len(neighbours[start]) == 2:
            continue
        if not neighbours[start] and start not in seen:
            seen.add(start)
            found.append([start])
        for first in neighbours[start]:
            if (start, first) in walked:
                continue
            path = [start, first]
            while len(neighbours[path[-1]]) == 2 and path[-1] != start:
                before, here = path[-2], path[-1]
                one, other = neighbours[here]
                path.append(other if one == before else one)
            walked.add((path[0], path[1]))
            walked.add((path[-1], path[-2]))
            seen.update(path)
            found.append(path)
    return found


def _steps_from(pixel: Pixel) -> Iterator[Pixel]:
    """The eight neighbours, beginning with those that share a side."""
    row, column = pixel
    for dy, dx in (*_RING[::2], *_RING[1::2]):
        yield row + dy, column + dx
