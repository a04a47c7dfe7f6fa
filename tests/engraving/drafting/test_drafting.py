"""Primitives made from staff positions."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.engraving import Curve, Line, Place, Primitive, PrimitiveKind, Symbol
from smashcima.engraving.drafting import (
    BeamStem,
    StaffDraft,
    beam_level_count,
    curve_between,
    digit_names,
    draw_arc,
    draw_barline_between,
    draw_beam,
    draw_brace,
    draw_dots,
    draw_dynamic,
    draw_hairpin,
    draw_ledger_lines,
    draw_ledger_lines_of_chord,
    draw_multi_rest,
    draw_system_start,
)
from smashcima.scene.semantic import BarlineForm


def draft() -> StaffDraft:
    """A staff with its middle at y = 20 and a staff space of 2 mm."""
    return StaffDraft(20.0, 2.0, "Bravura")


def test_positions_count_steps_upwards_from_the_middle_line():
    made = draft()
    assert [made.y(position) for position in (4, 1, 0, -4)] == [16, 19, 20, 24]


def test_staff_lines_are_given_from_top_to_bottom():
    assert draft().staff_lines(0, 100, "x") == (16, 18, 20, 22, 24)


@pytest.mark.parametrize(
    ("position", "lines"),
    [(5, []), (6, [14]), (7, [14]), (-8, [26, 28]), (0, []), (12, [14, 12, 10, 8])],
)
def test_ledger_lines_lie_between_the_staff_and_the_notehead(position: int, lines: list[float]):
    made = draft()
    draw_ledger_lines(made, 10, 12, position, "n")
    assert [line.start.y for line in made.primitives] == lines


def test_dots_of_notes_on_lines_are_in_the_space_above():
    made = draft()
    draw_dots(made, 2, 10, 0, "n")
    draw_dots(made, 1, 10, -3, "n")
    assert [dot.center.y for dot in made.primitives] == [19, 19, 23]
    assert made.primitives[0].center.x < made.primitives[1].center.x


def test_primitives_have_the_measure_that_was_set():
    made = draft()
    made.go_to_measure(3)
    first = made.line(PrimitiveKind.STEM, (0, 0), (0, 1), 0.1, "n")
    made.go_to_measure(4)
    second = made.line(PrimitiveKind.STEM, (0, 0), (0, 1), 0.1, "n")
    assert (first.place.measure, second.place.measure) == (3, 4)


@pytest.mark.parametrize(
    ("flags", "sides"),
    [
        ([1, 1], [(0, 1), (1, 0)]),
        ([1, 2], [(0, 1), (2, 0)]),
        ([2, 1], [(0, 2), (1, 0)]),
        ([2, 2, 1, 2], [(0, 2), (2, 1), (1, 1), (2, 0)]),
        ([1, 2, 1], [(0, 1), (2, 1), (1, 0)]),
        ([1, 3, 2], [(0, 1), (1, 3), (2, 0)]),
    ],
)
def test_beams_on_both_sides_of_each_stem(flags: list[int], sides: list[tuple[int, int]]):
    assert beam_level_count(flags) == sides


def test_a_beam_of_a_dotted_rhythm_has_a_whole_piece_and_a_hook():
    made = draft()
    draw_beam(made, [BeamStem(10, 0, 1), BeamStem(20, 2, 0)], 10, 10, True, "b")
    first, hook = (piece.corners for piece in made.primitives)
    # 0.5 staff spaces thick, half a stem (0.1 staff spaces wide) beyond both stems.
    assert first == pytest.approx(np.array([(9.9, 10), (20.1, 10), (20.1, 11), (9.9, 11)]))
    # The second level is 0.75 staff spaces nearer to the noteheads; the hook is 1.1 staff spaces long.
    assert hook == pytest.approx(np.array([(17.8, 11.5), (20.1, 11.5), (20.1, 12.5), (17.8, 12.5)]))


def test_levels_of_a_beam_below_go_upwards():
    made = draft()
    draw_beam(made, [BeamStem(10, 0, 2), BeamStem(20, 2, 0)], 30, 30, False, "b")
    first, second = (piece.corners for piece in made.primitives)
    assert (first[:, 1].min(), first[:, 1].max()) == (29, 30)
    assert (second[:, 1].min(), second[:, 1].max()) == (27.5, 28.5)


def test_curves_reach_their_height_in_the_middle():
    outer, inner = curve_between((0, 10), (20, 10), 3.0, 0.4)

    def middle(chain) -> float:
        a, b, c, d = chain[0][:, 1]
        return float((a + 3 * b + 3 * c + d) / 8)

    assert middle(outer) == pytest.approx(10 - 3.2)
    assert middle(inner) == pytest.approx(10 - 2.8)
    assert outer[0, 0].tolist() == inner[0, 3].tolist() == [0, 10]


def test_an_arc_has_the_height_of_its_circle():
    made = draft()
    curve = draw_arc(made, PrimitiveKind.SLUR, (0, 10), (8, 10), -5.0, "s")
    ys = (curve.outer[0] + curve.inner[0][::-1])[:, 1] / 2
    # A chord of 8 in a circle of radius 5 has a height of 2.
    assert (ys[0] + 3 * ys[1] + 3 * ys[2] + ys[3]) / 8 == pytest.approx(10 - 2)


def test_digits_of_numbers():
    assert digit_names("3+2") == ("timeSig3", "timeSigPlusSmall", "timeSig2")
    assert digit_names(12, "tuplet") == ("tuplet1", "tuplet2")


def test_ledger_lines_of_a_chord_are_under_all_noteheads_beyond_them():
    made = draft()
    draw_ledger_lines_of_chord(made, [(10, 12, 6), (12, 14, 9), (10, 12, -6)], "c")
    drawn = [(line.start.y, line.start.x < 10.5, line.end.x > 13.5) for line in made.primitives]
    assert drawn == [(14, True, True), (12, False, True), (26, True, False)]


def test_barlines_between_columns_have_their_outer_strokes_there():
    made = draft()
    draw_barline_between(made, BarlineForm.REPEAT_BOTH, 50, 56, "m")
    strokes = [line.start.x for line in made.primitives if isinstance(line, Line)]
    assert strokes == [50, 53, 56]
    dots = [dot.bounds().center.x for dot in made.primitives if isinstance(dot, Symbol)]
    assert np.allclose(dots, [48.5, 48.5, 57.5, 57.5])


def test_a_single_stroke_is_in_the_middle_of_its_columns():
    made = draft()
    draw_barline_between(made, BarlineForm.SINGLE, 50, 52, "m")
    assert [line.start.x for line in made.primitives] == [51]


@pytest.mark.parametrize(("is_closing", "tip"), [(True, 40), (False, 10)])
def test_hairpins_open_or_close(is_closing: bool, tip: float):
    made = draft()
    hairpin = draw_hairpin(made, is_closing, 10, 40, 30, "h")
    assert hairpin.corners.tolist() == [[50 - tip, 28.5], [tip, 30], [50 - tip, 31.5]]


def test_dynamics_are_centred_above_their_baseline():
    made = draft()
    symbol = draw_dynamic(made, "mf", 25, 30, "d")
    assert symbol is not None
    assert np.isclose(symbol.bounds().center.x, 25)
    assert symbol.origin.y == 30
    assert draw_dynamic(made, "xyz", 25, 30, "d") is None


def test_a_multi_rest_is_centred_with_its_number_above():
    made = draft()
    draw_multi_rest(made, 50, 12, 14, "r")
    boxes = [each for each in made.primitives if each.kind is PrimitiveKind.MULTI_REST]
    assert (min(box.bounds().left for box in boxes), max(box.bounds().right for box in boxes)) == (44, 56)
    digits = [each for each in made.primitives if each.kind is PrimitiveKind.MULTI_REST_NUMBER]
    assert len(digits) == 2
    assert all(digit.bounds().bottom < 16 for digit in digits)


def test_braces_reach_from_the_first_staff_to_the_last():
    made: list[Primitive] = []
    draw_brace(30, 16, 60, 2.0, Place(0, 0), made)
    draw_system_start(30, 16, 60, 2.0, Place(0, 0), made)
    brace, _ = made
    assert isinstance(brace, Curve)
    # The pen goes from the top to the tip in the middle, to the bottom, and back on the other side.
    assert brace.outer[:, [0, 3], 1].tolist() == [[16, 38], [38, 60]]
    assert brace.inner[:, [0, 3], 1].tolist() == [[60, 38], [38, 16]]
    # Between the ends and the tip, one side is left of the other all the way.
    middle = (brace.outer[:, 1:3, 0] - brace.inner[::-1, 2:0:-1, 0]) > 0
    assert middle.all() or not middle.any()
    assert all(each.points[:, 0].max() <= 31 for each in made)


def test_texts_keep_their_anchor_and_style():
    text = draft().text(PrimitiveKind.LYRIC, "la", 20, 40, 3.0, "s", anchor="middle", italic=True)
    assert np.isclose(text.bounds().center.x, 20)
    assert text.runs[0].italic
