"""Where staves without music are ruled."""

import pytest

from smashcima.geometry.ruling import empty_tops, staff_step


def test_the_step_is_the_usual_distance_of_staves_one_below_the_other() -> None:
    # Two staves lie side by side at 30.
    assert staff_step([10, 30, 30, 52, 72], height=7) == 20
    assert staff_step([10], height=10) == 24


def test_empty_staves_reach_down_to_the_foot() -> None:
    assert empty_tops(100, 20, height=7, foot=168) == [100, 120, 140, 160]
    assert empty_tops(100, 20, height=7, foot=166) == [100, 120, 140]
    assert empty_tops(100, 20, height=7, foot=90) == []


def test_rows_with_music_are_left_out() -> None:
    assert empty_tops(100, 20, 7, 168, taken={0, 2}) == pytest.approx([120, 160])
