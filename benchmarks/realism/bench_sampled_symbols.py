"""Similarity to handwriting of sampled symbols of 30 writers, of pens fitted to them, and of their real symbols.

Run: `python benchmarks/realism/bench_sampled_symbols.py [STORE]`; by default, uses the installed `MuscimaPPGlyphs`.
Tests on real symbols of the other writers, which none of the three uses. Requires the same data as `bench_realism.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from bench_realism import TESTED_PER_CLASS, report
from real_masks import read_masks
from samples import draw_samples, real_samples

from smashcima.assets.glyphs import GlyphStore
from smashcima.synthesis.glyph import PenGlyphSynthesizer, SampledGlyphSynthesizer
from smashcima.synthesis.interfaces import GlyphSynthesizer
from smashcima.synthesis.samples import MuscimaPPStyleDomain

TEACHERS = 30
PER_CLASS = 5
SEED = 7


def main() -> None:
    """Prints three balanced accuracies."""
    if len(sys.argv) > 1:
        store = GlyphStore.open(Path(sys.argv[1]))
    else:
        from smashcima.assets.bundles import AssetRepository
        from smashcima.assets.muscima import MuscimaPPGlyphs

        store = AssetRepository.default().resolve_bundle(MuscimaPPGlyphs, install=False).store
    samples = real_samples(read_masks(), TESTED_PER_CLASS)
    known = {f"W-{sample.writer:02d}" for sample in samples}
    writers = np.array([name for name in store.writers if name in known])
    teachers = np.random.default_rng(SEED).permutation(writers)[:TEACHERS].tolist()
    tests = [sample for sample in samples if f"W-{sample.writer:02d}" not in teachers]
    sampled: list[GlyphSynthesizer] = []
    pens: list[GlyphSynthesizer] = []
    for number, name in enumerate(teachers):
        rng = np.random.default_rng(number)
        domain = MuscimaPPStyleDomain(store, rng, only=teachers)
        domain.choice = name
        sampled.append(SampledGlyphSynthesizer(domain, rng))
        pens.append(PenGlyphSynthesizer(domain, rng))
    report(f"sampled symbols of {TEACHERS} writers", draw_samples(sampled, PER_CLASS), tests)
    report("the pens fitted to them", draw_samples(pens, PER_CLASS), tests, details=False)
    own = [sample for sample in samples if f"W-{sample.writer:02d}" in teachers]
    report("their real symbols as they are", own, tests, details=False)


if __name__ == "__main__":
    main()
