"""Categories of DeepScoresV2 (Tuggener et al. 2020), with their numbers and colours in segmentations.

Includes the set `deepscores`, and the coarser set `muscima++` for the same objects.
"""

from __future__ import annotations

import colorsys
from functools import cache
from importlib import resources
from typing import NamedTuple


class Category(NamedTuple):
    """Category of DeepScoresV2."""

    id: int
    name: str
    annotation_set: str
    color: int
    """Pixel value in segmentations."""


@cache
def categories() -> tuple[Category, ...]:
    """Returns all categories by number."""
    text = resources.files("smashcima.exporting.deepscores").joinpath("categories.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return tuple(Category(int(id), name, group, int(color)) for id, name, group, color in rows)


def category_of(name: str, annotation_set: str = "deepscores") -> Category | None:
    """Returns the category with a name in one of the two sets."""
    return _by_name().get((name, annotation_set))


@cache
def _by_name() -> dict[tuple[str, str], Category]:
    # If a set has a name twice, the first category is used.
    return {(found.name, found.annotation_set): found for found in reversed(categories())}


@cache
def palette() -> bytes:
    """Returns the palette of segmentations: 256 times red, green, blue; 0 is white."""
    colors = bytearray(b"\xff\xff\xff")
    for value in range(1, 256):
        # Consecutive values have very different hues, so that they are easy to distinguish.
        red, green, blue = colorsys.hls_to_rgb(value * 0.381966 % 1.0, 0.3 + 0.1 * (value % 4), 0.9)
        colors += bytes((round(255 * red), round(255 * green), round(255 * blue)))
    return bytes(colors)
