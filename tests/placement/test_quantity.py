"""QuantityDraws of single quantities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smashcima.errors import SettingsError
from smashcima.placement import Prior, Quantity


def test_a_quantity_without_spread_is_a_constant() -> None:
    assert Quantity(2.5).draw(4, np.random.default_rng(1)).tolist() == [2.5, 2.5, 2.5, 2.5]


def test_draws_have_the_mean_and_spread_that_were_asked_for() -> None:
    values = Quantity(3.0, 0.5).draw(20000, np.random.default_rng(1))
    assert abs(values.mean() - 3.0) < 0.02
    assert abs(values.std() - 0.5) < 0.02


def test_skew_keeps_mean_and_spread_and_makes_one_tail_long() -> None:
    values = Quantity(3.0, 0.5, skew=0.6).draw(40000, np.random.default_rng(1))
    assert abs(values.mean() - 3.0) < 0.02
    assert abs(values.std() - 0.5) < 0.03
    assert np.quantile(values, 0.99) - 3.0 > 3.0 - np.quantile(values, 0.01)


@pytest.mark.parametrize("run", [0.3, 0.6, 0.9])
def test_neighbours_are_correlated_by_the_run(run: float) -> None:
    values = Quantity(0.0, 1.0, run=run).draw(40000, np.random.default_rng(1))
    assert abs(np.corrcoef(values[:-1], values[1:])[0, 1] - run) < 0.03
    assert abs(values.std() - 1.0) < 0.05


def test_a_share_runs_on_and_the_rest_is_independent() -> None:
    values = Quantity(0.0, 1.0, run=0.8, share=0.5).draw(60000, np.random.default_rng(1))
    assert abs(np.corrcoef(values[:-1], values[1:])[0, 1] - 0.40) < 0.03
    assert abs(np.corrcoef(values[:-3], values[3:])[0, 1] - 0.256) < 0.03
    assert abs(values.std() - 1.0) < 0.05


def test_draws_stay_within_their_limits() -> None:
    values = Quantity(0.0, 5.0, low=-1.0, high=2.0).draw(1000, np.random.default_rng(1))
    assert (values.min(), values.max()) == (-1.0, 2.0)


@given(st.integers(0, 40), st.floats(0, 0.95), st.floats(-1, 1))
def test_there_are_as_many_draws_as_items(count: int, run: float, skew: float) -> None:
    values = Quantity(0.0, 1.0, run=run, skew=skew).draw(count, np.random.default_rng(1))
    assert values.shape == (count,)
    assert np.isfinite(values).all()


@pytest.mark.parametrize("wrong", [{"spread": -1.0}, {"run": 1.0}, {"share": 1.1}, {"low": 2.0, "high": 1.0}])
def test_senseless_quantities_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(SettingsError):
        Quantity(**wrong)


def test_a_writer_of_average_draws_has_the_middle_of_the_prior() -> None:
    quantity = Prior(1.0, 0.2, 0.1, 0.5).quantity(0.0, 0.0)
    assert (quantity.mean, quantity.spread) == (1.0, 0.1)


def test_draws_move_a_writer_along_the_prior() -> None:
    quantity = Prior(1.0, 0.2, 0.1, 0.5).quantity(2.0, 1.0)
    assert quantity.mean == 1.4
    assert quantity.spread == pytest.approx(0.1 * np.e**0.5, abs=1e-4)
