"""Nesting of events in beams, tuplets and other containers."""

from __future__ import annotations

from collections.abc import Callable

from smashcima.scene.semantic import SemanticObject

Make = Callable[[list[SemanticObject]], SemanticObject]
"""Makes a container of its children."""


def cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two ranges of indices overlap, and neither contains the other."""
    return one[0] < other[0] <= one[1] < other[1] or other[0] < one[0] <= other[1] < one[1]


def nested(items: list[SemanticObject], ranges: list[tuple[int, int, int, Make]]) -> list[SemanticObject]:
    """Puts ranges of items, which do not cross, into containers.

    A range has the indices of its first and last item, a rank, and a function that makes the container; of equal
    ranges, the one of lower rank is outside.
    """
    waiting = sorted(ranges, key=lambda found: (found[0], -found[1], found[2]), reverse=True)
    outermost: list[SemanticObject] = []
    open_ranges: list[tuple[int, Make, list[SemanticObject]]] = []
    current = outermost
    for index, item in enumerate(items):
        while waiting and waiting[-1][0] == index:
            _, last, _, make = waiting.pop()
            current = []
            open_ranges.append((last, make, current))
        current.append(item)
        while open_ranges and open_ranges[-1][0] == index:
            _, make, children = open_ranges.pop()
            current = open_ranges[-1][2] if open_ranges else outermost
            current.append(make(children))
    return outermost
