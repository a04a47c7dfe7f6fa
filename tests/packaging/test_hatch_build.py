"""Which OpenCV a build of Smashcima requires."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

pytest.importorskip("hatchling", reason="the build backend")


@pytest.fixture(scope="module")
def hook(repository: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", repository / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _installed(folder: Path, *names: str) -> list[str]:
    for name in names:
        information = folder / f"{name.replace('-', '_')}-4.10.0.84.dist-info"
        information.mkdir(parents=True)
        (information / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 4.10.0.84\n")
    return [str(folder)]


def test_an_environment_without_opencv_gets_the_headless_one(hook: ModuleType, tmp_path: Path):
    assert hook.chosen("", _installed(tmp_path, "numpy")) == "opencv-python-headless"


@pytest.mark.parametrize("name", ["opencv-python", "opencv-contrib-python", "opencv-contrib-python-headless"])
def test_the_installed_wheel_is_required(hook: ModuleType, name: str, tmp_path: Path):
    assert hook.chosen("", _installed(tmp_path, name)) == name


def test_of_two_wheels_the_one_with_windows_is_required(hook: ModuleType, tmp_path: Path):
    folders = _installed(tmp_path, "opencv-python-headless", "opencv-python")
    assert hook.chosen("", folders) == "opencv-python"


def test_nothing_is_required_beside_an_opencv_of_no_wheel(hook: ModuleType, tmp_path: Path):
    (tmp_path / "cv2").mkdir()
    assert hook.chosen("", [str(tmp_path)]) is None


def test_the_variable_decides(hook: ModuleType, tmp_path: Path):
    folders = _installed(tmp_path, "opencv-python")
    assert hook.chosen("none", folders) is None
    assert hook.chosen("opencv-contrib-python", folders) == "opencv-contrib-python"
    with pytest.raises(ValueError, match="SMASHCIMA_OPENCV must be none or one of"):
        hook.chosen("cv2", folders)
