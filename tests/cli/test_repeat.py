"""`smashcima repeat` and `smashcima render --recipe`: the same files again, from a record or a recipe alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import smashcima as sc
from smashcima.cli.main import app
from smashcima.errors import RecipeError, SourceError
from smashcima.loading import Loaded
from smashcima.mei import write_mei
from smashcima.orchestration import SampleRecord
from smashcima.randomness import index_of_content

run = CliRunner()

TUNE = """X:1
T:One
K:G
L:1/4
GABc|defg|
"""

RECIPE = """\
version: 1
model: BaseHandwrittenModel
options: {hand: pen, dpi: 40, paper: any, postprocessing: 1, seed: 6}
"""

PLUGIN = """
import smashcima as sc
from smashcima.loading import ReadMusic, SourceFormat, register_format
from smashcima.scene.semantic import note


class BluePaper(sc.PaperSynthesizer):
    def synthesize_paper(self, page_space, placement):
        return sc.Sprite.rectangle(page_space, placement, (255, 200, 180, 255), dpi=25.4)


class BlueModel(sc.EngravedModel):
    def register_services(self):
        super().register_services()
        self.container.interface(sc.PaperSynthesizer, BluePaper, register_impl=True)


def read_dots(source):
    builder = sc.ScoreBuilder(time="4/4")
    builder.add_part("Voice", "treble")
    builder.add_voice(builder.add_measure(), 1, *(note("c5", "quarter") for _ in range(source.data.count(b"."))))
    return ReadMusic((builder.build(),), ("",))


register_format(SourceFormat("Dots", (".dots",), read_dots))
sc.register_model("blue", BlueModel)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repeat")
    (folder / "tune.abc").write_text(TUNE, encoding="utf-8")
    (folder / "book.abc").write_text(
        f"{TUNE}\n{TUNE.replace('X:1', 'X:2').replace('One', 'Two')}", encoding="utf-8"
    )
    (folder / "recipe.yaml").write_text(RECIPE, encoding="utf-8")
    (folder / "own_plugin.py").write_text(PLUGIN, encoding="utf-8")
    (folder / "tune.dots").write_text("....", encoding="utf-8")
    return folder


