"""How writers fill pages: their own spacing and breaks, on staves that are ruled to the margin."""

from __future__ import annotations

import numpy as np
import pytest

import smashcima as sc
from smashcima.engravers.verovio import engrave
from smashcima.engraving import Breaks, Engraving, LayoutOptions, Line, PrimitiveKind
from smashcima.errors import WrongTypeError
from smashcima.placement import OwnLayout, ruled_to_the_margin

TUNE = "X:1\nL:1/4\nM:4/4\nK:C\n" + "CDEF|G2A/B/c|" * 14 + "c4|]\n"


def breaks_of(scene: sc.MusicScene) -> list[int]:
    """Number of measures in each system."""
    return [len(system.measures) for page in scene.pages for system in page.systems]


def test_a_seed_is_a_writer() -> None:
    assert OwnLayout.from_seed(5) == OwnLayout.from_seed(5)
    many = [OwnLayout.from_seed(seed) for seed in range(400)]
    spacing = np.log([each.note_spacing for each in many])
    assert spacing.mean() == pytest.approx(np.log(0.79), abs=0.02)
    assert spacing.std() == pytest.approx(0.13, abs=0.02)
    assert np.median([each.note_spacing_ratio for each in many]) == pytest.approx(1.25, abs=0.02)
    assert np.mean([each.justify for each in many]) == pytest.approx(0.3, abs=0.07)


def test_options_that_were_chosen_are_kept() -> None:
    own = OwnLayout(0.8, 5.5, 3.0, justify=True, justify_vertically=False, note_spacing_ratio=1.3)
    options = own.applied(LayoutOptions(staff_distance_ss=9, page="A4"))
    assert (options.note_spacing, options.staff_distance_ss, options.system_distance_ss) == (0.8, 9, 3.0)
    assert options.note_spacing_ratio == 1.3
    assert options.page == "A4"
    assert options.breaks is Breaks.AUTO
    assert options.justify
    assert not options.justify_vertically


def test_lines_that_are_not_justified_leave_room_for_the_estimates_of_the_engraver() -> None:
    own = OwnLayout(1.0, 6.0, 2.0, justify=False, justify_vertically=True)
    usual = LayoutOptions()
    assert own.applied(usual).content_size[0] == pytest.approx(0.95 * usual.content_size[0])


def staff_lines(engraving: Engraving) -> list[Line]:
    return [
        each
        for page in engraving.pages
        for each in page.primitives
        if each.kind is PrimitiveKind.STAFF_LINE and isinstance(each, Line)
    ]


def test_staves_are_ruled_to_the_margin_and_nothing_else_moves() -> None:
    score = sc.load_score(data=TUNE, format="abc").score
    short = engrave(score, LayoutOptions(justify=False))
    ruled = ruled_to_the_margin(short, 15.0)
    margin = short.pages[0].width - 15.0
    assert min(line.end.x for line in staff_lines(short)) < margin - 10
    assert all(line.end.x == pytest.approx(margin, abs=0.3) for line in staff_lines(ruled))
    assert [line.start for line in staff_lines(ruled)] == [line.start for line in staff_lines(short)]
    systems = [system for page in ruled.pages for system in page.systems]
    assert all(staff.right == pytest.approx(margin, abs=0.3) for system in systems for staff in system.staves)
    before, after = (
        [each for page in e.pages for each in page.primitives if each.kind is not PrimitiveKind.STAFF_LINE]
        for e in (short, ruled)
    )
    assert all(a is b for a, b in zip(before, after, strict=True))
    assert [s.measures for s in systems] == [s.measures for page in short.pages for s in page.systems]


def test_staves_of_full_lines_stay_as_they_are() -> None:
    score = sc.load_score(data=TUNE, format="abc").score
    engraving = engrave(score, LayoutOptions())
    margin = engraving.pages[0].width - 15.0
    for page, ruled in zip(engraving.pages, ruled_to_the_margin(engraving, 15.0).pages, strict=True):
        for system, new in zip(page.systems, ruled.systems, strict=True):
            if system.staves[0].right > 0.999 * margin:
                assert new is system


def test_writers_break_lines_at_different_measures() -> None:
    own, usual = set(), set()
    for writer in range(6):
        for found, flag in ((own, True), (usual, False)):
            model = sc.BaseHandwrittenModel(hand="pen", writer=writer, own_layout=flag, seed=1)
            scene = model(data=TUNE, format="abc")
            found.add(tuple(breaks_of(scene)))
            assert sum(breaks_of(scene)) == 29
            assert not sc.verify(scene).disagreements
    assert len(usual) == 1
    assert len(own) >= 3


def test_other_values_are_refused() -> None:
    with pytest.raises(WrongTypeError, match="own_layout must be True, False or an OwnLayout"):
        sc.BaseHandwrittenModel(hand="pen", own_layout="yes")  # type: ignore[arg-type]


def test_a_look_may_say_it_and_options_win(tmp_path) -> None:
    assert sc.BaseHandwrittenModel(look="old-manuscript").own_layout is True
    assert sc.BaseHandwrittenModel(look="old-manuscript", own_layout=False).own_layout is False
    assert sc.BaseHandwrittenModel(hand="pen").own_layout is False
    sc.Look("wide", {"hand": "pen", "own_layout": OwnLayout(1.3, 6.0, 2.0, True, True)}).write(
        tmp_path / "w.yaml"
    )
    found = sc.BaseHandwrittenModel(look=tmp_path / "w.yaml")
    assert found.own_layout == OwnLayout(1.3, 6.0, 2.0, True, True)
    assert found.recipe.build().own_layout == found.own_layout


def test_staves_of_a_page_end_at_one_place_also_beyond_the_margin() -> None:
    score = sc.load_score(data=TUNE, format="abc").score
    (page, *_) = ruled_to_the_margin(engrave(score, LayoutOptions(justify=False)), 40.0).pages
    ends = [staff.right for system in page.systems for staff in system.staves]
    assert len(ends) > 2
    assert max(ends) - min(ends) < 0.3
    assert max(ends) > page.width - 40.0
