"""The alignment has the least cost, also where it is computed in parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smashcima.comparing import edit_distance
from smashcima.comparing.alignment import align_groups
from smashcima.comparing.symbols import Symbol, SymbolGroup

symbols = st.sampled_from([Symbol(kind, value) for kind in ("pitch", "duration", "dot") for value in "ab"])
groups = st.lists(
    st.lists(symbols, min_size=1, max_size=3).map(lambda found: SymbolGroup.of(0, *found)), max_size=8
)


def cost(group: SymbolGroup | None, other: SymbolGroup | None) -> int:
    """Number of errors of a pair, counted plainly."""
    missing = Counter(group.symbols if group else ())
    extra = Counter(other.symbols if other else ())
    missing, extra = missing - extra, extra - missing
    kinds = {symbol.kind for symbol in (*missing, *extra)}
    return sum(
        max(sum(count for symbol, count in each.items() if symbol.kind == kind) for each in (missing, extra))
        for kind in kinds
    )


def least_cost(truth: Sequence[SymbolGroup], result: Sequence[SymbolGroup]) -> int:
    @cache
    def least(i: int, j: int) -> int:
        if i == 0 or j == 0:
            return sum(len(group.symbols) for group in (*truth[:i], *result[:j]))
        return min(
            least(i - 1, j - 1) + cost(truth[i - 1], result[j - 1]),
            least(i - 1, j) + len(truth[i - 1].symbols),
            least(i, j - 1) + len(result[j - 1].symbols),
        )

    return least(len(truth), len(result))


@pytest.mark.parametrize("most_cells", [edit_distance._MOST_CELLS, 4])
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(truth=groups, result=groups)
def test_the_alignment_has_the_least_cost(
    most_cells: int, truth: list[SymbolGroup], result: list[SymbolGroup]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edit_distance, "_MOST_CELLS", most_cells)
        pairs = align_groups(truth, result)
    assert [i for i, _ in pairs if i is not None] == list(range(len(truth)))
    assert [j for _, j in pairs if j is not None] == list(range(len(result)))
    found = sum(
        cost(truth[i] if i is not None else None, result[j] if j is not None else None) for i, j in pairs
    )
    assert found == least_cost(truth, result)