def smashcima(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, as a user calls it; the folder is no place for modules."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return subprocess.run(
        [sys.executable, "-P" if sys.version_info >= (3, 11) else "-s", "-m", "smashcima", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def files_of(folder: Path, prefix: str = "") -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name.startswith(prefix)}


FORMATS = "png,svg,mung,mei,alignment,record"


@pytest.mark.slow
def test_a_sample_is_repeated_byte_by_byte_from_its_record(folder: Path) -> None:
    made = smashcima(
        folder,
        "render",
        "book.abc",
        "tune.abc",
        "-o",
        "out",
        "--recipe",
        "recipe.yaml",
        "--seed",
        "9",
        "-f",
        FORMATS,
    )
    assert made.returncode == 0, made.stderr
    for name in ("tune", "book-2"):
        again = smashcima(folder, "repeat", f"out/{name}.record.json", "-o", f"again-{name}", "-f", FORMATS)
        assert again.returncode == 0, again.stderr
        assert "Note" not in again.stderr
        assert files_of(folder / f"again-{name}") == files_of(folder / "out", name)
    record = json.loads((folder / "out" / "tune.record.json").read_bytes())
    assert record["index"] == index_of_content(TUNE.encode())
    assert record["recipe"]["options"]["seed"] == 9
    assert record["source"]["path"] == "tune.abc"
    # An annotation holds the record, too, and may lie elsewhere with its score.
    (folder / "elsewhere").mkdir()
    for file in ("tune.abc", "out/tune-p1.alignment.json"):
        (folder / "elsewhere" / Path(file).name).write_bytes((folder / file).read_bytes())
    annotation = folder / "elsewhere" / "tune-p1.alignment.json"
    result = run.invoke(app, ["repeat", str(annotation), "-o", str(folder / "away")])
    assert result.exit_code == 0, result.output
    assert files_of(folder / "away") == files_of(folder / "out", "tune-p1.png")


@pytest.mark.slow
def test_code_of_others_runs_if_that_was_allowed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = folder / "blue.yaml"
    recipe.write_text(
        "version: 1\nmodel: blue\nplugins: [own_plugin]\noptions: {dpi: 30}\n", encoding="utf-8"
    )
    arguments = ("render", "tune.dots", "-o", "blue", "--recipe", "blue.yaml", "-f", "png,record")
    monkeypatch.chdir(folder)
    refused = run.invoke(app, [*arguments])
    assert refused.exit_code == 2
    assert "blue.yaml names own_plugin. Building" in refused.output
    assert "--trust" in refused.output
    made = smashcima(folder, *arguments, "--trust")
    assert made.returncode == 0, made.stderr
    record = json.loads((folder / "blue" / "tune.record.json").read_bytes())
    assert record["recipe"] == {
        "version": 1,
        "model": "blue",
        "plugins": ["own_plugin"],
        "options": {"dpi": 30, "seed": 0},
    }
    assert record["source"]["format"] == "Dots"
    assert run.invoke(app, ["repeat", "blue/tune.record.json", "-o", "bluer"]).exit_code == 1
    again = smashcima(folder, "repeat", "blue/tune.record.json", "-o", "bluer", "--trust", "-f", "png,record")
    assert again.returncode == 0, again.stderr
    assert files_of(folder / "bluer") == files_of(folder / "blue")


@pytest.fixture(scope="module")
def record(folder: Path) -> Path:
    arguments = [
        "render",
        str(folder / "tune.abc"),
        "-o",
        str(folder / "printed"),
        "--model",
        "engraved",
        "--dpi",
        "30",
    ]
    made = run.invoke(app, [*arguments, "-f", "png,record"])
    assert made.exit_code == 0, made.output
    return folder / "printed" / "tune.record.json"


def changed(record: Path, target: Path, **fields: Any) -> str:
    target.write_text(json.dumps({**json.loads(record.read_bytes()), **fields}), encoding="utf-8")
    return str(target)


def test_a_score_that_has_changed_or_is_gone_is_refused(record: Path, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.abc"
    other.write_text(TUNE.replace("GABc", "GABd"), encoding="utf-8")
    result = run.invoke(app, ["repeat", str(record), "-o", str(tmp_path / "out"), "--source", str(other)])
    assert result.exit_code == 1
    assert "is not the music of the sample: its SHA-256 is" in result.output
    source = json.loads(record.read_bytes())["source"]
    moved = changed(record, tmp_path / "tune.record.json", source={**source, "path": "gone.abc"})
    result = run.invoke(app, ["repeat", moved, "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "gone.abc" in result.output
    assert not (tmp_path / "out").exists()
    result = run.invoke(
        app, ["repeat", moved, "-o", str(tmp_path / "out"), "--source", str(folder / "tune.abc")]
    )
    assert result.exit_code == 0, result.output
    assert files_of(tmp_path / "out") == files_of(folder / "printed", "tune-p1")


def test_other_versions_are_told(record: Path, tmp_path: Path) -> None:
    versions = {**json.loads(record.read_bytes())["versions"], "verovio": "1.0", "bundle Gone": "1 sha256:0"}
    old = changed(record, tmp_path / "old.json", versions=versions)
    result = run.invoke(app, ["repeat", old, "-o", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "Note: bundle Gone is missing here, and was 1 sha256:0." in result.output
    assert ", and was 1.0." in result.output
    assert (tmp_path / "old-p1.png").exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"recipe": None, "no_recipe": "it is a secret."}, "has no recipe: it is a secret."),
        ({"recipe": {"version": 5}}, "the recipe in bad.json: version"),
        ({"index": -1}, "index: expected an integer"),
        ({"source": {}}, "source: expected the path and checksum"),
        ({"recipe": {"version": 1, "model": "EngravedModel", "options": {"dpi": 1}}}, "between 10 and 2400"),
    ],
)
def test_a_record_that_cannot_be_repeated_says_why(
    record: Path, tmp_path: Path, fields: dict[str, Any], message: str
) -> None:
    bad = changed(record, tmp_path / "bad.json", **fields)
    result = run.invoke(app, ["repeat", bad, "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert message in result.output


@pytest.mark.parametrize("text", ["[]", "{}", "no JSON"])
def test_other_files_are_no_records(tmp_path: Path, text: str) -> None:
    path = tmp_path / "file.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RecipeError, match=r"file\.json"):
        SampleRecord.load(path)


# -- scenes of Python ------------------------------------------------------------------------------------------


def test_a_scene_of_a_score_is_repeated_from_a_record_with_its_music(tmp_path: Path) -> None:
    score = sc.load_score(data=TUNE, format="abc").score
    model = sc.EngravedModel(seed=1, dpi=30)
    scene = model(score, index=4)
    record = json.loads(json.dumps(scene.record_with_source()))
    again = SampleRecord.from_dict(record).repeat()
    assert again.render(again.pages[0]).tobytes() == scene.render(scene.pages[0]).tobytes()
    assert again.record == scene.record
    assert "mei" not in scene.record["source"]
    bare = SampleRecord.from_dict(scene.record)
    with pytest.raises(SourceError, match="given as a Score"):
        bare.repeat()
    file = tmp_path / "tune.mei"
    file.write_text(write_mei(score), encoding="utf-8")
    assert bare.repeat(file).record == scene.record


def test_the_pages_that_were_made_are_made_again(repository: Path) -> None:
    example = repository / "assets" / "example" / "example.musicxml"
    scene = sc.EngravedModel(seed=1, dpi=30)(example, pages=[1])
    again = SampleRecord.from_dict(scene.record).repeat()
    assert [page.index for page in again.pages] == [1]
    assert again.record == scene.record
    assert scene.record["pages"] == [1]


def test_a_model_with_other_input_is_repeated_from_its_music() -> None:
    scene = Scale(seed=3, dpi=30)("G")
    record = scene.record_with_source()
    again = SampleRecord.from_dict(record).repeat()
    assert again.render(again.pages[0]).tobytes() == scene.render(scene.pages[0]).tobytes()
    assert again.record == scene.record


class Scale(sc.EngravedModel):
    def call(self, tonic: str, *, index: int, **options: Any) -> sc.MusicScene:  # type: ignore[override]
        return self.draw(Loaded(sc.load_score(data=TUNE, format="abc").score, None, ()), index)


@pytest.mark.parametrize("data", [TUNE, TUNE.encode()])
def test_a_scene_of_data_is_repeated_from_a_file_with_the_same_content(
    tmp_path: Path, data: str | bytes
) -> None:
    scene = sc.EngravedModel(seed=1, dpi=30)(data=data, format="abc")
    file = tmp_path / "tune.abc"
    file.write_text(TUNE, encoding="utf-8")
    again = SampleRecord.from_dict(scene.record).repeat(file)
    assert again.record == scene.record


def test_the_record_of_a_model_without_recipe_says_why() -> None:
    class Local(sc.EngravedModel):
        pass

    scene = Local(seed=1, dpi=30)(data=TUNE, format="abc")
    assert scene.record["recipe"] is None
    assert "inside a function" in scene.record["no_recipe"]
    with pytest.raises(RecipeError, match="inside a function"):
        scene.recipe  # noqa: B018
    with pytest.raises(RecipeError, match="cannot be repeated"):
        SampleRecord.from_dict(scene.record)


def test_a_scene_keeps_the_recipe_of_its_making() -> None:
    model = sc.EngravedModel(seed=1, dpi=30)
    recipe = model.recipe
    scene = model(data=TUNE, format="abc")
    model.dpi = 60
    assert scene.recipe == recipe != model.recipe


# -- recipes on the command line -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "option", [["--dpi", "60"], ["--model", "engraved"], ["--preset", "scan"], ["--page", "A4"]]
)
def test_options_of_models_do_not_go_with_a_recipe(folder: Path, option: list[str]) -> None:
    arguments = [
        "render",
        str(folder / "tune.abc"),
        "-o",
        str(folder / "no"),
        "--recipe",
        str(folder / "recipe.yaml"),
    ]
    result = run.invoke(app, [*arguments, *option])
    assert result.exit_code == 2
    assert f"{option[0]} cannot be given with --recipe" in result.output


def test_a_wrong_recipe_is_told_with_its_line(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("version: 1\nmodel: EngravedModel\noptions:\n  hand: pen\n", encoding="utf-8")
    result = run.invoke(
        app, ["render", str(folder / "tune.abc"), "-o", str(tmp_path), "--recipe", str(wrong)]
    )
    assert result.exit_code == 2
    assert "wrong.yaml, line 4: options.hand: EngravedModel has no such option" in " ".join(
        result.output.split()
    )
