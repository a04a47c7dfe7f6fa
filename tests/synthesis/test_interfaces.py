"""What the public methods of the interfaces check, and where they put what hooks make."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.errors import GeometryError, SceneGraphError, SettingsError, UnsupportedLabelError
from smashcima.geometry import Contours, Point, Rectangle, Transform, Vector2
from smashcima.scene.visual import AffineSpace, Glyph, Label, LineGlyph, ScenePoint, SmuflLabels, Sprite
from smashcima.scene.visual.labels import LabelLike
from smashcima.synthesis.glyph import FallbackGlyphSynthesizer, SmuflGlyphSynthesizer
from smashcima.synthesis.interfaces import (
    CurveShape,
    GlyphSynthesizer,
    LinePen,
    LineSynthesizer,
    StyleDomain,
    dash_polyline,
)
from smashcima.synthesis.line import PrintedLineSynthesizer
from smashcima.synthesis.style import Styler


class Squares(GlyphSynthesizer):
    """Draws every symbol as a sprite of one square millimetre."""

    def supports_label(self, label: LabelLike) -> bool:
        return Label.of(label).name.startswith("notehead")

    def create_glyph(self, label: str) -> Glyph:
        space = AffineSpace()
        sprites = [Sprite(space, np.full((10, 10, 4), 255, dtype=np.uint8), dpi=254)]
        return Glyph(space, Glyph.build_region_from_sprites_alpha_channel(label, sprites), sprites)


class Bars(LineSynthesizer):
    """Knows only horizontal bars, 10 mm long and 1 mm thick."""

    def supports_label(self, label: object) -> bool:
        return True

    def create_glyph(self, label: str, delta: Vector2) -> LineGlyph:
        space = AffineSpace()
        bar = Contours.from_rectangle(Rectangle(0, -0.5, 10, 1))
        start, end = ScenePoint(space, Point(0, 0)), ScenePoint(space, Point(10, 0))
        return LineGlyph.from_contours_between(label, bar, start, end)


def test_labels_are_text_or_enum_members() -> None:
    page = AffineSpace()
    for label in (SmuflLabels.noteheadBlack, "smufl::noteheadBlack"):
        glyph = Squares().synthesize_glyph(label, page, Transform.identity())
        assert glyph.region.label == "smufl::noteheadBlack"
        assert type(glyph.region.label) is Label


def test_glyphs_in_mm_keep_their_size_on_a_usual_staff() -> None:
    glyph = Squares().synthesize_glyph_at("smufl::noteheadBlack", AffineSpace(), Point(5, 5))
    page = glyph.space.root
    assert glyph.bbox_in(page).width == pytest.approx(1)
    assert glyph.bbox_in(page).center.x == pytest.approx(5)


def test_glyphs_of_a_font_follow_the_staff() -> None:
    page = AffineSpace()
    fonts = SmuflGlyphSynthesizer("Bravura")
    glyph = fonts.synthesize_glyph_at("smufl::noteheadBlack", page, Point(0, 0), staff_space=2.0)
    assert glyph.bbox_in(page).height == pytest.approx(2.0, abs=0.02)


def test_a_hook_that_returns_the_same_glyph_twice_is_told_so() -> None:
    class Lazy(Squares):
        glyph = Squares().create_glyph("smufl::noteheadBlack")

        def create_glyph(self, label: str) -> Glyph:
            return self.glyph

    lazy, page = Lazy(), AffineSpace()
    lazy.synthesize_glyph("smufl::noteheadBlack", page, Transform.identity())
    with pytest.raises(SceneGraphError, match="Lazy returned a glyph whose space is placed already"):
        lazy.synthesize_glyph("smufl::noteheadBlack", page, Transform.identity())


def test_an_unsupported_label_names_who_refused_it() -> None:
    with pytest.raises(UnsupportedLabelError, match="Squares does not draw 'smufl::gClef'"):
        Squares().synthesize_glyph("smufl::gClef", AffineSpace(), Transform.identity())


def test_a_fallback_asks_in_order_and_keeps_sizes_apart() -> None:
    page = AffineSpace()
    both = FallbackGlyphSynthesizer([Squares(), SmuflGlyphSynthesizer("Bravura")])
    head = both.synthesize_glyph_at("smufl::noteheadBlack", page, Point(0, 0))
    rest = both.synthesize_glyph_at("smufl::restWhole", page, Point(0, 0))
    assert len(head.sprites) == 1
    assert head.bbox_in(page).width == pytest.approx(1)
    assert len(rest.paths) == 1
    assert rest.bbox_in(page).height == pytest.approx(0.54 * 1.8, abs=0.1)
    with pytest.raises(UnsupportedLabelError):
        both.synthesize_glyph_at("other::label", page, Point(0, 0))
    with pytest.raises(SettingsError):
        FallbackGlyphSynthesizer([])


def test_ink_is_as_in_the_music_font_unless_the_synthesizer_says_otherwise() -> None:
    assert Squares().ink_reach("smufl::noteheadBlack") is None
    assert Squares().ink_middle("smufl::noteheadBlack") is None
    assert Squares().ink_height("smufl::noteheadBlack") is None
    assert Squares().notehead_gap("smufl::noteheadBlack") == 0


def test_a_fallback_passes_on_what_its_sources_say_of_their_ink() -> None:
    class Narrow(Squares):
        def ink_reach(self, label: LabelLike) -> tuple[float, float]:
            return 0.2, 0.7

        def ink_middle(self, label: LabelLike) -> float:
            return -0.1

        def ink_height(self, label: LabelLike) -> float:
            return 1.4

        def notehead_gap(self, label: LabelLike) -> float:
            return 0.25

    both = FallbackGlyphSynthesizer([Narrow(), SmuflGlyphSynthesizer("Bravura")])
    assert both.ink_reach("smufl::noteheadHalf") == (0.2, 0.7)
    assert both.ink_middle("smufl::noteheadHalf") == -0.1
    assert both.ink_height("smufl::noteheadHalf") == 1.4
    assert both.notehead_gap("smufl::noteheadHalf") == 0.25
    assert both.ink_reach("smufl::gClef") is None


def test_a_line_is_stretched_along_itself_and_keeps_its_thickness() -> None:
    page = AffineSpace()
    line = Bars().synthesize_line("x::bar", page, Point(100, 50), Point(100, 90))
    box = line.bbox_in(page)
    assert (box.width, box.height) == (pytest.approx(1), pytest.approx(40))
    assert (box.center.x, box.top) == (pytest.approx(100), pytest.approx(50))


def test_a_line_that_fits_is_only_moved() -> None:
    page = AffineSpace()
    line = Bars().synthesize_line("x::bar", page, Point(3, 4), Point(13, 4))
    assert line.space.transform == Transform(e=3, f=4)


def test_lines_need_their_ends() -> None:
    class NoEnds(Bars):
        def create_glyph(self, label: str, delta: Vector2) -> LineGlyph:
            line = super().create_glyph(label, delta)
            line.end_point = None
            return line

    with pytest.raises(SceneGraphError, match="start_point or end_point"):
        NoEnds().synthesize_line("x::bar", AffineSpace(), Point(0, 0), Point(1, 1))


def test_a_line_with_corners_is_composed_by_default() -> None:
    page = AffineSpace()
    corners = [Point(0, 10), Point(0, 0), Point(30, 0)]
    line = Bars().synthesize_polyline("x::bracket", page, corners, LinePen(0.3))
    box = line.bbox_in(page)
    assert len(line.paths) == 2
    assert (box.left, box.right) == (pytest.approx(-0.5), pytest.approx(30))
    with pytest.raises(GeometryError):
        Bars().synthesize_polyline("x::bracket", page, corners[:1], LinePen(0.3))


@pytest.mark.parametrize(
    ("pen", "box"),
    [
        (LinePen(2.0), Rectangle(10, 9, 20, 2)),
        (LinePen(2.0, "square"), Rectangle(9, 9, 22, 2)),
        (LinePen(2.0, "round"), Rectangle(9, 9, 22, 2)),
        (LinePen(2.0, "vertical"), Rectangle(10, 9, 20, 2)),
        (LinePen(2.0, dashes=(4.0, 2.0)), Rectangle(10, 9, 20, 2)),
    ],
)
def test_printed_lines_follow_their_pen(pen: LinePen, box: Rectangle) -> None:
    page = AffineSpace()
    line = PrintedLineSynthesizer().synthesize_line("x::line", page, Point(10, 10), Point(30, 10), pen)
    found = line.bbox_in(page)
    for side in ("left", "top", "right", "bottom"):
        assert getattr(found, side) == pytest.approx(getattr(box, side), abs=1e-9)


def test_beams_are_cut_upright_and_measured_upright() -> None:
    page = AffineSpace()
    pen = LinePen(0.9, "vertical")
    beam = PrintedLineSynthesizer().synthesize_line("smashcima::beam", page, Point(0, 0), Point(10, 5), pen)
    (ring,) = beam.region.contours_in(page).rings
    assert ring.tolist() == [[0, -0.45], [10, 4.55], [10, 5.45], [0, 0.45]]


def test_dashes_leave_gaps() -> None:
    line = PrintedLineSynthesizer().synthesize_line(
        "x::line", AffineSpace(), Point(0, 0), Point(10, 0), LinePen(1.0, dashes=(3.0, 1.0))
    )
    assert line.region.contours.area == pytest.approx(8)
    strokes = dash_polyline(np.array([(0.0, 0.0), (0.0, 5.0), (5.0, 5.0)]), (4.0, 2.0))
    assert [stroke.tolist() for stroke in strokes] == [[[0, 0], [0, 4]], [[1, 5], [5, 5]]]


def test_curves_of_a_wrong_shape_are_refused() -> None:
    with pytest.raises(GeometryError, match="shape"):
        CurveShape(np.zeros((1, 3, 2)), np.zeros((0, 4, 2)), 0.1)
    with pytest.raises(GeometryError, match="outer"):
        CurveShape(np.zeros((0, 4, 2)), np.zeros((0, 4, 2)), 0.1)


class Ink(StyleDomain):
    """Always another colour."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.picked = 0

    @property
    def name(self) -> str:
        return self._name

    def pick_style(self) -> None:
        self.picked += 1

    @property
    def current_style(self) -> str:
        return f"colour {self.picked}"


def test_the_styler_has_all_domains_choose() -> None:
    styler = Styler()
    ink, paper = Ink("ink"), Ink("paper")
    styler.register_domain(ink)
    styler.register_domain(paper)
    styler.register_domain(ink)
    styler.pick_style()
    assert styler.domains == (ink, paper)
    assert styler.current_styles == {"ink": "colour 1", "paper": "colour 1"}
    with pytest.raises(SettingsError, match="'ink'"):
        styler.register_domain(Ink("ink"))
