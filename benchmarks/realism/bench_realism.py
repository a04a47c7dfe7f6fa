"""Similarity of glyphs to handwriting: a classifier is trained on them and tested on symbols of real writers.

Run: `python benchmarks/realism/bench_realism.py [fonts] [real] [pen] [--writers N]`; needs scikit-learn and the
MUSCIMA++ 2.0 annotations in `../shared/data/muscima`. Target: a balanced accuracy of 0.85 with the pen alone.
To test another source of glyphs: `report(name, draw_samples(synthesizers, per_class), tests)`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

import numpy as np
from classifier import SymbolClassifier
from real_masks import read_masks
from samples import Sample, draw_samples, real_samples
from symbol_classes import CLASSES

from smashcima.assets.fonts import SMUFL_FONT_NAMES
from smashcima.synthesis.glyph import SmuflGlyphSynthesizer

TESTED_PER_CLASS = 200
SHOWN_CONFUSIONS = 14


def score(
    train: Sequence[Sample], tests: Sequence[Sample]
) -> tuple[float, Counter[tuple[str, str]], dict[str, float]]:
    """Balanced accuracy, counts of (truth, guess), and accuracy by class."""
    taught = {sample.name for sample in train}
    tests = [sample for sample in tests if sample.name in taught]  # few writers have symbols of all classes
    truth = np.array([sample.name for sample in tests])
    guess = SymbolClassifier().fit(train).predict(tests)
    pairs = Counter(zip(truth.tolist(), guess.tolist(), strict=True))
    by_class = {
        name: float((guess[truth == name] == name).mean()) for name in CLASSES if (truth == name).any()
    }
    return float(np.mean(list(by_class.values()))), pairs, by_class


def report(source: str, train: Sequence[Sample], tests: Sequence[Sample], details: bool = True) -> float:
    """Trains on a source and prints the results on real symbols; returns the balanced accuracy."""
    accuracy, pairs, by_class = score(train, tests)
    print(f"\n{source}: balanced accuracy {accuracy:.3f} ({len(train)} glyphs, {len(tests)} real ones)")
    if details:
        total = Counter(sample.name for sample in tests)
        worst = sorted(by_class, key=lambda name: by_class[name])
        print("  by class: " + ", ".join(f"{name} {by_class[name]:.2f}" for name in worst))
        wrong = [(n / total[truth], truth, guess, n) for (truth, guess), n in pairs.items() if truth != guess]
        for share, truth, guess, n in sorted(wrong, reverse=True)[:SHOWN_CONFUSIONS]:
            print(f"  {truth:>22} taken for {guess:<22} {n:4} ({share:.0%})")
    return accuracy


def report_fonts(tests: Sequence[Sample]) -> None:
    """Reports printed symbols, with each font as a writer."""
    fonts = [SmuflGlyphSynthesizer(name) for name in SMUFL_FONT_NAMES]
    report("plain fonts", draw_samples(fonts, 2), tests)


def report_real(
    samples: Sequence[Sample], writers_at_once: Sequence[int] = (1, 3, 10), draws: int = 3
) -> None:
    """Reports symbols of the given numbers of real writers, and of all but eight, tested on all others."""
    writers = np.array(sorted({sample.writer for sample in samples}))
    rng = np.random.default_rng(7)
    for count in (*writers_at_once, len(writers) - 8):
        found = []
        for _ in range(draws):
            chosen = set(rng.permutation(writers)[:count].tolist())
            train = [sample for sample in samples if sample.writer in chosen]
            tests = [sample for sample in samples if sample.writer not in chosen]
            found.append(score(train, tests)[0])
        print(f"\n{count} real writers: balanced accuracy {np.mean(found):.3f} (of {draws} draws)")


def report_pen(tests: Sequence[Sample], writers: int, per_class: int = 4) -> None:
    """Reports symbols of random writers of the pen."""
    from smashcima.synthesis.glyph.pen_glyph_synthesizer import PenGlyphSynthesizer
    from smashcima.synthesis.pen import PenWriterDomain

    hands = []
    for seed in range(writers):
        rng = np.random.default_rng(seed)
        domain = PenWriterDomain(rng)
        domain.choice = seed
        hands.append(PenGlyphSynthesizer(domain, rng))
    report(f"pen, {writers} writers", draw_samples(hands, per_class), tests)


def main() -> None:
    """Runs the reports given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="*", default=["fonts", "real", "pen"])
    parser.add_argument("--writers", type=int, default=60)
    arguments = parser.parse_args()
    samples = real_samples(read_masks(), TESTED_PER_CLASS)
    if "fonts" in arguments.sources:
        report_fonts(samples)
    if "real" in arguments.sources:
        report_real(samples)
    if "pen" in arguments.sources:
        report_pen(samples, arguments.writers)


if __name__ == "__main__":
    main()
