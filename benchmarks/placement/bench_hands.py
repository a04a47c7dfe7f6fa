"""The hands that users get, against real writers: distances of placement and of shapes, feature by feature.

Run: `python benchmarks/placement/bench_hands.py [pen|real|printed] [writers] [pieces|songs]`. Needs `../shared/data`, and
for `real` the installed bundle of MUSCIMA++. `bench_placement.py` compares the placement alone, with printed symbols.

`pieces` is the music that the real writers copied, so that only the writing differs; `songs` are twelve Lieder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

import numpy as np
from bench_placement import THICKNESS, distances, real_halves
from distances import MeasuredPage, Pages, pooled
from features import measure
from samples import parted, pieces, real_pages, real_shapes, songs
from scenes import graph_pages
from shapes import measure_shapes

from smashcima import BaseHandwrittenModel, EngravedModel
from smashcima.loading import Loaded
from smashcima.orchestration import ScoreModel

SONGS = 12


def model_of(hand: str) -> ScoreModel:
    """The model of a hand, as it ships."""
    if hand == "printed":
        return EngravedModel(seed=1)
    return BaseHandwrittenModel(seed=1, hand="pen" if hand == "pen" else "muscima")


def drawn(model: ScoreModel, music: list[Loaded], writers: Iterable[int]) -> tuple[Pages, Pages]:
    """Placement and shapes of two pages by each writer: the first and the middle page of a score."""
    placement: Pages = []
    shapes: Pages = []
    for number in writers:
        piece = number % len(music)
        scene = model(music[piece], index=number, pages=lambda pages: {0, pages // 2})
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
    fitted, held = parted(real)
    lines.append(
        f"to the writers of fits {mean_distance(ours, fitted):.3f}, to held-out writers {mean_distance(ours, held):.3f} "
        f"(these real writers to each other {mean_distance(fitted, held):.3f})"
    )
    return "\n".join(lines)


def mean_distance(ours: Pages, real: Pages) -> float:
    """Mean distance over all features except the thickness of lines."""
    return float(np.mean([d for name, d in distances(ours, real).items() if name not in THICKNESS]))


def main() -> None:
    """Prints a table for placement and one for shapes."""
    hand = sys.argv[1] if len(sys.argv) > 1 else "pen"
    writers = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    kind = sys.argv[3] if len(sys.argv) > 3 else "pieces"
    music = pieces() if kind == "pieces" else songs(SONGS)
    placement, shapes = drawn(model_of(hand), music, range(writers))
    sys.stdout.write(f"{hand}: placement\n{table(placement, real_pages())}\n\n")
    sys.stdout.write(f"{hand}: shapes\n{table(shapes, real_shapes())}\n")


if __name__ == "__main__":
    main()
