"""Frequency of unwanted contacts of ink on real pages, and on generated ones with real symbols and with the pen.

Run: `python benchmarks/placement/bench_faults.py [scores] [songs|others|pieces]`. Needs `../shared/data`; real symbols require
an installed MUSCIMA++. `songs` are those on which limits were set, `others` were not looked at; `pieces` is the music that
the real writers copied, so that only the writing differs.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from faults import Faults, faults
from notation_graph import GraphPage
from samples import SCORES, pieces, real_faults
from scenes import graph_pages

import smashcima as sc
from smashcima.loading import Loaded

COLUMNS = (("muscima", "muscima", 1.0), ("pen", "pen", 1.0), ("pen engraved", "pen", 0.0))
"""Title, hand and placement amplitude."""


SEEDS = {"songs": 11, "others": 23, "pieces": 5}


def music(kind: str, count: int) -> list[Path | Loaded]:
    """Some scores of a kind."""
    if kind == "pieces":
        found: list[Path | Loaded] = [*pieces()]
        return [found[number % len(found)] for number in range(count)]
    files = [SCORES / "tutorial" / "lc5003150.musicxml", *sorted((SCORES / "lieder").glob("*.mxl"))]
    first = 2 if kind == "others" else 0
    return [files[(5 * number + first) % len(files)] for number in range(count)]


def ours(hand: str, placement: float, kind: str, count: int) -> Iterator[GraphPage]:
    """Generates the first two pages of scores, each by a different writer."""
    model = sc.BaseHandwrittenModel(hand=hand, placement=placement, seed=SEEDS[kind])  # type: ignore[arg-type]
    for number, score in enumerate(music(kind, count)):
        scene = model(score, index=number, pages=lambda pages: range(min(pages, 2)))
        yield from graph_pages(scene, str(number), with_lyrics=kind != "pieces")


def rates(pages: Iterable[Faults]) -> Faults:
    """Frequency of each fault over all pages."""
    found: Faults = defaultdict(list)
    for page in pages:
        for name, values in page.items():
            found[name] += values
    return found


def main() -> None:
    """Prints the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    kind = sys.argv[2] if len(sys.argv) > 2 else "songs"
    columns = {"real": rates(page.values for page in real_faults())}
    for title, hand, placement in COLUMNS:
        columns[title] = rates(faults(page) for page in ours(hand, placement, kind, count))
    names = dict.fromkeys(name for column in columns.values() for name in column)
    lines = [f"{'% of all (number of all)':48}" + "".join(f"{title:>16}" for title in columns)]
    for name in names:
        line = f"{name:48}"
        for column in columns.values():
            values = column.get(name, [])
            line += f"{100 * np.mean(values):8.1f} ({len(values):5d})" if values else f"{'-':>16}"
        lines.append(line)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
