"""Warping of outlines by maps that bend straight lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.pixel_maps import PixelMap
from smashcima.imaging.regions.outline_arrays import Outlines, offsets

TOLERANCE_PX = 0.06
"""Largest distance between a straight line between two mapped points and the true curve."""

_SHORT_PX = 8.0
"""Lines shorter than this are not subdivided: they are off by `TOLERANCE_PX` if they bend around a radius of 130 px, which is 11 mm at
300 dpi, and paper does not bend that much."""

_PIECE_PX = 96.0
"""Longer lines are divided into pieces of at most this length, since the test in the middle of a piece could miss a wave
of the same length."""

_MOST_HALVINGS = 6


Numbers = NDArray[np.complex128]
"""Points as x + i y, which halves the number of arrays."""


def bent(outlines: Outlines, pixel_map: PixelMap) -> Outlines:
    """Warps the outlines, and adds points as necessary to follow curves."""
    points = outlines.points
    moved = pixel_map.forward(points)
    if pixel_map.keeps_lines_straight or len(points) == 0:
        return outlines.with_points(moved)
    begin, images = _numbers(points), _numbers(moved)
    way = begin[outlines.following] - begin
    edges = np.flatnonzero(way.real**2 + way.imag**2 > _SHORT_PX**2)
    ends = images[outlines.following[edges]]
    edge, place, new = _cuts(begin[edges], way[edges], images[edges], ends, pixel_map)
    if len(edge) == 0:
        return outlines.with_points(moved)
    edge = edges[edge]
    # Each original point is first on its edge, followed by the new points along it.
    more = offsets(np.bincount(edge, minlength=len(points)))
    order = np.argsort(edge + place, kind="stable")
    result = np.empty(len(points) + len(edge), np.complex128)
    result[np.arange(len(points)) + more[:-1]] = images
    result[np.arange(len(edge)) + edge[order] + 1] = new[order]
    starts = outlines.ring_starts + more[outlines.ring_starts]
    return Outlines.of_rings(result.view(np.float64).reshape(-1, 2), starts, outlines.shape_rings)


def _cuts(
    begin: Numbers, way: Numbers, begin_images: Numbers, end_images: Numbers, pixel_map: PixelMap
) -> tuple[NDArray[np.intp], NDArray[np.float64], Numbers]:
    """Points to add to edges: index of the edge, position on it (between 0 and 1, exclusive), and mapped point."""
    pieces = np.ceil(np.abs(way) / _PIECE_PX).astype(np.intp)

    def images(of: NDArray[np.intp], at: NDArray[np.float64]) -> Numbers:
        return _numbers(pixel_map.forward((begin[of] + way[of] * at).view(np.float64).reshape(-1, 2)))

    # First equidistant cuts of long lines; then, repeatedly, the midpoints of bent pieces.
    piece_of = np.repeat(np.arange(len(way)), pieces)
    number = np.arange(len(piece_of)) - np.repeat(offsets(pieces)[:-1], pieces)
    low, high = number / pieces[piece_of], (number + 1) / pieces[piece_of]
    inner = np.flatnonzero(number)
    found = [(piece_of[inner], low[inner], images(piece_of[inner], low[inner]))]
    low_images, high_images = begin_images[piece_of], end_images[piece_of]
    low_images[inner] = high_images[inner - 1] = found[0][2]
    for _ in range(_MOST_HALVINGS):
        middle = (low + high) / 2
        middle_images = images(piece_of, middle)
        off = middle_images - (low_images + high_images) / 2
        bends = np.flatnonzero(off.real**2 + off.imag**2 > TOLERANCE_PX**2)
        if len(bends) == 0:
            break
        piece_of, middle, middle_images = piece_of[bends], middle[bends], middle_images[bends]
        found.append((piece_of, middle, middle_images))
        low, high = np.concatenate([low[bends], middle]), np.concatenate([middle, high[bends]])
        low_images = np.concatenate([low_images[bends], middle_images])
        high_images = np.concatenate([middle_images, high_images[bends]])
        piece_of = np.concatenate([piece_of, piece_of])
    edge = np.concatenate([part[0] for part in found])
    return edge, np.concatenate([part[1] for part in found]), np.concatenate([part[2] for part in found])


def _numbers(points: NDArray[np.float64]) -> Numbers:
    return np.ascontiguousarray(points).view(np.complex128)[:, 0]
