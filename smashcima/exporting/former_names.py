"""Deprecated names of `omissions`, which differed between exporters of images and of scores."""

from __future__ import annotations

import warnings
from typing import Any, TypeVar

from smashcima.errors import Issue
from smashcima.exporting.exporter import Exporter

_X = TypeVar("_X")


class OmittedMethod:
    """Provides the deprecated method `omitted`."""

    __slots__ = ()

    def omitted(self: Exporter[_X, Any], x: _X) -> list[Issue]:
        """Deprecated: use `omissions`."""
        warnings.warn("`omitted` is called `omissions` now.", DeprecationWarning, stacklevel=2)
        return self.omissions(x)


class DistractorsMethod:
    """Provides the deprecated method `distractors`."""

    __slots__ = ()

    def distractors(self: Exporter[_X, Any], x: _X) -> list[Issue]:
        """Deprecated: use `omissions`."""
        warnings.warn("`distractors` is called `omissions` now.", DeprecationWarning, stacklevel=2)
        return self.omissions(x)
