from __future__ import annotations

import pytest

from smashcima.loading import load_scores
from smashcima.orchestration import EngravedModel
from smashcima.scene.semantic import Direction, Ending, GroupSymbol, PageHead, Score, StaffGroup, SystemBreak
from smashcima.scene.visual import MeasureNumberMark
from tests.loading.abc.abc_scores import HEAD, issues_of, lengths, pitches, score_of, scores_of, voice


def barlines(score: Score) -> str:
    """Left and right barlines of the measures: `rptstart C4 rptend`."""
    words = []
    for measure in score.measures:
        words += [side.value if side else "-" for side in (measure.left, measure.right)]
    return " ".join(words)


@pytest.mark.parametrize(
    ("music", "expected"),
    [
        ("c4|d4|", "- - - -"), ("c4||d4|]", "- dbl - end"), ("|:c4:|", "rptstart rptend"),
        ("c4::d4:|", "- rptend rptstart rptend"), ("c4:|:d4:|", "- rptend rptstart rptend"),
        ("c4:||:d4:|", "- rptend rptstart rptend"), ("c4:|\n|:d4:|", "- rptend rptstart rptend"),
        ("c4 | |: d4 :|", "- - rptstart rptend"), ("c4.|d4[|]e4|", "- dotted - invis - -"), ("|c4|", "- -"),
        ("|]c4|", "end -"), ("c4", "- -"), ("c4 :|] d4", "- rptend - -"),
    ],
)  # fmt: skip
def test_barlines_and_repeats(music: str, expected: str):
    assert barlines(score_of(music)) == expected


def test_unusual_barlines_are_named():
    assert issues_of("c4[|d4|") == ["measure 1: barline: [| is drawn as a double barline"]
    assert issues_of("|::c4::|") == [
        "barline: |:: is drawn as a simple repeat sign", "measure 1: barline: ::| is drawn as a simple repeat sign",
    ] or issues_of("|::c4::|") == [
        "measure 1: barline: |:: is drawn as a simple repeat sign",
        "measure 1: barline: ::| is drawn as a simple repeat sign",
    ]  # fmt: skip


def endings(score: Score) -> list[tuple[str | None, list[str]]]:
    return [
        (ending.n, [child.n or "" for child in ending.children if getattr(child, "tag", "") == "measure"])  # type: ignore[union-attr]
        for ending in score.descendants(Ending)
    ]


@pytest.mark.parametrize(
    ("music", "expected"),
    [
        ("|:c4|1d4:|2e4|]", [("1", ["2"]), ("2", ["3"])]),
        ("|:c4|[1 d4:|[2 e4||f4|", [("1", ["2"]), ("2", ["3"])]),
        ("|:c4|1,3 d4|e4:|2-4 f4|g4|]", [("1, 3", ["2", "3"]), ("2-4", ["4", "5"])]),
        ("c4|1d4:|2e4|:f4:|", [("1", ["2"]), ("2", ["3"])]),
    ],
)
def test_endings(music: str, expected: list[tuple[str, list[str]]]):
    assert endings(score_of(music)) == expected


def breaks(score: Score) -> list[str]:
    """Numbers of the measures before which a system begins."""
    found, waits = [], False
    for each in score.descendants():
        if isinstance(each, SystemBreak):
            waits = True
        elif each.tag == "measure" and waits:
            found.append(each.n)  # type: ignore[attr-defined]
            waits = False
    return found


@pytest.mark.parametrize(
    ("header", "music", "expected"),
    [
        ("", "c4|d4|\ne4|\n", ["3"]), ("", "c4|d4|\\\ne4|\nf4|\n", ["4"]), ("", "c4|$d4|e4|", ["2"]),
        ("I:linebreak $\n", "c4|$d4|\ne4|", ["2"]), ("I:linebreak <none>\n", "c4|$d4|\ne4|", []),
        ("I:linebreak !\n", "c4|!d4|\ne4|", ["2"]), ("", "c4|d4|!\ne4|", ["3"]), ("", "c4|\\\n%%x\nM:3/4\nd3|\ne3|", ["3"]),
    ],
)  # fmt: skip
def test_systems_are_those_of_the_source(header: str, music: str, expected: list[str]):
    assert breaks(score_of(HEAD.replace("K:", f"{header}K:") + music)) == expected


