from __future__ import annotations

from fractions import Fraction

import pytest

from smashcima.notations.abc import (
    AlignmentKind,
    GroupPlan,
    LineKind,
    StaffPlan,
    Tempo,
    decoded,
    follows_2_1,
    is_music,
    lines_of,
    multiplier,
    parse_key,
    parse_lyrics,
    parse_meter,
    parse_properties,
    parse_staves,
    parse_tempo,
    parse_unit_length,
    parse_user_symbol,
    split_tunes,
    tokens_of,
)


def test_a_book_is_split_at_its_numbers_and_each_tune_keeps_the_file_header():
    first, second = split_tunes("L:1/4\n\nX:1\nT: One % first\nK:C\nc|\nX:2\nK:C\nd|\n")
    assert (first.name, second.name) == ("1 One", "2")
    assert second.text == "L:1/4\nX:2\nK:C\nd|\n"


def test_a_text_without_number_is_one_tune():
    (tune,) = split_tunes("T:A\nK:C\nc|")
    assert tune.name == "A"


def test_lines_have_kinds_and_comments_are_gone():
    text = (
        "X:1 % number\nK:C\n%%score 1\nI:linebreak $\n% nothing\nd:|c\\ % go on\nw:a\n+:b 50\\%\n\nB:book\n"
    )
    assert [(line.kind, line.letter, line.text) for line in lines_of(text)] == [
        (LineKind.FIELD, "X", "1"), (LineKind.FIELD, "K", "C"), (LineKind.DIRECTIVE, "", "score 1"),
        (LineKind.DIRECTIVE, "", "linebreak $"), (LineKind.MUSIC, "", "d:|c"), (LineKind.FIELD, "w", "a b 50\\%"),
        (LineKind.EMPTY, "", ""), (LineKind.FIELD, "B", "book"),
    ]  # fmt: skip


def test_blocks_of_text_are_one_directive():
    assert [line.text for line in lines_of("%%begintext\nabc|\n%%endtext\nK:C\n")] == ["begintext", "C"]


def test_versions():
    assert follows_2_1("%abc-2.1\nX:1\n")
    assert follows_2_1("X:1\nI:abc-version 2.2\n")
    assert not follows_2_1("%abc-2.0\nX:1\n")
    assert not follows_2_1("X:1\n")


def test_free_text_is_told_from_music():
    assert is_music(lines_of('K:C\n"Am"ab c2|[M:3/4]!p!d3|\n')[1])
    assert not is_music(lines_of("K:C\nplay this | slowly\n")[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"Caf\'e", "Café"), (r"\"O\ss", "Öß"), ("caf&eacute;", "café"), (r"\u266d \U0001F600", "♭ 😀"),
        (r"100\% \& \\", "100% & \\"), ("gin & tonic", "gin & tonic"), ("$1big$0", "big"), (r"\AA\o", r"Å\o"),
        (r"\cC\vs\ua", "Çšă"),
    ],
)  # fmt: skip
def test_text_strings(text: str, expected: str):
    assert decoded(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Fraction(1)), ("3", Fraction(3)), ("/", Fraction(1, 2)), ("//", Fraction(1, 4)), ("3/2", Fraction(3, 2)),
        ("3//", Fraction(3, 4)), ("0", None), ("/0", None), ("1" * 20, None),
    ],
)  # fmt: skip
def test_multipliers(text: str, expected: Fraction | None):
    assert multiplier(text) == expected


def test_metres_and_units():
    additive = parse_meter("(2 + 3)/8")
    assert additive is not None
    assert (additive.count, additive.unit, additive.length) == ("2+3", 8, Fraction(5, 8))
    assert parse_meter("fast") is None
    assert parse_unit_length("1/8") == Fraction(1, 8)
    assert parse_unit_length("1") == 1
    assert parse_unit_length("1/0") is None


def test_a_tempo_may_have_words_several_beats_or_only_a_rate():
    assert parse_tempo('"Largo" 1/4 3/8=40', Fraction(1, 8)) == Tempo(
        "Largo", (Fraction(1, 4), Fraction(3, 8)), 40
    )
    assert parse_tempo("C2=90", Fraction(1, 8)) == Tempo("", (Fraction(1, 4),), 90)
    assert parse_tempo("1/4=x", Fraction(1, 8)) is None


def test_keys_with_clefs_and_properties():
    found = parse_key('F#m clef=bass middle=d name="A b"')
    assert found.key is not None
    assert (found.key.fifths, found.words) == (3, ("clef=bass", "middle=d", 'name="A b"'))
    assert parse_key("clef=alto").key is None
    properties = parse_properties(list(found.words))
    assert (properties.middle, properties.name, properties.unknown) == (36, "A b", ())
    assert parse_properties(["dyn=up"]).unknown == ("dyn=up",)


def test_lyrics_items():
    items = parse_lyrics("one-two three~four | five* _ 1")
    assert [(item.kind, item.text, item.has_hyphen) for item in items] == [
        (AlignmentKind.TEXT, "one", True), (AlignmentKind.TEXT, "two", False), (AlignmentKind.TEXT, "three four", False),
        (AlignmentKind.BAR, "", False), (AlignmentKind.TEXT, "five", False), (AlignmentKind.SKIP, "", False),
        (AlignmentKind.HOLD, "", False), (AlignmentKind.TEXT, "1", False),
    ]  # fmt: skip


def test_voices_are_grouped_on_staves():
    assert parse_staves("score (A T) | [B {C D}]") == GroupPlan(
        members=[
            StaffPlan(["A", "T"]),
            GroupPlan(
                "bracket", [StaffPlan(["B"]), GroupPlan("brace", [StaffPlan(["C"]), StaffPlan(["D"])])]
            ),
        ],
        joined=1,
    )
    joined = parse_staves("staves {r l}")
    assert joined is not None
    assert [member.is_joined for member in joined.members if isinstance(member, GroupPlan)] == [True]


@pytest.mark.parametrize(
    "text", ["score (a", "score a)", "score [a}", "score", "score ((a) b)", "score {a", "score " + "[" * 99]
)
def test_brackets_that_do_not_match_are_refused(text: str):
    assert parse_staves(text) is None


def test_user_symbols():
    assert parse_user_symbol("T = !trill!") == ("T", "!trill!")
    assert parse_user_symbol('p="^+"') == ("p", '"^+"')
    assert parse_user_symbol("H=!nil!") == ("H", "")
    assert parse_user_symbol("A=!trill!") is None


def test_tokens_are_the_whole_line():
    line = '|:"Am"!p!(3^a/b,c\'2>d {/ga}[ce]2-|1 z x4 Z2 y&_B/2:|2 .(e).-) ~T[K:G]$#[1,3 `|]'
    tokens = list(tokens_of(line))
    assert "".join(token.text for token in tokens) == line
    assert [token.text for token in tokens[:6]] == ["|:", '"Am"', "!p!", "(3", "^a/", "b,"]
