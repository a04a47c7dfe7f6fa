"""Texts of values that are written again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_MOST = 2**16


class KeptTexts(dict[tuple[str, Any, type], str]):
    """The texts of named values in a format; kept, since most are the same for the next note, and the next sample."""

    def __init__(self, write: Callable[[str, Any], str]) -> None:
        """Makes an empty table; `write` returns the text of a name and a value, which depends on its type."""
        super().__init__()
        self._write = write

    def __missing__(self, item: tuple[str, Any, type]) -> str:
        name, value, _ = item
        text = self._write(name, value)
        if len(self) >= _MOST:
            self.clear()
        self[item] = text
        return text

    def joined(self, values: Mapping[str, Any], separator: str) -> str:
        """The texts of all values of a mapping."""
        return separator.join(
            map(self.__getitem__, zip(values, values.values(), map(type, values.values()), strict=True))
        )
