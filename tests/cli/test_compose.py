"""`smashcima compose`, `learn` and `render --compose`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from smashcima.cli.main import app
from smashcima.loading import load_score

run = CliRunner()


def called(*arguments: str | Path) -> Result:
    return run.invoke(app, [*map(str, arguments)])


def done(*arguments: str | Path) -> str:
    result = called(*arguments)
    assert result.exit_code == 0, result.output
    return " ".join(result.stderr.split())


def test_a_score_is_composed_as_asked(tmp_path: Path):
    path = tmp_path / "out.musicxml"
    done("compose", "--key", "G minor", "--metre", "3/4", "--for", "piano", "--measures", "9", "-o", path)
    loaded = load_score(path)
    assert loaded.issues == ()
    score = loaded.score
    assert len(score.staves) == 2
    assert len([measure for measure in score.measures if measure.n != "0"]) == 9
    signature = score.measures[0].staves[0].key_signature
    assert signature is not None
    assert signature.fifths == -2


def test_several_pieces_have_numbers_and_unmet_conditions_are_listed(tmp_path: Path):
    said = done(
        "compose", "--conditions", "for: violin, measures: {integers: [4, 6]}, shares: {pedals: 1}", "--count", "2",
        "--issues", "-o", tmp_path / "piece.mei",
    )  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == ["piece-1.mei", "piece-2.mei"]
    assert "shares: pedals" in said
    assert (tmp_path / "piece-1.mei").read_bytes() != (tmp_path / "piece-2.mei").read_bytes()


def test_conditions_come_from_a_file(tmp_path: Path):
    (tmp_path / "wanted.yaml").write_text("for: cello\nmeasures: 3\n")
    done("compose", "--conditions", tmp_path / "wanted.yaml", "--measures", "5", "-o", tmp_path / "a.mei")
    assert len(load_score(tmp_path / "a.mei").score.measures) in (5, 6)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--key", "H minor", "-o", "a.mei"], "is not a key"),
        (["--conditions", "nonsense", "-o", "a.mei"], "no condition 'nonsense'"),
        (["-o", "a.docx"], "No format is known"),
        (["--learned", "none.json", "-o", "a.mei"], "is not the file of a corpus model"),
    ],
)
def test_wrong_arguments_are_named(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    result = called("compose", *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_composed_pages_are_rendered(tmp_path: Path):
    done(
        "render", "--compose", "for: flute, measures: 4", "--count", "2", "-o", tmp_path, "--model", "engraved",
        "--dpi", "40", "-f", "png,musicxml",
    )  # fmt: skip
    assert {path.name for path in tmp_path.iterdir()} >= {
        "composed-1-p1.png", "composed-1.musicxml", "composed-2-p1.png", "composed-2.musicxml",
    }  # fmt: skip


def test_rendering_needs_scores_or_conditions(tmp_path: Path):
    assert "Name scores to render" in called("render", "-o", tmp_path).stderr
    result = called("render", "a.musicxml", "--compose", "any", "-o", tmp_path)
    assert "cannot be given together" in " ".join(result.stderr.split())


def test_a_model_is_learned_from_scores_and_composes(tmp_path: Path):
    for seed in (1, 2):
        done("compose", "--for", "piano", "--metre", "3/4", "--key", "D major", "--measures", "16", "--seed", str(seed),
             "-o", tmp_path / f"{seed}.mei")  # fmt: skip
    said = done("learn", tmp_path / "1.mei", tmp_path / "2.mei", "-o", tmp_path / "model.json")
    assert "of 2 works" in said
    done("compose", "--learned", tmp_path / "model.json", "--measures", "6", "-o", tmp_path / "new.mei")
    assert len(load_score(tmp_path / "new.mei").score.measures) == 6
