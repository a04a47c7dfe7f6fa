"""Units of pages and staves."""

from __future__ import annotations

import pytest

from smashcima.engraving import EngravedStaff, EngravedSystem
from smashcima.exporting.mro.frames import StaveFrame, UnitScale, scale_of
from smashcima.geometry import Point


def staff(number: int, top: float, space: float) -> EngravedStaff:
    return EngravedStaff(number, tuple(top + space * line for line in range(5)), 10.0, 90.0, space)


def test_the_most_frequent_staff_has_16_units_per_space() -> None:
    system = EngravedSystem(0, 0, (staff(1, 20, 1.2), staff(2, 40, 1.570626), staff(3, 60, 1.570626)), ())
    assert scale_of([system]).unit == 1.570626 / 16


def test_of_equally_frequent_sizes_the_largest_counts() -> None:
    assert scale_of([EngravedSystem(0, 0, (staff(1, 20, 1.2), staff(2, 40, 1.6)), ())]).unit == 0.1


def test_a_page_without_staves_has_a_usual_scale() -> None:
    assert scale_of([]).unit > 0


def test_small_staves_are_measured_by_the_units_of_the_page() -> None:
    frame = StaveFrame.of(staff(1, 20.0, 1.2), UnitScale(0.1))
    assert (frame.top_units, frame.left_units, frame.width_units, frame.size_units) == (200, 100, 800, 48)
    assert frame.position(Point(15.0, 21.2)) == (12, 50)
    assert [frame.position_down(y) for y in (22.4, 21.8, 24.8)] == [0, -1, 4]


@pytest.mark.parametrize("lines", [1, 3])
def test_staves_of_other_numbers_of_lines_are_written_as_five_around_their_middle(lines: int) -> None:
    ys = tuple(20.0 + 1.6 * line for line in range(lines))
    frame = StaveFrame.of(EngravedStaff(1, ys, 10.0, 90.0, 1.6), UnitScale(0.1))
    assert frame.size_units == 64
    assert frame.top_units == 200 + 8 * (lines - 1) - 32
