"""Looks fitted to pictures: what is measured on pictures drawn with them is what was measured on the given ones."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner

import smashcima as sc
from smashcima.cli.main import app
from smashcima.datasets.curation import fitted_look, measure_picture
from smashcima.engraving import VariedLineWeights
from smashcima.errors import PlanError
from smashcima.orchestration import Look

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"


def picture(seed: int, tone: int = 200) -> np.ndarray:
    """Staves of 3 px lines at a distance of 14 px, blurred, on yellowish paper with noise."""
    page = np.full((1100, 900, 3), (tone * 0.93, tone, tone), np.float32)
    for top in range(90, 1000, 170):
        for line in range(5):
            page[top + 14 * line : top + 14 * line + 3, 60:840] = 30
        for x in range(100, 820, 70):
            cv2.ellipse(page, (x, top + 21), (8, 6), 0, 0, 360, (30, 30, 30), -1)
            cv2.line(page, (x + 7, top + 21), (x + 7, top - 18), (30, 30, 30), 2)
    page = cv2.GaussianBlur(page, (0, 0), 1.0)
    page += np.random.default_rng(seed).normal(0, 3, page.shape[:2])[:, :, None]
    return np.clip(page, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pictures")
    for seed in range(3):
        cv2.imwrite(str(root / f"page{seed}.png"), picture(seed, 195 + 5 * seed))
    return root


def test_a_look_is_written_and_pages_have_the_measures_of_the_pictures(folder: Path, tmp_path: Path):
    target = tmp_path / "mine.yaml"
    result = CliRunner().invoke(app, ["look", "fit", str(folder), "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert "Fitted to 3 pictures." in result.output
    assert Look.load(target).name == "mine"
    scene = sc.EngravedModel(seed=2, look=target)(EXAMPLE)
    found = measure_picture(np.ascontiguousarray(scene.compose_page(scene.pages[0]).bitmap[:, :, :3]))
    wanted = measure_picture(picture(1))
    assert found is not None
    assert wanted is not None
    assert found.staff_space_px == pytest.approx(14, rel=0.15)
    assert found.paper == pytest.approx(wanted.paper, abs=0.06)
    assert found.paper_b == pytest.approx(wanted.paper_b, abs=4)
    assert found.noise == pytest.approx(wanted.noise, rel=0.4)
    assert found.edge_px == pytest.approx(wanted.edge_px, rel=0.35)


def test_black_and_white_pictures_give_black_and_white_pages(tmp_path: Path):
    for seed in range(2):
        gray = cv2.cvtColor(picture(seed), cv2.COLOR_BGR2GRAY)
        cv2.imwrite(str(tmp_path / f"page{seed}.png"), np.where(gray > 120, 255, 0).astype(np.uint8))
    look = fitted_look(tmp_path)
    scene = sc.EngravedModel(seed=2, look=look)(EXAMPLE)
    assert set(np.unique(scene.compose_page(scene.pages[0]).bitmap)) == {0, 255}


def test_lines_are_as_thick_as_in_the_pictures(folder: Path):
    look = fitted_look(folder)
    weights = look.line_weights()
    assert isinstance(weights, VariedLineWeights)
    # Lines of 3 px at a distance of 14 px, less the ink that spreads.
    assert weights.staff_line_ss == pytest.approx(3 / 14 - 0.03, abs=0.02)
    assert sc.EngravedModel(seed=1, look=look).line_weights == weights
    assert sc.EngravedModel(seed=1, look=look, line_weights="engraver").line_weights == "engraver"


def test_parts_of_pages_and_pages_on_their_side_are_as_frequent_as_in_the_pictures(tmp_path: Path):
    whole = picture(1)
    # The staves, from 60 to 840 px, go on beyond both edges.
    for number, pixels in enumerate([whole, whole[:, 200:700], np.rot90(whole), whole]):
        cv2.imwrite(str(tmp_path / f"{number}.png"), pixels)
    filters = fitted_look(tmp_path).postprocessing()
    assert filters["crop"].p == 0.25
    assert filters["crop"].width.low == pytest.approx(500 / 14 / 125, abs=0.02)
    assert filters["crop"].height.high == 1
    assert filters["quarter_turn"].p == 0.25


def test_pictures_without_staves_cannot_be_fitted(tmp_path: Path):
    cv2.imwrite(str(tmp_path / "empty.png"), np.full((300, 300), 230, np.uint8))
    with pytest.raises(PlanError, match="No staff was found on 1 images"):
        fitted_look(tmp_path)
    result = CliRunner().invoke(app, ["look", "fit", str(tmp_path), "-o", str(tmp_path / "look.yaml")])
    assert result.exit_code == 2
    assert "No staff was found" in result.output
