"""`smashcima convert`: between formats, of several files, parts and staves, without replacing files unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from smashcima.cli.main import app
from smashcima.cli.score_formats import SCORE_FORMATS
from smashcima.comparing import compare_scores
from smashcima.loading import load_score
from smashcima.notations.mro import parse_mro
from smashcima.scene.semantic import Note

SONG = Path(__file__).parents[1] / "short_song.musicxml"
"""Voice and piano: two parts, three staves."""

TUNE = "X:1\nT:First\nM:4/4\nL:1/4\nK:G\nGABc|d4|\n"
BOOK = f"{TUNE}\nX:2\nT:Second\nM:4/4\nL:1/4\nK:C\nCDEG|\n"

run = CliRunner()


def convert(*arguments: str | Path) -> Result:
    return run.invoke(app, ["convert", *map(str, arguments)])


def converted(*arguments: str | Path) -> str:
    result = convert(*arguments)
    assert result.exit_code == 0, result.output
    return " ".join(result.stderr.split())


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    path = tmp_path / "tune.abc"
    path.write_text(TUNE, encoding="utf-8")
    return path


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("suffix", [".musicxml", ".xml", ".mei", ".krn", ".kern"])
def test_the_result_has_the_same_music(tune: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"result{suffix}"
    assert "1 score from 1 file, 1 file written" in converted(tune, target)
    comparison = compare_scores(load_score(tune).score, load_score(target).score)
    assert comparison.differences == ()


@pytest.mark.parametrize("name", SCORE_FORMATS)
def test_every_format_can_be_written_from_one_voice(tune: Path, tmp_path: Path, name: str) -> None:
    converted(tune, "-o", tmp_path / "out", "--to", name)
    assert names_in(tmp_path / "out") == [f"tune{SCORE_FORMATS[name].suffix}"]


WRITTEN_AND_READ = [name for name in SCORE_FORMATS if name not in ("ekern", "bekern", "lmx", "timemap")]
"""Formats that are written and read."""


@pytest.mark.parametrize("name", WRITTEN_AND_READ)
def test_what_is_written_can_be_converted_back(tune: Path, tmp_path: Path, name: str) -> None:
    there = tmp_path / f"there{SCORE_FORMATS[name].suffix}"
    converted(tune, there)
    converted(there, tmp_path / "back.musicxml")
    kinds = ["pitch", "duration", "rest", "key"]
    music = [load_score(path).score for path in (tune, tmp_path / "back.musicxml")]
    assert compare_scores(*music, kinds=kinds).differences == ()


def test_midi_keeps_the_pitches(tune: Path, tmp_path: Path) -> None:
    converted(tune, tmp_path / "tune.mid")
    notes = load_score(tmp_path / "tune.mid").score.notes()
    assert [str(note.pitch) for note in notes] == ["G4", "A4", "B4", "C5", "D5"]


def test_formats_may_be_stated_instead_of_suffixes(tune: Path, tmp_path: Path) -> None:
    tune.rename(tmp_path / "tune.txt")
    converted(tmp_path / "tune.txt", tmp_path / "result.dat", "--from", "abc", "--to", "krn")
    assert (tmp_path / "result.dat").read_text(encoding="utf-8").count("**kern") == 1


def test_several_files_go_into_a_folder(tune: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "song.musicxml").write_bytes(SONG.read_bytes())
    output = converted(tune, tmp_path / "more", "-o", tmp_path / "out", "--to", "mei")
    assert names_in(tmp_path / "out") == ["song.mei", "tune.mei"]
    assert "2 scores from 2 files, 2 files written" in output


def test_each_score_of_a_book_becomes_a_file_and_it_is_said(tune: Path, tmp_path: Path) -> None:
    tune.write_text(BOOK, encoding="utf-8")
    output = converted(tune, tmp_path / "out.musicxml")
    assert names_in(tmp_path) == ["out-1.musicxml", "out-2.musicxml", "tune.abc"]
    assert "tune.abc has 2 scores, which are written to a file each." in output
    assert "2 scores from 1 file, 2 files written" in output


def test_one_score_of_a_book_is_chosen(tune: Path, tmp_path: Path) -> None:
    tune.write_text(BOOK, encoding="utf-8")
    assert "number 2 of 2 scores is written" in converted(tune, tmp_path / "out.musicxml", "--score", "2")
    assert len(load_score(tmp_path / "out.musicxml").score.measures) == 1
    result = convert(tune, tmp_path / "third.musicxml", "--score", "3")
    assert result.exit_code == 1
    assert "there is no score 3; the file has 2" in " ".join(result.stderr.split())


def test_formats_of_parts_get_a_file_for_each(tmp_path: Path) -> None:
    output = converted(SONG, tmp_path / "song.lmx")
    assert names_in(tmp_path) == ["song-part1.lmx", "song-part2.lmx"]
    assert "has 2 parts, which are written to a file each." in output
    converted(SONG, tmp_path / "voice.lmx", "--part", "1")
    assert (tmp_path / "voice.lmx").read_bytes() == (tmp_path / "song-part1.lmx").read_bytes()


def test_formats_of_staves_get_a_file_for_each(tmp_path: Path) -> None:
    output = converted(SONG, tmp_path / "song.semantic", "--polyphony", "highest")
    assert names_in(tmp_path) == ["song-st1.semantic", "song-st2.semantic", "song-st3.semantic"]
    assert "has 3 staves, which are written to a file each." in output
    converted(SONG, tmp_path / "voice.semantic", "--staff", "1")
    assert (tmp_path / "voice.semantic").read_bytes() == (tmp_path / "song-st1.semantic").read_bytes()


def test_formats_with_positions_get_those_of_the_engraver_and_it_is_said(tune: Path, tmp_path: Path) -> None:
    assert "is written with the positions of the engraver" in converted(tune, tmp_path / "out.mro")
    result = load_score(tmp_path / "out.mro").score
    assert compare_scores(load_score(tune).score, result, kinds=["pitch", "duration", "clef"]).errors == 0


def test_positions_of_the_source_are_kept(tune: Path, tmp_path: Path) -> None:
    converted(tune, tmp_path / "first.mro")
    assert "positions of the engraver" not in converted(tmp_path / "first.mro", tmp_path / "second.mro")
    first, second = (parse_mro((tmp_path / f"{name}.mro").read_bytes())[0] for name in ("first", "second"))
    heads = [
        [
            note.centre_units
            for bar in document.score.pages[0].systems[0].staves[0].bars
            for chord in bar.chords
            for note in chord.notes
        ]
        for document in (first, second)
    ]
    assert heads[0] == heads[1]
    assert len(heads[0]) == 5


def test_extensions_of_mashcima_are_written_if_asked(tmp_path: Path) -> None:
    grace = tmp_path / "grace.abc"
    grace.write_text("X:1\nM:4/4\nL:1/4\nK:C\n{d}cdef|\n", encoding="utf-8")
    converted(grace, tmp_path / "plain.mashcima")
    converted(grace, tmp_path / "full.mashcima", "--extensions")
    assert "~" not in (tmp_path / "plain.mashcima").read_text(encoding="utf-8")
    assert "~" in (tmp_path / "full.mashcima").read_text(encoding="utf-8")
    (grace,) = [n for n in load_score(tmp_path / "full.mashcima").score.notes() if n.is_grace]
    assert str(grace.pitch) == "D5"


def test_what_a_format_forbids_is_told_and_the_rest_is_written(tmp_path: Path) -> None:
    result = convert(SONG, tmp_path / "song.agnostic")
    assert result.exit_code == 1
    assert names_in(tmp_path) == ["song-st1.agnostic"]
    assert "song-st3.agnostic of" in result.stderr
    assert "Here: --polyphony highest." in " ".join(result.stderr.split())


def test_a_part_of_a_score_is_written_alone(tmp_path: Path) -> None:
    converted(SONG, tmp_path / "piano.musicxml", "--part", "2")
    assert len(load_score(tmp_path / "piano.musicxml").score.staves) == 2
    converted(SONG, tmp_path / "left.musicxml", "--staff", "3")
    assert [staff.clef.shape.value for staff in load_score(tmp_path / "left.musicxml").score.staves] == ["F"]


def test_issues_and_omissions_are_counted_and_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.musicxml"
    text = SONG.read_text(encoding="utf-8").replace("<sign>G</sign>", "<sign>H</sign>", 1)
    broken.write_text(text, encoding="utf-8")
    output = converted(broken, tmp_path / "out.mid")
    assert "issues of reading:" in output
    everything = converted(SONG, tmp_path / "out.lmx", "--issues")
    assert "omissions of writing:" in everything
    assert "short_song.musicxml: measure" in everything
    assert converted(SONG, tmp_path / "quiet.lmx", "--quiet") == ""


def test_existing_files_are_replaced_only_if_asked(tune: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.mei"
    target.write_text("precious", encoding="utf-8")
    result = convert(tune, target)
    assert result.exit_code == 1
    assert "exists; --overwrite replaces it, --skip-existing keeps it" in " ".join(result.stderr.split())
    assert target.read_text(encoding="utf-8") == "precious"
    converted(tune, target, "--overwrite")
    assert next(iter(load_score(target).score.descendants(Note))).pitch is not None


def test_a_source_is_never_replaced(tmp_path: Path) -> None:
    source = tmp_path / "song.musicxml"
    source.write_bytes(SONG.read_bytes())
    result = convert(source, "-o", tmp_path, "--to", "musicxml", "--overwrite")
    assert result.exit_code == 1
    assert "is an input of this command" in " ".join(result.stderr.split())
    assert source.read_bytes() == SONG.read_bytes()


def test_a_file_that_fails_does_not_stop_the_others(tune: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.musicxml"
    broken.write_text("<score-partwise><part", encoding="utf-8")
    result = convert(broken, "nowhere.mei", tune, "-o", tmp_path / "out", "--to", "mei")
    assert result.exit_code == 1
    assert names_in(tmp_path / "out") == ["tune.mei"]
    assert "broken.musicxml" in result.stderr
    assert "nowhere.mei" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["tune.abc"], "Give a score and the file to write"),
        (["tune.abc", "b.mei", "c.mei"], "several scores with -o DIR --to FORMAT (given: 3)"),
        (["tune.abc", "out.xyz"], "No format is known for the name 'out.xyz'"),
        (["tune.abc", "out.mei", "--to", "gif"], "Unknown format 'gif'; choose from musicxml, mei"),
        (["tune.abc", "out.mei", "--from", "gif"], "Unknown format 'gif'. Supported formats: .musicxml"),
        (["tune.abc", "-o", "out"], "-o requires --to FORMAT"),
        (["tune.abc", "."], "write into it with -o"),
        (["tune.abc", "out.mei", "--staff", "1", "--part", "1"], "cannot be given together"),
        (["tune.abc", "out.mei", "--staff", "0"], "--staff"),
    ],
)
def test_arguments_that_make_no_sense_are_exit_code_2(
    tune: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tune.parent)
    result = convert(*arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())
    assert names_in(tune.parent) == ["tune.abc"]


@pytest.mark.parametrize(
    ("option", "message"),
    [("--staff", "(1, 2, 3), not 4"), ("--part", "there is no part 4; the score has 2")],
)
def test_a_staff_or_part_that_is_not_there_is_told(tmp_path: Path, option: str, message: str) -> None:
    result = convert(SONG, tmp_path / "out.mei", option, "4")
    assert result.exit_code == 1
    assert message in " ".join(result.stderr.split())
