from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

import pytest

from smashcima.errors import ImportFailedError, SmashcimaError
from smashcima.exporting import MusicXmlExporter
from smashcima.loading import load_mei_text, load_scores
from smashcima.loading.completeness import compare, tally_abc, tally_mei
from smashcima.loading.xml import parse_xml
from smashcima.mei import write_mei
from smashcima.notations.abc import split_tunes
from smashcima.orchestration import EngravedModel
from smashcima.scene.visual import Notehead, TimeSignatureMark
from tests.loading.abc.abc_scores import HEAD, issues_of, pitches, scores_of, signs, voice

PLAIN = "M:4/4\nL:1/4\nK:C\n"

BOOK = f"% a book\nX:1\nT:First\n{PLAIN}CDEF|\n\nX:2\nT:Second\n{PLAIN}CDE|FG|\n"

TUNES = (
    "X:1\nT:Flat\nM:3/4\nL:1/4\nK:Ab\nA B c|d e a|\n",
    "X:2\nT:Minor\nM:3/4\nL:1/4\nK:Am\nA B c|d e a|\n",
    "X:3\nT:Sharp\nM:3/4\nL:1/8\nU:T=!f!\n%%propagate-accidentals not\nK:F#m\n^c2 Tc2 G2|(3abc\n",
    "X:4\nT:Plain\nM:3/4\nK:C\nG2 A2 ^c2|T[V:2]c2 G2|\n",
    "X:5\nT:Free\nM:none\nK:none bass\nG2 _A2\n",
)


def notes_of(text: str) -> list[int]:
    return [mei.count("<note ") for mei in load_mei_text(data=text, format="abc").meis]


def test_each_tune_of_a_book_is_a_score_with_number_and_title() -> None:
    loaded = load_mei_text(data=BOOK, format="abc")
    assert loaded.names == ("1 First", "2 Second")
    assert [mei.count("<note ") for mei in loaded.meis] == [4, 5]


def test_a_last_measure_without_bar_line_is_read() -> None:
    assert notes_of(f"X:1\nT:A\n{PLAIN}CDEF|GAB") == [7]


def test_a_tune_without_metre_is_read() -> None:
    assert notes_of("X:1\nT:A\nM:none\nL:1/8\nK:G\nG2 | B2B2c2c2 | d4\nd4d2\n") == [8]


def test_a_tune_without_notes_is_an_issue_beside_the_others() -> None:
    loaded = load_mei_text(data=BOOK + "\nX:3\nT:Empty\n", format="abc")
    assert loaded.names == ("1 First", "2 Second")
    assert [str(issue) for issue in loaded.issues] == ["tune 3 Empty: ABC: not read: it has no notes"]


def test_a_book_of_which_nothing_is_read_is_an_error() -> None:
    with pytest.raises(ImportFailedError, match="it has no notes"):
        load_mei_text(data="X:1\nT:Empty\n", format="abc")


def test_time_for_a_whole_book_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMASHCIMA_IMPORT_TIMEOUT_S", "0.000001")
    with pytest.raises(ImportFailedError, match="was not read within"):
        load_mei_text(data=BOOK, format="abc")


def test_a_tune_with_too_many_notes_is_an_issue_beside_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smashcima.loading.abc.findings.MOST_EVENTS", 4)
    loaded = load_scores(data=BOOK, format="abc")
    assert loaded.names == ("1 First",)
    assert "more than 4 notes and rests" in str(loaded.issues[0])


def test_issues_name_tune_and_measure() -> None:
    issues = load_scores(data=BOOK.replace("DE|FG", "DEF|F#G"), format="abc").issues
    assert [str(issue) for issue in issues] == [
        "tune 2 Second, measure 2: character: '#' has no meaning; ignored"
    ]


