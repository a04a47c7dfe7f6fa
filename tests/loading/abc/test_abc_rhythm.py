from __future__ import annotations

import pytest

from smashcima.scene.semantic import (
    Beam,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Tie,
    TimeSignature,
    Tuplet,
    TupletSpan,
)
from tests.loading.abc.abc_scores import HEAD, issues_of, lengths, pitches, score_of


def with_fields(fields: str, music: str) -> str:
    return f"X:1\nT:A\n{fields}\nK:C\n{music}\n"


@pytest.mark.parametrize(
    ("fields", "length"),
    [
        ("M:2/4", "1/4"), ("M:3/4", "1/2"), ("M:4/4", "1/2"), ("M:6/8", "1/2"), ("M:5/8", "1/4"), ("M:C", "1/2"),
        ("M:C|", "1/2"), ("M:none", "1/2"), ("r:no metre", "1/2"), ("L:1/4\nM:2/4", "1"), ("M:4/4\nL:1", "4"),
        ("L:1/16", "1/4"), ("M:(2+3)/8", "1/4"), ("M:2+2+3/8", "1/2"),
    ],
)  # fmt: skip
def test_the_unit_note_length_is_given_or_follows_from_the_metre(fields: str, length: str):
    assert lengths(score_of(with_fields(fields, "C|"))) == length


def test_a_metre_inside_the_tune_does_not_change_the_unit():
    assert lengths(score_of(with_fields("M:4/4", "C|[M:2/4]C|[L:1/4]C|\nM:3/4\nC|"))) == "1/2 | 1/2 | 1 | 1"


@pytest.mark.parametrize(
    ("meter", "count", "unit", "symbol"),
    [
        ("C", "4", 4, "common"), ("C|", "2", 2, "cut"), ("6/8", "6", 8, None), ("(2+3+2)/8", "2+3+2", 8, None),
        ("none", None, None, "open"), ("", None, None, "open"),
    ],
)  # fmt: skip
def test_metres(meter: str, count: str | None, unit: int | None, symbol: str | None):
    (found,) = score_of(with_fields(f"M:{meter}", "C|")).descendants(TimeSignature)
    assert (found.count, found.unit, found.symbol.value if found.symbol else None) == (count, unit, symbol)


def test_multipliers_of_lengths():
    music = "C C2 C3 C/ C/2 C// C/4 C3/2 C3// C4/2 C7|"
    assert lengths(score_of(with_fields("M:none\nL:1/4", music))) == "1 2 3 1/2 1/2 1/4 1/4 3/2 3/4 2 7"


def test_broken_rhythm_dots_one_note_and_shortens_the_other():
    score = score_of(with_fields("M:none\nL:1/8", "A>B c<d e>>f g<<a A>>>B|A > B [ce]>z|A<{g}B A{g}<B|"))
    assert (
        lengths(score)
        == "3/4 1/4 1/4 3/4 7/8 1/8 1/8 7/8 15/16 1/16 | 3/4 1/4 3/4 z1/4 | 1/4 0 3/4 1/4 0 3/4"
    )


@pytest.mark.parametrize(
    ("meter", "music", "expected", "count", "base"),
    [
        ("4/4", "(2ab", "3/4 3/4", 2, 3), ("4/4", "(3abc", "1/3 1/3 1/3", 3, 2), ("4/4", "(4abcd", "3/8 3/8 3/8 3/8", 4, 3),
        ("4/4", "(5abcde", "1/5 1/5 1/5 1/5 1/5", 5, 2), ("6/8", "(5abcde", "3/10 3/10 3/10 3/10 3/10", 5, 3),
        ("4/4", "(6abcdef", "1/6 1/6 1/6 1/6 1/6 1/6", 6, 2), ("9/8", "(7abcdefg", "3/14 3/14 3/14 3/14 3/14 3/14 3/14", 7, 3),
        ("4/4", "(8abcdefga", " ".join(["3/16"] * 8), 8, 3), ("4/4", "(9abcdefgab", " ".join(["1/9"] * 9), 9, 2),
        ("4/4", "(3:2:2 g4c2", "4/3 2/3", 3, 2), ("4/4", "(3::2 g4c2", "4/3 2/3", 3, 2), ("4/4", "(3:: abc", "1/3 1/3 1/3", 3, 2),
        ("4/4", "(3:2 abc", "1/3 1/3 1/3", 3, 2), ("4/4", "(3:2:4 G2A2Bc", "2/3 2/3 1/3 1/3", 3, 2),
        ("4/4", "(3 z[CE]D", "z1/3 1/3 1/3", 3, 2), ("4/4", "(5:4:5 abcde", "2/5 2/5 2/5 2/5 2/5", 5, 4),
    ],
)  # fmt: skip
def test_tuplets(meter: str, music: str, expected: str, count: int, base: int):
    score = score_of(with_fields(f"M:{meter}\nL:1/8", f"{music}|"))
    (tuplet,) = score.descendants(Tuplet)
    assert lengths(score) == expected
    assert (tuplet.count, tuplet.base) == (count, base)


