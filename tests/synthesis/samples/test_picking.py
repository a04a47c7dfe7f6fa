"""Which sample comes next."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from smashcima.synthesis.samples import NearestPicks, ShuffledPicks


def test_all_samples_come_before_any_comes_again() -> None:
    rng = np.random.default_rng(1)
    picks = ShuffledPicks(range(10, 20))
    for _ in range(5):
        assert sorted(picks.next(rng) for _ in range(10)) == list(range(10, 20))


def test_no_sample_comes_twice_in_a_row() -> None:
    rng = np.random.default_rng(1)
    for count in (2, 3, 7):
        picks = ShuffledPicks(range(count))
        drawn = [picks.next(rng) for _ in range(300)]
        assert all(a != b for a, b in pairwise(drawn))


def test_a_single_sample_comes_every_time() -> None:
    rng = np.random.default_rng(1)
    picks = ShuffledPicks([4])
    assert [picks.next(rng) for _ in range(3)] == [4, 4, 4]


def test_the_nearest_sizes_are_picked_and_none_twice_in_a_row() -> None:
    rng = np.random.default_rng(1)
    sizes = np.array([5.0, 1.0, 2.0, 3.0, 4.0, 9.0, 8.0, 7.0])
    picks = NearestPicks(range(8), sizes, nearest=3)
    drawn = [picks.next(3.1, rng) for _ in range(300)]
    assert {sizes[index] for index in drawn} == {2.0, 3.0, 4.0}
    assert all(a != b for a, b in pairwise(drawn))


def test_sizes_beyond_all_others_get_the_last_ones() -> None:
    rng = np.random.default_rng(1)
    picks = NearestPicks(range(5), np.array([1.0, 2.0, 3.0, 4.0, 5.0]), nearest=2)
    assert {picks.next(50.0, rng) for _ in range(40)} == {3, 4}
    assert {picks.next(0.0, rng) for _ in range(40)} == {0, 1}
