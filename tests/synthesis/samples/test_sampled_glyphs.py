"""Symbols from real ink."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from smashcima.assets.glyphs import GlyphStore
from smashcima.errors import SettingsError, UnsupportedLabelError
from smashcima.geometry import Contours, Point
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.glyph import PenGlyphSynthesizer, SampledGlyphSynthesizer
from smashcima.synthesis.interfaces import GlyphSynthesizer
from smashcima.synthesis.samples import NO_VARIATION, SampledWriterDomain
from smashcima.testing import GlyphSynthesizerContract


def synthesizer(
    store: GlyphStore,
    writer: str = "anna",
    seed: int = 5,
    rng: np.random.Generator | None = None,
    **options: Any,
) -> SampledGlyphSynthesizer:
    rng = rng or np.random.default_rng(seed)
    writers = SampledWriterDomain(store, rng)
    writers.choice = writer
    return SampledGlyphSynthesizer(writers, rng, **options)


def outlines(maker: SampledGlyphSynthesizer, label: str, count: int) -> list[Contours]:
    return [maker.create_glyph(label).region.contours for _ in range(count)]


class TestContract(GlyphSynthesizerContract):
    # The last one is the pen's.
    labels = ("smufl::noteheadBlack", "smufl::accidentalFlat", "smufl::articAccentBelow", "smufl::gClef")

    @pytest.fixture(autouse=True)
    def _with_store(self, store: GlyphStore) -> None:
        self._store = store

    def make_synthesizer(self) -> GlyphSynthesizer:
        return synthesizer(self._store, rng=self.streams.generator("glyphs"))


def test_only_the_writer_s_own_symbols_are_used(store: GlyphStore) -> None:
    # Anna's heads are 38 to 44 px wide, Bert's 30 to 36, at 28 px a staff space; areas lie between those of ellipses.
    for writer, low, high in (("anna", 1.0, 1.35), ("bert", 0.6, 0.85)):
        maker = synthesizer(store, writer, variation=NO_VARIATION)
        areas = [outline.area for outline in outlines(maker, "smufl::noteheadBlack", 60)]
        assert low < min(areas)
        assert max(areas) < high
        assert maker.borrowed == {}


def test_another_writer_of_the_next_sample_brings_other_symbols(store: GlyphStore) -> None:
    rng = np.random.default_rng(2)
    writers = SampledWriterDomain(store, rng)
    maker = SampledGlyphSynthesizer(writers, rng, variation=NO_VARIATION)
    for _ in range(6):
        writers.pick_style()
        area = maker.create_glyph("smufl::noteheadBlack").region.contours.area
        assert (area > 0.95) == (writers.sampled_writer == "anna")


def test_the_same_seed_draws_the_same(store: GlyphStore) -> None:
    first, second = (outlines(synthesizer(store), "smufl::noteheadBlack", 20) for _ in range(2))
    assert first == second
    assert first != outlines(synthesizer(store, seed=6), "smufl::noteheadBlack", 20)


def test_no_two_are_alike_though_samples_are_few(store: GlyphStore) -> None:
    drawn = outlines(synthesizer(store), "smufl::articAccentAbove", 12)
    boxes = [outline.bbox() for outline in drawn]
    assert len({round(box.width, 6) for box in boxes}) == 12
    widths = np.array([box.width for box in boxes])
    assert 0.01 < widths.std() / widths.mean() < 0.12


def test_noteheads_stay_on_their_line_and_in_their_place(store: GlyphStore) -> None:
    for outline in outlines(synthesizer(store), "smufl::noteheadBlack", 40):
        box = outline.bbox()
        assert abs(box.center.y) < 0.06
        assert box.center.x == pytest.approx(0.59, abs=0.06)  # the middle between the stems of Bravura's head


def test_heads_are_nearly_as_wide_as_stems_expect(store: GlyphStore) -> None:
    # Samples are 38, 40, 42 and 44 px wide; less than half of the difference is left.
    maker = synthesizer(store, variation=NO_VARIATION)
    widths = [outline.bbox().width for outline in outlines(maker, "smufl::noteheadBlack", 60)]
    assert max(widths) / min(widths) < (44 / 37) ** 0.5
    reach = 1.18 - 2 * maker.notehead_gap(
        "smufl::noteheadBlack"
    )  # Bravura's heads are 1.18 wide from stem to stem
    assert min(widths) - 0.02 < reach < np.median(widths)


def test_flags_keep_the_origin_at_the_stem(store: GlyphStore) -> None:
    # The flag starts at its origin, and is turned upside down for stems that go down.
    maker = synthesizer(store)
    for label, down in (("smufl::flag8thUp", 1), ("smufl::flag8thDown", -1)):
        for outline in outlines(maker, label, 10):
            points = np.concatenate(outline.rings) * (1, down)
            assert np.abs(points).sum(axis=1).min() < 0.35
            assert points[:, 1].min() > -0.4
            assert 1.9 < points[:, 1].max() < 2.7


def test_missing_labels_are_written_by_the_pen_of_that_writer(store: GlyphStore) -> None:
    maker = synthesizer(store)
    assert maker.supports_label("smufl::timeSig4")
    glyph = maker.synthesize_glyph_at("smufl::timeSig4", AffineSpace(), Point(0, 0))
    assert not glyph.region.contours.is_empty
    assert maker.borrowed == {"smufl::timeSig4": "pen"}
    assert isinstance(maker.fallback, PenGlyphSynthesizer)
    assert maker.staff_space_of("smufl::timeSig4") == 1.8
    assert maker.staff_space_of("smufl::noteheadBlack") == 1.0


def test_other_writers_lend_only_when_told_to(store: GlyphStore) -> None:
    maker = synthesizer(store, borrow="other-writers")
    maker.create_glyph("smufl::timeSig2")
    maker.create_glyph("smufl::timeSig4")
    assert maker.borrowed == {"smufl::timeSig2": "bert", "smufl::timeSig4": "pen"}


def test_excluded_writers_lend_nothing(store: GlyphStore) -> None:
    rng = np.random.default_rng(0)
    writers = SampledWriterDomain(store, rng, exclude=["bert"])
    maker = SampledGlyphSynthesizer(writers, rng, borrow="other-writers")
    maker.create_glyph("smufl::timeSig2")
    assert maker.borrowed == {"smufl::timeSig2": "pen"}


def test_nothing_is_lent_if_that_is_an_error(store: GlyphStore) -> None:
    maker = synthesizer(store, borrow="error")
    assert maker.supports_label("smufl::noteheadBlack")
    assert not maker.supports_label("smufl::timeSig2")
    with pytest.raises(UnsupportedLabelError, match="writer anna has no 'smufl::timeSig2'"):
        maker.synthesize_glyph_at("smufl::timeSig2", AffineSpace(), Point(0, 0))


def test_an_unknown_way_of_borrowing_is_refused(store: GlyphStore) -> None:
    with pytest.raises(SettingsError, match="'other-writers'"):
        synthesizer(store, borrow="steal")


def test_dynamics_are_put_together_from_letters(store: GlyphStore) -> None:
    maker = synthesizer(store, "bert", variation=NO_VARIATION)
    single = maker.create_glyph("smufl::dynamicForte").region.contours.bbox()
    double = maker.create_glyph("smufl::dynamicFF").region.contours.bbox()
    assert double.width == pytest.approx(2 * single.width - 0.12, abs=0.02)
    assert double.height == pytest.approx(single.height, abs=0.02)
    assert maker.borrowed == {}


def test_digits_of_tuplets_get_the_size_of_tuplets(store: GlyphStore) -> None:
    maker = synthesizer(store, "bert", variation=NO_VARIATION)
    large = maker.create_glyph("smufl::timeSig2").region.contours.bbox()
    small = maker.create_glyph("smufl::tuplet2").region.contours.bbox()
    assert 0.6 < small.height / large.height < 0.9


def test_small_symbols_are_written_with_nearly_the_same_pen(store: GlyphStore) -> None:
    maker = synthesizer(store, variation=NO_VARIATION)
    page = AffineSpace()
    areas = {}
    for size in (1.8, 1.1):
        glyph = maker.synthesize_symbol("smufl::articAccentAbove", page, Point(0, 0), size, size)
        areas[size] = glyph.region.contours_in(page).area
    # Ink scaled down as it is would have (1.1 / 1.8)^2 = 0.37 of the area.
    assert areas[1.1] / areas[1.8] > 0.42


def test_grace_notes_get_heads_that_were_written_small(store: GlyphStore) -> None:
    # Bert's small heads are 20 px wide: 1.29 mm on a staff of 1.8 mm, however small the symbol is meant to be.
    maker, page = synthesizer(store, "bert", variation=NO_VARIATION), AffineSpace()
    for size in (1.1, 1.3):
        glyph = maker.synthesize_symbol("smufl::noteheadBlack", page, Point(0, 0), size, size)
        assert glyph.bbox_in(page).width == pytest.approx(20 / 28 * 1.8, abs=0.12)
    anna = synthesizer(store, variation=NO_VARIATION)  # has none, so hers are scaled
    large, small = (
        anna.synthesize_symbol("smufl::noteheadBlack", page, Point(0, 0), size, size).bbox_in(page).width
        for size in (1.8, 1.1)
    )
    assert small / large == pytest.approx(1.1 / 1.8, rel=0.1)


def test_asking_for_support_changes_nothing(store: GlyphStore) -> None:
    asked, silent = (synthesizer(store, borrow="other-writers") for _ in range(2))
    for label in ("smufl::noteheadBlack", "smufl::timeSig2", "smufl::gClef", "unknown::label"):
        asked.supports_label(label)
    asked.notehead_gap("smufl::noteheadBlack")
    assert outlines(asked, "smufl::noteheadBlack", 5) == outlines(silent, "smufl::noteheadBlack", 5)
