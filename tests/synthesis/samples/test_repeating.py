"""A sample is the same whatever was drawn before it, by the same synthesizers."""

from __future__ import annotations

import numpy as np

from smashcima.assets.glyphs import GlyphStore
from smashcima.geometry import Point
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.curve import SampledCurveSynthesizer
from smashcima.synthesis.glyph import SampledGlyphSynthesizer
from smashcima.synthesis.interfaces import CurveShape, LinePen
from smashcima.synthesis.line import SampledLineSynthesizer
from smashcima.synthesis.samples import SampledWriterDomain


def test_a_sample_is_repeated_after_others(store: GlyphStore) -> None:
    rng = np.random.default_rng(0)
    writers = SampledWriterDomain(store, rng)
    glyphs, lines, curves = (
        SampledGlyphSynthesizer(writers, rng),
        SampledLineSynthesizer(writers, rng),
        SampledCurveSynthesizer(writers, rng),
    )
    arch = np.array([[(0, 0), (7, -4), (13, -4), (20, 0)]], dtype=np.float64)

    def sample(seed: int) -> list[object]:
        """What models do for each sample, then some of everything."""
        rng.bit_generator.state = np.random.default_rng(seed).bit_generator.state
        writers.pick_style()
        page = AffineSpace()
        drawn = []
        for number in range(5):
            label = ("smufl::noteheadBlack", "smufl::accidentalFlat", "smufl::gClef")[number % 3]
            drawn.append(glyphs.synthesize_glyph_at(label, page, Point(0, 0)))
            drawn.append(lines.synthesize_line("smufl::stem", page, Point(0, 0), Point(0, 5), LinePen(0.19)))
            drawn.append(
                curves.synthesize_curve("smashcima::slur", page, CurveShape(arch, arch[:, ::-1, ::-1], 0.1))
            )
        return [(glyph.region.contours, glyph.paths[0].color) for glyph in drawn]

    first, second, again = sample(1), sample(2), sample(1)
    assert first == again
    assert first != second
