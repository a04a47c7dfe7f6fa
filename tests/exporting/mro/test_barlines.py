"""Shapes of barlines, from their strokes and dots."""

from __future__ import annotations

import pytest

from smashcima.engraving import EngravedPage, EngravedStaff
from smashcima.engraving.drafting import StaffDraft, draw_barline
from smashcima.exporting.mro.barlines import StaveBarlines
from smashcima.exporting.mro.frames import StaveFrame, UnitScale
from smashcima.exporting.mro.marks import Mark, pages_of_engraving
from smashcima.notations.mro import MroBarlineShape
from smashcima.scene.semantic import BarlineForm, Score

FRAME = StaveFrame.of(EngravedStaff(1, (8.4, 10.0, 11.6, 13.2, 14.8), 10.0, 90.0, 1.6), UnitScale(0.1))


def barlines(*forms: BarlineForm, top: float | None = None, bottom: float | None = None) -> StaveBarlines:
    draft = StaffDraft(11.6, 1.6, "Leipzig")
    for number, form in enumerate(forms):
        draw_barline(draft, form, 20.0 + 10 * number, "m1", top, bottom)
    page = EngravedPage(0, 100, 40, (), tuple(draft.primitives))
    return StaveBarlines(pages_of_engraving([page], Score())[0].marks, FRAME)


@pytest.mark.parametrize(
    ("form", "shape", "told"),
    [
        (BarlineForm.SINGLE, MroBarlineShape.SINGLE, []),
        (BarlineForm.DOUBLE, MroBarlineShape.DOUBLE, []),
        (BarlineForm.END, MroBarlineShape.THIN_THICK, []),
        (BarlineForm.REPEAT_START, MroBarlineShape.LEFT_REPEAT, []),
        (BarlineForm.REPEAT_END, MroBarlineShape.RIGHT_REPEAT, []),
        (BarlineForm.REPEAT_BOTH, MroBarlineShape.BACK_TO_BACK_REPEAT, []),
        (BarlineForm.HEAVY, MroBarlineShape.SINGLE, ["written as a thin stroke"]),
        (
            BarlineForm.DOUBLE_HEAVY,
            MroBarlineShape.THIN_THICK,
            ["its thick strokes are written as a thin and a thick one"],
        ),
    ],
)
def test_the_shape_follows_from_strokes_and_dots(
    form: BarlineForm, shape: MroBarlineShape, told: list[str]
) -> None:
    lost: list[str] = []
    barline = barlines(form).barline(0, lambda mark, what: lost.append(what))
    assert barline.shape is shape
    assert lost == told
    assert barline.left_line_units <= barline.right_line_units
    assert (barline.left_line_units == barline.right_line_units) == (shape is MroBarlineShape.SINGLE)


def test_bars_lie_between_barlines() -> None:
    two = barlines(BarlineForm.SINGLE, BarlineForm.END)
    assert len(two) == 2
    assert [two.bar_at(x) for x in (15.0, 25.0, 35.0)] == [0, 1, 2]


def test_a_stroke_through_several_staves_is_a_barline_of_each() -> None:
    assert len(barlines(BarlineForm.SINGLE, top=0.0, bottom=40.0)) == 1


def test_the_piece_of_a_stroke_between_two_staves_is_no_barline() -> None:
    assert len(barlines(BarlineForm.SINGLE, top=14.8, bottom=30.0)) == 0


def unused(mark: Mark, what: str) -> None:
    raise AssertionError(what)


def test_columns_are_those_of_the_outer_strokes() -> None:
    barline = barlines(BarlineForm.DOUBLE).barline(0, unused)
    # thin strokes of 0.15 spaces, whose centres are 0.55 spaces apart
    assert barline.left_line_units == 101
    assert barline.right_line_units == 110
