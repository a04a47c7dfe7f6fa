"""Lines from real ink."""

from __future__ import annotations

import math

import numpy as np
import pytest

from smashcima.assets.glyphs import DrawnGlyph, GlyphStore
from smashcima.geometry import Point
from smashcima.scene.visual import AffineSpace, LineGlyph
from smashcima.synthesis.interfaces import LinePen, LineSynthesizer
from smashcima.synthesis.line import SampledLineSynthesizer
from smashcima.synthesis.samples import LineBank, OutlineBank, SampledWriterDomain, joins_stems
from smashcima.testing import LineSynthesizerContract

STEM = LinePen(0.19)


def synthesizer(
    store: GlyphStore, writer: str = "anna", seed: int = 5, rng: np.random.Generator | None = None
) -> SampledLineSynthesizer:
    rng = rng or np.random.default_rng(seed)
    writers = SampledWriterDomain(store, rng)
    writers.choice = writer
    return SampledLineSynthesizer(writers, rng)


def drawn(
    maker: SampledLineSynthesizer, label: str, start: Point, end: Point, pen: LinePen = STEM
) -> np.ndarray:
    """Points of the outline of a line on the page."""
    page = AffineSpace()
    line = maker.synthesize_line(label, page, start, end, pen)
    assert isinstance(line, LineGlyph)
    return np.concatenate(line.region.contours_in(page).rings)


class TestContract(LineSynthesizerContract):
    labels = ("smufl::stem", "smashcima::beam", "smashcima::legerLine", "smashcima::tupletBracket")

    @pytest.fixture(autouse=True)
    def _with_store(self, store: GlyphStore) -> None:
        self._store = store

    def make_synthesizer(self) -> LineSynthesizer:
        return synthesizer(self._store, rng=self.streams.generator("lines"))


@pytest.mark.parametrize("writer", ["anna", "bert"])
def test_lines_end_where_they_are_asked_to(store: GlyphStore, writer: str) -> None:
    maker, page = synthesizer(store, writer), AffineSpace()
    for label, start, end in (
        ("smufl::stem", Point(5, 5), Point(5, 11)),
        ("smufl::stem", Point(5, 11), Point(5.4, 5)),
        ("smashcima::beam", Point(5, 5), Point(14, 7)),
        ("smashcima::legerLine", Point(5, 5), Point(9, 5)),
    ):
        for _ in range(20):
            line = maker.synthesize_line(label, page, start, end, STEM)
            assert line.start_point is not None
            assert line.end_point is not None
            assert line.start_point.in_space(page).distance_to(start) <= 0.05
            assert line.end_point.in_space(page).distance_to(end) <= 0.05


def test_ink_reaches_the_ends_and_goes_little_beyond(store: GlyphStore) -> None:
    # Lines of this store have round ends of 4 px radius (0.26 mm) beyond their end points.
    maker = synthesizer(store)
    for width in (4.0, 6.0, 12.0):
        for _ in range(10):
            points = drawn(maker, "smashcima::legerLine", Point(5, 5), Point(5 + width, 5))
            assert -0.35 < points[:, 0].min() - 5 < 0.0
            assert 0.0 < points[:, 0].max() - 5 - width < 0.35


def test_stems_run_a_little_into_the_head_where_they_start(store: GlyphStore) -> None:
    maker = synthesizer(store)
    for tip in (-6.0, 6.0):
        for _ in range(10):
            points = drawn(maker, "smufl::stem", Point(5, 0), Point(5, tip))
            along = points[:, 1] * np.sign(tip)
            assert -0.9 < along.min() < -0.4  # 0.45 mm and the round end
            assert 0.0 < along.max() - 6.0 < 0.35


def test_stretching_keeps_the_thickness(store: GlyphStore) -> None:
    # 9 px of 28 px staff spaces, at 1.8 mm each.
    maker = synthesizer(store)
    for height in (3.0, 6.0, 15.0):
        widths = [
            np.ptp(drawn(maker, "smufl::stem", Point(5, 5), Point(5, 5 + height))[:, 0]) for _ in range(20)
        ]
        assert 0.45 < np.median(widths) < 0.85


def test_beams_keep_upright_ends_when_tilted(store: GlyphStore) -> None:
    maker = synthesizer(store)
    for rise in (-6.0, 0.0, 6.0):
        points = drawn(maker, "smashcima::beam", Point(0, 0), Point(12, rise), LinePen(0.875, "vertical"))
        left, right = points[np.abs(points[:, 0]) < 0.15], points[np.abs(points[:, 0] - 12) < 0.15]
        # The middle of the upright end is the end point.
        assert left[:, 1].mean() == pytest.approx(0.0, abs=0.3)
        assert right[:, 1].mean() == pytest.approx(rise, abs=0.3)
        across = (points[:, 1] - points[:, 0] * rise / 12) * math.cos(math.atan2(rise, 12))
        assert 0.45 < np.ptp(across) < 1.0


