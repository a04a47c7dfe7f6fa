"""Slurs, ties and braces from real ink."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.assets.glyphs import GlyphStore
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.curve import SampledCurveSynthesizer
from smashcima.synthesis.interfaces import CurveShape, CurveSynthesizer
from smashcima.synthesis.samples import CurveBank, OutlineBank, SampledWriterDomain
from smashcima.testing import CurveSynthesizerContract


def synthesizer(
    store: GlyphStore, writer: str = "anna", seed: int = 5, rng: np.random.Generator | None = None
) -> SampledCurveSynthesizer:
    rng = rng or np.random.default_rng(seed)
    writers = SampledWriterDomain(store, rng)
    writers.choice = writer
    return SampledCurveSynthesizer(writers, rng)


def bow(width: float, height: float, dashes: tuple[float, ...] = ()) -> CurveShape:
    """A curve over or (negative height) under its ends."""
    high = -4 / 3 * height
    outer = np.array([[(0, 0), (width / 3, high), (2 * width / 3, high), (width, 0)]], dtype=np.float64)
    inner = np.array([[(width, 0), (2 * width / 3, high), (width / 3, high), (0, 0)]], dtype=np.float64)
    return CurveShape(outer, inner, 0.1, dashes)


def points_of(maker: SampledCurveSynthesizer, label: str, shape: CurveShape) -> np.ndarray:
    page = AffineSpace()
    curve = maker.synthesize_curve(label, page, shape)
    return np.concatenate(curve.region.contours_in(page).rings)


class TestContract(CurveSynthesizerContract):
    labels = ("smashcima::slur", "smashcima::tie", "smufl::brace")

    @pytest.fixture(autouse=True)
    def _with_store(self, store: GlyphStore) -> None:
        self._store = store

    def make_synthesizer(self) -> CurveSynthesizer:
        return synthesizer(self._store, rng=self.streams.generator("curves"))


def test_the_stroke_has_the_thickness_of_the_writer_s(store: GlyphStore) -> None:
    # 8 (really 9) and 4 (5) px at 28 px a staff space of 1.8 mm: 0.58 and 0.32 mm.
    for writer, low, high in (("anna", 0.45, 0.65), ("bert", 0.22, 0.38)):
        maker = synthesizer(store, writer)
        widths = []
        for _ in range(10):
            page = AffineSpace()
            curve = maker.synthesize_curve("smashcima::slur", page, bow(20, 3))
            widths.append(curve.region.contours.area / 21.2)  # the length of that bow
        assert low < np.median(widths) < high


def test_it_follows_the_shape_above_and_below(store: GlyphStore) -> None:
    maker = synthesizer(store)
    for height in (3.0, -3.0):
        for _ in range(10):
            points = points_of(maker, "smashcima::slur", bow(20, height))
            middle = points[np.abs(points[:, 0] - 10) < 2]
            assert middle[:, 1].mean() == pytest.approx(-height, abs=1.0)


def test_no_two_are_alike(store: GlyphStore) -> None:
    maker = synthesizer(store)
    heights = {
        round(float(points_of(maker, "smashcima::tie", bow(9, 1.2))[:, 1].min()), 6) for _ in range(12)
    }
    assert len(heights) == 12


def test_the_same_seed_draws_the_same(store: GlyphStore) -> None:
    first, second = (points_of(synthesizer(store), "smashcima::slur", bow(20, 3)) for _ in range(2))
    assert np.array_equal(first, second)


def test_dashed_curves_and_very_long_ones_are_drawn_by_the_pen(store: GlyphStore) -> None:
    maker, page = synthesizer(store), AffineSpace()
    dashed = maker.synthesize_curve("smashcima::slur", page, bow(20, 3, (1.0, 1.0)))
    assert len(dashed.region.contours.rings) > 5
    long = maker.synthesize_curve("smashcima::slur", page, bow(180, 9))
    assert long.bbox_in(page).width == pytest.approx(180, abs=2)


def test_sampled_slurs_are_understood(store: GlyphStore) -> None:
    bank = CurveBank(store, OutlineBank(store))
    curves = [bank.curve(index) for index in store.of("smashcima::slur", "anna").tolist()]
    assert all(curve is not None for curve in curves)
    shortest = min((curve for curve in curves if curve is not None), key=lambda curve: curve.length)
    # The shortest is 100 px long and 15 px high, at 28 px a staff space.
    assert shortest.length == pytest.approx(100 / 28, abs=0.2)
    assert shortest.bow == pytest.approx(0.15, abs=0.04)
    assert np.median(shortest.halves) * 2 == pytest.approx(9 / 28, abs=0.06)
    assert np.abs(shortest.bends).sum() < 0.03
    assert all(bank.curve(index) is None for index in store.of("smufl::noteheadBlack", "anna").tolist())
