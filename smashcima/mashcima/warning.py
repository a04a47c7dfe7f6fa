"""Warnings that name the line of the user's code."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable

from smashcima.errors import Issue

_PASSED = ("smashcima.", "contextlib", "functools")
"""Beginnings of the names of modules between the user's code and a warning."""


class AnnotationWarning(UserWarning):
    """An annotation was repaired, or a part of it is not drawn as it is written."""


class CutInkWarning(UserWarning):
    """Ink of a staff lies outside of its image."""


def warn(text: str, category: type[Warning] = UserWarning) -> None:
    """Issues a warning at the line outside of this package that led to it."""
    level, frame = 1, sys._getframe()
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(_PASSED):
        level, frame = level + 1, frame.f_back
    warnings.warn(text, category, stacklevel=level)


def warn_about(issues: Iterable[Issue | str]) -> None:
    """Issues one `AnnotationWarning` for all issues, if there are any."""
    text = "; ".join(map(str, issues))
    if text:
        warn(text, AnnotationWarning)
