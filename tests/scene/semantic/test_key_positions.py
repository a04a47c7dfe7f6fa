"""Positions of the accidentals of key signatures."""

from __future__ import annotations

from smashcima.engravers.verovio import engrave
from smashcima.scene.semantic import Clef, ClefShape, ScoreBuilder, fifths_of_signs, key_positions, rest
from smashcima.scene.semantic.key_positions import FLAT_POSITIONS, SHARP_POSITIONS


def test_two_sharps_under_a_treble_clef_are_on_the_top_line_and_in_the_third_space():
    assert key_positions(2, Clef()) == (4, 1)


def test_a_missing_clef_counts_as_a_treble_clef():
    assert key_positions(-1, None) == (0,)
    assert key_positions(-1, Clef(ClefShape.PERCUSSION)) == (0,)


def test_the_eighth_sharp_has_the_position_of_the_first():
    assert key_positions(8, Clef())[7] == 4


def test_a_clef_without_a_usual_order_has_its_accidentals_near_the_middle():
    assert key_positions(7, Clef(ClefShape.G, 3)) == (-1, 3, 0, -3, 1, -2, 2)


def test_signs_at_the_usual_positions_are_a_number_of_sharps_or_flats():
    for fifths in (*range(-7, 0), *range(1, 8)):
        signs = [
            ("s" if fifths > 0 else "f", position) for position in key_positions(fifths, Clef(ClefShape.F, 4))
        ]
        assert fifths_of_signs(signs, Clef(ClefShape.F, 4)) == fifths
    for signs in ([], [("n", 4)], [("s", 3)], [("s", 4), ("f", 1)], [("s", 4)] * 8):
        assert fifths_of_signs(signs, Clef()) is None


def test_the_positions_are_those_of_the_engraver():
    for shape, line in sorted(SHARP_POSITIONS, key=str):
        for fifths, table in ((7, SHARP_POSITIONS), (-7, FLAT_POSITIONS)):
            made = ScoreBuilder(key=fifths)
            (staff,) = made.add_part("x", "treble")
            staff.clef.shape, staff.clef.line = shape, line
            made.add_voice(made.add_measure(), 1, rest())
            page = engrave(made.build()).pages[0]
            lines = page.systems[0].staves[0]
            found = tuple(
                round((lines.middle_y - p.origin.y) / (lines.staff_space / 2))
                for p in page.primitives
                if p.kind.value.startswith("key")
            )
            assert found == table[shape, line], (shape, line, fifths)
