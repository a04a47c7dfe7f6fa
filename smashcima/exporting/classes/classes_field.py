"""The field `classes` of exporters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from smashcima.exporting.classes.selection import ClassSelection


class ClassesField:
    """A field that is set to what `ClassSelection.of` accepts, and always holds a selection."""

    def __init__(self, vocabulary: str = "smashcima") -> None:
        self._default = ClassSelection(vocabulary)

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, exporter: Any, owner: type | None = None) -> ClassSelection:
        if exporter is None:
            return self._default
        selection: ClassSelection = exporter.__dict__[self._name]
        return selection

    def __set__(self, exporter: Any, value: ClassSelection | str | Mapping[str, str | Iterable[str]]) -> None:
        exporter.__dict__[self._name] = ClassSelection.of(value)
