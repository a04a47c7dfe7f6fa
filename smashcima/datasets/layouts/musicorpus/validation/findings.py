"""Collection of what is wrong with a data set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from smashcima.errors import Issue


class Findings:
    """The issues of a data set, by file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.issues: list[Issue] = []

    def add(self, path: Path, element: str, what: str) -> None:
        """Adds an issue about an element of a file, or of a folder."""
        where = path.relative_to(self.root).as_posix()
        self.issues.append(Issue("the data set" if where == "." else where, element, what))

    def json(self, path: Path) -> Any:
        """The content of a JSON file, or `None` with an issue."""
        try:
            return json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            self.add(path, "file", f"cannot be read as JSON: {error}")
            return None

    def mapping(self, path: Path) -> Mapping[str, Any] | None:
        """The content of a JSON file that is an object, or `None` with an issue."""
        data = self.json(path)
        if data is None or isinstance(data, dict):
            return data
        self.add(path, "file", f"must hold an object, not {type(data).__name__}")
        return None

    def choice(self, path: Path, element: str, value: Any, allowed: Iterable[Any]) -> None:
        """Adds an issue unless a value is one of those allowed."""
        choices = tuple(allowed)
        if value not in choices:
            said = ", ".join(map(repr, choices))
            self.add(path, element, f"is {value!r}; must be {'one of ' if len(choices) > 1 else ''}{said}")


def folders(path: Path) -> list[Path]:
    """The folders in a folder, sorted; none if it does not exist."""
    return sorted(each for each in path.iterdir() if each.is_dir()) if path.is_dir() else []


def is_integer(value: Any) -> bool:
    """Whether a value from JSON is an integer."""
    return isinstance(value, int) and not isinstance(value, bool)


def box_of(value: Any) -> tuple[int, int, int, int] | None:
    """Left, top, width and height of a box of integers; `None` if the value is not one."""
    if isinstance(value, list) and len(value) == 4 and all(map(is_integer, value)):
        left, top, width, height = value
        return left, top, width, height
    return None


def jpeg_size(path: Path) -> tuple[int, int] | None:
    """Width and height of a JPEG file in pixels; `None` if it is not one."""
    with path.open("rb") as file:
        if file.read(2) != b"\xff\xd8":
            return None
        while len(head := file.read(4)) == 4 and head[0] == 0xFF:
            kind, length = head[1], int.from_bytes(head[2:], "big")
            # The frame header; 0xC4, 0xC8 and 0xCC are other segments.
            if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
                frame = file.read(5)
                return int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big")
            file.seek(length - 2, 1)
    return None
