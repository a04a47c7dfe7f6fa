"""Staves above and below another one."""

from __future__ import annotations

import pytest

from smashcima.engravers.staff import StaffEngraver
from smashcima.engraving import LayoutOptions, PrimitiveKind, with_belonging
from smashcima.engraving.stacking import cut_to_width, with_neighbours
from smashcima.scene.semantic import Score, ScoreBuilder, beam, note

_K = PrimitiveKind
OPTIONS = LayoutOptions(breaks="none", staff_space=2.0, margins=3.0)


def staff(count: int) -> Score:
    builder = ScoreBuilder(time="4/4")
    builder.add_part("Staff", "treble")
    for _ in range(count):
        builder.add_voice(
            builder.add_measure(),
            1,
            note("C6", "half"),
            beam(note("E4", "eighth"), note("A5", "eighth")),
            note("B4", "quarter"),
        )
    return builder.build()


def engraved(count: int):
    return StaffEngraver().engrave(staff(count), OPTIONS)


def test_staves_are_at_the_distance_and_numbered_from_the_top():
    main = engraved(2)
    made, shift = with_neighbours(main, engraved(2), engraved(1), 24.0)
    middles = [system.staves[0].middle_y for system in made.systems]
    assert [system.index for system in made.systems] == [0, 1, 2]
    assert middles[1] - middles[0] == pytest.approx(24.0)
    assert middles[2] - middles[1] == pytest.approx(24.0)
    assert middles[1] == pytest.approx(main.systems[0].staves[0].middle_y + shift)
    assert {p.place.system for p in made.primitives()} == {0, 1, 2}


def test_the_page_contains_all_ink():
    made, _ = with_neighbours(engraved(2), engraved(2), engraved(2), 24.0)
    (page,) = made.pages
    for primitive in page.primitives:
        left, top, right, bottom = primitive.sides()
        assert min(left, top) >= 0
        assert right <= page.width
        assert bottom <= page.height


def test_only_a_staff_below_moves_nothing():
    main = engraved(1)
    made, shift = with_neighbours(main, None, engraved(1), 24.0)
    assert shift == 0
    assert [p.coordinates() for p in made.pages[0].primitives[:5]] == [
        pytest.approx(p.coordinates()) for p in main.pages[0].primitives[:5]
    ]


def test_relations_stay_within_each_staff():
    parts = [engraved(2), engraved(1), engraved(2)]
    made, _ = with_neighbours(parts[1], parts[0], parts[2], 24.0)
    (page,) = made.pages
    found = page.belonging
    assert len(found.events) == len(page.primitives)
    for stem, heads in found.noteheads.items():
        places = {page.primitives[index].place.system for index in (stem, *heads)}
        assert len(places) == 1
    assert [len(piece.stems) for piece in found.beams.values()] == [2] * 5
    for index, piece in found.beams.items():
        assert page.primitives[index].kind is _K.BEAM
        assert all(page.primitives[number].kind is _K.STEM for number in piece.stems)
    assert len(found.barlines) == 5
    assert all(page.primitives[index].kind is _K.BARLINE for index in found.single_barlines)


def test_long_neighbours_are_cut_and_short_ones_continued():
    short, long = staff(1), staff(3)
    width = 60.0
    cut = cut_to_width(StaffEngraver().lay_out(long, OPTIONS), width)
    (page,) = cut.pages
    right = page.systems[0].staves[0].left + width
    assert max(p.sides()[2] for p in page.primitives if p.kind is not _K.STAFF_LINE) <= right
    assert {p.coordinates()[2] for p in page.primitives if p.kind is _K.STAFF_LINE} == {right}
    assert page.systems[0].measures[-1].right <= right
    continued = cut_to_width(StaffEngraver().lay_out(short, OPTIONS), 500.0)
    assert {p.coordinates()[2] for p in continued.primitives(_K.STAFF_LINE)} == {503.0}
    assert with_belonging(cut, long).pages[0].belonging is not None
