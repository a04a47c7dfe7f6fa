"""The versions on which a sample depends."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("smashcima", "verovio", "numpy", "opencv-python-headless", "shapely", "lxml")


@cache
def _known_versions() -> tuple[tuple[str, str], ...]:
    found = []
    for package in _PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            found.append((package, "not installed"))
    return tuple(found)


def versions() -> dict[str, str]:
    """Versions of Smashcima and of the packages that shape its output, by package name."""
    return dict(_known_versions())
