"""Packages that need not be installed: the extras of Smashcima, and what to tell a user who lacks one."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, metadata
from importlib.util import find_spec
from pathlib import Path

from smashcima.errors import SettingsError, SmashcimaError

_OPENCV = "opencv-python-headless"


def need(
    module: str, extra: str, purpose: str, package: str = "", error: type[SmashcimaError] = SettingsError
) -> None:
    """Imports a module of an extra.

    Args:
        module: the module.
        extra: the extra that installs it.
        purpose: what needs it, as the subject of a sentence: `PDF files need`.
        package: name on the package index, if it is not that of the module.
        error: class of the error that is raised if it cannot be imported.
    """
    try:
        import_module(module)
    except ImportError as problem:
        raise error(missing(module, extra, purpose, problem, package)) from problem


def missing(module: str, extra: str, purpose: str, problem: ImportError, package: str = "") -> str:
    """A sentence about a module that cannot be imported, and how to install it."""
    top = module.partition(".")[0]
    package = package or top
    if find_spec(top) is None:
        return f"{purpose} the package {package}, which is not installed: {install_command(extra)}."
    return (
        f"{purpose} the package {package}, which is installed but cannot be imported ({problem}). "
        f"Install it again: {_pip()} --force-reinstall --no-deps {package}."
    )


def install_command(extra: str) -> str:
    """The command that installs an extra beside the running Smashcima."""
    return f"{_pip()} {_requirement(extra)}"


def opencv_trouble() -> str | None:
    """Why OpenCV cannot be imported and what to do; `None` if it can be."""
    if find_spec("cv2") is None:
        return f"Smashcima needs OpenCV, which is not installed: {_pip()} {_OPENCV}."
    try:
        import_module("cv2")
    except ImportError as problem:
        return (
            f"OpenCV is installed but cannot be imported ({problem}). If a system library such as libGL is missing, "
            f"install it, or replace your OpenCV by {_OPENCV}, which needs none. OpenCV before 4.10 needs a NumPy below 2."
        )
    return None


def _pip() -> str:
    """`pip install`, through this interpreter if another pip would answer."""
    found = shutil.which("pip")
    if found is not None and Path(found).parent == Path(sys.executable).parent:
        return "pip install"
    return f"{_quoted(sys.executable)} -m pip install"


def _requirement(extra: str) -> str:
    """The requirement of an extra, in quotes, since brackets mean something to zsh."""
    checkout = Path(__file__).resolve().parent.parent
    if not _is_known(extra) and (checkout / "pyproject.toml").is_file():
        # Smashcima runs from a checkout without being installed, so its name would fetch another one.
        return f"-e {_quoted(f'{checkout}[{extra}]')}"
    return _quoted(f"smashcima[{extra}]")


def _is_known(extra: str) -> bool:
    try:
        return extra in (metadata("smashcima").get_all("Provides-Extra") or [])
    except PackageNotFoundError:
        return False


def _quoted(text: str) -> str:
    """Text as one argument of the user's shell."""
    return f'"{text}"' if os.name == "nt" else shlex.quote(text)