def test_a_tune_without_a_metre_shows_no_time_signature() -> None:
    scene = EngravedModel(seed=1)(data="X:1\nT:Free\nM:none\nL:1/4\nK:G\nG A B c|", format=".abc")
    assert len(scene.find(Notehead)) == 4
    assert scene.find(TimeSignatureMark) == []
    assert scene.issues == ()
    assert "<senza-misura" in MusicXmlExporter().export_string(scene.score)


# -- nothing leaks from one tune to another ----------------------------------------------------------------------


def test_a_tune_is_the_same_alone_and_after_any_other_in_a_book() -> None:
    alone = {tune: write_mei(load_scores(data=tune, format="abc").scores[0]) for tune in TUNES}
    for order in permutations(TUNES, 3):
        scores = load_scores(data="\n".join(order), format="abc").scores
        assert [write_mei(score) for score in scores] == [alone[tune] for tune in order]


def test_files_are_the_same_in_any_order(tmp_path: Path) -> None:
    paths = []
    for number, tune in enumerate(TUNES):
        path = tmp_path / f"{number}.abc"
        path.write_text(tune)
        paths.append(path)
    first = {path: load_mei_text(path) for path in paths}
    for order in (paths[::-1], paths[2:] + paths[:2], [paths[2], paths[3], paths[1]]):
        for path in order:
            assert load_mei_text(path) == first[path]


# -- hostile and damaged tunes -----------------------------------------------------------------------------------

RICH = (
    '%abc-2.1\nX:1\nT:A "rich" tune\nM:6/8\nL:1/8\nQ:"Vif" 3/8=90\n%%score {1 | (2 3)}\nV:1 name="A"\nV:2 bass\nV:3\n'
    'U:W=!f!\nK:Bb exp _b ^f\n[V:1]|:"Am"(3ab-[bd\']> {/ga}f2- f&c3 =d3|1 !<(!^/g6!<)!:|2 Z|[M:C|][K:Ador]~A4 z4|]\n'
    'w:la-la__ | *~b\n[V:2]C,6|x6|Z|y.(D,4 E,4)|]\ns:!p! * "x"\n[V:3]c6|d6|e6|_f8[|]\nP:B\nW:end\n'
)


@pytest.mark.parametrize("seed", range(150))
def test_mutated_tunes_are_read_or_refused_with_an_error_of_ours(seed: int) -> None:
    chance = random.Random(seed)
    text = list(RICH)
    for _ in range(chance.randint(1, 25)):
        place = chance.randrange(len(text))
        what = chance.random()
        if what < 0.4:
            text[place] = chance.choice("abcDG,'/0123456789|:[](){}<>^_=.~-&$!\"\\\n %wKVMLXzZxy")
        elif what < 0.7:
            del text[place]
        else:
            start = chance.randrange(len(text))
            text[place:place] = text[start : start + chance.randint(1, 12)]
    try:
        loaded = load_scores(data="".join(text), format="abc")
    except SmashcimaError:
        return
    for score in loaded.scores:
        assert write_mei(score)


@pytest.mark.parametrize(
    "music",
    [
        "C99999999999/99999999|", "C/0|C0|", "Z999999999|", "z999999|", "(999:999:999 abc|", "(3(3(3(3(3 abc|",
        "[" * 500, "{" * 500, "((" * 500 + "c" + "))" * 500, "c" + ">" * 300 + "d|", "&&&&&&|c|&", "c" + "'" * 400,
        "^^^^^c|", "{c99/7d/999}e|", "%%score " + "(" * 300, "[K:" * 50, "c-" * 300, '"' * 33, "!" * 33, "C//////////|",
    ],
)  # fmt: skip
def test_hostile_music_is_read_or_refused(music: str) -> None:
    try:
        loaded = load_scores(data=HEAD + music + "\nC|\n", format="abc")
    except SmashcimaError:
        return
    assert loaded.scores


# -- files of others ---------------------------------------------------------------------------------------------


