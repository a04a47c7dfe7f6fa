"""Pedal signs at one time: the release of one pedal and the start of the next."""

from __future__ import annotations

import pytest

from smashcima.engraving import PrimitiveKind


def pedals(*marks: tuple[float, str]) -> str:
    return "".join(
        f'<pedal xml:id="p{k}" staff="1" tstamp="{beat}" dir="{direction}" form="pedstar" vgrp="1"/>'
        for k, (beat, direction) in enumerate(marks)
    )


def sides(made, element: str) -> tuple[float, float, float, float]:
    (sign,) = [p for p in made.of_kind(PrimitiveKind.PEDAL) if p.element == element]
    return sign.sides()


def test_a_release_stands_left_of_the_pedal_that_starts_at_its_time(snippet):
    made = snippet(marks=pedals((1, "down"), (3, "up"), (3, "down")))
    space = made.engraving.systems[0].staves[0].staff_space
    star, pedal = sides(made, "p1"), sides(made, "p2")
    assert star[2] == pytest.approx(pedal[0] - 0.2 * space)
    alone = snippet(marks=pedals((1, "down"), (3, "down")))
    assert pedal[0] == sides(alone, "p1")[0]  # the new pedal stays at its note


def test_a_release_at_a_time_of_its_own_is_not_moved(snippet):
    moved = snippet(marks=pedals((1, "down"), (2, "up"), (4, "down")))
    alone = snippet(marks=pedals((1, "down"), (2, "up")))
    assert sides(moved, "p1") == sides(alone, "p1")


def test_a_release_between_two_close_pedals_stays_right_of_the_first(snippet):
    made = snippet(
        '<note pname="c" oct="5" dur="16"/>' * 16, marks=pedals((1, "down"), (1.5, "up"), (1.5, "down"))
    )
    first, star, second = (sides(made, element) for element in ("p0", "p1", "p2"))
    assert second[0] - first[2] < star[2] - star[0]  # there is no room for the star
    assert star[0] == pytest.approx(first[2])
