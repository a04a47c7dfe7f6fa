"""Correlations between neighbouring objects on a page.

Run: `python benchmarks/placement/page_correlations.py`. Needs `../shared/data`. The mean of its page is subtracted
from each value, which removes differences between writers; errors are from a bootstrap over writers.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import combinations, pairwise

import muscima
import numpy as np
from features import HEADS
from notation_graph import GraphPage, Thing

Pairs = dict[str, list[tuple[float, float]]]
LAGS = (1, 2, 4, 8, 16)


def pairs_of(page: GraphPage) -> Pairs:
    """All pairs of values, without the mean of the page."""
    page.sort()
    found: Pairs = defaultdict(list)
    errors = _centred({head: error for head in page.all(*HEADS) if (error := _error(head)) is not None})
    for stem in page.all("stem"):
        chord = [head for head in stem.owners(*HEADS) if head in errors]
        found["height of two heads of a chord"] += [(errors[a], errors[b]) for a, b in combinations(chord, 2)]
    _chain("height of heads", _by_staff(errors), found, apart=True)
    angles = {}
    for stem in page.all("stem"):
        heads = [head for head in stem.owners(*HEADS) if head.staff is not None]
        if heads and stem.height > 1.5 * heads[0].staff.space:  # type: ignore[union-attr]
            line = stem.upright
            stem.staff = heads[0].staff
            angles[stem] = -float(np.degrees(np.arctan2(line.x1 - line.x0, line.y1 - line.y0)))
    angles = _centred(angles)
    _chain("angle of stems", _by_staff(angles), found)
    for beam in page.all("beam"):
        stems = sorted(
            {s for h in beam.owners(*HEADS) for s in h.of("stem") if s in angles}, key=lambda s: s.x
        )
        found["angle of neighbouring stems under a beam"] += [
            (angles[a], angles[b]) for a, b in pairwise(stems)
        ]
    _beside_heads(page, errors, found)
    return found


def _beside_heads(page: GraphPage, errors: dict[Thing, float], found: Pairs) -> None:
    gaps, rooms, heights, dots, dot_gaps = {}, {}, {}, {}, {}
    for head in page.all(*HEADS):
        staff = head.staff
        if staff is None:
            continue
        for sign in head.of("accidentalSharp", "accidentalFlat", "accidentalNatural"):
            gap = (head.left - sign.right) / staff.space
            before = [t.right for t in staff.things if t.right < sign.left and t.name in HEADS]
            if abs(gap) < 1.5 and before:
                gaps[head] = gap
                rooms[head] = float(np.log(max((sign.left - max(before)) / staff.space, 0.1)))
                heights[head] = (sign.y - head.y) / staff.space
        for dot in head.of("augmentationDot"):
            if abs(dot.y - head.y) < staff.space:
                dots[head] = (dot.y - head.y) / staff.space
                dot_gaps[head] = (dot.left - head.right) / staff.space
    gaps, rooms, heights, dots, dot_gaps = map(_centred, (gaps, rooms, heights, dots, dot_gaps))
    found["gap of an accidental, room before it"] += [(gaps[h], rooms[h]) for h in gaps]
    found["height of an accidental against its head, height of the head"] += [
        (heights[h], errors[h]) for h in heights if h in errors
    ]
    found["height of a dot against its head, height of the head"] += [
        (dots[h], errors[h]) for h in dots if h in errors
    ]
    found["gap of a dot, its height"] += [(dot_gaps[h], dots[h]) for h in dots]
    _chain("gap of accidentals", _by_staff(gaps), found)


def _error(head: Thing) -> float | None:
    if head.staff is None or head.step is None or abs(head.step) > 5:
        return None
    error = head.staff.ss(head.y, head.x) + head.step / 2
    return error if abs(error) < 0.4 else None


def _centred(values: dict[Thing, float]) -> dict[Thing, float]:
    middle = float(np.mean(list(values.values()))) if values else 0.0
    return {thing: value - middle for thing, value in values.items()}


def _by_staff(values: dict[Thing, float]) -> list[list[tuple[float, float]]]:
    """Pairs (x, value) along each staff."""
    lines: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for thing, value in values.items():
        lines[id(thing.staff)].append((thing.x / thing.staff.space, value))  # type: ignore[union-attr]
    return [sorted(line) for line in lines.values()]


def _chain(name: str, lines: list[list[tuple[float, float]]], found: Pairs, apart: bool = False) -> None:
    """Pairs of objects a given number of places apart; `apart` excludes objects of one chord."""
    for line in lines:
        for lag in LAGS:
            found[f"{name}, {lag} apart"] += [
                (a, b)
                for (x, a), (other_x, b) in zip(line, line[lag:], strict=False)
                if not apart or other_x - x > 1.0
            ]


def main() -> None:
    """Prints the table."""
    by_writer: dict[str, dict[str, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    for page in muscima.read_pages(muscima.page_names()):
        for name, pairs in pairs_of(page).items():
            by_writer[name][page.writer] += pairs
    rng = np.random.default_rng(0)
    for name, writers in by_writer.items():
        sums = np.array([_sums(np.array(pairs)) for pairs in writers.values() if len(pairs) > 2])
        draws = [_correlation(sums[rng.integers(len(sums), size=len(sums))]) for _ in range(200)]
        count = sum(map(len, writers.values()))
        sys.stdout.write(f"{name:62} {_correlation(sums):6.2f} +- {np.std(draws):.2f}   {count} pairs\n")


def _sums(pairs: np.ndarray) -> tuple[float, float, float]:  # type: ignore[type-arg]
    low, high = np.quantile(pairs, [0.01, 0.99], axis=0)
    a, b = np.clip(pairs, low, high).T
    return float(a @ b), float(a @ a), float(b @ b)


def _correlation(sums: np.ndarray) -> float:  # type: ignore[type-arg]
    product, first, second = sums.sum(axis=0)
    return float(product / np.sqrt(first * second))


if __name__ == "__main__":
    main()
