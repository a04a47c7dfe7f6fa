"""Plans that resemble a collection of images."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import smashcima as sc
from smashcima.cli.main import app
from smashcima.datasets.curation import look_of_collection, look_of_page, plan_like
from smashcima.datasets.generation import GenerationPlan
from smashcima.errors import PlanError, SourceNotFoundError


def page(dpi: float, **options) -> np.ndarray:
    """A printed page with four staves at a distance of 12 staff spaces, drawn without a score."""
    unit = 1.75 * dpi / 25.4
    height, width = round(70 * unit), round(60 * unit)
    picture = np.full((height, width, 3), options.get("paper", (255, 255, 255)), np.uint8)
    for staff in range(4):
        for line in range(5):
            y = round((8 + 12 * staff + line) * unit)
            picture[y : y + max(1, round(0.12 * unit)), round(4 * unit) : round(56 * unit)] = 0
    return picture


def test_the_scale_of_a_page_is_measured_from_its_staves():
    look = look_of_page(page(150))
    assert look.staff_space_px == pytest.approx(1.75 * 150 / 25.4, rel=0.03)
    assert look.staves == 4
    assert look.staff_distance_ss == pytest.approx(12, rel=0.05)
    assert look.paper == (255, 255, 255)
    assert look.is_gray


def test_a_page_without_staves_has_no_scale():
    assert look_of_page(np.full((300, 200, 3), 255, np.uint8)).staff_space_px is None


def write(picture: np.ndarray, path: Path) -> None:
    opaque = np.full((*picture.shape[:2], 1), 255, np.uint8)
    sc.write_image(np.concatenate([picture, opaque], axis=2), path)


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "images"
    folder.mkdir()
    for number in range(3):
        write(page(120, paper=(150, 190, 215)), folder / f"{number}.jpg")
    write(np.full((300, 200, 3), 250, np.uint8), folder / "cover.png")
    return folder


def test_the_look_of_a_collection_is_that_of_most_of_its_pages(collection: Path):
    look = look_of_collection(collection)
    assert (look.pages, look.without_staves, look.format) == (4, 1, "jpg")
    assert look.dpi == pytest.approx(120, rel=0.03)
    assert look.degradation == "scan"
    assert not look.is_gray


def test_damaged_images_are_left_out(collection: Path):
    (collection / "torn.jpg").write_bytes(b"\xff\xd8 torn")
    assert look_of_collection(collection).pages == 4


def test_the_plan_has_the_size_scale_and_paper_of_the_collection(
    collection: Path, tmp_path: Path, short_song: Path
):
    data = plan_like(look_of_collection(collection), "scores", count=2)
    assert data["image"]["dpi"] == pytest.approx(120, rel=0.03)
    options = data["model"]["options"]
    assert options["paper"] == "aged"
    assert options["layout"]["staff_distance_ss"] == pytest.approx(8, abs=0.6)
    width, height = map(float, options["layout"]["page"].split("x"))
    assert (width, height) == (pytest.approx(105, rel=0.05), pytest.approx(122.5, rel=0.05))
    (tmp_path / "scores").mkdir()
    (tmp_path / "scores" / "song.musicxml").write_bytes(short_song.read_bytes())
    assert GenerationPlan.from_data(data, folder=tmp_path).count == 2


def test_collections_without_music_are_refused(tmp_path: Path):
    with pytest.raises(SourceNotFoundError):
        look_of_collection(tmp_path)
    write(np.full((300, 200, 3), 250, np.uint8), tmp_path / "cover.png")
    with pytest.raises(PlanError, match="No staff was found"):
        look_of_collection(tmp_path)


def test_the_command_writes_a_plan_and_refuses_to_replace_one(collection: Path, tmp_path: Path):
    arguments = ["plan", "from-images", str(collection), "-o", str(tmp_path / "plan.yaml"), "--count", "5"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    text = (tmp_path / "plan.yaml").read_text()
    assert "count: 5" in text
    assert "folder: scores/" in text
    again = CliRunner().invoke(app, arguments)
    assert again.exit_code == 2
    assert "exists" in " ".join(again.output.split())
