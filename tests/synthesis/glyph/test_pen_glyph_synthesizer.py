"""Symbols by hand: that there are all, that no two are alike, that they are where they belong."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from smashcima.assets.fonts import SMUFL_FONT_NAMES, SmuflFont
from smashcima.geometry import Contours, Point
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.glyph.pen_glyph_synthesizer import PenGlyphSynthesizer
from smashcima.synthesis.glyph.skeletons import forms_of
from smashcima.synthesis.pen import PenWriter, PenWriterDomain
from smashcima.testing import GlyphSynthesizerContract

STILL = (
    "pressure",
    "slant_jitter",
    "aspect_jitter",
    "size_jitter",
    "rotation_jitter",
    "habit",
    "wobble",
    "joining",
    "tremor",
    "overshoot_jitter",
    "start_taper",
    "end_taper",
    "start_blob",
    "end_blob",
)
"""Parameters of the variation between renderings."""


def hand(
    writer: PenWriter | str | int = "average", seed: int = 1, rng: np.random.Generator | None = None
) -> PenGlyphSynthesizer:
    rng = rng or np.random.default_rng(seed)
    writers = PenWriterDomain(rng)
    writers.choice = writer
    return PenGlyphSynthesizer(writers, rng)


def ink(synthesizer: PenGlyphSynthesizer, name: str) -> Contours:
    """In mm around the origin."""
    glyph = synthesizer.create_glyph(f"smufl::{name}")
    return glyph.region.contours_in(glyph.space)


class TestPenGlyphs(GlyphSynthesizerContract):
    labels = (
        "smufl::noteheadBlack",
        "smufl::restQuarter",
        "smufl::gClef",
        "smufl::accidentalQuarterToneSharpStein",
        "smufl::dynamicMF",
    )

    def make_synthesizer(self) -> PenGlyphSynthesizer:
        return hand(rng=self.streams.generator("glyphs"))


def test_every_symbol_of_every_font_is_supported() -> None:
    synthesizer = hand()
    for font in SMUFL_FONT_NAMES[:3]:
        assert all(
            synthesizer.supports_label(f"smufl::{name}") for name in SmuflFont.load("Bravura").names
        ), font
    assert not synthesizer.supports_label("smufl::noSuchSymbol")
    assert not synthesizer.supports_label("smashcima::staffLine")


@pytest.mark.slow
def test_everything_that_fonts_have_leaves_ink() -> None:
    synthesizer = hand()
    empty, drawn = [], 0
    for name in sorted(frozenset().union(*(SmuflFont.load(font).names for font in SMUFL_FONT_NAMES))):
        printed = SmuflFont.load("Petaluma").glyph(name).outline
        assert synthesizer.supports_label(f"smufl::{name}")
        if not printed.is_empty:
            drawn += 1
            if ink(synthesizer, name).is_empty:
                empty.append(name)
    assert drawn > 800
    assert empty == []


@pytest.mark.parametrize(
    "name",
    [
        "accidentalThreeQuarterTonesSharpStein",
        "noteheadSlashedBlack1",
        "braceLarge",
        "pictBeaterFist",
        "daCapo",
    ],
)
def test_symbols_without_skeletons_keep_the_place_and_size_of_the_printed_one(name: str) -> None:
    assert forms_of(name) is None
    printed = SmuflFont.load("Petaluma").glyph(name).outline.bbox()
    drawn = ink(hand("neat"), name).bbox()
    slack = 0.35 + 0.15 * max(printed.width, printed.height)
    for edge in ("left", "top", "right", "bottom"):
        assert getattr(drawn, edge) / 1.8 == pytest.approx(getattr(printed, edge), abs=slack), edge


@pytest.mark.parametrize("name", ["noteheadBlack", "restQuarter", "accidentalSori", "braceLarge"])
def test_no_two_renderings_are_alike(name: str) -> None:
    synthesizer = hand()
    assert len({ink(synthesizer, name) for _ in range(20)}) == 20


def test_the_same_generator_writes_the_same() -> None:
    names = ["noteheadBlack", "restQuarter", "noteheadBlack", "braceLarge", "gClef", "noteheadBlack"]
    one, other, another = hand(seed=3), hand(seed=3), hand(seed=4)
    first = [ink(one, name) for name in names]
    assert first == [ink(other, name) for name in names]
    assert first != [ink(another, name) for name in names]


def test_writers_keep_to_their_forms() -> None:
    rests = forms_of("restQuarter")
    assert rests is not None
    chosen = set()
    for seed in range(40):
        writer = PenWriter.from_seed(seed)
        form = writer.allograph(rests.family, rests.forms)
        assert form == writer.allograph(rests.family, rests.forms)
        chosen.add(form.name)
    assert len(chosen) >= 8


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["noteheadBlack", "noteheadHalf"])
def test_stems_find_noteheads_on_either_side(seed: int, name: str) -> None:
    synthesizer = hand(seed)
    middles = [ink(synthesizer, name).bbox().center.x / 1.8 for _ in range(30)]
    assert np.mean(middles) == pytest.approx(0.59, abs=0.05)
    assert -0.3 < synthesizer.notehead_gap(f"smufl::{name}") < 0.42


def test_the_middle_of_digits_is_where_the_engraver_has_it() -> None:
    printed = SmuflFont.load("Bravura").glyph("timeSig8").outline.bbox().center.x
    synthesizer = hand("neat")
    middles = [ink(synthesizer, "timeSig8").bbox().center.x / 1.8 for _ in range(30)]
    assert np.mean(middles) == pytest.approx(printed, abs=0.06)


def test_small_symbols_are_written_with_nearly_the_same_pen() -> None:
    synthesizer, page = hand(PenWriter(name="steady", habit=0.0)), AffineSpace()
    label = "smufl::articTenutoAbove"  # a stroke as high as the pen is wide

    def size(staff_space: float) -> tuple[float, float]:
        boxes = [
            synthesizer.synthesize_glyph_at(label, page, Point(0, 0), staff_space).bbox_in(page)
            for _ in range(40)
        ]
        return float(np.mean([box.width for box in boxes])), float(np.mean([box.height for box in boxes]))

    (width, height), (small_width, small_height) = size(1.8), size(0.9)
    assert small_width / width == pytest.approx(0.55, abs=0.06)
    assert 0.65 < small_height / height < 0.95


def test_another_writer_of_the_next_sample_does_not_get_old_ink() -> None:
    rng = np.random.default_rng(5)
    writers = PenWriterDomain(rng)
    synthesizer = PenGlyphSynthesizer(writers, rng)
    colors = set()
    for _ in range(12):
        writers.pick_style()
        glyph = synthesizer.create_glyph("smufl::noteheadBlack")
        colors.add(glyph.paths[0].color[:3])
        writer = writers.writer
        assert glyph.paths[0].color[:3] == (writer.ink_blue, writer.ink_green, writer.ink_red)
    assert len(colors) > 6


@pytest.mark.parametrize("name", ["metNoteQuarterUp", "metNoteHalfUp", "metNote8thUp", "note16thUp"])
def test_notes_with_stems_have_their_heads_at_the_origin(name: str) -> None:
    # A head reaches 0.9 mm, half a staff space, from its middle, and a stem at least 3 mm.
    for seed in range(3):
        box = ink(hand(seed, seed=seed), name).bbox()
        assert box.bottom < 2
        assert box.top < -3


def shapes(name: str, second_forms: float, count: int = 60) -> list[int]:
    """How often a writer whose renderings do not vary uses each form, the most frequent one first."""
    still = replace(
        PenWriter(seed=4),
        second_forms=second_forms,
        **dict.fromkeys(STILL, 0.0),
    )
    synthesizer = hand(still)
    widths = Counter(round(ink(synthesizer, name).bbox().width, 3) for _ in range(count))
    return sorted(widths.values(), reverse=True)


def test_a_writer_mixes_two_forms_in_the_given_share() -> None:
    usual, second = shapes("restQuarter", 0.25)
    assert 0.1 * 60 <= second <= 0.4 * 60
    assert usual + second == 60


def test_a_writer_without_second_forms_always_writes_one() -> None:
    assert shapes("restQuarter", 0.0) == [60]


def test_clefs_have_one_form() -> None:
    assert shapes("gClef", 0.5) == [60]


def test_noteheads_of_large_writers_are_less_tall_than_their_other_symbols() -> None:
    def heights(size: float) -> tuple[float, float]:
        writer = replace(PenWriter(seed=4), size=size, **dict.fromkeys(STILL, 0.0))
        half, flat = (
            hand(writer).ink_height(f"smufl::{name}") for name in ("noteheadHalf", "accidentalFlat")
        )
        assert half is not None
        assert flat is not None
        return half, flat

    (half, flat), (large_half, large_flat) = heights(1.0), heights(1.25)
    assert large_flat / flat == pytest.approx(1.23, abs=0.02)  # the pen does not grow
    assert large_half / half == pytest.approx(1.07, abs=0.03)  # 1.25 * exp(-0.16): two steps are taken back


def test_wide_writers_write_noteheads_of_the_usual_height() -> None:
    def head(aspect: float) -> Contours:
        return ink(
            hand(replace(PenWriter(seed=4), aspect=aspect, **dict.fromkeys(STILL, 0.0))), "noteheadHalf"
        )

    usual, wide = head(1.0).bbox(), head(1.3).bbox()
    assert wide.width > 1.1 * usual.width
    assert wide.height > 0.92 * usual.height
