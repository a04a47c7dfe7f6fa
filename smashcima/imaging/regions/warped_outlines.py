"""Outlines moved by maps that bend straight lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.pixel_maps import PixelMap
from smashcima.imaging.regions.outline_arrays import Outlines, offsets

TOLERANCE_PX = 0.06
"""How far a straight line between two moved points may be from where the points between them are moved."""

_SHORT_PX = 4.0
"""Lines shorter than this are not looked at: no paper bends so much."""

_PIECE_PX = 96.0
"""Longer lines are cut into pieces of at most this length: a wave that is as long does not hide from the test, which
is made in the middle of each piece."""

_MOST_HALVINGS = 6


Numbers = NDArray[np.complex128]
"""Points as x + i y: half as many arrays to go through."""


def bent(outlines: Outlines, pixel_map: PixelMap) -> Outlines:
    """The outlines after the map, with as many points more as it takes to follow its curves."""
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
    # Points that were there come first on their edge, and then the new ones along it.
    more = offsets(np.bincount(edge, minlength=len(points)))
    order = np.argsort(edge + place)
    result = np.empty(len(points) + len(edge), np.complex128)
    result[np.arange(len(points)) + more[:-1]] = images
    result[np.arange(len(edge)) + edge[order] + 1] = new[order]
    starts = outlines.ring_starts + more[outlines.ring_starts]
    return Outlines.of_rings(result.view(np.float64).reshape(-1, 2), starts, outlines.shape_rings)


def _cuts(
    begin: Numbers, way: Numbers, begin_images: Numbers, end_images: Numbers, pixel_map: PixelMap
) -> tuple[NDArray[np.intp], NDArray[np.float64], Numbers]:
    """Points to be added to edges: on which one, where on it (above 0, below 1), and where they are moved to."""
    pieces = np.ceil(np.abs(way) / _PIECE_PX).astype(np.intp)

    def images(of: NDArray[np.intp], at: NDArray[np.float64]) -> Numbers:
        return _numbers(pixel_map.forward((begin[of] + way[of] * at).view(np.float64).reshape(-1, 2)))

    # First the evenly spaced cuts of long lines; then, again and again, the middles of pieces that are bent.
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
