"""Checked access to the fields of a plan, with messages that name the field and its line."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from smashcima.errors import PlanError


@dataclass(frozen=True)
class Where:
    """The place of plain data in a plan, for messages."""

    path: str = ""
    """Path of the field: `sources[0].folder`; empty for the whole plan."""

    name: str = "the plan"
    """Name of the file."""

    lines: Mapping[str, int] = field(default_factory=dict)
    """Lines by path, from 1."""

    def at(self, key: str | int) -> Where:
        """The place of a field or item below this one."""
        inner = f"{self.path}[{key}]" if isinstance(key, int) else f"{self.path}.{key}".lstrip(".")
        return Where(inner, self.name, self.lines)

    def error(self, text: str) -> PlanError:
        """An error about this place."""
        line = self._line()
        place = f"{self.name}, line {line}" if line is not None else self.name
        return PlanError(f"{place}: {self.path}: {text}" if self.path else f"{place}: {text}")

    def _line(self) -> int | None:
        """The line of the field, or of the nearest field around it."""
        path = self.path
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return None

    # -- checks --------------------------------------------------------------------------------------------

    def mapping(self, data: Any, known: Iterable[str] | None = None) -> Mapping[str, Any]:
        """Data as a mapping with text keys, which must be among `known` if given."""
        if not isinstance(data, Mapping):
            raise self.error(f"expected a mapping, got {shown(data)}")
        names = None if known is None else tuple(known)
        for key in data:
            if not isinstance(key, str):
                raise self.error(f"expected text as the name of a field, got {shown(key)}")
            if names is not None and key not in names:
                close = difflib.get_close_matches(key, names, 1)
                hint = f" (did you mean {close[0]!r}?)" if close else ""
                raise self.at(key).error(f"there is no such field{hint}; the fields are {', '.join(names)}")
        return data

    def list(self, data: Any) -> Sequence[Any]:
        """Data as a list."""
        if not isinstance(data, list | tuple):
            raise self.error(f"expected a list, got {shown(data)}")
        return data

    def text(self, data: Any, allowed: Iterable[str] | None = None) -> str:
        """Data as text, one of `allowed` if given."""
        if not isinstance(data, str):
            raise self.error(f"expected text, got {shown(data)}")
        if allowed is not None and data not in (names := tuple(allowed)):
            close = difflib.get_close_matches(data, names, 1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            raise self.error(f"{data!r} is not available{hint}; choose from {', '.join(names)}")
        return data

    def boolean(self, data: Any) -> bool:
        """Data as true or false."""
        if not isinstance(data, bool):
            raise self.error(f"expected true or false, got {shown(data)}")
        return data

    def integer(self, data: Any, least: int, most: int | None = None) -> int:
        """Data as an integer in a range."""
        if isinstance(data, bool) or not isinstance(data, int):
            raise self.error(f"expected an integer, got {shown(data)}")
        self._check(data, least, most)
        return data

    def number(self, data: Any, least: float, most: float | None = None) -> float:
        """Data as a finite number in a range."""
        if isinstance(data, bool) or not isinstance(data, int | float) or not math.isfinite(data):
            raise self.error(f"expected a number, got {shown(data)}")
        self._check(data, least, most)
        return float(data)

    def _check(self, value: float, least: float, most: float | None) -> None:
        if value < least or (most is not None and value > most):
            limits = f"at least {least:g}" if most is None else f"between {least:g} and {most:g}"
            raise self.error(f"must be {limits}, not {value:g}")


def shown(data: Any) -> str:
    """Data in a message, shortened."""
    return f"{data!r:.80}"
