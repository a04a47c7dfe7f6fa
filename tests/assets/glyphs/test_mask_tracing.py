"""Outlines are smooth, and enclose what their masks do."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from smashcima.assets.glyphs.mask_tracing import TracedOutlines, trace_outlines
from smashcima.geometry import Contours

Mask = NDArray[np.uint8]


def contours_of(traced: TracedOutlines) -> list[Contours]:
    rings = np.split(traced.points, np.cumsum(traced.ring_lengths)[:-1])
    ends = np.cumsum(traced.ring_counts)
    return [
        Contours(tuple(rings[end - count : end])) for end, count in zip(ends, traced.ring_counts, strict=True)
    ]


def disc(radius: float, hole: float = 0.0) -> Mask:
    size = int(2 * radius + 5)
    rows, columns = np.mgrid[:size, :size] + 0.5 - size / 2
    distance = np.hypot(rows, columns)
    return ((distance <= radius) & (distance >= hole)).astype(np.uint8)


def covered(contours: Contours, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The pixels whose middle is inside, counted by crossings."""
    ys, xs = np.mgrid[: shape[0], : shape[1]] + 0.5
    inside = np.zeros(shape, bool)
    for ring in contours.rings:
        for (x0, y0), (x1, y1) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if y0 != y1:
                crosses = (ys >= min(y0, y1)) & (ys < max(y0, y1))
                inside ^= crosses & (xs < x0 + (ys - y0) * (x1 - x0) / (y1 - y0))
    return inside


@pytest.mark.parametrize(
    "mask, area",
    [
        (np.ones((20, 30), np.uint8), 600),
        (np.ones((100, 2), np.uint8), 200),
        (np.ones((3, 80), np.uint8), 240),
        (np.ones((4, 4), np.uint8), 16),
        (np.eye(40, dtype=np.uint8) | np.eye(40, k=1, dtype=np.uint8), 79),
    ],
)
def test_outlines_enclose_as_much_as_their_masks_have_pixels(mask: Mask, area: int):
    (contours,) = contours_of(trace_outlines([mask]))
    assert contours.area == pytest.approx(area, rel=0.01)


def test_a_ring_has_its_hole():
    mask = disc(12, hole=5)
    (contours,) = contours_of(trace_outlines([mask]))
    assert len(contours.rings) == 2
    assert contours.area == pytest.approx(np.count_nonzero(mask), rel=0.01)
    assert not covered(contours, mask.shape)[14, 14]


def test_a_disc_of_a_dot_stays_where_it_is():
    mask = disc(3.2)
    (contours,) = contours_of(trace_outlines([mask]))
    seen, ink = covered(contours, mask.shape), mask > 0
    assert (seen & ink).sum() / (seen | ink).sum() >= 0.95


def test_a_staircase_becomes_a_line():
    """The upper edge of a bar that falls one pixel in eight is straight to a quarter of a pixel."""
    mask = np.zeros((40, 120), np.uint8)
    for column in range(120):
        top = 5 + column // 8
        mask[top : top + 8, column] = 1
    (contours,) = contours_of(trace_outlines([mask]))
    (ring,) = contours.rings
    upper = ring[(ring[:, 0] > 10) & (ring[:, 0] < 110) & (ring[:, 1] < 9 + ring[:, 0] / 8)]
    assert len(upper) > 5
    away = upper[:, 1] - (upper[:, 0] / 8 + 4.5)
    assert np.ptp(away) < 0.75  # the steps of the mask are a whole pixel
    turns = np.abs(np.diff(np.arctan2(*np.diff(upper[np.argsort(upper[:, 0])], axis=0).T[::-1])))
    assert turns.max() < np.radians(30)  # the corners of the mask turn by 90


def test_masks_are_traced_together_as_they_are_alone():
    masks = [disc(6), np.ones((30, 3), np.uint8), disc(9, hole=4)]
    together = contours_of(trace_outlines(masks))
    assert together == [contours_of(trace_outlines([mask]))[0] for mask in masks]
    assert trace_outlines(masks).ring_counts.tolist() == [1, 1, 2]


def test_nothing_has_no_outline():
    traced = trace_outlines([np.zeros((4, 4), np.uint8)])
    assert traced.ring_counts.tolist() == [0]
    assert len(traced.points) == 0
    assert trace_outlines([]).ring_counts.tolist() == []


def test_perimeters_are_those_of_the_outlines():
    traced = trace_outlines([np.ones((50, 50), np.uint8)])
    assert traced.perimeters[0] == pytest.approx(200, abs=6)
