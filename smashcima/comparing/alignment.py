"""Alignment of groups of symbols: first of measures, then of the groups inside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from smashcima.comparing.edit_distance import EditTable, Integers, Pair
from smashcima.comparing.symbols import Symbol, SymbolGroup

Symbols = tuple[Symbol, ...]
Measures = list[list[Symbols]]
"""The groups of each measure."""


def align_groups(truth: Sequence[SymbolGroup], result: Sequence[SymbolGroup]) -> list[Pair]:
    """Returns the alignment of least cost in order, as pairs of indices.

    The cost of two aligned groups is the number of symbols to be deleted, inserted or replaced by another of the same
    kind; that of a group without partner is its number of symbols. Groups that share no kind are not aligned. Of
    several alignments of least cost, one is chosen that keeps measures together.
    """
    measures, others = _by_measure(truth), _by_measure(result)
    start = _equal_measures(measures, others)
    end = _equal_measures(measures[start:][::-1], others[start:][::-1])
    equal_start = sum(map(len, measures[:start]))
    equal_end = sum(map(len, measures[len(measures) - end :]))
    between = _align_measures(measures[start : len(measures) - end], others[start : len(others) - end])
    pairs: list[Pair] = [(index, index) for index in range(equal_start)]
    pairs += (
        (None if i is None else i + equal_start, None if j is None else j + equal_start) for i, j in between
    )
    pairs += ((len(truth) - rest, len(result) - rest) for rest in range(equal_end, 0, -1))
    return pairs


def _by_measure(groups: Sequence[SymbolGroup]) -> Measures:
    return [
        [group.symbols for group in inside] for _, inside in groupby(groups, key=lambda group: group.measure)
    ]


def _equal_measures(truth: Measures, result: Measures) -> int:
    """The number of equal measures at the start."""
    count = 0
    for one, other in zip(truth, result, strict=False):
        if one != other:
            break
        count += 1
    return count


def _align_measures(truth: Measures, result: Measures) -> list[Pair]:
    wholes, other_wholes = (
        [tuple(symbol for group in measure for symbol in group) for measure in measures]
        for measures in (truth, result)
    )
    partners = np.full(len(truth), -1, np.int64)
    for i, j in _table(wholes, other_wholes).alignment():
        if i is not None and j is not None:
            partners[i] = j
    groups, other_groups = (
        [group for measure in measures for group in measure] for measures in (truth, result)
    )
    return _table(
        groups,
        other_groups,
        np.repeat(partners, [len(measure) for measure in truth]),
        np.repeat(np.arange(len(result)), [len(measure) for measure in result]),
    ).alignment()


def _table(
    truth: Sequence[Symbols],
    result: Sequence[Symbols],
    homes: Integers | None = None,
    other_homes: Integers | None = None,
) -> EditTable:
    """The table of two sequences of groups. Costs are computed once for each pair of different groups."""
    numbers: dict[Symbols, int] = {}
    rows, columns = (
        np.array([numbers.setdefault(symbols, len(numbers)) for symbols in groups], np.int64)
        for groups in (truth, result)
    )
    if homes is None or other_homes is None:
        homes, other_homes = np.zeros_like(rows), np.zeros_like(columns)
    # All pairs with different homes together must cost less than a single symbol.
    scale = len(rows) + 1
    sizes = np.array([len(symbols) for symbols in numbers], np.int64)
    costs = _pair_costs(list(numbers), sizes) * scale
    return EditTable(costs, rows, columns, sizes[rows] * scale, sizes[columns] * scale, homes, other_homes)


def _pair_costs(groups: Sequence[Symbols], sizes: Integers) -> Integers:
    """(n, n) costs of aligning groups: the sum over kinds of the larger count minus the number of equal symbols."""
    costs = sizes[:, None] + sizes[None, :]
    shares_kind = np.zeros(costs.shape, bool)
    by_kind: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for index, symbols in enumerate(groups):
        for kind, value in symbols:
            by_kind[kind][index].append(value)
    for values_of in by_kind.values():
        rows = np.array(list(values_of), np.int64)
        counts = np.array([len(values) for values in values_of.values()], np.int64)
        block = np.ix_(rows, rows)
        costs[block] -= np.minimum(counts[:, None], counts[None, :]) + _equal_symbols(
            list(values_of.values())
        )
        shares_kind[block] = True
    costs[~shares_kind] += 1  # more than deleting one group and inserting the other
    return costs


def _equal_symbols(groups: Sequence[list[str]]) -> Integers:
    """(n, n) numbers of values that groups have in common."""
    # The n-th occurrence of a value in a group is a column of its own, so that a product counts equal values.
    columns: dict[tuple[str, int], int] = {}
    cells = [
        (row, columns.setdefault((value, n), len(columns)))
        for row, values in enumerate(groups)
        for value, count in Counter(values).items()
        for n in range(count)
    ]
    table = np.zeros((len(groups), len(columns)), np.float32)
    table[tuple(np.array(cells).T)] = 1
    equal: Integers = np.rint(table @ table.T).astype(np.int64)
    return equal
