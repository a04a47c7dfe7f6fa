"""Record of which object of the score stands for which object of the document, and of issues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from smashcima.errors import Issue
from smashcima.scene.semantic import SemanticObject

T = TypeVar("T")

MroPath = tuple[str | int, ...]
"""Place of an object of a document: the name of its slot in the file, and the indices that lead to it.

`("chord", page, system, stave, bar, chord)`, for example; `MroReading.ids` lists all kinds.
"""

Indices = tuple[int, ...]

_LEVELS = ("page", "system", "stave", "bar")


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """Object of a document with the indices that lead to it."""

    value: T
    indices: Indices


class Findings:
    """What has been found so far."""

    def __init__(self) -> None:
        self.issues: list[Issue] = []
        self._objects: dict[MroPath, SemanticObject] = {}

    def keep(self, slot: str, indices: Indices, found: SemanticObject) -> None:
        """Records the object of the score that stands for an object of the document."""
        path: MroPath = (slot, *indices)
        self._objects[path] = found

    def tell(self, indices: Indices, element: str, what: str) -> None:
        """Records an issue at a place of the document; indices beyond the bar are ignored."""
        self.issues.append(Issue(place_of(indices), element, what))

    def ids(self) -> dict[MroPath, str]:
        """Ids of the recorded objects, once the score has assigned them."""
        return {path: found.id for path, found in self._objects.items()}


def place_of(indices: Indices) -> str:
    """Readable place of an object: `page 1, system 2, stave 1, bar 4`; all are counted from 1."""
    return (
        ", ".join(f"{level} {index + 1}" for level, index in zip(_LEVELS, indices, strict=False))
        or "the file"
    )
