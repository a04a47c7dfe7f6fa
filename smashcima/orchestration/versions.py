"""The versions on which a sample depends."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from smashcima._version import VERSION

_PACKAGES = ("verovio", "numpy", "opencv-python-headless", "shapely", "lxml")


@cache
def _known_versions() -> tuple[tuple[str, str], ...]:
    return ("smashcima", VERSION), *((package, _version_of(package)) for package in _PACKAGES)


def _version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # an uninstalled checkout, or another build of OpenCV
        return "not installed"


def versions() -> dict[str, str]:
    """Versions of Smashcima and of the packages that affect its output, by package name."""
    return dict(_known_versions())