def test_writers_differ_in_thickness(store: GlyphStore) -> None:
    thickness = {}
    for writer in ("anna", "bert"):
        maker = synthesizer(store, writer)
        rows = [drawn(maker, "smashcima::legerLine", Point(0, 0), Point(4, 0)) for _ in range(10)]
        thickness[writer] = np.median([np.ptp(points[:, 1]) for points in rows])
    assert 1.5 < thickness["anna"] / thickness["bert"] < 2.5


def test_lines_upwards_are_drawn_as_lines_downwards_are(store: GlyphStore) -> None:
    # What is at the upper end of a sample stays there: both ways give the same ink.
    up = drawn(synthesizer(store), "smufl::barlineSingle", Point(5, 11), Point(5, 5))
    down = drawn(synthesizer(store), "smufl::barlineSingle", Point(5, 5), Point(5, 11))
    assert np.allclose(up, down, atol=1e-9)


def test_hairpins_open_as_far_as_they_should(store: GlyphStore) -> None:
    maker, page = synthesizer(store), AffineSpace()
    pen = LinePen(0.2)
    for corners in (
        [Point(10, 18), Point(30, 20), Point(10, 22)],
        [Point(30, 18), Point(10, 20), Point(30, 22)],
    ):
        glyph = maker.synthesize_polyline("smashcima::hairpin", page, corners, pen)
        points = np.concatenate(glyph.region.contours_in(page).rings)
        mouth = points[np.abs(points[:, 0] - corners[0].x) < 1.0]
        tip = points[np.abs(points[:, 0] - corners[1].x) < 1.0]
        assert np.ptp(mouth[:, 1]) == pytest.approx(4.0, abs=0.9)
        assert np.ptp(tip[:, 1]) < 1.4
        assert np.ptp(points[:, 0]) == pytest.approx(20.0, abs=0.8)
        assert maker.fallback is not maker


def test_a_hairpin_of_one_line_changes_no_other_hairpin(store: GlyphStore) -> None:
    wedge = [Point(10, 18), Point(30, 20), Point(10, 22)]
    drawings = []
    for lines_before in (0, 1):
        maker, page = synthesizer(store), AffineSpace()
        for _ in range(lines_before):  # one side of a hairpin that continues on the next system
            maker.synthesize_line("smashcima::hairpin", page, Point(0, 0), Point(9, 0), STEM)
        maker.begin_page(0)
        maker._rng.bit_generator.state = np.random.default_rng(5).bit_generator.state
        glyph = maker.synthesize_polyline("smashcima::hairpin", page, wedge, STEM)
        drawings.append(np.concatenate(glyph.region.contours_in(page).rings))
    assert np.array_equal(*drawings)


def test_what_the_writer_has_no_lines_for_is_drawn_by_the_pen(store: GlyphStore) -> None:
    maker, page = synthesizer(store), AffineSpace()
    dashed = LinePen(0.2, dashes=(1.0, 1.0))
    line = maker.synthesize_line("smufl::stem", page, Point(0, 0), Point(10, 0), dashed)
    assert len(line.region.contours.rings) == 5
    assert maker.supports_label("smashcima::volta")
    assert not maker.synthesize_line(
        "smashcima::volta", page, Point(0, 0), Point(9, 0)
    ).region.contours.is_empty


def test_crooked_and_torn_lines_are_left_out(store: GlyphStore) -> None:
    bank = LineBank(store, OutlineBank(store))
    stems, lengths = bank.usable(store.of("smufl::stem", "anna"))
    assert len(stems) == 12
    assert lengths[0] == pytest.approx(70 / 28, abs=0.15)
    none, _ = bank.usable(store.of("smufl::noteheadBlack", "anna"))
    assert len(none) == 0


@pytest.mark.parametrize(("gap_px", "joined"), [(0, True), (12, False)])
def test_writers_who_leave_a_gap_between_head_and_stem_are_known(gap_px: int, joined: bool) -> None:
    head = DrawnGlyph(
        "smufl::noteheadBlack", np.full((20, 26), 255, np.uint8), (0, 10), 28.0, "carla", "page"
    )
    stem = np.full((80, 5), 255, np.uint8)
    glyphs = [head]
    for _ in range(5):
        position = (24, -80 + 3 - gap_px)
        start, end = (2.5, 80.0), (2.5, 0.0)
        glyphs.append(
            DrawnGlyph("smufl::stem", stem, start, 28.0, "carla", "page", 0, position, start=start, end=end)
        )
    assert joins_stems(GlyphStore.from_glyphs(glyphs), "carla") is joined
