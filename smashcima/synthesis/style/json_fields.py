"""Reading of styles from JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from smashcima.errors import SettingsError


def fields_from_json(text: str, style: type[Any], noun: str) -> dict[str, Any]:
    """The fields of a dataclass in a JSON object; missing ones are left out.

    `noun` names the style in messages. Raises a `SettingsError` if the text is not such an object.
    """
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise SettingsError(f"A {noun} must be a JSON object; this is not JSON: {error}.") from error
    if not isinstance(values, dict):
        raise SettingsError(f"A {noun} must be a JSON object, not {type(values).__name__}.")
    check_names(values, style, noun)
    return values


def check_names(values: Iterable[str], style: type[Any], noun: str) -> None:
    """Raises a `SettingsError` for names that are no fields of a dataclass; `noun` names the style in messages."""
    known = {field.name for field in fields(style)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise SettingsError(
            f"A {noun} has no parameter {', '.join(unknown)}; available: {', '.join(sorted(known))}."
        )