def test_all_notes_rests_and_syllables_of_real_books_are_read(shared_data: Path) -> None:
    for path in sorted((shared_data / "formats" / "abc").glob("*.abc")):
        tunes = split_tunes(path.read_text(encoding="latin-1"))
        scores = load_scores(path).scores
        assert len(scores) == len(tunes)
        for tune, score in zip(tunes, scores, strict=True):
            split = sum("tied notes" in issue for issue in issues_of(tune.text))
            if not split:
                assert compare(tally_abc(tune.text), tally_mei(parse_xml(write_mei(score), "MEI"))) == []


CASES = {
    "61-abc-tuplets": "C4 D4 E4 C4 D4 C4 D4 E4 F4 G4 A4 | C4 D4 E4 F4 G4 A4 B4 C5 | C4 D4 E4 F4 C4 D4",
    "62-abc-broken": (
        "F#4 G4 A4 B4 C#5 D5 E5 F#5 | F#4 A4 G4 B4 G5 F#5 E5 A5 B5 A5 F#5 | F#4 G4 A4 B4 C#5 A4"
    ),
    "63b-abc-two-voices": "C5 D5 C3 G3 | E5 C3",
    "64-abc-keys": (
        "F#4 G4 C5 F#5 | Bb4 Eb5 B4 B4 | Bb4 Eb5 Eb4 | Bb5 F#5 C5 | F5 C5 G5 | F5 C5 G5"
    ),
    "65-abc-endings-lyrics": "G4 A4 | B4 C5 | D5 E5 | G4",
    "66-abc-octaves": "C2 A4 B4 | C7 D6 | A4 B4 C(+0.5)5 D(-0.5)5 F(+1.5)5 | C5 | C5",
    "67b-abc-accidental-in-bar": "F#4 F#4 G4 F#4 | F4 B4 Bb4 Bb4",
    "68-abc-crlf": "C4 D4 | E4 F4 | G4 A4",
    "69-abc-slurs-deco": "A4 B4 C5 D5 E5 | G5 A5 A5 A5 C5 E5 C5 D5 | A4 B4 C5 | A4 C5 E5",
    "69b-abc-am": "A4 B4 C5 | D5 E5 F5",
    "71-abc-bar-accidental-in-key": "C5 C#5 C#5 G5 | F#5 F5 F5 G5",
    "71b-abc-bar-accidental-in-c": "C5 C#5 C#5 G5 | F5 F#5 F#5 G5",
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_pitches_of_known_cases(name: str, shared_data: Path) -> None:
    path = shared_data / "cases" / f"{name}.abc"
    if not path.exists():
        pytest.skip("the cases are not available")
    (score,) = load_scores(path).scores
    assert pitches(score) == CASES[name]


def test_a_key_does_not_leak_into_the_next_tune(shared_data: Path) -> None:
    path = shared_data / "cases" / "70-abc-key-leak.abc"
    if not path.exists():
        pytest.skip("the cases are not available")
    first, second = load_scores(path).scores
    assert pitches(first) == "Ab4 Bb4 C5 | Db5 Eb5 Ab5"
    assert pitches(second) == "A4 B4 C5 | D5 E5 A5"
    assert (signs(first), signs(second)) == ("- - - | - - -", "- - - | - - -")


def test_two_voices_of_a_known_case_are_two_staves(shared_data: Path) -> None:
    path = shared_data / "cases" / "63b-abc-two-voices.abc"
    if not path.exists():
        pytest.skip("the cases are not available")
    (score,) = load_scores(path).scores
    assert [voice(score, 1), voice(score, 2)] == ["C5 D5 | E5", "C3 G3 | C3"]


def test_a_book_in_one_text_is_read_as_its_tunes_are(shared_data: Path) -> None:
    path = shared_data / "formats" / "abc" / "reelsa-c.abc"
    text = path.read_text()
    whole = [write_mei(score) for score in scores_of(text)]
    assert whole == [write_mei(scores_of(tune.text)[0]) for tune in split_tunes(text)]
