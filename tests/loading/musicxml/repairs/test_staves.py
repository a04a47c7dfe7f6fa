"""Parts that get staves later, or have notes on staves that nothing declares."""

from __future__ import annotations

from pathlib import Path

from smashcima.engravers.verovio import engrave
from smashcima.engraving import PrimitiveKind
from smashcima.loading import load_score
from tests.loading.musicxml.drawn_signs import drawn, head_positions
from tests.loading.musicxml.score_elements import (
    BASS,
    DIVISIONS,
    TREBLE,
    attributes,
    back,
    clef,
    key,
    note,
    score,
    time,
)

START = attributes(DIVISIONS, key(0), time(4, 4), TREBLE)
TWO = note("D5", 16) + back(16) + note("C3", 16, staff=2, voice=5)


def test_a_staff_that_begins_later_is_empty_until_then() -> None:
    later = attributes("<staves>2</staves>", clef("F", 4, 2))
    loaded = load_score(data=score([START + note("C5", 16), later + TWO]))
    engraving = engrave(loaded.score)
    assert head_positions(engraving) == {(0, 1): [1], (1, 1): [2], (1, 2): [-1]}
    assert drawn(engraving, PrimitiveKind.CLEF) == {(0, 1): ["gClef"], (0, 2): ["fClef"]}
    assert [(issue.where, issue.element) for issue in loaded.issues] == [("P1, measure 2", "staff")]


def test_a_third_staff_that_begins_later_moves_the_staves_of_other_parts() -> None:
    first = attributes(DIVISIONS, key(0), time(4, 4), "<staves>2</staves>", clef("G", 2, 1), clef("F", 4, 2))
    later = attributes("<staves>3</staves>", clef("F", 4, 3))
    other = [START + note("E5", 16), note("E5", 16)]
    loaded = load_score(
        data=score([first + TWO, later + TWO + back(16) + note("E3", 16, staff=3, voice=9)], other)
    )
    assert head_positions(engrave(loaded.score))[1, 3] == [1]
    assert head_positions(engrave(loaded.score))[0, 4] == [3]


def test_a_staff_that_ends_is_empty_from_then_on() -> None:
    first = attributes(DIVISIONS, key(0), time(4, 4), "<staves>2</staves>", clef("G", 2, 1), clef("F", 4, 2))
    loaded = load_score(data=score([first + TWO, attributes("<staves>1</staves>") + note("D5", 16)]))
    assert head_positions(engrave(loaded.score)) == {(0, 1): [2], (0, 2): [-1], (1, 1): [2]}


def test_notes_on_a_staff_that_is_not_declared_are_drawn_there() -> None:
    start = attributes(DIVISIONS, key(0), time(4, 4), clef("G", 2, 1), clef("F", 4, 2))
    loaded = load_score(data=score([start + TWO, TWO]))
    assert head_positions(engrave(loaded.score))[1, 2] == [-1]
    assert [(issue.where, issue.element) for issue in loaded.issues] == [("P1, measure 1", "staff")]


def test_a_part_with_only_a_second_staff_has_one() -> None:
    start = attributes(DIVISIONS, key(0), time(4, 4), BASS.replace("<clef", '<clef number="2"'))
    loaded = load_score(data=score([start + note("C3", 16, staff=2)]))
    assert head_positions(engrave(loaded.score)) == {(0, 1): [-1]}
    assert [(issue.where, issue.element) for issue in loaded.issues] == [("P1, measure 1", "staff")]


def test_the_case_of_a_second_staff(shared_data: Path) -> None:
    loaded = load_score(shared_data / "cases" / "97-second-staff-later.musicxml")
    assert head_positions(engrave(loaded.score)) == {(0, 1): [1], (1, 1): [2], (1, 2): [-1]}
