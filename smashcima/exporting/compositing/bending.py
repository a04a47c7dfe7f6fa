"""Outlines moved by maps that bend straight lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.compositing.outlines import Outlines, offsets
from smashcima.exporting.compositing.pixel_maps import PixelMap

TOLERANCE_PX = 0.05
"""How far a straight line between two moved points may be from where the points between them are moved."""

_SHORT_PX = 4.0
"""Lines shorter than this are not looked at: no paper bends so much."""

_PIECE_PX = 64.0
"""Longer lines are cut into pieces of this length at least, so that a wave does not hide between its nodes."""

_MOST_HALVINGS = 6


def bent(outlines: Outlines, pixel_map: PixelMap) -> Outlines:
    """The outlines after the map, with as many points more as it takes to follow its curves."""
    moved = outlines.with_points(pixel_map.forward(outlines.points))
    if pixel_map.keeps_lines_straight or len(outlines.points) == 0:
        return moved
    way = outlines.points[outlines.following] - outlines.points
    lengths = np.hypot(way[:, 0], way[:, 1])
    edges = np.flatnonzero(lengths > _SHORT_PX)
    if len(edges) == 0:
        return moved
    edge, place, new = _cuts(outlines, moved.points, pixel_map, edges, lengths[edges])
    if len(edge) == 0:
        return moved
    order = np.lexsort((place, edge))
    more = np.bincount(edge, minlength=len(outlines.points))
    points = np.empty((len(outlines.points) + len(edge), 2))
    # Points that were there come first on their edge, and then the new ones along it.
    old = np.arange(len(outlines.points)) + offsets(more)[:-1]
    points[old] = moved.points
    is_new = np.ones(len(points), bool)
    is_new[old] = False
    points[is_new] = new[order]
    starts = outlines.ring_starts + offsets(more)[outlines.ring_starts]
    return Outlines.of_rings(points, starts, outlines.shape_rings)


def _cuts(
    outlines: Outlines,
    moved: NDArray[np.float64],
    pixel_map: PixelMap,
    edges: NDArray[np.intp],
    lengths: NDArray[np.float64],
) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.float64]]:
    """Points to be added: on which edge, where on it (0 to 1), and where they are moved to (n, 2)."""
    following = outlines.following[edges]
    begin, way = outlines.points[edges], outlines.points[following] - outlines.points[edges]
    pieces = np.ceil(lengths / _PIECE_PX).astype(np.intp)

    def images(of: NDArray[np.intp], at: NDArray[np.float64]) -> NDArray[np.float64]:
        return pixel_map.forward(begin[of] + way[of] * at[:, np.newaxis])

    # First the evenly spaced cuts of long lines; then, again and again, the middles of pieces that are bent.
    piece_of = np.repeat(np.arange(len(edges)), pieces)
    number = np.arange(len(piece_of)) - np.repeat(offsets(pieces)[:-1], pieces)
    low, high = number / pieces[piece_of], (number + 1) / pieces[piece_of]
    inner = number > 0
    cut_images = images(piece_of[inner], low[inner])
    low_images = moved[edges][piece_of]
    low_images[inner] = cut_images
    high_images = moved[following][piece_of]
    high_images[:-1][inner[1:]] = cut_images
    found = [(piece_of[inner], low[inner], cut_images)]
    for _ in range(_MOST_HALVINGS):
        middle = (low + high) / 2
        middle_images = images(piece_of, middle)
        off = middle_images - (low_images + high_images) / 2
        bends = np.flatnonzero(off[:, 0] ** 2 + off[:, 1] ** 2 > TOLERANCE_PX**2)
        if len(bends) == 0:
            break
        piece_of, middle, middle_images = piece_of[bends], middle[bends], middle_images[bends]
        found.append((piece_of, middle, middle_images))
        low, high = np.concatenate([low[bends], middle]), np.concatenate([middle, high[bends]])
        low_images = np.concatenate([low_images[bends], middle_images])
        high_images = np.concatenate([middle_images, high_images[bends]])
        piece_of = np.concatenate([piece_of, piece_of])
    edge, place, image = (np.concatenate([part[index] for part in found]) for index in range(3))
    return edges[edge], place, image
