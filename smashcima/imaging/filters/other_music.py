"""A picture of other music than that of a page, made from the page: its systems, with their measures in another order."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.regions.regions import Regions
from smashcima.scene.visual import Label

_ALIKE = 0.02
"""Largest difference of the heights of two systems that may take each other's place, relative to them."""

_LEAD = 0.45
"""Largest part of the first measure that clef and signatures take."""


@dataclass(frozen=True)
class _System:
    """A system in pixels of the page."""

    top: int
    bottom: int
    edges: tuple[int, ...]
    """Left edges of the measures after the clef, and the right edge of the last one."""


def other_music(bitmap: NDArray[np.uint8], regions: Regions, columns: slice) -> NDArray[np.uint8]:
    """Columns of the page with systems of the same form exchanged, measures turned round behind the clef, and without titles.

    Those of the page itself if no measures are labelled.
    """
    height, width = bitmap.shape[:2]
    systems = _systems(regions, (height, width))
    if not systems:
        return bitmap[:, columns]
    bitmap = _without_titles(bitmap, regions, systems[0])
    result = bitmap[:, columns].copy()
    limits = _limits(systems, height)
    for number, system in enumerate(systems):
        source = _partner(systems, number)
        there, place = systems[source], slice(*limits[number])
        rows = np.clip(np.arange(height)[place] + there.top - system.top, *_inside(limits[source]))
        # What is left of the measures, such as clefs, and what is right of them, stays.
        from_columns = np.arange(width)
        from_columns[there.edges[0] : there.edges[-1]] = _turned(there, number)
        result[place] = bitmap[np.ix_(rows, from_columns[columns])]
    return result


def _systems(regions: Regions, shape: tuple[int, ...]) -> list[_System]:
    """The systems from top to bottom, with their measures."""
    names = [Label.of(label).name for label in regions.labels]
    boxes = regions.bboxes
    measures = boxes[[name == "systemMeasure" for name in names]].reshape(-1, 4)
    heads = boxes[[name.startswith(("notehead", "rest")) for name in names]].reshape(-1, 4)
    found = []
    for box in boxes[[name == "system" for name in names]].reshape(-1, 4).tolist():
        _left, top, right, bottom = box
        middles = (measures[:, 1] + measures[:, 3]) / 2
        own = measures[(middles > top) & (middles < bottom) & (measures[:, 2] <= right + 2)]
        edges = sorted({round(value) for value in own[:, 0].tolist()})
        if len(edges) < 2:
            continue
        middles = (heads[:, 1] + heads[:, 3]) / 2
        first = heads[(middles > top) & (middles < bottom), 0]
        lead = float(first.min()) if len(first) else edges[0]
        edges[0] = round(min(max(lead - 3, edges[0]), edges[0] + _LEAD * (edges[1] - edges[0])))
        found.append(
            _System(
                max(int(top), 0),
                min(int(bottom), shape[0]),
                tuple(np.clip([*edges, int(right)], 0, shape[1]).tolist()),
            )
        )
    return sorted(found, key=lambda system: system.top)


def _limits(systems: list[_System], height: int) -> list[tuple[int, int]]:
    """First and last row of the band of each system: half of the way to its neighbours."""
    middles = [(one.bottom + other.top) // 2 for one, other in itertools.pairwise(systems)]
    outer = middles[0] - systems[0].bottom if middles else (systems[0].bottom - systems[0].top) // 2
    edges = [max(systems[0].top - outer, 0), *middles, min(systems[-1].bottom + outer, height)]
    return list(itertools.pairwise(edges))


def _partner(systems: list[_System], number: int) -> int:
    """The system that stands in the place of another: the next one of the same height and width, or itself."""
    own = systems[number]
    for step in range(1, len(systems)):
        other = systems[(number + step) % len(systems)]
        heights = own.bottom - own.top, other.bottom - other.top
        same_width = abs(own.edges[-1] - other.edges[-1]) < 3
        if abs(heights[0] - heights[1]) <= _ALIKE * max(heights) and same_width:
            return (number + step) % len(systems)
    return number


def _inside(limits: tuple[int, int]) -> tuple[int, int]:
    return limits[0], max(limits[1] - 1, limits[0])


def _turned(system: _System, number: int) -> NDArray[np.int64]:
    """Columns of the measures of a system, beginning with another one than the first."""
    measures = [np.arange(*pair) for pair in zip(system.edges, system.edges[1:], strict=False)]
    first = 1 + number % (len(measures) - 1) if len(measures) > 1 else 0
    return np.concatenate([*measures[first:], *measures[:first]])


def _without_titles(bitmap: NDArray[np.uint8], regions: Regions, first: _System) -> NDArray[np.uint8]:
    """A copy in which titles and names are covered with the paper of the left margin, back and forth."""
    result = bitmap.copy()
    height, width = bitmap.shape[:2]
    margin = max(first.edges[0] // 3, 1)
    there = np.arange(width) % (2 * margin)
    there = np.minimum(there, 2 * margin - 1 - there)
    names = [Label.of(label).name for label in regions.labels]
    for left, top, right, bottom in (
        regions.bboxes[[name == "title" for name in names]].reshape(-1, 4).tolist()
    ):
        rows = slice(max(int(top) - 1, 0), min(int(bottom) + 2, height))
        columns = slice(max(int(left) - 1, 0), min(int(right) + 2, width))
        result[rows, columns] = bitmap[rows, there[columns]]
    return result
