"""The command line: files in, files out, exit codes, readable errors."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import weakref
from pathlib import Path

import pytest
from typer.testing import CliRunner

from smashcima.cli.main import app, keep_interruptions
from smashcima.cli.sources import FoundSource, output_names
from smashcima.orchestration import MusicScene

EXAMPLE = Path(__file__).parents[2] / "assets" / "example" / "example.musicxml"
SONG = Path(__file__).parents[1] / "short_song.musicxml"
"""The first two systems of the example, for what does not depend on the music."""

TWO_PAGES = ["--page", "A5 landscape"]
"""The sheet that the song fills twice."""

run = CliRunner()

ONE_NOTE = """<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list>
<part id="P1"><measure number="1"><attributes><divisions>1</divisions><clef><sign>G</sign><line>2</line></clef></attributes>
<note><pitch><step>A</step><octave>4</octave></pitch><duration>4</duration><type>whole</type></note></measure></part>
</score-partwise>"""


@pytest.fixture
def short(tmp_path: Path) -> str:
    """A file with one note in it, for what does not depend on the music."""
    path = tmp_path / "short.musicxml"
    path.write_text(ONE_NOTE, encoding="utf-8")
    return str(path)


def test_render_writes_every_page_in_every_format(tmp_path: Path) -> None:
    result = run.invoke(
        app,
        ["render", str(EXAMPLE), "-o", str(tmp_path / "out"), "--dpi", "40"]
        + [part for f in ("png", "jpg", "svg", "mei", "scene") for part in ("-f", f)],
    )
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "example-p1.jpg",
        "example-p1.png",
        "example-p1.svg",
        "example-p2.jpg",
        "example-p2.png",
        "example-p2.svg",
        "example.mei",
        "example.scene",
    ]
    assert "1 of 1 score, 2 pages" in result.output


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path, short: str) -> None:
    for folder in ("a", "b"):
        arguments = ["render", short, "-o", str(tmp_path / folder), "--seed", "5", "--dpi", "40"]
        assert run.invoke(app, arguments).exit_code == 0
    assert (tmp_path / "a/short-p1.png").read_bytes() == (tmp_path / "b/short-p1.png").read_bytes()


def test_a_score_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    broken = tmp_path / "broken.musicxml"
    broken.write_text("<score-partwise><part", encoding="utf-8")
    result = run.invoke(
        app, ["render", str(broken), str(SONG), "-o", str(tmp_path / "out"), "--dpi", "40", *TWO_PAGES]
    )
    assert result.exit_code == 1
    assert "broken.musicxml" in result.output
    assert "1 of 2 scores, 2 pages" in result.output
    assert (tmp_path / "out/short_song-p1.png").exists()


def test_a_wrong_file_name_is_an_error_and_no_traceback(tmp_path: Path) -> None:
    result = run.invoke(app, ["render", "nowhere.xml", "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "nowhere.xml" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["--page", "A99"],
        ["--font", "Comic"],
        ["--dpi", "0"],
        ["--model", "painted"],
        ["--format", "gif"],
        ["--writer", "nobody"],
        ["--writer", "-1"],
    ],
)
def test_an_option_that_makes_no_sense_is_exit_code_2(tmp_path: Path, arguments: list[str]) -> None:
    result = run.invoke(app, ["render", str(EXAMPLE), "-o", str(tmp_path / "out"), *arguments])
    assert result.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_writer_is_named_or_numbered(tmp_path: Path, short: str) -> None:
    for writer in ("neat", "hasty", "7"):
        arguments = ["render", short, "-o", str(tmp_path / writer), "--writer", writer, "--dpi", "40"]
        result = run.invoke(app, [*arguments, "-f", "png", "-f", "scene"])
        assert result.exit_code == 0, result.output
    names = [MusicScene.load(path).styles["writer"] for path in sorted(tmp_path.glob("*/*.scene"))]
    assert [name.partition(" (")[0] for name in names] == ["seed 7", "hasty", "neat"]
    pages = {(tmp_path / writer / "short-p1.png").read_bytes() for writer in ("neat", "hasty", "7")}
    assert len(pages) == 3


def test_a_printed_page_has_no_writer(tmp_path: Path) -> None:
    arguments = [
        "render",
        str(EXAMPLE),
        "-o",
        str(tmp_path / "out"),
        "--model",
        "engraved",
        "--writer",
        "neat",
    ]
    result = run.invoke(app, arguments)
    assert result.exit_code == 2
    assert "--model engraved, which has no writer" in " ".join(result.output.split())
    assert not (tmp_path / "out").exists()


def test_a_folder_stands_for_the_scores_in_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("b.musicxml", "a.musicxml", "notes.txt"):
        (tmp_path / "in" / name).write_bytes(SONG.read_bytes())
    result = run.invoke(
        app,
        [
            "render",
            str(tmp_path / "in"),
            "-o",
            str(tmp_path / "out"),
            "--dpi",
            "20",
            "--model",
            "engraved",
            *TWO_PAGES,
        ],
    )
    assert result.exit_code == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["a-p1.png", "a-p2.png", "b-p1.png", "b-p2.png"]


def test_names_of_outputs_never_collide() -> None:
    files = [Path("x/a.mxl"), Path("y/a.krn"), Path("z/a.mxl"), Path("b.mei")]
    assert output_names([FoundSource(file) for file in files]) == ["a-mxl", "a-krn", "a-mxl-2", "b"]


def test_info_tells_what_is_in_a_score() -> None:
    result = run.invoke(app, ["info", str(EXAMPLE)])
    assert result.exit_code == 0
    assert "measures" in result.output
    assert "32" in result.output
    assert run.invoke(app, ["info", "nowhere.xml"]).exit_code == 1


def test_help_explains_the_commands() -> None:
    assert "render" in run.invoke(app, ["--help"]).output
    shown = run.invoke(app, ["render", "--help"]).output
    for option in ("--model", "--seed", "--dpi", "--format", "--page", "--writer"):
        assert option in shown


@pytest.mark.slow
def test_ctrl_c_in_the_middle_ends_quietly(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "smashcima", "render", *[str(SONG)] * 60, "-o", str(tmp_path / "out")],
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "out/short_song-p1.png").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in stderr
    assert "Interrupted." in stderr


def test_an_interruption_that_python_drops_is_raised_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)  # restored at the end
    keep_interruptions()

    class Held:
        pass

    def interrupt(reference: object) -> None:
        raise KeyboardInterrupt

    def wait() -> None:
        for _ in range(500):
            time.sleep(0.01)

    held = Held()
    reference = weakref.ref(held, interrupt)
    del held
    with pytest.raises(KeyboardInterrupt):
        wait()
    assert reference() is None


def test_the_hand_is_chosen_and_a_missing_one_is_told_in_a_line(tmp_path: Path, short: str) -> None:
    out = tmp_path / "out"
    arguments = ["render", short, "-o", str(out), "--dpi", "50", "--overwrite"]
    told = CliRunner().invoke(app, arguments)
    assert told.exit_code == 0
    notes = [line for line in told.output.splitlines() if line.startswith("Note: ")]
    assert len(notes) == 1
    assert "written with the pen" in notes[0]
    assert "UserWarning" not in told.output
    silent = CliRunner().invoke(app, [*arguments, "--hand", "pen"])
    assert "Note: " not in silent.output
    missing = CliRunner().invoke(app, [*arguments, "--hand", "muscima"])
    assert missing.exit_code == 2
    assert "smashcima assets install" in missing.output
    wrong = CliRunner().invoke(app, [*arguments, "--hand", "pen", "--model", "engraved"])
    assert wrong.exit_code == 2
    assert "--hand pen requires --model handwritten" in wrong.output


def test_a_historical_hand_is_an_option(tmp_path: Path, short: str) -> None:
    def picture(*options: str) -> bytes:
        out = tmp_path / "out"
        made = CliRunner().invoke(
            app, ["render", short, "-o", str(out), "--dpi", "50", "--overwrite", *options]
        )
        assert made.exit_code == 0, made.output
        return next(out.rglob("*.png")).read_bytes()

    steel = picture("--hand", "steel-nib", "--writer", "3")
    assert steel == picture("--hand", "steel-nib", "--writer", "3")
    assert steel != picture("--hand", "quill", "--writer", "3")
    refused = CliRunner().invoke(
        app, ["render", short, "-o", str(tmp_path), "--hand", "quill", "--writer", "neat"]
    )
    assert refused.exit_code == 2
    assert "must be a seed" in refused.output
