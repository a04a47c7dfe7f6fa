from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from smashcima.engravers.verovio.toolkit import Toolkit, log_to_issues
from smashcima.errors import EngravingError, Issue, SettingsError

MUSICXML = (
    '<score-partwise><part-list><score-part id="P1"><part-name>A</part-name></score-part></part-list>'
    '<part id="P1"><measure number="1"><attributes><divisions>1</divisions><clef><sign>G</sign><line>2</line>'
    "</clef></attributes><note><pitch><step>C</step><octave>5</octave></pitch><duration>4</duration>"
    "<voice>1</voice><type>whole</type></note></measure></part></score-partwise>"
)


def loaded(options: dict[str, object] | None = None) -> Toolkit:
    toolkit = Toolkit(options)
    assert toolkit.load(MUSICXML, "xml")
    return toolkit


def test_a_score_becomes_mei_and_pages() -> None:
    toolkit = loaded()
    assert toolkit.page_count() == 1
    assert toolkit.mei().count("<note ") == 1
    assert "</svg>" in toolkit.render_svg(1)


def test_ids_do_not_depend_on_what_was_loaded_before() -> None:
    fresh = loaded().mei()
    used = Toolkit()
    assert used.load("X:1\nT:A\nM:4/4\nL:1/4\nK:C\nCDEF|", "abc")
    assert used.load(MUSICXML, "xml")
    assert used.mei() == fresh


def test_ids_of_a_picture_do_not_depend_on_another_toolkit_in_between() -> None:
    alone = loaded().render_svg(1)
    toolkit = loaded()
    other = Toolkit()
    other.load("X:1\nT:A\nM:4/4\nL:1/4\nK:C\nCDEF|", "abc")
    assert toolkit.render_svg(1) == alone


def test_mei_and_svg_are_the_same_in_processes_with_different_hash_seeds() -> None:
    code = (
        "import sys; from smashcima.engravers.verovio.toolkit import Toolkit; t = Toolkit(); "
        "t.load(sys.argv[1], 'xml'); sys.stdout.write(t.mei() + t.render_svg(1))"
    )
    here = loaded()
    for seed in ("1", "2"):
        result = subprocess.run(
            [sys.executable, "-c", code, MUSICXML],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        assert result.stdout == here.mei() + here.render_svg(1)
        assert result.stderr == ""


def test_the_time_of_day_is_not_in_the_mei() -> None:
    assert "isodate" not in loaded().mei()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"noSuchOption": 1}, "Unsupported option 'noSuchOption'"),
        ({"breaks": "sometimes"}, "'sometimes' not valid for 'breaks'"),
        ({"pageWidth": 3}, "3 for 'pageWidth' out of bounds"),
    ],
)
def test_options_that_verovio_would_skip_are_refused(options: dict[str, object], complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        Toolkit(options)


def test_refused_data_leaves_a_reason_in_the_log_and_nothing_on_stderr(
    capfd: pytest.CaptureFixture[str],
) -> None:
    toolkit = Toolkit()
    assert not toolkit.load("no mei at all", "mei")
    assert any("cannot be parsed" in line for line in toolkit.drain_log())
    assert toolkit.drain_log() == []
    assert capfd.readouterr() == ("", "")


def test_the_log_of_other_users_of_verovio_stays_theirs(capfd: pytest.CaptureFixture[str]) -> None:
    import verovio

    Toolkit().load("no mei at all", "mei")
    verovio.toolkit().loadData("no mei at all")
    assert "cannot be parsed" in capfd.readouterr().err


@pytest.mark.parametrize("data", ["", " \n"])
def test_empty_data_is_refused_before_it_can_do_harm(data: str) -> None:
    assert not Toolkit().load(data, "abc")


def test_text_that_is_no_utf8_is_refused() -> None:
    assert not Toolkit().load("\ud800", "mei")


def test_load_mei_raises_with_the_reason() -> None:
    with pytest.raises(EngravingError, match="cannot be parsed"):
        Toolkit().load_mei("no mei at all")


@pytest.mark.parametrize("page", [0, 2, -1])
def test_a_page_that_is_not_there_is_an_error(page: int) -> None:
    with pytest.raises(EngravingError, match=f"page must be between 1 and 1, not {page}"):
        loaded().render_svg(page)


def test_mei_of_nothing_is_an_error() -> None:
    with pytest.raises(EngravingError, match="no document"):
        Toolkit().mei()


def test_log_lines_become_issues_with_place_and_element() -> None:
    assert log_to_issues(["[Warning] MusicXML import: slur 1 from measure 10 could not be ended"]) == [
        Issue("measure 10", "slur", "slur 1 from measure 10 could not be ended")
    ]
    assert log_to_issues(["[Warning] Unsupported '<staffDef>' within <section>"], "a.mei") == [
        Issue("a.mei", "staffDef", "Unsupported '<staffDef>' within <section>")
    ]
    assert log_to_issues(["[Error] What a pity"], "a.mei") == [Issue("a.mei", "verovio", "What a pity")]


def test_log_lines_that_differ_in_an_id_alone_are_folded() -> None:
    lines = [f"[Warning] tie with @xml:id {name} has both" for name in ("a1", "b2", "c3")]
    assert log_to_issues(lines) == [
        Issue("score", "tie", "tie with @xml:id a1 has both (and 2 more like this)")
    ]
