"""`smashcima inspect`: pictures with labels drawn on them, and clear errors."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner

from smashcima.cli.main import app
from smashcima.notations.mro import MroDocument, MroPage, MroScore, MroStave, MroSystem, write_mro

run = CliRunner()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A white picture of 200 x 100 px, and YOLO labels of a black bar from (50, 40) to (150, 60)."""
    picture = np.full((100, 200, 3), 255, np.uint8)
    picture[40:60, 50:150] = 0
    cv2.imwrite(str(tmp_path / "page.png"), picture)
    (tmp_path / "page.txt").write_text("0 0.5 0.5 0.5 0.2\n1 0.1 0.1 0.05 0.05\n", encoding="utf-8")
    (tmp_path / "data.yaml").write_text("names: [bar, dot]\n", encoding="utf-8")
    return tmp_path / "page.png"


def inspected(page: Path, *options: str) -> np.ndarray:
    """Which pixels of the picture are changed."""
    target = page.with_name("seen.png")
    arguments = [
        "inspect",
        str(page),
        str(page.with_suffix(".txt")),
        "-o",
        str(target),
        "--overwrite",
        *options,
    ]
    result = run.invoke(app, arguments)
    assert result.exit_code == 0, result.output
    before, after = (cv2.imread(str(path)).astype(int) for path in (page, target))
    return np.abs(before - after).max(axis=2) > 30


def test_boxes_and_names_are_drawn_by_default(page: Path) -> None:
    changed = inspected(page)
    assert changed[40, 60:140].all()
    assert not changed[45:55, 60:140].any()
    assert changed[25:38, 50:70].any()  # the name, above the box


def test_each_option_draws_its_own(page: Path) -> None:
    boxes, masks, names = (inspected(page, option) for option in ("--boxes", "--masks", "--names"))
    assert boxes[40, 60:140].all()
    assert not boxes[25:38, 50:70].any()
    assert masks[9, 16:24].all()  # the dot is filled
    assert not masks[45:55, 60:140].any()  # the bar is larger than any sign, and outlined
    assert names[25:38, 50:70].any()
    assert not names[42:58, 60:140].any()
    assert not inspected(page, "--boxes", "--only", "dot")[30:].any()


def test_the_result_is_told_and_lies_in_this_folder(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    result = run.invoke(app, ["inspect", str(page), str(page.with_suffix(".txt"))])
    assert result.exit_code == 0, result.output
    assert "1 bar" in result.output
    assert "2 labels (YOLO) in page-labels.png" in result.output
    assert (tmp_path / "here" / "page-labels.png").exists()


@pytest.mark.parametrize(
    ("image", "labels", "options", "message"),
    [
        ("nowhere.png", "page.txt", [], "There is no image"),
        ("page.png", "nowhere.txt", [], "There is no file of labels"),
        ("page.png", "data.yaml", [], "known formats: MuNG, COCO, YOLO"),
        ("page.png", "other.mung", [], "outside of the image page.png of 200 x 100 px"),
        ("page.png", "page.txt", ["--only", "clef"], "has no class clef. Its classes: bar, dot"),
        ("page.png", "page.txt", ["-o", "page.gif"], "No image format is known"),
    ],
)
def test_errors_are_told_without_a_traceback(
    page: Path, image: str, labels: str, options: list[str], message: str
) -> None:
    page.with_name("other.mung").write_text(
        "<Nodes><Node><ClassName>a</ClassName><Top>0</Top><Left>0</Left><Width>999</Width><Height>9</Height>"
        "</Node></Nodes>",
        encoding="utf-8",
    )
    arguments = ["inspect", str(page.with_name(image)), str(page.with_name(labels)), *options]
    result = run.invoke(app, arguments)
    assert result.exit_code == 1
    assert message in " ".join(result.output.split())
    assert "Traceback" not in result.output


def test_the_result_of_a_recogniser_is_drawn(page: Path) -> None:
    system = MroSystem(10, 10, 80, 64, (MroStave(10, 10, 80, 64),))
    of_page = MroPage(100, 50, 200, 100, staff_space_px_1024=32 * 1024, skew_angle=3, systems=(system,))
    labels = page.with_name("result.mro")
    labels.write_bytes(write_mro(MroDocument(score=MroScore(pages=(of_page,)))))
    target = page.with_name("seen.png")
    arguments = [
        "inspect",
        str(page),
        str(labels),
        "-o",
        str(target),
        "--overwrite",
        "--boxes",
        "--only",
        "staff",
    ]
    result = run.invoke(app, [*arguments, "--scale", "1", "--offset", "20,5"])
    assert result.exit_code == 0, result.output
    assert "1 staff" in result.output
    assert "1 labels (MRO) in" in " ".join(result.output.split())
    before, after = (cv2.imread(str(path)).astype(int) for path in (page, target))
    changed = np.abs(before - after).max(axis=2) > 30
    assert changed[15, 30:109].all()
    assert "skewangle 3 not applied" in " ".join(run.invoke(app, arguments).output.split())
    missing = run.invoke(app, [*arguments, "--fit"])
    assert missing.exit_code == 1
    assert "staff lines of the page were not found" in " ".join(missing.output.split())


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--offset", "12"], "--offset 12 is not a pair of numbers"),
        (["--scale", "-1"], "must be a positive number"),
        (["--fit"], "not an MRO file"),
        (["--page", "1"], "not an MRO file; page, scale, offset, skew and fit are for these only"),
    ],
)
def test_options_of_mro_files_are_checked(page: Path, options: list[str], message: str) -> None:
    result = run.invoke(app, ["inspect", str(page), str(page.with_suffix(".txt")), *options])
    assert result.exit_code == 1
    assert message in " ".join(result.output.split())
