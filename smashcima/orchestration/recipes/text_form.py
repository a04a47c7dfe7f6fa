"""Reads and writes recipes and looks as YAML and JSON, with line numbers for messages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from smashcima.errors import RecipeError, reason_of
from smashcima.files import write_file
from smashcima.orchestration.recipes.parsed_text import ReadText

SUFFIXES = {".json": True, ".yaml": False, ".yml": False}
"""Suffixes of files, and whether they stand for JSON."""

_MOST_BYTES = 4 << 20
"""Far above the size of any recipe; the largest hold placement styles with all quantities."""


def read_data(path: Path, kind: str) -> ReadText:
    """Reads a file; without one of the suffixes, its content tells the format.

    `kind` is what the file should be, for messages: `recipe` or `look`.

    Raises:
        RecipeError: the file cannot be read, or is neither YAML nor JSON.
    """
    try:
        text = path.read_bytes().decode()
    except (OSError, ValueError) as error:
        raise RecipeError(f"The {kind} {path} cannot be read: {reason_of(error)}.") from error
    return read_text(text, SUFFIXES.get(path.suffix.lower(), text.lstrip().startswith("{")), path.name)


def write_data(data: Mapping[str, Any], path: Path, kind: str) -> None:
    """Writes plain data in the format of the suffix; equal data is written as equal bytes.

    Raises:
        RecipeError: there is no such format.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise RecipeError(
            f"{kind.capitalize()}s are written to files with the suffixes {', '.join(SUFFIXES)}, not {path.suffix!r}."
        )
    write_file(path, (to_json(data) if SUFFIXES[suffix] else to_yaml(data)).encode())


def read_text(text: str, is_json: bool, name: str) -> ReadText:
    """Parses YAML or JSON.

    Raises:
        RecipeError: the text is neither; the message begins with `name` and the line.
    """
    if len(text) > _MOST_BYTES:
        raise RecipeError(f"{name} has {len(text) >> 20} MiB, too much for a recipe.")
    try:
        if is_json:
            return _read_json(text, name)
        from smashcima.orchestration.recipes.yaml_form import (
            read_yaml,  # loads PyYAML, which models do not need
        )

        return read_yaml(text, name)
    except RecursionError as error:
        raise RecipeError(f"{name} is nested too deeply.") from error


def to_yaml(data: Mapping[str, Any]) -> str:
    """Formats plain data as YAML; equal data gives equal text."""
    from smashcima.orchestration.recipes.yaml_form import format_yaml

    return format_yaml(data)


def to_json(data: Mapping[str, Any]) -> str:
    """Formats plain data as JSON; equal data gives equal text."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _read_json(text: str, name: str) -> ReadText:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            keys = [key for key, _ in items]
            repeated = next(key for key in keys if keys.count(key) > 1)
            raise RecipeError(f"{name}: duplicate field {repeated!r}.")
        return found

    try:
        return ReadText(json.loads(text, object_pairs_hook=pairs), {})
    except json.JSONDecodeError as error:
        raise RecipeError(f"{name}, line {error.lineno}: invalid JSON: {error.msg}.") from error
