"""Lines and staff lines by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from smashcima.geometry import Point, Vector2
from smashcima.geometry.polygon import signed_area
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.interfaces import LinePen
from smashcima.synthesis.line import PenLineSynthesizer, PenStafflinesSynthesizer
from smashcima.synthesis.pen import LineStrokes, PenWriter, PenWriterDomain
from smashcima.synthesis.pen.writer_domain import WriterChoice
from smashcima.testing import LineSynthesizerContract, StafflinesSynthesizerContract

THIN, THICK, BEAM = LinePen(0.18), LinePen(0.88), LinePen(0.88, "vertical")
STRAIGHT = PenWriter(
    pen_width=0.4,
    pressure=0.0,
    start_taper=0.0,
    end_taper=0.0,
    start_blob=0.0,
    end_blob=0.0,
    habit=0.0,
    tremor=0.0,
    overshoot_jitter=0.0,
    line_wobble=0.0,
    beam_width=0.5,
)


def _lines(choice: WriterChoice, seed: int = 0, rng: np.random.Generator | None = None) -> PenLineSynthesizer:
    rng = rng or np.random.default_rng(seed)
    writers = PenWriterDomain(rng)
    writers.choice = choice
    return PenLineSynthesizer(writers, rng)


class TestNeatLines(LineSynthesizerContract):
    labels = (
        "smufl::stem",
        "smashcima::beam",
        "smashcima::hairpin",
        "smufl::barlineSingle",
        "smashcima::anything",
    )

    def make_synthesizer(self) -> PenLineSynthesizer:
        return _lines("neat", rng=self.streams.generator("lines"))


class TestHastyLines(TestNeatLines):
    def make_synthesizer(self) -> PenLineSynthesizer:
        return _lines("hasty", rng=self.streams.generator("lines"))


class TestMachineRuledStaves(StafflinesSynthesizerContract):
    def make_synthesizer(self) -> PenStafflinesSynthesizer:
        rng = self.streams.generator("staff lines")
        writers = PenWriterDomain(rng)
        writers.choice = PenWriter(rastrum=0.0)
        return PenStafflinesSynthesizer(writers, rng)


class TestHandRuledStaves(StafflinesSynthesizerContract):
    def make_synthesizer(self) -> PenStafflinesSynthesizer:
        rng = self.streams.generator("staff lines")
        writers = PenWriterDomain(rng)
        writers.choice = PenWriter(rastrum=0.1)
        return PenStafflinesSynthesizer(writers, rng)


def test_without_variation_a_line_is_as_wide_as_the_pen() -> None:
    line = _lines(STRAIGHT).create_line("smufl::stem", Vector2(0.0, 10.0), THIN)
    box = line.region.contours.bbox()
    assert box.width == pytest.approx(0.4, rel=0.03)
    # The round ends extend beyond the ends of a stem by a quarter of its width.
    assert box.height == pytest.approx(10.2, rel=0.01)


def test_the_round_ends_of_a_ledger_line_reach_its_ends_and_not_beyond() -> None:
    line = _lines(STRAIGHT).create_line("smashcima::legerLine", Vector2(5.0, 0.0), THIN)
    assert line.region.contours.bbox().width == pytest.approx(5.0, rel=0.02)


def test_stems_are_never_alike() -> None:
    lines = _lines("neat")
    rings = {
        lines.create_line("smufl::stem", Vector2(0.0, 6.0), THIN).region.contours.rings[0].tobytes()
        for _ in range(150)
    }
    assert len(rings) == 150


def test_equal_seeds_draw_alike() -> None:
    def draw(lines: PenLineSynthesizer) -> list[bytes]:
        pens = (
            ("smufl::stem", THIN),
            ("smashcima::beam", BEAM),
            ("smashcima::octaveLine", LinePen(0.2, dashes=(1.0, 1.0))),
        )
        return [
            ring.tobytes()
            for label, pen in pens
            for ring in lines.create_line(label, Vector2(9.0, 1.0), pen).region.contours.rings
        ]

    assert draw(_lines(8, seed=3)) == draw(_lines(8, seed=3))
    assert draw(_lines(8, seed=3)) != draw(_lines(9, seed=3))


def test_a_page_does_not_depend_on_the_one_before() -> None:
    def second(lines: PenLineSynthesizer, before: int) -> bytes:
        for _ in range(before):
            lines.create_line("smufl::stem", Vector2(0.0, 6.0), THIN)
        lines._rng.bit_generator.state = np.random.default_rng(5).bit_generator.state
        lines.begin_page(0)
        return lines.create_line("smufl::stem", Vector2(0.0, 6.0), THIN).region.contours.rings[0].tobytes()

    assert second(_lines("neat"), 3) == second(_lines("neat"), 10)


@pytest.mark.parametrize("seed", range(6))
def test_rings_of_lines_run_one_way(seed: int) -> None:
    lines = _lines(seed)
    for length in (0.0, 0.6, 3.0, 8.0, 25.0, 70.0, 180.0):
        for label, pen in (
            ("smufl::stem", THIN),
            ("smashcima::beam", BEAM),
            ("smashcima::barlineStroke", THICK),
        ):
            line = lines.create_line(label, Vector2(length, 0.2 * length), pen)
            assert all(signed_area(ring) > 0 for ring in line.region.contours.rings)


def test_beams_are_filled_by_several_strokes_that_are_not_parallel() -> None:
    writer = replace(PenWriter.preset("calligraphic"), beam_width=0.8, beam_strokes=3)
    beam = _lines(writer).create_line("smashcima::beam", Vector2(12.0, -1.0), BEAM)
    assert len(beam.region.contours.rings) == 3
    area = beam.region.contours.to_shapely()
    assert area.geom_type == "Polygon"
    assert area.area / 12.0 == pytest.approx(0.8, rel=0.25)


def test_thick_barlines_are_thicker_than_thin_ones() -> None:
    lines = _lines("average")
    thin = (
        lines.create_line("smashcima::barlineStroke", Vector2(0.0, 7.2), THIN)
        .region.contours.to_shapely()
        .area
    )
    thick = (
        lines.create_line("smashcima::barlineStroke", Vector2(0.0, 7.2), THICK)
        .region.contours.to_shapely()
        .area
    )
    assert thick > 1.6 * thin


def test_dashes_leave_gaps_of_different_sizes() -> None:
    pen = LinePen(0.2, dashes=(2.0, 1.5))
    line = _lines("average").create_line("smashcima::octaveLine", Vector2(35.0, 0.0), pen)
    rings = line.region.contours.rings
    assert len(rings) == 10
    assert len({round(float(np.ptp(ring[:, 0])), 3) for ring in rings}) == 10


def test_the_strokes_of_a_hairpin_may_miss_each_other() -> None:
    lines, page = _lines("hasty"), AffineSpace()
    gaps = []
    for _ in range(20):
        hairpin = lines.synthesize_polyline(
            "smashcima::hairpin", page, [Point(20, 0), Point(0, 2), Point(20, 4)], LinePen(0.2)
        )
        upper, lower = hairpin.region.contours.rings
        gaps.append(abs(float(upper[:, 0].min() - lower[:, 0].min())))
    assert max(gaps) > 0.1
    assert max(gaps) < 3.0


def test_kinds_of_lines_have_habits_of_their_own() -> None:
    writer = PenWriter(line_wobble=0.02, habit=2.0)
    rings = []
    for kind in ("stem", "barline"):
        strokes = LineStrokes(writer, kind, sturdiness=1000.0)
        ring = strokes.take(10 + 0j, 0.3, np.random.default_rng(0))
        rings.append(ring)
    assert float(np.abs(rings[0] - rings[1]).max()) > 0.03


def _staff(rastrum: float) -> list[np.ndarray[tuple[int, int], np.dtype[np.float64]]]:
    rng = np.random.default_rng(2)
    writers = PenWriterDomain(rng)
    writers.choice = PenWriter(rastrum=rastrum)
    glyphs = PenStafflinesSynthesizer(writers, rng).create_lines(180.0, [0.0, 1.8, 3.6, 5.4, 7.2], 0.13)
    return [glyph.region.contours.rings[0] for glyph in glyphs]


def test_a_machine_rules_straight_lines() -> None:
    for ring, y in zip(_staff(0.0), (0.0, 1.8, 3.6, 5.4, 7.2), strict=True):
        np.testing.assert_allclose(sorted(ring[:, 1]), [y - 0.065] * 2 + [y + 0.065] * 2)


def test_the_points_of_a_rastrum_wobble_together() -> None:
    rings = _staff(0.15)
    heights = np.array([ring[: len(ring) // 2, 1] for ring in rings])
    deviations = heights - heights.mean(axis=1, keepdims=True)
    assert float(deviations.std()) > 0.04
    correlations: Callable[[int], float] = lambda i: float(np.corrcoef(deviations[0], deviations[i])[0, 1])  # noqa: E731
    assert min(correlations(i) for i in range(1, 5)) > 0.9
