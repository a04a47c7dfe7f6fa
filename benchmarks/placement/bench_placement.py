"""Placement against real writers: Wasserstein distances by feature, and spreads within and between writers.

Run: `python benchmarks/placement/bench_placement.py [writers] [scores]`. Needs `../shared/data`.
Every distance is divided by the standard deviation of the real values.
"""

from __future__ import annotations

import sys

import numpy as np
from distances import Pages, pooled, spreads, wasserstein
from samples import Scores, real_pages, seeded

INK = ("head_full_width", "head_full_height", "head_half_width", "head_half_height", "beam_thickness")
THICKNESS = ("stem_thickness", "ledger_thickness", "barline_thickness")
"""Features excluded because line synthesizers determine them."""


def distances(pages: Pages, real: Pages) -> dict[str, float]:
    """Wasserstein distances by feature."""
    ours, theirs = pooled(pages), pooled(real)
    return {
        name: wasserstein(ours[name], theirs[name]) / theirs[name].std() for name in theirs if name in ours
    }


def real_halves(real: Pages) -> dict[str, float]:
    """Distances between two halves of the real writers, averaged over several random divisions."""
    rng = np.random.default_rng(0)
    writers = sorted({page.writer for page in real})
    found: dict[str, list[float]] = {}
    for _ in range(6):
        first = set(rng.permutation(writers)[: len(writers) // 2].tolist())
        a, b = [p for p in real if p.writer in first], [p for p in real if p.writer not in first]
        for name, distance in distances(a, b).items():
            found.setdefault(name, []).append(distance)
    return {name: float(np.mean(values)) for name, values in found.items()}


def main() -> None:
    """Prints the table."""
    writers = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    scores = Scores(int(sys.argv[2]) if len(sys.argv) > 2 else 16)
    real = real_pages()
    written, engraved = scores.written(seeded(writers)), scores.engraved()
    ours, plain, halves = distances(written, real), distances(engraved, real), real_halves(real)
    our_spreads, real_spreads = spreads(written), spreads(real)
    lines = [f"{'feature':26} {'engraved':>8} {'ours':>6} {'real':>6}   within o/r       between o/r"]
    names = sorted(name for name in ours if name in plain and name in halves)
    for name in names:
        line = f"{name:26} {plain[name]:8.2f} {ours[name]:6.2f} {halves[name]:6.2f}"
        a, b = our_spreads.get(name), real_spreads.get(name)
        if a is not None and b is not None:
            line += f"   {a.within:6.3f} {b.within:6.3f}   {a.between:6.3f} {b.between:6.3f}"
            line += f"   mean {a.mean:7.3f} {b.mean:7.3f}"
        lines.append(line)
    lines.append("")
    for title, chosen in (
        ("all", names),
        ("without thickness of lines", [n for n in names if n not in THICKNESS]),
    ):
        average = [float(np.mean([d[name] for name in chosen])) for d in (plain, ours, halves)]
        lines.append(
            f"average over {len(chosen)} features ({title}): "
            f"engraved {average[0]:.2f}, ours {average[1]:.2f}, real writers {average[2]:.2f}"
        )
    both = [n for n in names if n in our_spreads and n in real_spreads]
    for kind in ("within", "between"):
        ratios = [
            getattr(our_spreads[n], kind) / max(getattr(real_spreads[n], kind), 1e-3)
            for n in both
            if n not in THICKNESS
        ]
        lines.append(f"spread {kind} writers, ours to real: median ratio {np.median(ratios):.2f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
