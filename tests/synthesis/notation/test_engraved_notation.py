"""From an engraving to a scene: what is drawn, what belongs to what, and what is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from smashcima.engraving import Line, PrimitiveKind
from smashcima.scene.visual import (
    AccidentalMark,
    AffineSpace,
    ArticulationMark,
    AugmentationDot,
    BarlineMark,
    BeamSegment,
    BraceMark,
    ClefMark,
    DynamicMark,
    Flag,
    Glyph,
    GrandStaffMeasure,
    LedgerLine,
    LyricMark,
    Notehead,
    Page,
    RestMark,
    SlurCurve,
    Sprite,
    StaffLine,
    Stem,
    TempoMark,
    TieCurve,
    VisualObject,
)
from smashcima.synthesis.glyph import SmuflGlyphSynthesizer
from smashcima.synthesis.interfaces import GlyphSynthesizer

if TYPE_CHECKING:
    from tests.synthesis.conftest import Music


def drawn(page: Page, kind: type = VisualObject) -> list:
    return [thing for thing in VisualObject.many_of(page, "page") if isinstance(thing, kind)]


@pytest.fixture
def page(music: Music) -> Page:
    (page,) = music.synthesize().pages
    return page


def test_every_primitive_becomes_a_visual_object(music: Music, page: Page) -> None:
    wanted = [p for p in music.engraving.primitives() if p.kind is not PrimitiveKind.STAFF_LINE]
    found = [thing for thing in drawn(page) if not isinstance(thing, StaffLine)]
    assert [thing.primitive for thing in found] == wanted
    assert [thing.kind for thing in found] == [p.kind.value for p in wanted]
    assert len(found) > 40


def test_staff_lines_are_whole_and_on_a_layer_of_their_own(page: Page) -> None:
    lines = drawn(page, StaffLine)
    assert len(lines) == 10
    assert {line.layer for line in lines} == {"stafflines"}
    (system,) = page.systems
    for staff in system.staves:
        own = [line for line in lines if line.staff is staff]
        assert [line.bbox().center.y for line in own] == pytest.approx(list(staff.line_ys))
        assert all(line.bbox().width == pytest.approx(staff.region.contours.bbox().width) for line in own)
    assert {thing.layer for thing in drawn(page) if not isinstance(thing, StaffLine)} == {"ink"}


def test_every_region_is_exactly_its_ink(page: Page) -> None:
    for thing in drawn(page):
        (path,) = thing.glyph.paths
        assert thing.glyph.region.contours is path.contours
        assert thing.glyph.region.space is path.space


def test_everything_lies_on_the_page(page: Page) -> None:
    for thing in drawn(page):
        assert page.view_box.rectangle.contains(thing.bbox()), thing


def test_heads_stand_where_the_engraver_put_them(music: Music, page: Page) -> None:
    staff = page.systems[0].staves[0]
    head = Notehead.of_note(music.by_id("flagged"))  # f', in the lowest space of a treble staff
    assert head.bbox().center.y == pytest.approx(staff.line_ys[4] - staff.staff_space / 2, abs=0.05)
    assert head.bbox().height == pytest.approx(staff.staff_space, abs=0.15)
    assert head.label == "smufl::noteheadBlack"
    assert head.staff is staff


# -- what belongs to what ----------------------------------------------------------------------------------


def test_stems_lead_to_their_noteheads(music: Music) -> None:
    music.synthesize()
    heads = [Notehead.of_note(music.by_id(name)) for name in ("c1", "c2", "c3")]
    (stem,) = Stem.all_of(music.by_id("chord1"))
    assert list(stem.noteheads) == heads
    assert Stem.of_notehead(heads[1]) is stem
    assert Stem.of_notehead(Notehead.of_note(music.by_id("t2"))) is None  # a whole note has none


def test_a_flag_leads_to_its_stem(music: Music, page: Page) -> None:
    (flag,) = drawn(page, Flag)
    assert flag.label.startswith("smufl::flag8th")
    assert flag.stem is Stem.of_notehead(Notehead.of_note(music.by_id("flagged")))


def test_beams_have_levels_stems_and_hooks(music: Music, page: Page) -> None:
    primary, hook = sorted(BeamSegment.all_of(music.by_id("beam1")), key=lambda segment: segment.level)
    stems = [Stem.of_notehead(Notehead.of_note(music.by_id(name))) for name in ("b1", "b2")]
    assert (primary.level, primary.is_hook, primary.label) == (1, False, "smashcima::beam")
    assert list(primary.stems) == stems
    assert list(primary.chords) == [music.by_id("b1"), music.by_id("b2")]
    assert (hook.level, hook.is_hook, hook.label) == (2, True, "smashcima::beamHook")
    assert list(hook.stems) == stems[1:]


def test_marks_of_a_note_lead_to_its_head(music: Music, page: Page) -> None:
    head = Notehead.of_note(music.by_id("flagged"))
    (sharp,) = AccidentalMark.many_of(head, "notehead")
    assert sharp.label == "smufl::accidentalSharp"
    assert sharp.semantic is music.by_id("sharp")
    (dot,) = AugmentationDot.many_of(Notehead.of_note(music.by_id("b1")), "noteheads")
    assert dot.label == "smufl::augmentationDot"
    (staccato,) = drawn(page, ArticulationMark)
    assert set(staccato.noteheads) == {Notehead.of_note(music.by_id(n)) for n in ("c1", "c2", "c3")}


def test_the_accidental_of_a_chord_leads_to_its_own_note(music: Music) -> None:
    music.synthesize()
    (flat,) = AccidentalMark.many_of(Notehead.of_note(music.by_id("c1")), "notehead")
    assert flat.label == "smufl::accidentalFlat"


def test_the_dot_of_a_rest_leads_to_the_rest(page: Page) -> None:
    dots = [dot for dot in drawn(page, AugmentationDot) if dot.rest is not None]
    assert len(dots) == 1
    assert isinstance(dots[0].rest, RestMark)
    assert list(dots[0].noteheads) == []


def test_ledger_lines_lead_to_the_heads_on_and_beyond_them(music: Music) -> None:
    music.synthesize()
    low, middle, high = (Notehead.of_note(music.by_id(name)) for name in ("c1", "c2", "c3"))
    lines = LedgerLine.many_of(low, "noteheads")  # a below c': two lines, the upper one through c' as well
    assert len(lines) == 2
    assert sorted(len(line.noteheads) for line in lines) == [1, 2]
    assert len(LedgerLine.many_of(middle, "noteheads")) == 1
    assert LedgerLine.many_of(high, "noteheads") == []


def test_curves_lead_to_their_ends(music: Music) -> None:
    music.synthesize()
    (slur,) = SlurCurve.all_of(music.by_id("slur1"))
    (tie,) = TieCurve.all_of(music.by_id("tie1"))
    assert list(slur.start_noteheads) == [Notehead.of_note(music.by_id("b1"))]
    assert list(slur.end_noteheads) == [Notehead.of_note(music.by_id("flagged"))]
    assert list(tie.start_noteheads) == [Notehead.of_note(music.by_id("t1"))]
    assert list(tie.end_noteheads) == [Notehead.of_note(music.by_id("t2"))]


def test_words_know_their_text(music: Music, page: Page) -> None:
    (tempo,) = drawn(page, TempoMark)
    (lyric,) = drawn(page, LyricMark)
    assert (tempo.text, tempo.label) == ("Langsam", "smashcima::tempoText")
    assert (lyric.text, lyric.semantic) == ("Žal", music.by_id("syl1"))
    (dynamic,) = drawn(page, DynamicMark)
    assert dynamic.label == "smufl::dynamicPiano"


def test_single_barlines_are_told_from_parts_of_others(page: Page) -> None:
    labels = {bar.label for bar in drawn(page, BarlineMark) if bar.measure and bar.measure.index == 0}
    assert labels == {"smufl::barlineSingle"}
    labels = {bar.label for bar in drawn(page, BarlineMark) if bar.measure and bar.measure.index == 1}
    assert labels == {"smashcima::barlineStroke"}


# -- the frame ---------------------------------------------------------------------------------------------


def test_the_frame_has_systems_staves_and_measures(music: Music, page: Page) -> None:
    (system,) = page.systems
    assert [staff.number for staff in system.staves] == [1, 2]
    assert [staff.semantic for staff in system.staves] == music.score.staves
    assert [measure.semantic for measure in system.measures] == [music.by_id("m1"), music.by_id("m2")]
    assert [measure.index for measure in system.measures] == [0, 1]
    assert all(len(measure.staff_measures) == 2 for measure in system.measures)
    assert all(len(staff.measures) == 2 for staff in system.staves)


def test_regions_of_the_frame_are_exact(page: Page) -> None:
    (system,) = page.systems
    upper, lower = system.staves
    bounds = system.region.contours.bbox()
    assert (bounds.top, bounds.bottom) == (pytest.approx(upper.line_ys[0]), pytest.approx(lower.line_ys[4]))
    staff = upper.region.contours.bbox()
    assert staff.height == pytest.approx(4 * upper.staff_space)
    first, second = (m.region.contours.bbox() for m in upper.measures)
    assert (first.top, first.bottom) == (staff.top, staff.bottom)
    assert first.right == pytest.approx(second.left, abs=0.01)
    assert second.right == pytest.approx(staff.right, abs=0.01)
    assert system.region.label == "smashcima::system"
    assert upper.measures[0].region.label == "smashcima::staffMeasure"


def test_a_brace_makes_a_grand_staff(page: Page) -> None:
    (system,) = page.systems
    assert drawn(page, BraceMark)
    (grand_staff,) = system.grand_staves
    assert list(grand_staff.staves) == system.staves
    assert grand_staff.region.contours.bbox() == system.region.contours.bbox()
    assert len(GrandStaffMeasure.many_of(grand_staff, "grand_staff")) == 2


def test_things_find_their_measure_on_their_staff(music: Music) -> None:
    music.synthesize()
    head = Notehead.of_note(music.by_id("t2"))
    assert head.staff_measure is not None
    assert head.staff_measure.staff is head.staff
    assert head.staff_measure.system_measure is head.measure
    assert head.staff_measure.region.contours.bbox().contains_point(head.bbox().center)


def test_pages_lie_beside_each_other(music: Music) -> None:
    root = AffineSpace()
    page = music.synthesize(root_space=root).pages[0]
    assert page.space.parent_space is root
    assert page.width == music.engraving.pages[0].width


# -- other glyphs ------------------------------------------------------------------------------------------


class Discs(GlyphSynthesizer):
    """Draws every symbol as a disc of 2 mm, but refuses clefs."""

    def supports_label(self, label: object) -> bool:
        return "Clef" not in str(label)

    def create_glyph(self, label: str) -> Glyph:
        space = AffineSpace()
        y, x = np.mgrid[-11.5:12, -11.5:12]
        bitmap = np.zeros((24, 24, 4), dtype=np.uint8)
        bitmap[:, :, 3] = np.where(x * x + y * y < 144, 255, 0)
        sprites = [Sprite(space=space, bitmap=bitmap, dpi=304.8)]
        region = Glyph.build_region_from_sprites_alpha_channel(label=label, sprites=sprites)
        return Glyph(space=space, region=region, sprites=sprites)


def test_any_glyphs_can_take_the_place_of_the_fonts(music: Music) -> None:
    notation = music.synthesize(Discs())
    head = Notehead.of_note(music.by_id("flagged"))
    scale = music.engraving.pages[0].systems[0].staves[0].staff_space / 1.8
    assert len(head.glyph.sprites) == 1
    assert head.bbox().width == pytest.approx(2 * scale, abs=0.01)
    (dot,) = AugmentationDot.many_of(Notehead.of_note(music.by_id("b1")), "noteheads")
    center = dot.primitive.center
    assert (dot.bbox().center.x, dot.bbox().center.y) == (pytest.approx(center.x), pytest.approx(center.y))
    assert notation.pages


def test_what_no_synthesizer_draws_is_an_issue(music: Music) -> None:
    notation = music.synthesize(Discs())
    assert drawn(notation.pages[0], ClefMark) == []
    assert [(issue.where, issue.element) for issue in notation.issues] == [
        ("page 1, measure 1 of the score", "smufl::gClef"),
        ("page 1, measure 1 of the score", "smufl::fClef"),
    ]
    assert "not drawn: Discs does not draw" in notation.issues[0].what


def test_a_complete_page_has_no_issues(music: Music) -> None:
    assert music.synthesize().issues == ()


def test_the_same_score_can_be_drawn_again_and_gives_the_same(music: Music) -> None:
    pages = [music.synthesize(SmuflGlyphSynthesizer("Petaluma")).pages[0] for _ in range(2)]
    first, second = (drawn(page) for page in pages)
    assert [thing.label for thing in first] == [thing.label for thing in second]
    for one, other in zip(first, second, strict=True):
        assert one.glyph.space.transform == other.glyph.space.transform
        assert one.glyph.region.contours == other.glyph.region.contours


def test_stems_are_as_thick_as_engraved(page: Page) -> None:
    for stem in drawn(page, Stem):
        assert isinstance(stem.primitive, Line)
        assert stem.bbox().width == pytest.approx(stem.primitive.width)
        assert stem.bbox().height == pytest.approx(abs(stem.primitive.end.y - stem.primitive.start.y))
