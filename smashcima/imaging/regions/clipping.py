"""Clipping of outlines to the image."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours
from smashcima.imaging.regions.outline_arrays import Outlines, offsets
from smashcima.kernels import kernels_are_used

Side = float | NDArray[np.float64]
"""Width or height in pixels, common or per shape (S,)."""


def clipped(outlines: Outlines, width: Side, height: Side) -> Outlines:
    """Clips each shape to the image, from (0, 0) to (width, height); shapes may become empty.

    Shapes can belong to images of different sizes; each is clipped as if it were alone. Clips all rings at one edge of the image at a time (Sutherland-Hodgman algorithm). Parts of one ring stay connected
    by lines of zero width along the edges.
    """
    boxes = outlines.bboxes()
    with np.errstate(invalid="ignore"):
        inside = (boxes[:, :2] >= 0).all(axis=1) & (boxes[:, 2] <= width) & (boxes[:, 3] <= height)
    cut_shapes = np.flatnonzero(~(inside | np.isnan(boxes[:, 0])))
    if len(cut_shapes) == 0:
        return outlines
    whole = outlines.chosen(cut_shapes)
    widths, heights = (np.broadcast_to(side, len(outlines))[cut_shapes] for side in (width, height))
    cut = whole
    for axis, limit, sign in ((0, 0.0, 1.0), (0, widths, -1.0), (1, 0.0, 1.0), (1, heights, -1.0)):
        cut = _on_one_side(cut, axis, limit, sign)
    cut = _with_true_corners(whole, _without_spurs(cut), widths, heights)
    return outlines.replaced(cut_shapes, cut)


def sliced(outlines: Outlines, shapes: NDArray[np.intp], width_px: int) -> tuple[Outlines, NDArray[np.intp]]:
    """Cuts some shapes at whole pixels into slices of at most `width_px`; returns the slices, and the shape of each."""
    pieces = outlines.chosen(shapes)
    if kernels_are_used():
        return _sliced_by_kernel(pieces, shapes, width_px)
    done: list[tuple[Outlines, NDArray[np.intp]]] = []
    while True:
        boxes = pieces.bboxes()
        low, high = np.floor(boxes[:, 0]), np.ceil(boxes[:, 2])
        wide = high - low > width_px
        narrow = np.flatnonzero(~wide)
        if len(narrow):
            done.append((pieces.chosen(narrow), shapes[narrow]))
        if not wide.any():
            break
        # Pieces that are too wide are replaced by their halves.
        index = np.repeat(np.flatnonzero(wide), 2)
        middle = np.floor((low + high) / 2)[index]
        sign = np.tile([-1.0, 1.0], len(index) // 2)
        pieces, shapes = _on_one_side(pieces.chosen(index), 0, middle, sign), shapes[index]
    slices, owners = done[0]
    for others, their_owners in done[1:]:
        slices, owners = slices.joined(others), np.concatenate([owners, their_owners])
    return slices, owners


def _sliced_by_kernel(
    pieces: Outlines, shapes: NDArray[np.intp], width_px: int
) -> tuple[Outlines, NDArray[np.intp]]:
    """`sliced` by a compiled kernel, for shapes that were chosen."""
    from smashcima.imaging.regions.slice_kernels import halve

    points, ring_starts, shape_rings, any_cut = pieces.points, pieces.ring_starts, pieces.shape_rings, True
    while any_cut:
        points, ring_starts, shape_rings, shapes, any_cut = halve(
            points, ring_starts, shape_rings, shapes, width_px
        )
    return Outlines.of_rings(points, ring_starts, shape_rings), shapes


def _on_one_side(
    outlines: Outlines, axis: int, limit: float | NDArray[np.float64], sign: float | NDArray[np.float64]
) -> Outlines:
    """The part of shapes with a coordinate above (sign 1) or below (-1) a limit, common or per shape."""
    points, following = outlines.points, outlines.following
    counts = np.diff(outlines.shape_starts)
    limit, sign = (np.repeat(np.broadcast_to(value, counts.shape), counts) for value in (limit, sign))
    depth = sign * (points[:, axis] - limit)
    stays = depth >= 0
    crosses = stays != stays[following]
    starts = offsets(stays.astype(np.intp) + crosses)
    kept, cut = np.flatnonzero(stays), np.flatnonzero(crosses)
    result = np.empty((int(starts[-1]), 2))
    result[starts[kept]] = points.take(kept, axis=0)
    if len(cut):
        after = following[cut]
        part = (depth[cut] / (depth[cut] - depth[after]))[:, np.newaxis]
        begin = points.take(cut, axis=0)
        crossings = begin + part * (points.take(after, axis=0) - begin)
        crossings[:, axis] = limit[cut]
        result[starts[cut] + stays[cut]] = crossings
    return _without_short_rings(Outlines.of_rings(result, starts[outlines.ring_starts], outlines.shape_rings))


def _without_spurs(outlines: Outlines) -> Outlines:
    """Removes points that repeat the previous one, or at which a vertical or horizontal line reverses."""
    while len(outlines.points):
        points, following = outlines.points, outlines.following
        before = np.empty_like(following)
        before[following] = np.arange(len(following))
        arriving, leaving = points - points[before], points[following] - points
        along = (arriving * leaving).sum(axis=1)
        straight = ((arriving == 0) & (leaving == 0)).any(axis=1)
        idle = (arriving == 0).all(axis=1) | (straight & (along < 0))
        # The neighbours of a removed point are checked again.
        idle &= ~(idle[before] & (np.arange(len(idle)) > before))
        if not idle.any():
            break
        keep = ~idle
        starts = offsets(keep.astype(np.intp))[outlines.ring_starts]
        outlines = _without_short_rings(Outlines.of_rings(points[keep], starts, outlines.shape_rings))
    return outlines


def _without_short_rings(outlines: Outlines) -> Outlines:
    """Removes rings of fewer than three points."""
    counts = np.diff(outlines.ring_starts)
    keep = counts >= 3
    if keep.all():
        return outlines
    points = outlines.points[np.repeat(keep, counts)]
    return Outlines.of_rings(
        points, offsets(counts[keep]), offsets(keep.astype(np.intp))[outlines.shape_rings]
    )


def _with_true_corners(
    whole: Outlines, cut: Outlines, widths: NDArray[np.float64], heights: NDArray[np.float64]
) -> Outlines:
    """Clips shapes again that contain a corner of their image without covering it.

    A ring that leaves the image across one edge and returns across another is connected around the corner between
    them by lines of zero width, which would make its bounding box too large.
    """
    if len(cut.points) == 0:
        return cut
    counts = np.diff(cut.shape_starts)
    x, y = cut.points.T
    columns, rows = (x == 0, x == np.repeat(widths, counts)), (y == 0, y == np.repeat(heights, counts))
    touched = _per_shape(cut, np.stack([column & row for column in columns for row in rows])) > 0
    covered = np.zeros_like(touched)
    some = np.flatnonzero(touched.any(axis=0))
    if len(some):
        covered[:, some] = _windings_at_corners(whole.chosen(some), widths[some], heights[some]) != 0
    wrong = np.flatnonzero((touched & ~covered).any(axis=0))
    if len(wrong) == 0:
        return cut
    import shapely

    anew = [
        Contours.from_shapely(
            whole.contours(shape)
            .to_shapely()
            .intersection(shapely.box(0, 0, widths[shape].item(), heights[shape].item()))
        )
        for shape in wrong.tolist()
    ]
    return cut.replaced(wrong, Outlines.of(anew, [(1, 0, 0, 1, 0, 0)] * len(anew)))


def _windings_at_corners(
    outlines: Outlines, widths: NDArray[np.float64], heights: NDArray[np.float64]
) -> NDArray[np.int64]:
    """(4, S): the winding number of each shape around the corners of its image, both on the left first."""
    begin_x, begin_y = outlines.points.T.copy()
    end_x, end_y = begin_x[outlines.following], begin_y[outlines.following]
    counts = np.diff(outlines.shape_starts)
    turns: list[NDArray[np.int64]] = []
    for width in (np.zeros_like(widths), widths):
        for height in (np.zeros_like(heights), heights):
            x, y = np.repeat(width, counts), np.repeat(height, counts)
            # Few lines pass the height of a corner.
            passing = np.flatnonzero((begin_y <= y) != (end_y <= y))
            turn = np.zeros(len(begin_x), np.int64)
            ax, ay, bx, by = (values[passing] for values in (begin_x, begin_y, end_x, end_y))
            x, y = x[passing], y[passing]
            side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
            down = ay <= y
            turn[passing] = (down & (side > 0)).astype(np.int64) - (~down & (side < 0))
            turns.append(turn)
    return _per_shape(outlines, np.stack(turns))


def _per_shape(outlines: Outlines, values: NDArray[np.bool_] | NDArray[np.int64]) -> NDArray[np.int64]:
    """(n, S): sums over the points of each shape; `values` has the shape (n, N)."""
    totals = np.zeros((len(values), len(outlines.points) + 1), np.int64)
    np.cumsum(values, axis=1, out=totals[:, 1:])
    starts = outlines.shape_starts
    sums: NDArray[np.int64] = totals[:, starts[1:]] - totals[:, starts[:-1]]
    return sums
