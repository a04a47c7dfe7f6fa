"""What a user reads who lacks a package of an extra."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from smashcima import extras
from smashcima.errors import ExportError, SettingsError


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """As if Smashcima were installed into an environment whose pip is the first on the path."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(extras.shutil, "which", lambda name: str(tmp_path / name))
    monkeypatch.setattr(extras, "_is_known", lambda extra: True)
    return tmp_path


def test_a_package_that_is_missing_is_named_with_its_extra_in_quotes(installed: Path):
    with pytest.raises(SettingsError) as raised:
        extras.need("no_such_module", "web", "The playground needs", "no-such-package")
    assert str(raised.value) == (
        "The playground needs the package no-such-package, which is not installed: pip install 'smashcima[web]'."
    )


def test_another_pip_on_the_path_is_not_used(installed: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extras.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert extras.install_command("hub") == f"{installed}/python -m pip install 'smashcima[hub]'"


def test_a_checkout_that_is_not_installed_is_named_by_its_folder(
    installed: Path, monkeypatch: pytest.MonkeyPatch, repository: Path
):
    monkeypatch.setattr(extras, "_is_known", lambda extra: False)
    assert extras.install_command("hub") == f"pip install -e '{repository}[hub]'"


def test_a_package_that_is_there_but_broken_says_why(
    installed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "broken_module.py").write_text("import its_own_requirement\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ExportError) as raised:
        extras.need("broken_module", "web", "The playground needs", error=ExportError)
    assert str(raised.value) == (
        "The playground needs the package broken_module, which is installed but cannot be imported "
        "(No module named 'its_own_requirement'). "
        "Install it again: pip install --force-reinstall --no-deps broken_module."
    )


def test_opencv_is_found_here():
    assert extras.opencv_trouble() is None


def test_a_missing_opencv_is_named(installed: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "cv2", None)
    assert (
        extras.opencv_trouble()
        == "Smashcima needs OpenCV, which is not installed: pip install opencv-python-headless."
    )


def test_an_opencv_that_lacks_a_system_library_says_so(
    installed: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "cv2.py").write_text("raise ImportError('libGL.so.1: cannot open shared object file')\n")
    monkeypatch.delitem(sys.modules, "cv2", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    trouble = extras.opencv_trouble()
    assert trouble is not None
    assert trouble.startswith("OpenCV is installed but cannot be imported (libGL.so.1: cannot open")
