"""Slurs as arcs of circles."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from smashcima.engraving import EngravedPage, PrimitiveKind
from smashcima.engraving.drafting import StaffDraft, draw_curve
from smashcima.exporting.mro.curves import slur_of
from smashcima.exporting.mro.frames import Frame, UnitScale
from smashcima.exporting.mro.marks import DrawnPage, Mark, pages_of_engraving
from smashcima.scene.semantic import Score

FRAME = Frame(UnitScale(0.1), 0, 0)


def curve(start: tuple[float, float], end: tuple[float, float], height: float) -> Mark:
    draft = StaffDraft(0.0, 1.6, "Leipzig")
    draw_curve(draft, PrimitiveKind.SLUR, start, end, height, "slur")
    page = EngravedPage(0, 100, 100, (), tuple(draft.primitives))
    drawn: DrawnPage = pages_of_engraving([page], Score())[0]
    return drawn.marks[0]


def test_a_slur_over_the_notes_has_a_negative_radius() -> None:
    # a chord of 8 mm that rises by 2 mm: the radius is (4² + 2²) / (2 · 2) = 5 mm
    slur = slur_of(curve((10, 20), (18, 20), 2.0), FRAME)
    assert (slur.left_units, slur.right_units) == ((200, 100), (200, 180))
    assert abs(slur.radius_units + 50) <= 1


def test_a_slur_below_the_notes_has_a_positive_radius() -> None:
    assert abs(slur_of(curve((10, 20), (18, 20), -2.0), FRAME).radius_units - 50) <= 1


def test_a_straight_curve_has_a_large_radius() -> None:
    assert slur_of(curve((10, 20), (18, 20), 0.0), FRAME).radius_units >= 10**4


@given(
    st.floats(0, 50),
    st.floats(0, 50),
    st.floats(2, 80),
    st.floats(-20, 20),
    st.floats(0.3, 1.0),
    st.booleans(),
)
def test_the_arc_goes_through_the_middle_of_the_curve(
    x: float, y: float, width: float, drop: float, share: float, above: bool
) -> None:
    length = math.hypot(width, drop)
    rise = share * length * 0.3
    slur = slur_of(curve((x, y), (x + width, y + drop), rise if above else -rise), FRAME)
    radius = abs(slur.radius_units) * 0.1
    half = length / 2
    assert (slur.radius_units < 0) == above
    assert abs(radius - math.sqrt(max(radius**2 - half**2, 0)) - rise) < 0.2
