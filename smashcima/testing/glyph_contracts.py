"""Contracts of synthesizers of single glyphs: symbols, lines, curves, text."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from smashcima.engraving import TextRun
from smashcima.errors import UnsupportedLabelError
from smashcima.geometry import Point, Transform
from smashcima.scene.visual import AffineSpace, Glyph, Label, LineGlyph
from smashcima.synthesis.interfaces import (
    CurveShape,
    CurveSynthesizer,
    GlyphSynthesizer,
    LinePen,
    LineSynthesizer,
    TextSynthesizer,
)
from smashcima.testing.checks import check_glyph, ink_bytes, ink_in
from smashcima.testing.page_start_contract import StartsPagesContract

_UNKNOWN_LABEL = "unknown::label"


class GlyphSynthesizerContract(StartsPagesContract[GlyphSynthesizer]):
    """Requirements of a `GlyphSynthesizer`."""

    labels: ClassVar[Sequence[str]] = ("smufl::noteheadBlack",)
    """Labels that the synthesizer supports."""

    unsupported_label: ClassVar[str | None] = _UNKNOWN_LABEL
    """A label that the synthesizer does not support; `None` if it supports all labels."""

    @abstractmethod
    def make_synthesizer(self) -> GlyphSynthesizer:
        """A new synthesizer."""

    def draw_samples(self, synthesizer: GlyphSynthesizer) -> list[bytes]:
        page = AffineSpace()
        glyphs = [
            synthesizer.synthesize_glyph_at(label, page, Point(10 * turn, 0))
            for turn in range(5)
            for label in self.labels
        ]
        return [ink for glyph in glyphs for ink in ink_bytes(glyph, page)]

    def test_supports_its_labels(self) -> None:
        synthesizer = self.make_synthesizer()
        assert self.labels, "labels must not be empty"
        assert all(synthesizer.supports_label(label) for label in self.labels)

    def test_makes_placed_glyphs_whose_region_is_their_ink(self) -> None:
        synthesizer, page = self.make_synthesizer(), AffineSpace()
        for label in self.labels:
            check_glyph(synthesizer.synthesize_glyph(label, page, Transform.identity()), label, page)

    def test_makes_a_new_glyph_each_time(self) -> None:
        synthesizer, page = self.make_synthesizer(), AffineSpace()
        for label in self.labels:
            first = synthesizer.synthesize_glyph_at(label, page, Point(0, 0))
            second = synthesizer.synthesize_glyph_at(label, page, Point(50, 0))
            assert first is not second
            assert first.space is not second.space
            assert first.region is not second.region

    def test_puts_the_origin_where_it_is_told(self) -> None:
        synthesizer, page = self.make_synthesizer(), AffineSpace()
        label = self.labels[0]
        glyph = synthesizer.synthesize_glyph_at(label, page, Point(30, 40))
        assert page.transform_from(glyph.space).apply_to(Point(0, 0)) == Point(30, 40)

    def test_scales_with_the_staff(self) -> None:
        synthesizer, page = self.make_synthesizer(), AffineSpace()
        small = synthesizer.synthesize_glyph_at(self.labels[0], page, Point(0, 0), staff_space=1.0)
        large = synthesizer.synthesize_glyph_at(self.labels[0], page, Point(0, 0), staff_space=2.0)
        assert large.space.transform.mean_scale == 2 * small.space.transform.mean_scale

    def test_draws_announced_symbols_like_others(self) -> None:
        drawings = []
        for announced in ((), (*self.labels, _UNKNOWN_LABEL, self.labels[0])):
            self.streams.start_page(0)
            synthesizer = self.make_synthesizer()
            synthesizer.prepare_symbols((Label.of(label), 1.8) for label in announced)
            drawings.append(self.draw_samples(synthesizer))
        self._check_equal(drawings, "prepare_symbols changes the ink; it must not draw random numbers")

    def test_tells_placement_how_wide_its_ink_is(self) -> None:
        synthesizer = self.make_synthesizer()
        for label in self.labels:
            reach = synthesizer.ink_reach(label)
            assert reach is None or (len(reach) == 2 and -20 < reach[0] <= reach[1] < 20), (
                f"ink_reach({label!r}) must be None or (left, right) in staff spaces, not {reach}"
            )
            middle = synthesizer.ink_middle(label)
            assert middle is None or abs(middle) < 20, (
                f"ink_middle({label!r}) must be None or a y in staff spaces, not {middle}"
            )
            height = synthesizer.ink_height(label)
            assert height is None or 0 <= height < 40, (
                f"ink_height({label!r}) must be None or a height in staff spaces, not {height}"
            )
            if Label.of(label).name.startswith("notehead"):
                gap = synthesizer.notehead_gap(label)
                assert abs(gap) < 1, f"notehead_gap({label!r}) must be a length in staff spaces, not {gap}"

    def test_refuses_what_it_does_not_support(self) -> None:
        if self.unsupported_label is None:
            return
        synthesizer = self.make_synthesizer()
        assert not synthesizer.supports_label(self.unsupported_label)
        refusal = ""
        try:
            synthesizer.synthesize_glyph(self.unsupported_label, AffineSpace(), Transform.identity())
        except UnsupportedLabelError as error:
            refusal = str(error)
        assert self.unsupported_label in refusal, (
            "an unsupported label must raise UnsupportedLabelError with the label in its message"
        )


class LineSynthesizerContract(StartsPagesContract[LineSynthesizer]):
    """Requirements of a `LineSynthesizer`."""

    labels: ClassVar[Sequence[str]] = ("smufl::stem", "smashcima::beam")
    """Labels that the synthesizer supports."""

    end_tolerance: ClassVar[float] = 1e-6
    """Maximum distance of the ends of a line from the requested points, in mm."""

    @abstractmethod
    def make_synthesizer(self) -> LineSynthesizer:
        """A new synthesizer."""

    def draw_samples(self, synthesizer: LineSynthesizer) -> list[bytes]:
        page = AffineSpace()
        lines = [
            synthesizer.synthesize_line(label, page, Point(0, 0), Point(6, length))
            for length in (0, 7, 9, 12)
            for label in self.labels
        ]
        return [ink for line in lines for ink in ink_bytes(line, page)]

    def test_leads_from_point_to_point(self) -> None:
        synthesizer, page = self.make_synthesizer(), AffineSpace()
        for label in self.labels:
            assert synthesizer.supports_label(label)
            for start, end in (
                (Point(5, 5), Point(5, 12)),
                (Point(5, 5), Point(25, 9)),
                (Point(9, 9), Point(2, 3)),
            ):
                line = synthesizer.synthesize_line(label, page, start, end)
                check_glyph(line, label, page)
                assert isinstance(line, LineGlyph)
                assert line.start_point is not None
                assert line.end_point is not None
                assert line.start_point.in_space(page).distance_to(start) <= self.end_tolerance
                assert line.end_point.in_space(page).distance_to(end) <= self.end_tolerance

    def test_keeps_its_thickness_when_it_is_longer(self) -> None:
        synthesizer, page = self.make_synthesizer(), AffineSpace()
        for label in self.labels:
            short = synthesizer.synthesize_line(label, page, Point(0, 0), Point(10, 0))
            long = synthesizer.synthesize_line(label, page, Point(0, 0), Point(40, 0))
            heights = [line.bbox_in(page).height for line in (short, long)]
            assert heights[1] < 2 * heights[0] + 1.0, (
                f"the thickness of a line must not grow with its length: {heights} mm"
            )

    def test_a_line_of_no_length_does_no_harm(self) -> None:
        synthesizer, page = self.make_synthesizer(), AffineSpace()
        for label in self.labels:
            synthesizer.synthesize_line(label, page, Point(3, 3), Point(3, 3))

    def test_draws_lines_with_corners(self) -> None:
        synthesizer, page = self.make_synthesizer(), AffineSpace()
        corners = [Point(10, 12), Point(10, 10), Point(40, 10), Point(40, 12)]
        line = synthesizer.synthesize_polyline(self.labels[0], page, corners, LinePen(0.3))
        check_glyph(line, self.labels[0], page)
        box = line.bbox_in(page)
        assert abs(box.left - 10) < 1
        assert abs(box.right - 40) < 1


class CurveSynthesizerContract(StartsPagesContract[CurveSynthesizer]):
    """Requirements of a `CurveSynthesizer`."""

    labels: ClassVar[Sequence[str]] = ("smashcima::slur", "smashcima::tie")
    """Labels that the synthesizer supports."""

    distance: ClassVar[float] = 0.5
    """Maximum distance of the curve from the engraved one, in mm."""

    @abstractmethod
    def make_synthesizer(self) -> CurveSynthesizer:
        """A new synthesizer."""

    def draw_samples(self, synthesizer: CurveSynthesizer) -> list[bytes]:
        page = AffineSpace()
        labels = (*self.labels, *self.labels)
        curves = [synthesizer.synthesize_curve(label, page, self._shape()) for label in labels]
        return [ink for curve in curves for ink in ink_bytes(curve, page)]

    def _shape(self) -> CurveShape:
        outer = np.array([[(10, 20), (20, 10), (40, 10), (50, 20)]], dtype=np.float64)
        inner = np.array([[(50, 20), (40, 11), (20, 11), (10, 20)]], dtype=np.float64)
        return CurveShape(outer, inner, 0.09)

    def test_draws_the_curve_near_its_shape(self) -> None:
        synthesizer, page = self.make_synthesizer(), AffineSpace()
        for label in self.labels:
            assert synthesizer.supports_label(label)
            curve = synthesizer.synthesize_curve(label, page, self._shape())
            check_glyph(curve, label, page)
            box = curve.bbox_in(page)
            assert math.hypot(box.left - 10, box.right - 50) <= 2 * self.distance
            assert math.hypot(box.top - 12.5, box.bottom - 20) <= 2 * self.distance

    def test_says_where_it_starts_and_ends(self) -> None:
        page = AffineSpace()
        curve = self.make_synthesizer().synthesize_curve(self.labels[0], page, self._shape())
        assert curve.start_point is not None
        assert curve.end_point is not None
        assert curve.start_point.in_space(page).distance_to(Point(10, 20)) <= self.distance
        assert curve.end_point.in_space(page).distance_to(Point(50, 20)) <= self.distance


class TextSynthesizerContract(StartsPagesContract[TextSynthesizer]):
    """Requirements of a `TextSynthesizer`."""

    labels: ClassVar[Sequence[str]] = ("smashcima::lyric", "smashcima::tempoText")
    """Labels that the synthesizer supports."""

    @abstractmethod
    def make_synthesizer(self) -> TextSynthesizer:
        """A new synthesizer."""

    def draw_samples(self, synthesizer: TextSynthesizer) -> list[bytes]:
        page = AffineSpace()
        runs = [TextRun("Kyrie eleison", 4.0, origin=Point(20, 30))]
        words = [synthesizer.synthesize_text(label, page, runs) for label in (*self.labels, *self.labels)]
        return [ink for word in words for ink in ink_bytes(word, page)]

    def _write(self, label: str, *runs: TextRun) -> tuple[Glyph, AffineSpace]:
        page = AffineSpace()
        synthesizer = self.make_synthesizer()
        assert synthesizer.supports_label(label)
        return synthesizer.synthesize_text(label, page, runs), page

    def test_writes_at_the_origin(self) -> None:
        for label in self.labels:
            glyph, page = self._write(label, TextRun("Kyrie", 4.0, origin=Point(20, 30)))
            check_glyph(glyph, label, page)
            box = glyph.bbox_in(page)
            assert 18 <= box.left <= 22
            assert 25 <= box.top <= 30 <= box.bottom <= 33

    def test_writes_announced_texts_like_others(self) -> None:
        run = TextRun("Kyrie eleison \u266d", 4.0)
        drawings = []
        for announced in ((), (*self.labels, self.labels[0])):
            self.streams.start_page(0)
            synthesizer = self.make_synthesizer()
            synthesizer.prepare_texts((Label.of(label), (run,)) for label in announced)
            drawings.append(self.draw_samples(synthesizer))
        self._check_equal(drawings, "prepare_texts changes the ink; it must not draw random numbers")

    def test_keeps_about_the_width_that_was_reserved(self) -> None:
        glyph, page = self._write(self.labels[0], TextRun("Kyrie", 4.0, origin=Point(0, 0)))
        assert 5 <= glyph.bbox_in(page).width <= 12

    def test_runs_follow_each_other(self) -> None:
        one, page = self._write(self.labels[0], TextRun("Kyrie ", 4.0, origin=Point(0, 0)))
        two, other = self._write(
            self.labels[0],
            TextRun("Kyrie ", 4.0, origin=Point(0, 0)),
            TextRun("eleison", 4.0, italic=True),
        )
        assert two.bbox_in(other).right > one.bbox_in(page).right + 5

    def test_ends_where_it_is_anchored(self) -> None:
        glyph, page = self._write(self.labels[0], TextRun("Amen", 4.0, origin=Point(100, 0), anchor="end"))
        assert 97 <= glyph.bbox_in(page).right <= 101

    def test_no_words_make_no_ink(self) -> None:
        glyph, page = self._write(self.labels[0], TextRun("", 4.0, origin=Point(0, 0)))
        assert ink_in(glyph, page).is_empty
