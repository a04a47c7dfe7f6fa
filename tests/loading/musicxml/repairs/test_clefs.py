"""Changes of clef inside measures, between them, and as several voices see them."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from lxml import etree

from smashcima.engravers.verovio import engrave
from smashcima.engraving import PrimitiveKind
from smashcima.loading import load_mei_text, load_score
from tests.loading.musicxml.drawn_signs import drawn, head_positions
from tests.loading.musicxml.score_elements import (
    BASS,
    DIVISIONS,
    TREBLE,
    attributes,
    back,
    clef,
    forward,
    key,
    note,
    rest,
    score,
    time,
)

START = attributes(DIVISIONS, key(0), time(4, 4), TREBLE)
START_IN_BASS = attributes(DIVISIONS, key(0), time(4, 4), BASS)
TWO_STAVES = attributes(DIVISIONS, key(0), time(4, 4), "<staves>2</staves>", clef("G", 2, 1), clef("F", 4, 2))
TO_BASS, TO_TREBLE = attributes(BASS), attributes(TREBLE)

G, G_CHANGE, F, F_CHANGE = "gClef", "gClefChange", "fClef", "fClefChange"


def check(
    music: str, positions: dict[tuple[int, int], list[int]], clefs: dict[tuple[int, int], list[str]]
) -> None:
    """What is drawn must be these staff positions and clefs, and the truth must say the same positions."""
    loaded = load_score(data=music)
    engraving = engrave(loaded.score)
    assert head_positions(engraving) == positions
    assert drawn(engraving, PrimitiveKind.CLEF) == clefs
    assert sorted(n.position or 0 for n in loaded.score.notes()) == sorted(chain(*positions.values()))
    assert not [issue for issue in loaded.issues if issue.element == "clef"]


def test_a_second_voice_sees_a_clef_after_forward() -> None:
    first = note("E3") + TO_TREBLE + note("C5") + note("B4") + TO_BASS + note("B2")
    second = forward(4) + note("E4", voice=2) + forward(4) + note("D3", voice=2)
    check(
        score([START_IN_BASS + first + back(16) + second, note("C3", 16)]),
        {(0, 1): [1, -4, 1, 0, 0, -2], (1, 1): [-1]},
        {(0, 1): [F, G_CHANGE, F_CHANGE]},
    )


def test_a_clef_in_the_second_voice_holds_for_the_first() -> None:
    first = note("E5", 8) + note("C3", 8)
    second = forward(8) + TO_BASS + note("E3", 8, voice=2)
    check(
        score([START + first + back(16) + second, note("C3", 16)]),
        {(0, 1): [3, 1, -1], (1, 1): [-1]},
        {(0, 1): [G, F_CHANGE]},
    )


@pytest.mark.parametrize(
    "last",
    [
        note("E5", 16) + TO_BASS,
        note("E5", 16) + TO_BASS + back(16) + note("C4", 8, voice=2) + note("D4", 8, voice=2),
        note("E5", 16) + back(16) + note("C4", 8, voice=2) + note("D4", 8, voice=2) + TO_BASS,
    ],
)
def test_a_clef_at_the_end_of_a_measure_is_for_the_next(last: str) -> None:
    engraving = engrave(load_score(data=score([START + last, note("C3", 16)])).score)
    assert head_positions(engraving)[1, 1] == [-1]
    assert head_positions(engraving)[0, 1][-1] in (3, -5)
    assert drawn(engraving, PrimitiveKind.CLEF) == {(0, 1): [G, F_CHANGE]}


def test_a_clef_at_the_end_and_at_the_next_start_is_drawn_once() -> None:
    check(
        score([START + note("E5", 16) + TO_BASS, TO_BASS + note("C3", 16)]),
        {(0, 1): [3], (1, 1): [-1]},
        {(0, 1): [G, F_CHANGE]},
    )


def test_a_clef_that_warns_of_another_comes_first() -> None:
    check(
        score([START + note("E5", 16) + TO_BASS, TO_TREBLE + note("C5", 16)]),
        {(0, 1): [3], (1, 1): [1]},
        {(0, 1): [G, F_CHANGE, G_CHANGE]},
    )


def test_a_clef_before_grace_notes_holds_for_them() -> None:
    check(
        score([START + note("C5", 8) + TO_BASS + note("D3", 0) + note("C3", 8)]),
        {(0, 1): [1, 0, -1]},
        {(0, 1): [G, F_CHANGE]},
    )


def test_a_clef_after_grace_notes_does_not_hold_for_them() -> None:
    first = note("C5", 8) + note("D5", 0) + TO_BASS + note("C3", 8)
    second = note("C4", 8, voice=2) + note("E3", 8, voice=2)
    check(
        score([START + first + back(16) + second]),
        {(0, 1): [-6, 1, 2, 1, -1]},
        {(0, 1): [G, F_CHANGE]},
    )


def test_a_clef_reaches_a_staff_whose_voice_was_on_another() -> None:
    crossing = note("G4", 8, voice=2, staff=2) + note("E5", 8, voice=2, staff=1)
    second = note("C5", 16) + back(16) + note("C3", 16, voice=2, staff=2)
    start = attributes(DIVISIONS, key(0), time(4, 4), "<staves>2</staves>", clef("G", 2, 1), clef("G", 2, 2))
    check(
        score([start + forward(16) + back(16) + crossing, attributes(clef("F", 4, 2)) + second]),
        {(0, 1): [3], (0, 2): [-2], (1, 1): [1], (1, 2): [-1]},
        {(0, 1): [G], (0, 2): [G, F_CHANGE]},
    )


def test_a_clef_reaches_such_a_staff_late_in_the_piece() -> None:
    plain = note("C5", 16) + back(16) + note("C5", 16, voice=2, staff=2)
    crossing = note("G4", 8, voice=2, staff=2) + note("E5", 8, voice=2, staff=1)
    last = note("C5", 16) + back(16) + note("C3", 16, voice=2, staff=2)
    start = attributes(DIVISIONS, key(0), time(4, 4), "<staves>2</staves>", clef("G", 2, 1), clef("G", 2, 2))
    change = attributes(clef("F", 4, 2))
    check(
        score([start + plain, forward(16) + back(16) + crossing, change + last]),
        {(0, 1): [1], (0, 2): [1], (1, 1): [3], (1, 2): [-2], (2, 1): [1], (2, 2): [-1]},
        {(0, 1): [G], (0, 2): [G], (1, 2): [F_CHANGE]},
    )


def test_clefs_of_both_staves_change_where_one_attributes_element_stands() -> None:
    upper = note("C5", 8) + attributes(clef("F", 4, 1), clef("G", 2, 2)) + note("C3", 8)
    lower = note("C3", 8, voice=5, staff=2) + note("E4", 8, voice=5, staff=2)
    check(
        score(
            [
                TWO_STAVES + upper + back(16) + lower,
                note("C3", 16) + back(16) + note("C5", 16, voice=5, staff=2),
            ]
        ),
        {(0, 1): [1, -1], (0, 2): [-1, -4], (1, 1): [-1], (1, 2): [1]},
        {(0, 1): [G, F_CHANGE], (0, 2): [F, G_CHANGE]},
    )


def test_octave_clefs_move_the_positions_of_all_voices() -> None:
    eighth_below = attributes(clef("G", 2, octaves=-1))
    first = note("C5", 8) + eighth_below + note("C4", 8)
    second = forward(8) + note("E3", 8, voice=2)
    check(
        score([START + first + back(16) + second]),
        {(0, 1): [1, -4, 1]},
        {(0, 1): [G, "gClef8vb"]},
    )


def test_a_multi_measure_rest_at_the_start_has_one_clef() -> None:
    many = attributes("<measure-style><multiple-rest>3</multiple-rest></measure-style>")
    silent = '<note><rest measure="yes"/><duration>16</duration><voice>1</voice></note>'
    check(
        score([START_IN_BASS + many + silent, silent, silent, note("C3", 16)]),
        {(1, 1): [-1]},
        {(0, 1): [F]},
    )


def test_a_hidden_clef_holds_without_being_drawn() -> None:
    hidden = attributes(BASS.replace("<clef", '<clef print-object="no"'))
    first = note("C5", 8) + hidden + note("C3", 8)
    second = forward(8) + note("E3", 8, voice=2)
    check(score([START + first + back(16) + second]), {(0, 1): [1, 1, -1]}, {(0, 1): [G]})


def test_the_clef_of_a_second_ending_stands_in_it() -> None:
    def ending(number: int, kind: str) -> str:
        return f'<barline><ending number="{number}" type="{kind}"/></barline>'

    measures = [
        START + note("C5", 16),
        ending(1, "start") + TO_BASS + note("C3", 16) + ending(1, "stop"),
        ending(2, "start") + TO_TREBLE + note("C5", 16) + ending(2, "stop"),
    ]
    engraving = engrave(load_score(data=score(measures)).score)
    assert head_positions(engraving) == {(0, 1): [1], (1, 1): [-1], (2, 1): [1]}
    assert sum(map(len, drawn(engraving, PrimitiveKind.CLEF).values())) == 3


def test_a_clef_that_is_read_well_is_left_as_it_is() -> None:
    music = score([START + note("C5", 8) + TO_BASS + note("C3", 8), rest(16)])
    clefs = list(etree.fromstring(load_mei_text(data=music).meis[0].encode()).iter("{*}clef"))
    assert not [
        found
        for found in clefs
        if str(found.get("{http://www.w3.org/XML/1998/namespace}id")).startswith("clef")
    ]


CASES = {
    "109-second-voice-loses-clef.musicxml": {(0, 1): [1, -4, 1, 0, 0, -2], (1, 1): [-1]},
    "107-clef-after-crossing-voice.musicxml": {
        (0, 1): [3], (0, 2): [-2], (1, 1): [1], (1, 2): [-1], (2, 1): [2], (2, 2): [0],
    },
    "92-multirest-at-start.musicxml": {(1, 1): [-1]},
    "41-clefs-two-staves.musicxml": {
        (0, 1): [1, 0], (0, 2): [1, -1, 0], (1, 1): [1], (1, 2): [-1],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_positions_of_the_cases(shared_data: Path, name: str) -> None:
    loaded = load_score(shared_data / "cases" / name)
    assert head_positions(engrave(loaded.score)) == CASES[name]
    assert not [issue for issue in loaded.issues if issue.element == "clef"]
