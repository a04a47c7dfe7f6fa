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
    pixels = bitmap.view(np.uint32)[:, :, 0] if bitmap.ndim == 3 else bitmap  # whole pixels are taken faster
    result = pixels[:, columns].copy()
    limits = _limits(systems, height)
    titles = _title_rows(regions, systems[0])
    blank = _margin_columns(systems[0], width)[columns]
    for number, system in enumerate(systems):
        source = _partner(systems, number)
        there, place = systems[source], slice(*limits[number])
        rows = np.clip(np.arange(height)[place] + there.top - system.top, *_inside(limits[source]))
        # What is left of the measures, such as clefs, and what is right of them, stays.
        from_columns = np.arange(width)
        from_columns[there.edges[0] : there.edges[-1]] = _turned(there, number)
        result[place] = pixels[np.ix_(rows, from_columns[columns])]
        covered = np.flatnonzero(np.isin(rows, titles))
        result[place.start + covered] = pixels[np.ix_(rows[covered], blank)]
    above = titles[titles < limits[0][0]]
    result[above] = pixels[np.ix_(above, blank)]
    return result.view(np.uint8).reshape(height, -1, bitmap.shape[2]) if bitmap.ndim == 3 else result


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


def _title_rows(regions: Regions, first: _System) -> NDArray[np.int64]:
    """The rows above the first system in which there are titles and names."""
    names = [Label.of(label).name for label in regions.labels]
    boxes = regions.bboxes[[name == "title" for name in names]].reshape(-1, 4)
    rows = np.zeros(first.top, bool)
    for _, top, _, bottom in boxes.tolist():
        rows[max(int(top) - 1, 0) : max(int(bottom) + 2, 0)] = True
    return np.flatnonzero(rows)


def _margin_columns(first: _System, width: int) -> NDArray[np.int64]:
    """For each column, one of the left margin, back and forth: paper without ink."""
    margin = max(first.edges[0] // 3, 1)
    there = np.arange(width) % (2 * margin)
    return np.minimum(there, 2 * margin - 1 - there)