def test_a_tuplet_that_cuts_a_beam_is_a_span_with_the_same_lengths():
    score = score_of(with_fields("M:2/4\nL:1/8", "(3abc d|a(3bcd e|"))
    assert lengths(score) == "1/3 1/3 1/3 1/2 | 1/2 1/3 1/3 1/3 1/2"
    cut = score_of(with_fields("M:3/4\nL:1/8", "(3a bcd|"))
    assert lengths(cut) == "1/3 1/3 1/3 1/2"
    assert len(list(cut.descendants(TupletSpan))) == 1


def test_an_unfinished_tuplet_is_named():
    assert issues_of("c4|(3ab|c4|") == ["measure 2: tuplet: it has fewer notes than it tells"]


def test_notes_without_spaces_are_beamed():
    score = score_of(with_fields("M:none\nL:1/8", "ABcd AB cd A2BC zA`B|A B|AB\\\ncd|e/f/{ga}g [ce]d|"))
    beams = [
        " ".join(
            str(event.pitch) if isinstance(event, Note) else "[]"
            for event in beam.events
            if not event.is_grace
        )
        for beam in score.descendants(Beam)
    ]
    assert [beam for beam in beams if beam] == [
        "A4 B4 C5 D5", "A4 B4", "C5 D5", "B4 C4", "A4 B4", "A4 B4 C5 D5", "E5 F5 G5", "[] D5",
    ]  # fmt: skip


def test_a_length_without_a_note_is_written_as_tied_notes():
    score = score_of(with_fields("M:none\nL:1/8", "[ce]5-[ce] z5|"))
    assert lengths(score) == "2 1/2 1/2 z2 z1/2"
    assert len(list(score.descendants(Tie))) == 4
    assert issues_of(with_fields("M:none\nL:1/8", "A5|")) == [
        "measure 1: length: no note lasts 5/2 quarters; written as tied notes"
    ]


def test_a_length_that_no_notes_have_is_rounded_and_named():
    assert issues_of("A/3|")[0].startswith("measure 1: length: no note lasts 1/3 quarters; written as 85/256")


def test_hidden_rests_are_spaces():
    assert lengths(score_of("C x D2|x4|X|")) == "1 x1 2 | x4 | x4"


def test_a_rest_that_fills_its_bar_is_a_measure_rest():
    score = score_of("z4|Z|C2 z2|")
    assert lengths(score) == "z4 | z4 | 2 z2"
    assert len(list(score.descendants(MeasureRest))) == 2


def test_a_multi_measure_rest_is_one_sign_and_counts_its_measures():
    score = score_of("C4|Z3|D4|")
    (rest,) = score.descendants(MultiMeasureRest)
    assert rest.count == 3
    assert [measure.n for measure in score.measures] == ["1", "2", "5"]


def test_beside_other_voices_a_multi_measure_rest_is_several_measures():
    score = score_of("X:1\nM:2/4\nL:1/4\nK:C\nV:1\nZ3|C2|]\nV:2\nC2|D2|E2|F2|]\n")
    assert [measure.n for measure in score.measures] == ["1", "2", "3", "4"]
    assert len(list(score.descendants(MeasureRest))) == 3


def test_chords_last_as_long_as_their_first_note_and_the_factor_behind_them():
    score = score_of(with_fields("M:none\nL:1/8", "[CEG]2 [C2E2]3 [C/E/]|[C2E]|"))
    assert lengths(score) == "1 3 1/4 | 1"
    assert issues_of("[C2E]|") == [
        "measure 1: chord: its notes have different lengths; it lasts as long as the first one"
    ]


def test_grace_notes_take_no_time_and_slashes_make_acciaccaturas():
    score = score_of("{g}A {/g}B {ab}c {[ce]}d|")
    assert lengths(score) == "0 1 0 1 0 0 1 0 1"
    graces = [event for event in score.events() if event.is_grace]
    assert [grace.grace.value for grace in graces if grace.grace] == ["acc", "unacc", "acc", "acc", "acc"]  # type: ignore[attr-defined]
    assert [str(grace.duration) for grace in graces if grace.duration] == [
        "eighth",
        "eighth",
        "16th",
        "16th",
        "eighth",
    ]


def test_a_pickup_is_measure_0():
    assert [measure.n for measure in score_of("G|c4|d4|").measures] == ["0", "1", "2"]
    assert pitches(score_of(HEAD + "G|c4|\n")) == "G4 | C5"


def test_too_many_notes_in_a_bar_are_named():
    assert issues_of("CCCCC|") == [
        "measure 1: layer: voice 1 of staff 1 lasts 5 quarters; the time signature requires 4"
    ]
