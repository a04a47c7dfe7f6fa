"""Random values in plans."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.datasets.generation.randomised import has_random, sample


def many(data, count: int = 400) -> list:
    rng = np.random.default_rng(1)
    return [sample(data, rng) for _ in range(count)]


def test_constants_are_kept():
    data = {"a": [1, "b", None], "c": {"d": True}}
    assert sample(data, np.random.default_rng(0)) == data
    assert not has_random(data)


def test_choices_follow_their_weights():
    found = many({"choose": ["a", "b"], "weights": [3, 1]})
    assert 250 < found.count("a") < 350
    assert set(many({"choose": ["a", "b"], "weights": [0, 1]})) == {"b"}


def test_distributions_stay_in_their_ranges():
    assert all(2 <= value <= 3 for value in many({"uniform": [2, 3]}))
    assert set(many({"integers": [1, 3]})) == {1, 2, 3}
    assert all(0 <= value <= 1 for value in many({"normal": [0.5, 2], "within": [0, 1]}))
    values = many({"log_uniform": [0.01, 100]})
    assert 0.3 < float(np.median(values)) < 3


def test_values_are_sampled_at_any_depth():
    data = {"options": {"list": [{"uniform": [0, 1]}, {"choose": [{"x": {"integers": [5, 5]}}]}]}}
    made = sample(data, np.random.default_rng(2))
    assert 0 <= made["options"]["list"][0] <= 1
    assert made["options"]["list"][1] == {"x": 5}
    assert has_random(data)


@pytest.mark.parametrize("data", [{"uniform": [0, 1]}, {"choose": [1, 2, 3]}, {"normal": [0, 1]}])
def test_the_same_generator_gives_the_same_value(data: dict):
    first, second = (sample(data, np.random.default_rng(3)) for _ in range(2))
    assert first == second