def test_a_line_that_ends_inside_a_bar_is_named():
    score = score_of("c4|d2\nd2|e4|")
    assert breaks(score) == ["2"]
    assert issues_of("c4|d2\nd2|e4|") == [
        "line break: some lines of the source end inside a bar; the system begins with that bar"
    ]


# -- fields and lines ------------------------------------------------------------------------------------------


def test_titles_and_composer():
    score = score_of("X:1\nT:First\nT:Sec\\'ond\nC:Somebody\nR:reel\nB:A book\nK:C\nc4|\n")
    assert (score.title, score.composer) == ("First", "Somebody")
    (head,) = score.descendants(PageHead)
    assert [child.text for child in head.children if not isinstance(child, str)] == [
        "First",
        "Secónd",
        "Somebody",
    ]  # type: ignore[union-attr]
    assert issues_of("X:1\nT:First\nR:reel\nB:A book\nK:C\nL:1/4\nc4|\n") == []


def test_a_title_inside_a_tune_is_a_text_above():
    (text,) = score_of("c4|\nT:Second part\nd4|").descendants(Direction)
    assert (text.text, text.place) == ("Second part", "above")


def test_comments_remarks_and_line_ends_of_all_kinds():
    music = "CD%a comment\n  % a line\n[r:a remark]EF|\nr:another\nGABc|"
    for end in ("\n", "\r\n", "\r"):
        assert pitches(score_of((HEAD + music).replace("\n", end))) == "C4 D4 E4 F4 | G4 A4 B4 C5"


def test_a_note_before_a_repeat_sign_at_the_start_of_a_line_is_no_field():
    assert pitches(score_of("|:cde\nf:|\nd:|\n")) == "C5 D5 E5 F5 | D5"


def test_what_is_not_supported_is_named():
    text = (
        HEAD.replace("K:", "%%MIDI program 1\n%%staffwidth 500\nP:AB\nm:~n2=n\nK:")
        + "c4|\nW:words\n%%text hello\n"
    )
    assert issues_of(text) == [
        "P field: the order of the parts, AB, is not drawn",
        "m field: macros are not expanded",
        "W field: words below the tune are not drawn",
        "text: %%text: text between lines of music is not drawn",
        "directive: not applied: midi, staffwidth",
    ]


def test_characters_without_meaning_are_named():
    assert issues_of("c#4|") == [
        "measure 1: character: '#' has no meaning; ignored",
        "measure 1: character: '4' has no meaning; ignored",
    ]


def test_a_tune_without_key_is_read_and_said_so():
    text = "X:1\nT:A\nM:4/4\nL:1/4\nCDEF|\n"
    assert pitches(score_of(text)) == "C4 D4 E4 F4"
    assert issues_of(text) == ["K field: the tune has no key field (`K:`); read without a key signature"]


def test_text_after_a_tune_is_not_music_but_music_is():
    assert pitches(score_of(HEAD + "CDEF|\n\nThis is a bad face.\n")) == "C4 D4 E4 F4"
    text = HEAD + "CDEF|\n\nGABc|\n"
    assert pitches(score_of(text)) == "C4 D4 E4 F4 | G4 A4 B4 C5"
    assert issues_of(text) == ["empty line: music goes on after an empty line, which ends a tune; it is read"]


def test_the_file_header_holds_for_all_tunes():
    book = "L:1/2\nM:2/4\nU:T=!f!\nfree text\n\nX:1\nK:C\nTc|\n\nX:2\nL:1/4\nK:C\ncd|\n"
    first, second = scores_of(book)
    assert (lengths(first), lengths(second)) == ("2", "1 1")
    assert [mark.tag for mark in first.marks()] == ["dynam"]


