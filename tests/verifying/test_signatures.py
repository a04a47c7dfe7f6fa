"""Whether a page counts as written by hand."""

from __future__ import annotations

import math

import pytest

from smashcima.verifying.signatures import is_by_hand


@pytest.mark.parametrize(
    ("heads", "clefs", "by_hand"),
    [
        ([1.0, 2.01, -3.0], [-2.2], False),  # heads decide where there are any
        ([1.1, 2.2, -3.0], [-2.0], True),
        ([1.3, 2.0, -3.0], [-2.0], False),  # one that strays is a fault, not a hand
        ([], [-3.2, -2.99, 2.01, 2.02], True),  # few clefs can be where printed ones are
        ([], [-2.0, 2.01], False),
        ([], [math.nan], False),
        ([], [], False),
    ],
)
def test_heads_or_else_clefs_tell_a_hand(heads: list[float], clefs: list[float], by_hand: bool) -> None:
    assert is_by_hand(heads, clefs) is by_hand
