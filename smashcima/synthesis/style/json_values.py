"""Styles as JSON objects."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from smashcima.errors import SettingsError


def parameters_from_json(text: str, style: type[Any], what: str) -> dict[str, Any]:
    """The parameters of a dataclass that are in a JSON object; any of them may be left out.

    Raises:
        SettingsError: the text is no such object, or has others; `what` (`writer`, say) is how the text calls it.
    """
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise SettingsError(f"A {what} is a JSON object; this is no JSON: {error}.") from error
    if not isinstance(values, dict):
        raise SettingsError(f"A {what} is a JSON object, not {type(values).__name__}.")
    known = {field.name for field in fields(style)}
    unknown = sorted(set(values) - known)
    if unknown:
        raise SettingsError(f"A {what} has no {', '.join(unknown)}; it has {', '.join(sorted(known))}.")
    return values