# -- voices: chapter 7 -------------------------------------------------------------------------------------------

TWO = "X:1\nM:2/4\nL:1/4\nK:C\n"


def test_voices_are_staves_with_their_clefs():
    score = score_of(TWO + "V:1\nc d|e2|\nV:2 clef=bass\nC, G,|C,2|\n")
    assert [voice(score, 1), voice(score, 2)] == ["C5 D5 | E5", "C3 G3 | C3"]
    assert [staff.clef.shape.value for staff in score.staves if staff.clef and staff.clef.shape] == ["G", "F"]


def test_inline_voices_names_and_order():
    head = 'X:1\nM:2/4\nL:1/4\nV:B name="Basso I" snm="B.I"\nV:A nm="Alto"\nK:C\n'
    score = score_of(head + "[V:A]e2|[V:B]C2|\n[V:A]f2|[V:B]D2|\n")
    assert [(part.name, part.abbreviation) for part in score.parts] == [("Basso I", "B.I"), ("Alto", "")]
    assert [voice(score, 1), voice(score, 2)] == ["C4 | D4", "E5 | F5"]


def test_score_puts_voices_on_staves_and_groups():
    music = "[V:1]c2|\n[V:2]e2|\n[V:3]g2|\n[V:4]C2|\n[V:5]G2|\n"
    score = score_of("X:1\nM:2/4\nL:1/4\n%%score [1 (2 3)] {4 | 5}\nK:C\n" + music)
    assert [voice(score, n) for n in (1, 2, 3, 4)] == ["C5", "E5", "C4", "G4"]
    assert voice(score, 2, 1) == "G5"
    assert [symbol.symbol for symbol in score.descendants(GroupSymbol)] == ["bracket", "brace"]
    assert [group.mei.get("bar.thru") for group in score.descendants(StaffGroup)] == [None, None, "true"]


def test_a_voice_outside_score_is_named():
    text = "X:1\nM:2/4\nL:1/4\n%%score 2\nK:C\n[V:1]c2|\n[V:2]e2|\n"
    assert voice(score_of(text), 1) == "E5"
    assert issues_of(text) == ["score: voice 1 is in no staff; not read"]


def test_overlays_are_further_voices_of_their_bar():
    score = score_of("C4|c d e f & A2 B2 & F4|G4|")
    assert [voice(score, 1, index) for index in range(3)] == [
        "C4 | C5 D5 E5 F5 | G4", " | A4 B4 | ", " | F4 | ",
    ]  # fmt: skip


def test_keys_and_metres_of_a_voice_are_its_own():
    score = score_of(TWO + "V:1\nc2|[K:D]c2|\nV:2\nc2|c2|\n")
    assert [voice(score, 1), voice(score, 2)] == ["C5 | C#5", "C5 | C5"]


def test_voices_of_different_length_are_named():
    assert issues_of(TWO + "V:1\nc2|d2|\nV:2\nc2|\n") == ["voice: voice 2 has 1 measures, another one 2"]


def test_names_of_scores_are_numbers_and_titles():
    assert load_scores(data="X:1\nT:One\nK:C\nc|\n\nX:2\nK:C\nd|\n", format="abc").names == ("1 One", "2")


@pytest.mark.parametrize(("directive", "drawn"), [("", 0), ("%%barnumbers 0\n", 1), ("%%measurenb -1\n", 0)])
def test_measure_numbers_are_drawn_only_if_the_tune_asks_for_them(directive: str, drawn: int):
    text = HEAD.replace("K:", f"{directive}K:") + "c4|\nd4|\n"
    scene = EngravedModel(seed=1)(data=text, format=".abc")
    assert len(scene.find(MeasureNumberMark)) == drawn
    assert [measure.n for measure in scene.score.measures] == ["1", "2"]
