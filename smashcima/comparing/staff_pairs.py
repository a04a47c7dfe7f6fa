"""Which staves of two scores correspond."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from smashcima.comparing.edit_distance import EditTable, Pair
from smashcima.comparing.symbols import StaffSymbols, Symbol


def pair_staves(truth: Sequence[StaffSymbols], result: Sequence[StaffSymbols]) -> list[Pair]:
    """Pairs staves of the same place; of scores with different numbers of staves, those with the most equal symbols.

    The staves of both scores remain in order.
    """
    if len(truth) == len(result):
        return [(index, index) for index in range(len(truth))]
    bags, others = ([_bag(staff) for staff in staves] for staves in (truth, result))
    # Measures and orders are ignored: the staves of a score rarely have the same notes.
    costs = np.zeros((len(bags) + len(others),) * 2, np.int64)
    for i, bag in enumerate(bags):
        for j, other in enumerate(others, len(bags)):
            costs[i, j] = max(bag.total(), other.total()) - (bag & other).total()
    sizes = np.array([bag.total() for bag in (*bags, *others)], np.int64)
    rows, columns = np.arange(len(bags)), np.arange(len(bags), len(costs))
    nowhere = np.zeros_like(rows), np.zeros_like(columns)
    return EditTable(costs, rows, columns, sizes[rows], sizes[columns], *nowhere).alignment()


def _bag(staff: StaffSymbols) -> Counter[Symbol]:
    return Counter(symbol for group in staff.groups for symbol in group.symbols)
