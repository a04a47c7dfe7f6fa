from __future__ import annotations

import pytest

from smashcima.errors import ImportFailedError
from smashcima.exporting import MusicXmlExporter
from smashcima.loading import load_mei_text
from smashcima.loading.abc import split_tunes
from smashcima.orchestration import EngravedModel
from smashcima.scene.visual import Notehead, TimeSignatureMark

HEAD = "M:4/4\nL:1/4\nK:C\n"

BOOK = f"% a book\nX:1\nT:First\n{HEAD}CDEF|\n\nX:2\nT:Second\n{HEAD}CDE|FG|\n"

DEADLY = f'X:7\nT:Deadly\n{HEAD}CDEF|[1"Am"A4|\n'


def notes_of(text: str) -> list[int]:
    return [mei.count("<note ") for mei in load_mei_text(data=text, format="abc").meis]


def test_each_tune_of_a_book_is_a_score_with_number_and_title() -> None:
    loaded = load_mei_text(data=BOOK, format="abc")
    assert loaded.names == ("1 First", "2 Second")
    assert [mei.count("<note ") for mei in loaded.meis] == [4, 5]


def test_a_last_measure_without_bar_line_is_read() -> None:
    assert notes_of(f"X:1\nT:A\n{HEAD}CDEF|GAB") == [7]


def test_a_tune_without_metre_is_read() -> None:
    assert notes_of("X:1\nT:A\nM:none\nL:1/8\nK:G\nG2 | B2B2c2c2 | d4\nd4d2\n") == [8]


def test_a_tune_that_kills_the_importer_is_read_otherwise_and_the_others_as_usual() -> None:
    loaded = load_mei_text(data=BOOK + "\n" + DEADLY, format="abc")
    assert [mei.count("<note ") for mei in loaded.meis] == [4, 5, 5]
    assert [str(issue) for issue in loaded.issues] == [
        "tune 7 Deadly: ABC: read through music21: Verovio crashed"
    ]


def test_a_tune_that_no_road_reads_is_an_issue_beside_the_others() -> None:
    loaded = load_mei_text(data=BOOK + "\nX:3\nT:Empty\n", format="abc")
    assert loaded.names == ("1 First", "2 Second")
    assert any(issue.where == "tune 3 Empty" and issue.what.startswith("not read") for issue in loaded.issues)


def test_a_book_of_which_nothing_is_read_is_an_error() -> None:
    with pytest.raises(ImportFailedError):
        load_mei_text(data="X:1\nT:Empty\n", format="abc")


def test_lost_lyrics_are_named() -> None:
    loaded = load_mei_text(data=f"X:1\nT:A\n{HEAD}CDEF|\nw:one two three four\n", format="abc")
    syllables = loaded.meis[0].count("<syl ")
    named = [issue for issue in loaded.issues if issue.element == "lyric syllable"]
    assert syllables == 4 or [issue.what for issue in named] == [f"{4 - syllables} of them lost at import"]


def test_time_for_a_whole_book_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMASHCIMA_IMPORT_TIMEOUT_S", "0.000001")
    with pytest.raises(ImportFailedError, match="was not read within"):
        load_mei_text(data=BOOK, format="abc")


@pytest.mark.parametrize(
    ("music", "notes", "rests"),
    [
        ("CDEF|", 4, 0),
        ("^C _D =E F|", 4, 0),
        ("[CEG] z Z2|", 3, 2),
        ('"Am"A "Gdim"B|', 2, 0),
        ("{ga}f !trill!g +fermata+a|", 5, 0),
        ("[K:G]A [M:3/4] B|", 2, 0),
        ("A % a comment\nB|", 2, 0),
        ("(3ABc x|", 3, 0),
        ("A,B,'c''2/3|", 3, 0),
    ],
)
def test_noteheads_and_rests_are_counted(music: str, notes: int, rests: int) -> None:
    (tune,) = split_tunes(f"X:1\nT:Bad Fade\n{HEAD}{music}\n")
    assert (tune.notes, tune.rests) == (notes, rests)


def test_a_tune_without_a_metre_shows_no_time_signature():
    scene = EngravedModel(seed=1)(data="X:1\nT:Free\nM:none\nL:1/4\nK:G\nG A B c|", format=".abc")
    assert len(scene.find(Notehead)) == 4
    assert scene.find(TimeSignatureMark) == []
    assert scene.issues == ()
    assert "<senza-misura" in MusicXmlExporter().export_string(scene.score)
