"""The content of a file of YAML or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ReadText:
    """Parsed text, with the line of each field."""

    data: Any
    lines: Mapping[str, int]
    """Lines, from 1, by the paths of fields such as `options.layout.page`."""
