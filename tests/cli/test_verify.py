"""`--verify`: proofs on the command line."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from smashcima.cli.main import app

ROOT = Path(__file__).resolve().parent.parent.parent
SONG = ROOT / "tests" / "short_song.musicxml"

SILENT_SHARP = """<score-partwise><part-list><score-part id="P1"><part-name/></score-part></part-list><part id="P1">
<measure number="1"><attributes><divisions>1</divisions><clef><sign>G</sign><line>2</line></clef></attributes>
<note><pitch><step>F</step><alter>1</alter><octave>4</octave></pitch><duration>1</duration><type>quarter</type></note>
</measure></part></score-partwise>"""


def test_a_page_that_agrees_with_its_score_has_status_0(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["render", str(SONG), "-o", str(tmp_path), "--model", "engraved", "--dpi", "50", "--verify"]
    )
    assert done.exit_code == 0, done.output


def test_a_page_that_shows_another_pitch_has_status_3_and_is_named(tmp_path: Path) -> None:
    score = tmp_path / "silent.musicxml"
    score.write_text(SILENT_SHARP)
    options = ["--model", "engraved", "--dpi", "50", "--verify", "--issues"]
    done = CliRunner().invoke(app, ["render", str(score), "-o", str(tmp_path), *options])
    assert done.exit_code == 3
    assert "drawn as F4" in " ".join(done.output.split())
    assert (tmp_path / "silent-p1.png").exists()
    asked = CliRunner().invoke(app, ["info", str(score), "--verify", "--issues"])
    assert asked.exit_code == 3
    assert "the score says F#4" in " ".join(asked.output.split())
    assert CliRunner().invoke(app, ["info", str(score)]).exit_code == 0
