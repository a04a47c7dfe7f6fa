"""The hands that users get, against real writers: distances of placement and of shapes, feature by feature.

Run: `python benchmarks/placement/bench_hands.py [pen|real|printed] [writers] [scores]`. Needs `../shared/data`, and for
`real` the installed bundle of MUSCIMA++. `bench_placement.py` compares the placement alone, with printed symbols.
"""

from __future__ import annotations

import sys

import numpy as np
from bench_placement import THICKNESS, distances, real_halves
from distances import MeasuredPage, Pages, pooled
from features import measure
from samples import SCORES, real_pages, real_shapes
from scenes import graph_pages
from shapes import measure_shapes

from smashcima import BaseHandwrittenModel, EngravedModel
from smashcima.loading import load_score
from smashcima.orchestration import ScoreModel


def model_of(hand: str) -> ScoreModel:
    """The model of a hand, as it ships."""
    if hand == "printed":
        return EngravedModel(seed=1)
    return BaseHandwrittenModel(seed=1, hand="pen" if hand == "pen" else "muscima")


def drawn(hand: str, writers: int, count: int) -> tuple[Pages, Pages]:
    """Placement and shapes of two pages by each writer: the densest and the first page of a score."""
    files = [SCORES / "tutorial" / "lc5003150.musicxml", *sorted((SCORES / "lieder").glob("*.mxl"))][:count]
    model = model_of(hand)
    loaded = [load_score(file) for file in files]
    placement: Pages = []
    shapes: Pages = []
    for number in range(writers):
        piece = number % len(loaded)
        scene = model(loaded[piece], index=number, pages=lambda pages: {0, pages // 2})
        for page in graph_pages(scene, str(number)):
            placement.append(MeasuredPage(str(number), measure(page), str(piece)))
            shapes.append(MeasuredPage(str(number), measure_shapes(page), str(piece)))
    return placement, shapes


def table(ours: Pages, real: Pages) -> str:
    """The features with their medians, spreads and distances, from the largest distance to the smallest."""
    found, halves = distances(ours, real), real_halves(real)
    a, b = pooled(ours), pooled(real)
    lines = [
        f"{'feature':28} {'distance':>8} {'real':>6}   {'median':>7} {'real':>7}   {'spread':>7} {'real':>7}"
    ]
    for name in sorted((n for n in found if n in halves), key=lambda n: halves[n] - found[n]):
        medians = np.median(a[name]), np.median(b[name])
        stds = a[name].std(), b[name].std()
        lines.append(
            f"{name:28} {found[name]:8.2f} {halves[name]:6.2f}   {medians[0]:7.3f} {medians[1]:7.3f}   "
            f"{stds[0]:7.3f} {stds[1]:7.3f}"
        )
    names = [name for name in found if name in halves and name not in THICKNESS]
    ours_mean, real_mean = (float(np.mean([d[name] for name in names])) for d in (found, halves))
    lines.append(f"mean over {len(names)} features: {ours_mean:.3f} (real writers {real_mean:.3f})")
    return "\n".join(lines)


def main() -> None:
    """Prints a table for placement and one for shapes."""
    hand = sys.argv[1] if len(sys.argv) > 1 else "pen"
    writers = int(sys.argv[2]) if len(sys.argv) > 2 else 24
    placement, shapes = drawn(hand, writers, int(sys.argv[3]) if len(sys.argv) > 3 else 12)
    sys.stdout.write(f"{hand}: placement\n{table(placement, real_pages())}\n\n")
    sys.stdout.write(f"{hand}: shapes\n{table(shapes, real_shapes())}\n")


if __name__ == "__main__":
    main()
