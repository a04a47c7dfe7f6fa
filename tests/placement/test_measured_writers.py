"""The fitted numbers that ship: whole, small, and drawn from as they say."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import pytest

from smashcima.errors import SettingsError
from smashcima.placement import QUANTITIES, PlacementStyle, Population, population
from smashcima.placement.measured_writers import FITTED_FILE
from smashcima.placement.set_by_eye import LIMITS, SET_BY_EYE, SIZES

TWO_WRITERS = {
    "about": {"measured": "nothing"},
    "factors": 1,
    "quantities": {
        "head_y": {
            "mean": 0.1,
            "between": 0.02,
            "spread": 0.05,
            "spread_between": 0.2,
            "loadings": [[0.8], [0.0]],
        },
        "dot_gap": {
            "mean": 0.5,
            "between": 0.1,
            "spread": 0.2,
            "spread_between": 0.0,
            "loadings": [[-0.8], [0.0]],
        },
    },
    "writers": {"01": [[1.0, -2.0], [0.0, 0.0]], "02": [[9.0, 0.0], [1.0, 0.0]]},
}


def shipped() -> str:
    return files("smashcima.placement").joinpath(FITTED_FILE).read_text(encoding="utf-8")


def small() -> Population:
    """A population that knows two quantities; everything else gets what the shipped one says."""
    found = json.loads(shipped())
    rest = {name: {**values, "loadings": [[0.0], [0.0]]} for name, values in found["quantities"].items()}
    document = {**TWO_WRITERS, "quantities": {**rest, **TWO_WRITERS["quantities"]}}  # type: ignore[dict-item]
    names = list(document["quantities"])  # type: ignore[call-overload]
    numbers = {
        writer: [
            [dict(zip(("head_y", "dot_gap"), row, strict=True)).get(name, 0.0) for name in names]
            for row in rows
        ]
        for writer, rows in TWO_WRITERS["writers"].items()  # type: ignore[attr-defined]
    }
    return Population.from_json(json.dumps({**document, "writers": numbers}))


def test_every_quantity_is_fitted_or_set_by_eye_and_none_is_both() -> None:
    fitted = set(json.loads(shipped())["quantities"])
    assert fitted | set(SET_BY_EYE) == set(QUANTITIES)
    assert not fitted & set(SET_BY_EYE)
    assert set(LIMITS) <= set(QUANTITIES)
    assert set(SIZES) < fitted


def test_what_ships_is_small_and_says_where_it_comes_from() -> None:
    assert len(shipped().encode()) < 100_000
    about = population().about
    assert "MUSCIMA++" in about["measured"]
    assert "CC BY-NC-SA" in about["licence"]
    assert about["made_by"] == "python benchmarks/placement/fit_writers.py"


def test_writers_have_the_names_of_the_data_set() -> None:
    names = PlacementStyle.writers()
    assert len(names) == 38
    assert all(len(name) == 2 and 1 <= int(name) <= 50 for name in names)
    assert list(names) == sorted(names)


def test_a_measured_writer_is_so_many_standard_deviations_from_the_middle() -> None:
    style = small().of_writer("01")
    assert style["head_y"].mean == pytest.approx(0.12)
    assert style["dot_gap"].mean == pytest.approx(0.3)
    assert style["head_y"].spread == pytest.approx(0.05)


def test_nobody_is_farther_away_than_people_are() -> None:
    style = small().of_writer("02")
    assert style["head_y"].mean == pytest.approx(0.1 + 2.5 * 0.02)
    assert style["head_y"].spread == pytest.approx(0.05 * np.exp(0.2), abs=1e-5)


def test_drawn_writers_differ_and_correlate_as_the_population_says() -> None:
    people = small()
    drawn = [people.drawn(np.random.default_rng(seed)) for seed in range(1500)]
    head, dot = (np.array([style[name].mean for style in drawn]) for name in ("head_y", "dot_gap"))
    assert head.mean() == pytest.approx(0.1, abs=0.002)
    assert head.std() == pytest.approx(0.02, rel=0.06)
    # 0.8 of one and -0.8 of the other are due to the same factor.
    assert np.corrcoef(head, dot)[0, 1] == pytest.approx(-0.64, abs=0.05)


def test_seeds_draw_writers_like_those_who_were_measured() -> None:
    prior = population().priors["stem_angle_up"]
    angles = [PlacementStyle.from_seed(seed).quantities["stem_angle_up"] for seed in range(400)]
    means = np.array([angle.mean for angle in angles if angle is not None])
    assert len(means) == 400
    assert means.mean() == pytest.approx(prior.mean, abs=0.3 * prior.between)
    assert means.std() == pytest.approx(prior.between, rel=0.15)


def test_who_leans_stems_that_go_up_leans_those_that_go_down() -> None:
    pairs = np.array(
        [
            [style.quantities[f"stem_angle_{way}"].mean for way in ("up", "down")]  # type: ignore[union-attr]
            for style in map(PlacementStyle.from_seed, range(300))
        ]
    )
    assert np.corrcoef(pairs.T)[0, 1] > 0.3


def test_a_writer_drawn_with_a_given_mean_has_it_and_what_goes_with_it() -> None:
    # The loadings 0.8 and -0.8 are a correlation of -0.64; a head 0.04 lower is 2 standard deviations away.
    people = small()
    drawn = [people.drawn(np.random.default_rng(seed), {"head_y": 0.14}) for seed in range(400)]
    assert {each["head_y"].mean for each in drawn} == {0.14}
    assert np.mean([each["dot_gap"].mean for each in drawn]) == pytest.approx(0.5 - 0.64 * 2 * 0.1, abs=0.015)
    assert np.std([each["dot_gap"].mean for each in drawn]) == pytest.approx(
        0.1 * (1 - 0.64**2) ** 0.5, abs=0.01
    )


def test_a_writer_can_be_drawn_with_the_sizes_of_ink() -> None:
    style = PlacementStyle.from_seed(3, given={"head_width_black": 0.9, "head_height_black": 0.8})
    width, height = (style.quantities[name] for name in ("head_width_black", "head_height_black"))
    assert width is not None
    assert height is not None
    assert (width.mean, height.mean) == pytest.approx((0.9, 0.8), abs=1e-4)
    assert style == PlacementStyle.from_seed(3, given={"head_height_black": 0.8, "head_width_black": 0.9})
    assert style != PlacementStyle.from_seed(3)


@pytest.mark.parametrize("name", ["head_z", "spacing"])
def test_only_quantities_whose_means_differ_between_writers_can_be_given(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        PlacementStyle.from_seed(3, given={name: 0.5})


def test_scores_can_have_a_long_tail_without_another_mean_or_spread() -> None:
    document = json.loads(shipped())
    document["quantities"]["dot_gap"] |= {"mean": 0.5, "between": 0.1, "lean": [0.5, 0.0]}
    people = Population.from_json(json.dumps(document))
    means = np.array([people.drawn(np.random.default_rng(seed))["dot_gap"].mean for seed in range(2000)])
    assert means.mean() == pytest.approx(0.5, abs=0.01)
    assert means.std() == pytest.approx(0.1, abs=0.015)
    assert 0.5 - means.min() < 0.7 * (means.max() - 0.5)
