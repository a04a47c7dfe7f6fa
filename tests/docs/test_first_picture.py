"""The first picture that a newcomer makes is the first picture of the README."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest

import smashcima as sc

REPOSITORY = Path(__file__).resolve().parents[2]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def first_block(code: ModuleType) -> str:
    text: str = code.python_blocks(README)[0].text
    return text


def test_the_readme_begins_with_a_picture_an_install_line_and_five_lines_of_code(code: ModuleType) -> None:
    picture, command = README.index("<img"), README.index("make demo")
    block = first_block(code)
    assert picture < command < README.index(block) < README.index("\n## ")
    assert len([line for line in block.splitlines() if line]) <= 5
    assert 'look="manuscript"' in block


@pytest.mark.slow
def test_the_code_makes_the_picture(code: ModuleType, tmp_path: Path) -> None:
    made: dict[str, object] = {}
    with code.working_in(tmp_path):
        exec(first_block(code), made)  # noqa: S102 - what users run
    scene = made["scene"]
    assert isinstance(scene, sc.MusicScene)
    assert scene.recipe.to_dict() == {
        "version": 1,
        "model": "BaseHandwrittenModel",
        "options": {"look": "manuscript", "seed": 9},
    }
    shown = cv2.imread(str(REPOSITORY / "assets" / "readme" / "page.jpg"))
    page = cv2.imread(str(tmp_path / "page.jpg"))
    assert page.shape[:2] == (3652, 2582)
    small = cv2.resize(page, shown.shape[1::-1], interpolation=cv2.INTER_AREA)
    # Both are JPEG files; another writer, paper or filter differs by far more.
    assert np.abs(small.astype(int) - shown.astype(int)).mean() < 4


def test_the_demo_makes_the_same_page(code: ModuleType) -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    demo = next(line for line in makefile.splitlines() if "smashcima render" in line)
    (seed,) = re.findall(r"seed=(\d+)", first_block(code))
    assert f"--look manuscript --seed {seed} --index 0" in demo
    assert "EXAMPLE := assets/example/example.musicxml" in makefile
