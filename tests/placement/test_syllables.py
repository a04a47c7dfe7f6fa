"""Room for the syllables of a line of lyrics."""

import numpy as np

from smashcima.placement.syllables import set_line

NO_ENDS = (-1000.0, 1000.0)


def line(centres, wanted, printed, gap=1.0, white=0.5, ends=NO_ENDS, furthest=2.0):
    between = np.ones(len(centres) - 1)
    return set_line(
        np.array(centres, float),
        np.array(wanted, float),
        np.array(printed, float),
        (gap * between, white * between),
        ends,
        furthest,
    )


def test_syllables_with_room_stay_where_they_are_and_have_the_width_of_the_writer() -> None:
    centres, widths = line([0, 10, 20], [6, 5, 4], [3, 3, 3])
    assert centres.tolist() == [0, 10, 20]
    assert widths.tolist() == [6, 5, 4]


def test_two_syllables_that_are_too_close_make_room_for_each_other() -> None:
    # They need 4 + 1 mm and have 4, so each moves by half a millimetre.
    centres, widths = line([0, 4], [4, 4], [3, 3])
    np.testing.assert_allclose(centres, [-0.5, 4.5])
    assert widths.tolist() == [4, 4]


def test_syllables_are_condensed_where_moving_aside_is_not_enough() -> None:
    places = np.arange(8) * 4.0
    centres, widths = line(places, [5] * 8, [3.5] * 8)
    assert (np.abs(centres - places) <= 3.0 + 1e-9).all()
    assert (widths < 5).all()
    assert (widths >= 0.9 * 3.5 - 1e-9).all()
    assert (np.diff(centres) - widths[1:] >= 0.5 - 1e-9).all()


def test_a_line_does_not_go_beyond_its_ends() -> None:
    centres, widths = line([1, 20], [6, 6], [6, 6], ends=(0.0, 21.0))
    np.testing.assert_allclose(centres - widths / 2, [0, 15])
    centres, widths = line([1, 19], [6, 6], [6, 6], ends=(0.0, 21.0))
    np.testing.assert_allclose(centres + widths / 2, [6, 21])


def test_a_single_syllable_and_equal_places_are_lines_too() -> None:
    centres, widths = line([3], [2], [2])
    assert (centres.tolist(), widths.tolist()) == ([3], [2])
    centres, _ = line([3, 3], [2, 2], [2, 2])
    np.testing.assert_allclose(centres, [1.5, 4.5])
