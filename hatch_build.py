"""Chooses the OpenCV that Smashcima depends on, when it is built.

The wheels opencv-python, opencv-contrib-python and their headless variants install the same folder `cv2`, so a second
one overwrites the files of the first. A requirement cannot say "any of them". So this hook requires

- the wheel that the environment variable SMASHCIMA_OPENCV names, or none if that is `none`;
- otherwise the one that is in the environment into which pip installs, or none if its `cv2` is of no wheel;
- otherwise opencv-python-headless, which needs no system packages. Wheels that `python -m build` makes require this one.
"""

from __future__ import annotations

import os
import sysconfig
from importlib.metadata import distributions
from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface

VARIABLE = "SMASHCIMA_OPENCV"
HEADLESS = "opencv-python-headless"
WHEELS = ("opencv-contrib-python", "opencv-python", "opencv-contrib-python-headless", HEADLESS)
"""The largest first, since it contains what the others do."""


class ChooseOpenCv(MetadataHookInterface):
    """Appends the requirement of OpenCV to the dependencies in pyproject.toml."""

    def update(self, metadata: dict[str, object]) -> None:
        """Sets `dependencies`, which pyproject.toml declares as dynamic."""
        wheel = chosen(os.environ.get(VARIABLE, ""), _folders())
        opencv = [] if wheel is None else [wheel + self.config["opencv"]]
        metadata["entry-points"] = {}  # see pyproject.toml
        metadata["dependencies"] = [*self.config["dependencies"], *opencv]


def chosen(wish: str, folders: list[str]) -> str | None:
    """The wheel to require for the value of SMASHCIMA_OPENCV and the folders of installed packages; `None` for none.

    Raises a `ValueError` for another value.
    """
    wish = wish.strip().lower()
    if wish == "none":
        return None
    if wish:
        if wish not in WHEELS:
            raise ValueError(f"{VARIABLE} must be none or one of {', '.join(WHEELS)}, not {wish!r}.")
        return wish
    installed = {str(each.metadata["Name"]).lower().replace("_", "-") for each in distributions(path=folders)}
    found = next((wheel for wheel in WHEELS if wheel in installed), None)
    if found is None and any(_has_cv2(Path(folder)) for folder in folders):
        return None
    return found or HEADLESS


def _folders() -> list[str]:
    """Folders of the packages of this interpreter; `sys.path` lists those that pip made for the build instead."""
    return list(dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib")))


def _has_cv2(folder: Path) -> bool:
    return (folder / "cv2").is_dir() or any(folder.glob("cv2.*"))
