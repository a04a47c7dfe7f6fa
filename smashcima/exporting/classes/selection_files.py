"""Selections of classes in files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smashcima.errors import ExportError
from smashcima.exporting.classes.selection import ClassSelection

_FIELDS = ("vocabulary", "keep", "drop", "merge", "groups", "order", "add")


def read_selection(path: str | Path) -> ClassSelection:
    """Reads a selection from a YAML or JSON file.

    The file has the fields of `ClassSelection` (except `split`), or is a vocabulary of one's own: a mapping from class
    names to labels.

    Raises:
        ExportError: the file cannot be read, or is not a selection.
    """
    import yaml

    path = Path(path)
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ExportError(f"The classes in {path} cannot be read: {error}.") from error
    if not isinstance(data, Mapping):
        raise ExportError(
            f"{path} must be a mapping from class names to labels, or have fields of a ClassSelection."
        )
    try:
        if data.keys() <= set(_FIELDS):
            return ClassSelection(**_checked(data))
        return ClassSelection.of(data)
    except ExportError as error:
        raise ExportError(f"{path}: {error}") from error


def _checked(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a selection, if they have the types that `ClassSelection` expects."""
    kinds = {"vocabulary": str, "groups": bool, "merge": Mapping}
    for name, value in data.items():
        kind = kinds.get(name, list)
        if not isinstance(value, kind):
            raise ExportError(f"{name} must be of type {kind.__name__.lower()}, not {type(value).__name__}.")
    merge = {
        new: [names] if isinstance(names, str) else names for new, names in data.get("merge", {}).items()
    }
    return {**data, "merge": merge}
