"""Sampled symbols: time of choosing a sample, of a glyph, a line, a curve, and of synthesising a page.

Run: `python benchmarks/bench_sampling.py [--store FILE] [SCORE]`. By default, uses the installed `MuscimaPPGlyphs`
and the bundled example. Budgets: 20 µs for choosing a sample, 60 ms for synthesising a page. The pen is timed in the
same run, so the ratio to it is meaningful on busy machines, too.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs"))
EXAMPLE = ROOT / "assets" / "example" / "example.musicxml"

_COUNT = 400
_REPEATS = 7


def best_us(work: Callable[[], object], count: int) -> float:
    """Minimum time per item of `work`, in µs."""
    times = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times) / count * 1e6


def parts(store_path: Path) -> None:
    """Prints the times of single items."""
    from smashcima.assets.glyphs import GlyphStore
    from smashcima.geometry import Point
    from smashcima.scene.visual import AffineSpace
    from smashcima.synthesis.curve import SampledCurveSynthesizer
    from smashcima.synthesis.glyph import SampledGlyphSynthesizer
    from smashcima.synthesis.interfaces import CurveShape, LinePen
    from smashcima.synthesis.line import SampledLineSynthesizer
    from smashcima.synthesis.samples import (
        LineBank,
        MuscimaPPStyleDomain,
        NearestPicks,
        OutlineBank,
        ShuffledPicks,
        fit_pen_writer,
    )

    start = time.perf_counter()
    store = GlyphStore.open(store_path)
    print(f"{store!r}\nopened in {(time.perf_counter() - start) * 1e3:.1f} ms")
    rng = np.random.default_rng(0)
    writers = MuscimaPPStyleDomain(store, rng)
    writers.choice = writers.writers[0]
    own = store.of("smufl::noteheadBlack", writers.sampled_writer).tolist()
    shuffled = ShuffledPicks(own)
    stems, lengths = LineBank(store, OutlineBank(store)).usable(
        store.of("smufl::stem", writers.sampled_writer)
    )
    nearest = NearestPicks(stems.tolist(), lengths)
    pen, page = LinePen(0.19), AffineSpace()
    glyphs, lines, curves = (
        SampledGlyphSynthesizer(writers, rng),
        SampledLineSynthesizer(writers, rng),
        SampledCurveSynthesizer(writers, rng),
    )
    tall = [Point(0, 6 + number / 100) for number in range(_COUNT)]
    arch = np.array([[(0, 0), (7, -4), (13, -4), (20, 0)]], dtype=np.float64)
    shape = CurveShape(arch, arch[:, ::-1], 0.1)
    head = "smufl::noteheadBlack"
    rows: list[tuple[str, Callable[[], object], str]] = [
        ("choose a symbol", lambda: [shuffled.next(rng) for _ in range(_COUNT)], "20"),
        ("choose a line by length", lambda: [nearest.next(3.3, rng) for _ in range(_COUNT)], "20"),
        (
            "a notehead, placed",
            lambda: [glyphs.synthesize_symbol(head, page, Point(1, 1), 1.8, 1.8) for _ in range(_COUNT)],
            "",
        ),
        (
            "the same by the pen",
            lambda: [
                glyphs.fallback.synthesize_symbol(head, page, Point(1, 1), 1.8, 1.8) for _ in range(_COUNT)
            ],
            "",
        ),
        (
            "a stem, placed",
            lambda: [lines.synthesize_line("smufl::stem", page, Point(0, 0), end, pen) for end in tall],
            "",
        ),
        (
            "the same by the pen",
            lambda: [
                lines.fallback.synthesize_line("smufl::stem", page, Point(0, 0), end, pen) for end in tall
            ],
            "",
        ),
        (
            "a slur, placed",
            lambda: [curves.synthesize_curve("smashcima::slur", page, shape) for _ in range(_COUNT)],
            "",
        ),
        (
            "the same by the pen",
            lambda: [curves.fallback.synthesize_curve("smashcima::slur", page, shape) for _ in range(_COUNT)],
            "",
        ),
        (
            "fit a pen to a writer",
            lambda: [fit_pen_writer(store, name) for name in store.writers[:5]],
            "",
        ),
    ]
    print(f"{'':<28} {'us':>10} {'budget':>8}")
    for name, work, budget in rows:
        print(f"{name:<28} {best_us(work, 5 if name.startswith('fit') else _COUNT):>10.2f} {budget:>8}")


def pages(store_path: Path, score: Path) -> None:
    """Prints the times of whole pages."""
    from make_hand_pictures import StoreModel

    import smashcima as sc
    from smashcima.assets.glyphs import GlyphStore
    from smashcima.engravers.verovio import engrave
    from smashcima.loading import load_score
    from smashcima.scene.visual import AffineSpace

    music = load_score(score).score
    store = GlyphStore.open(store_path)
    models = {
        "pen": sc.BaseHandwrittenModel(seed=1),
        "samples": type("Model", (StoreModel,), {"store": store})(seed=1),
    }
    engraving = engrave(music, models["pen"].layout)
    count = len(engraving.pages)
    print(f"{score.name}: {count} pages; synthesis in ms per page (budget 60)")
    print(f"{'':<10} {'first writer':>13} {'new writer':>12} {'known writer':>13}")
    for name, model in models.items():
        model.writers.choice = store.writers[0] if name == "samples" else 0
        times: list[float] = []
        for turn in range(20):
            if turn and turn <= 6:
                model.writers.choice = store.writers[turn % len(store.writers)] if name == "samples" else turn
            model.styler.pick_style()
            start = time.perf_counter()
            model.notation_synthesizer.synthesize_notation(music, engraving, AffineSpace())
            times.append((time.perf_counter() - start) * 1e3 / count)
        print(f"{name:<10} {times[0]:>13.1f} {min(times[1:7]):>12.1f} {min(times[7:]):>13.1f}")


def main() -> None:
    """Prints everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path)
    parser.add_argument("score", type=Path, nargs="?", default=EXAMPLE)
    given = parser.parse_args()
    path = given.store
    if path is None:
        from smashcima.assets.bundles import AssetRepository
        from smashcima.assets.muscima import MuscimaPPGlyphs

        path = AssetRepository.default().resolve_bundle(MuscimaPPGlyphs, install=False).path
    parts(path)
    pages(path, given.score)


if __name__ == "__main__":
    main()
