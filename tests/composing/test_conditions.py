"""Conditions are checked when they are made, and drawn from their distributions."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.composing import Between, Conditions, OneOf
from smashcima.composing.draws import Draws
from smashcima.errors import SettingsError


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("key", "H minor", "is not a key"),
        ("key", "G# major", "is not a key"),
        ("metre", "3/7", "is not a metre"),
        ("ensemble", "violinn", "did you mean 'violin'"),
        ("staves", 25, "from 1 to 24"),
        ("measures", 0, "from 1 to 2000"),
        ("texture", "albertis", "did you mean 'alberti'"),
        ("genre", OneOf(("waltz", "walz")), "did you mean 'waltz'"),
        ("density", 1.5, "from 0 to 1"),
        ("range", ("C4", "D4"), "too small"),
        ("shares", {"tuplet": 0.1}, "did you mean 'tuplets'"),
        ("shares", {"tuplets": 2}, "from 0 to 1"),
        ("lyrics", "klingon", "is not a language"),
    ],
)
def test_invalid_values_are_named(field: str, value: object, message: str):
    with pytest.raises(SettingsError, match=message):
        Conditions(**{field: value})  # type: ignore[arg-type]


def test_distributions_are_drawn_and_constants_are_kept():
    wanted = Conditions(
        key="G minor",
        metre=OneOf(("3/4", "6/8")),
        measures=Between(8, 9),
        shares={"ornaments": Between(0.1, 0.2)},
    )
    drawn = wanted.drawn(Draws(np.random.default_rng(1)))
    assert drawn.key == "G minor"
    assert drawn.metre in ("3/4", "6/8")
    assert drawn.measures in (8, 9)
    share = drawn.shares["ornaments"]
    assert isinstance(share, float)
    assert 0.1 <= share <= 0.2


def test_plain_data_and_back():
    data = {"key": "G minor", "ensemble": "piano", "range": ["C4", "C6"], "shares": {"ornaments": 0.1}}
    conditions = Conditions.from_data(data)
    assert conditions.range == ("C4", "C6")
    assert conditions.to_data() == data
    assert Conditions.from_data({"for": "piano", "time": "3/4"}) == Conditions(ensemble="piano", metre="3/4")
    with pytest.raises(SettingsError, match="did you mean 'measures'"):
        Conditions.from_data({"measure": 8})


def test_weights_decide_between_values():
    draws = Draws(np.random.default_rng(0))
    found = [OneOf(("a", "b"), (0, 1)).draw(draws) for _ in range(50)]
    assert set(found) == {"b"}
    with pytest.raises(SettingsError, match="one weight for each"):
        OneOf(("a", "b"), (1,))
