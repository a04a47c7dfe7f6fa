"""Clefs, key and time signatures in the course of a piece."""

import pytest

from smashcima.loading import load_score
from smashcima.scene.semantic import Clef, KeySignature, StaffChange, TimeSignature, TimeSymbol
from tests.loading.mro.mro_text import (
    BASS,
    COMMON_TIME,
    TREBLE,
    bar,
    file,
    first_bar,
    half,
    key,
    one_stave,
    page,
    quarter,
    stave,
    system,
    time,
    whole,
)
from tests.loading.mro.reading import issues, load, pitches, reading


def test_a_clef_inside_a_bar_holds_for_the_notes_after_it():
    bars = first_bar(
        half(100, 0), half(200, 0), end=300, clefs=(TREBLE, "shape Bass centre 32,150 pitchposn -2")
    )
    score = load(one_stave(bars))
    assert pitches(score) == ["B4", "D3"]
    voice = score.measures[0].voices[0]
    assert [type(child).__name__ for child in voice.objects()] == ["Note", "Clef", "Note"]


def test_a_clef_before_a_barline_holds_from_the_next_bar():
    bars = (
        first_bar(whole(100, 0), end=300, clefs=(TREBLE, "shape Alto centre 32,280 pitchposn 0")),
        bar(whole(350, 0), end=400),
    )
    assert pitches(load(one_stave(*bars))) == ["B4", "C4"]


def test_clefs_that_systems_repeat_are_the_one_in_force():
    systems = [system(stave(first_bar(whole(100, n), end=200)), top=100 + 300 * n) for n in range(2)]
    made = reading(file(page(*systems)))
    assert len(list(made.score.descendants(Clef))) == 1
    assert made.ids["clef", 0, 0, 0, 0, 0] == made.ids["clef", 0, 1, 0, 0, 0]
    assert made.ids["timesig", 0, 0, 0, 0] == made.ids["timesig", 0, 1, 0, 0]
    assert len(list(made.score.descendants(TimeSignature))) == 1


def test_a_system_may_start_with_another_clef():
    first = system(stave(first_bar(whole(100, 0), end=200)))
    second = system(stave(bar(whole(100, 0), end=200, clefs=(BASS,))), top=400)
    score = load(file(page(first, second)))
    assert pitches(score) == ["B4", "D3"]
    assert len(list(score.descendants(StaffChange))) == 1


def test_a_stave_without_a_clef_is_read_as_treble():
    loaded = load_score(data=one_stave(bar(whole(100, 0), end=200)), format="mro")
    assert pitches(loaded.score) == ["B4"]
    assert [str(issue) for issue in loaded.issues] == [
        "page 1, system 1, stave 1: clef: none at the start: read as treble"
    ]


def test_a_clef_that_is_not_on_a_line_is_reported():
    text = one_stave(first_bar(whole(100, 0), end=200, clef="shape Treble centre 32,20 pitchposn 1"))
    assert issues(text) == [
        "page 1, system 1, stave 1, bar 1: clef: position 1 is not that of a line: read as line 2"
    ]


def test_keys_change_at_a_bar():
    bars = (
        first_bar(whole(100, -4), end=200, keys=(key(-1),)),
        bar(whole(300, -4), end=400, keys=(key(2, x=230),)),
        bar(whole(450, -4), end=500),
    )
    score = load(one_stave(*bars))
    assert pitches(score) == ["F5", "F#5", "F#5"]
    assert [found.fifths for found in score.descendants(KeySignature)] == [-1, 2]


def test_staves_may_have_keys_of_their_own():
    upper = first_bar(whole(100, -4), end=200, keys=(key(1),))
    lower = first_bar(whole(100, -6), end=200, clef=BASS, keys=(key(-1),))
    score = load(file(page(system(stave(upper), stave(lower, top=236)))))
    assert pitches(score) == ["F#5", "C4"]
    assert [staff.key_signature.fifths for staff in score.staves if staff.key_signature] == [1, -1]


def test_some_staves_may_share_a_key():
    staves = [
        stave(first_bar(whole(100, -4), end=200, keys=(key(fifths),)), top=100 + 136 * n)
        for n, fifths in enumerate((1, 1, -1))
    ]
    score = load(file(page(system(*staves))))
    assert pitches(score) == ["F#5", "F#5", "F5"]
    assert len(list(score.descendants(KeySignature))) == 3


def test_a_key_may_change_at_a_double_barline_inside_a_measure():
    bars = (
        first_bar(half(100, -4), end=150, barline="Double"),
        bar(half(250, -4), end=300, keys=(key(1, x=200),)),
    )
    made = reading(file(page(system(stave(*bars), stave(*bars, top=236)))))
    assert pitches(made.score) == ["F5", "F#5", "F5", "F#5"]
    ids = [made.ids["keysig", 0, 0, staff, 1, 0] for staff in (0, 1)]
    assert len(set(ids)) == 2


def test_of_two_keys_in_a_bar_the_last_is_used():
    text = one_stave(first_bar(whole(100, -4), end=200, keys=(key(-1, x=40), key(1, x=60))))
    loaded = load_score(data=text, format="mro")
    assert pitches(loaded.score) == ["F#5"]
    assert [issue.what for issue in loaded.issues] == ["key -1, but key 1 follows: read as the latter"]


def test_a_key_that_is_none_is_reported():
    assert issues(one_stave(first_bar(whole(100, 0), end=200, keys=(key(9),)))) == [
        "page 1, system 1, stave 1, bar 1: keysig: key 9 is not between -7 and 7: not read"
    ]


@pytest.mark.parametrize(
    ("sign", "numbers", "symbol"),
    [
        (COMMON_TIME, ("4", 4), TimeSymbol.COMMON),
        ("showasalpha True top 2 bottom 2 centre 32,70", ("2", 2), TimeSymbol.CUT),
        (time(4, 4), ("4", 4), None),
        (time(12, 8), ("12", 8), None),
        (time(9, 0), ("9", 0), None),
        ("showasalpha True top 3 bottom 4 centre 32,70", ("3", 4), None),
    ],
)
def test_time_signatures_are_read_as_they_are_drawn(sign, numbers, symbol):
    loaded = load_score(data=one_stave(first_bar(whole(150, 0), end=200, timesig=sign)), format="mro")
    (found,) = loaded.score.descendants(TimeSignature)
    assert ((found.count, found.unit), found.symbol) == (numbers, symbol)


def test_times_change_at_a_bar():
    bars = (
        first_bar(whole(100, 0), end=200),
        bar(half(300, 0), quarter(350, 0), end=400, timesig=time(3, 4, x=230)),
    )
    assert [measure.quarter_length for measure in load(one_stave(*bars)).measures] == [4, 3]


def test_a_time_signature_that_is_none_is_reported():
    assert issues(one_stave(first_bar(whole(100, 0), end=200, timesig=time(-1, 4)))) == [
        "page 1, system 1, stave 1, bar 1: timesig: -1/4 is no time signature: not read"
    ]
