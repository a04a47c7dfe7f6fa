"""Values that are drawn together are those that are drawn one after the other."""

from __future__ import annotations

import math

import numpy as np
import pytest

from smashcima.placement import PlacementStyle, Quantity
from smashcima.placement.quantity import values_together
from smashcima.placement.random_quantities import ForeseenDraws, QuantityDraws

REQUESTS = (
    ("head_y", 12),
    ("stem_length_plain", 7),
    ("drift", 30),
    ("head_y", 12),
    ("clef_y_g", 1),
    ("dot_gap", 0),
)


def drawn(draws: QuantityDraws, requests: tuple[tuple[str, int], ...] = REQUESTS) -> list[list[float]]:
    """Values of each request; ratios and distances are drawn as such."""
    found = []
    for name, count in requests:
        if name == "stem_length_plain":
            found.append(draws.ratios(name, count).tolist())
        elif name == "clef_y_g":
            found.append(draws.distances(name, np.full(count, 0.7)).tolist())
        else:
            found.append(draws.offsets(name, count).tolist())
    return found


def style() -> PlacementStyle:
    return PlacementStyle.from_seed(4).changed(
        head_y=Quantity(0.1, 0.2, run=0.8, share=0.6, skew=0.4, high=0.3), dot_gap=None
    )


def test_foreseen_values_are_those_of_single_requests() -> None:
    expected = drawn(QuantityDraws(style(), np.random.default_rng(2)))
    page = ForeseenDraws()
    for _ in range(3):
        draws = QuantityDraws(style(), np.random.default_rng(2))
        draws.foresee(page, "part")
        assert drawn(draws) == expected
        draws.finish()
    assert [(name, count) for name, count, _ in page.requests["part"]] == list(REQUESTS[:-1])


@pytest.mark.parametrize("kept", [True, False])
def test_what_was_not_foreseen_changes_no_value(kept: bool) -> None:
    page = ForeseenDraws()
    first = QuantityDraws(style(), np.random.default_rng(1))
    first.foresee(page, "part")
    drawn(first)
    first.finish()
    others = (("head_y", 12), ("stem_length_plain", 9 if kept else 2), *REQUESTS[2:], ("head_x", 40))
    expected = drawn(QuantityDraws(style(), np.random.default_rng(5)), (*others, *REQUESTS))
    draws = QuantityDraws(style(), np.random.default_rng(5))
    draws.foresee(page, "part")
    found = drawn(draws, others)
    draws.foresee(page, "next")
    found += drawn(draws)
    assert found == expected


def test_values_of_kept_quantities_are_those_of_the_engraver() -> None:
    kept = style().changed(head_y=None, stem_length_plain=None, clef_y_g=None)
    page = ForeseenDraws()
    for _ in range(2):
        draws = QuantityDraws(kept, np.random.default_rng(2))
        draws.foresee(page, "part")
        found = drawn(draws)
        draws.finish()
        assert (found[0], found[1], found[4]) == ([0.0] * 12, [1.0] * 7, [0.7])
        assert not any(math.copysign(1.0, value) < 0 for value in found[0])


def test_items_of_several_quantities_are_drawn_like_one_after_the_other() -> None:
    quantities = [
        Quantity(1.0, 0.5),
        Quantity(0.0, 2.0, run=0.9, share=0.3),
        Quantity(5.0, 1.0, skew=-0.7, low=4.5),
    ]
    counts = (3, 25, 8)
    rng = np.random.default_rng(9)
    expected = [q.draw(n, rng).tolist() for q, n in zip(quantities, counts, strict=True)]
    together = values_together(quantities, counts, np.random.default_rng(9).standard_normal(72))
    assert together.tolist() == [value for values in expected for value in values]
    # The formula itself, for the first quantity: the first half of its numbers, without a run.
    assert together[:3].tolist() == (1.0 + 0.5 * np.random.default_rng(9).standard_normal(3)).tolist()
