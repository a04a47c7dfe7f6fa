"""Masks as lengths of runs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smashcima.exporting.annotation.run_lengths import RunLengths, RunTable, filled_rows
from smashcima.geometry import Contours, Rectangle
from smashcima.imaging import Masks, Outlines, Regions
from smashcima.scene.visual import AffineSpace

STILL = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def regions(outlines: Outlines) -> Regions:
    names = [str(index) for index in range(len(outlines))]
    return Regions.of(names, names, [AffineSpace() for _ in names], outlines)


def outlines(*rectangles: Rectangle) -> Outlines:
    return Outlines.of([Contours.from_rectangle(each) for each in rectangles], [STILL] * len(rectangles))


def boxes(*rectangles: Rectangle) -> Regions:
    return regions(outlines(*rectangles))


def runs_of(
    regions: Regions, wanted: list[int], width: int, height: int, order: str = "rows"
) -> list[RunLengths | None]:
    masks = Masks(regions, width, height).full_masks()
    return list(RunTable.of_masks([masks[index] for index in wanted], order))  # type: ignore[arg-type]


def decoded(runs: RunLengths, order: str = "rows") -> np.ndarray:
    values = np.repeat(np.arange(len(runs.counts)) % 2, runs.counts).astype(bool)
    shape = (runs.height, runs.width) if order == "rows" else (runs.width, runs.height)
    mask = values.reshape(shape)
    return mask if order == "rows" else mask.T


def test_a_rectangle_is_one_run_of_pixels() -> None:
    (runs,) = runs_of(boxes(Rectangle(3, 2, 4, 5)), [0], 20, 20)
    assert runs is not None
    assert (runs.left, runs.top, runs.width, runs.height) == (3, 2, 4, 5)
    assert runs.counts.tolist() == [0, 20]
    assert runs.area == 20


def test_pixels_covered_by_less_than_half_are_outside() -> None:
    # From x = 0.6 to 3.4: pixel 0 is covered to 0.4, pixels 1 and 2 all, pixel 3 to 0.4.
    (runs,) = runs_of(boxes(Rectangle(0.6, 0, 2.8, 2)), [0], 10, 10)
    assert runs is not None
    assert (runs.left, runs.width) == (0, 4)
    assert runs.counts.tolist() == [1, 2, 2, 2, 1]


def test_columns_go_down_first() -> None:
    ring = np.array([(0.0, 0), (3, 0), (3, 1), (1, 1), (1, 2), (0, 2)])  # an L: three above, one below
    shape = Outlines.of([Contours((ring,))], [STILL])
    by_rows, by_columns = (runs_of(regions(shape), [0], 9, 9, order)[0] for order in ("rows", "columns"))
    assert by_rows is not None
    assert by_columns is not None
    assert by_rows.counts.tolist() == [0, 4, 2]
    assert by_columns.counts.tolist() == [0, 3, 1, 1, 1]
    assert np.array_equal(decoded(by_rows), decoded(by_columns, "columns"))


def test_shapes_outside_have_no_mask_and_others_keep_their_places() -> None:
    shapes = outlines(
        Rectangle(50, 0, 5, 5), Rectangle(1, 1, 2, 2), Rectangle(0, 40, 2, 9), Rectangle(5, 5, 1, 1)
    )
    found = runs_of(regions(shapes), [3, 0, 2, 1], 20, 20)
    assert [None if runs is None else runs.left for runs in found] == [5, None, None, 1]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(-3, 25), st.floats(-3, 25)), min_size=3, max_size=9))
def test_runs_decode_to_the_mask(points: list[tuple[float, float]]) -> None:
    shape = Outlines.of([Contours((np.array(points),))], [STILL])
    for order in ("rows", "columns"):
        found = runs_of(regions(shape), [0], 20, 20, order)[0]  # type: ignore[arg-type]
        mask = Masks(regions(shape), 20, 20).full(0)
        if mask.area == 0:
            assert found is None
        else:
            assert found is not None
            assert (found.left, found.top) == (mask.left, mask.top)
            assert np.array_equal(decoded(found, order), mask.pixels)


@pytest.mark.parametrize("ring", [
    [(2, 1), (9, 1), (9, 4), (2, 4)],
    [(2.3, 1.2), (9.8, 1.9), (9.1, 6.4), (1.7, 5.6)],
    [(-4, -4), (30, -4), (30, 30), (-4, 30)],
    [(0, 0), (12, 0), (12, 3), (0, 3)],
])  # fmt: skip
def test_areas_are_filled_where_the_centres_of_pixels_lie(ring: list[tuple[float, float]]) -> None:
    points = np.array(ring, float)
    runs = filled_rows(points, 12, 8)
    assert runs is not None
    expected = np.zeros((8, 12), bool)
    for y in range(8):
        for x in range(12):
            expected[y, x] = _is_inside(x + 0.5, y + 0.5, points)
    seen = np.zeros_like(expected)
    seen[runs.top : runs.top + runs.height, runs.left : runs.left + runs.width] = decoded_padded(runs)
    assert np.array_equal(seen, expected)
    assert (runs.counts[1:] > 0).all()


def decoded_padded(runs: RunLengths) -> np.ndarray:
    """What is not said at the end is outside."""
    rest = runs.width * runs.height - int(runs.counts.sum())
    counts = [*runs.counts.tolist(), *([0] if len(runs.counts) % 2 else []), rest]
    if len(runs.counts) % 2:
        counts = [*runs.counts.tolist()[:-1], int(runs.counts[-1]) + rest]
    values = np.repeat(np.arange(len(counts)) % 2, counts).astype(bool)
    return values.reshape(runs.height, runs.width)


def _is_inside(x: float, y: float, ring: np.ndarray) -> bool:
    inside = False
    for (x0, y0), (x1, y1) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
            inside = not inside
    return inside


def test_an_area_outside_of_the_picture_has_no_mask() -> None:
    assert filled_rows(np.array([(20.0, 0), (30, 0), (30, 5), (20, 5)]), 12, 8) is None
    assert filled_rows(np.array([(1.0, 0.1), (3, 0.1), (3, 0.2), (1, 0.2)]), 12, 8) is None


def test_a_table_gives_its_masks_in_any_order() -> None:
    table = RunTable.of(
        [RunLengths(1, 2, 3, 1, np.array([1, 1, 1])), None, RunLengths(0, 0, 2, 2, np.array([0, 4]))]
    )
    assert table.areas().tolist() == [1, 0, 4]
    chosen = table.chosen(np.array([2, 1, 0]))
    assert [None if each is None else each.counts.tolist() for each in chosen] == [[0, 4], None, [1, 1, 1]]
    assert chosen[1] is None
    found = chosen[0]
    assert found is not None
    assert found[:4] == (0, 0, 2, 2)
    assert [None if each is None else each[:4] for each in table.chosen(np.array([0, 2]))] == [
        (1, 2, 3, 1),
        (0, 0, 2, 2),
    ]
