"""Collection of the flaws of an MRO file."""

from __future__ import annotations

from collections import Counter

from smashcima.errors import Issue
from smashcima.notations.mro.tokens import lines_of_tokens

_MAX_LISTED = 1000
"""Damaged files can have a flaw in every token; no one reads more than this."""


class Flaws:
    """Flaws found at tokens, and names of unknown slots."""

    def __init__(self) -> None:
        self._found: list[tuple[int, str, str]] = []
        self._omitted = 0
        self._unknown: Counter[tuple[str, str]] = Counter()
        self._first_unknown: dict[tuple[str, str], int] = {}

    def add(self, token: int, element: str, what: str) -> None:
        """Records a flaw at a token."""
        if len(self._found) < _MAX_LISTED:
            self._found.append((token, element, what))
        else:
            self._omitted += 1

    def add_unknown(self, token: int, structure: str, name: str) -> None:
        """Records an unknown slot; slots of one name in structures of one kind become one issue."""
        key = (structure, name)
        if len(self._first_unknown) < _MAX_LISTED or key in self._first_unknown:
            self._unknown[key] += 1
            self._first_unknown.setdefault(key, token)
        else:
            self._omitted += 1

    def issues(self, text: str) -> list[Issue]:
        """Issues with line numbers, in the order of the text."""
        found = list(self._found)
        for key, token in self._first_unknown.items():
            count = self._unknown[key]
            times = f" ({count} times)" if count > 1 else ""
            structure, name = key
            found.append((token, f"{structure}.{name}", f"unknown slot: kept, but not interpreted{times}"))
        found.sort(key=lambda flaw: flaw[0])
        lines = lines_of_tokens(text, [token for token, _, _ in found])
        issues = [
            Issue(f"line {line}", element, what)
            for line, (_, element, what) in zip(lines, found, strict=True)
        ]
        if self._omitted:
            issues.append(Issue("the file", "flaws", f"{self._omitted} further flaws are not listed"))
        return issues
