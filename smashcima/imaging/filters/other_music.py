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

_PAPER_PX = 8
"""Side of the blocks in which the brightness of paper is estimated."""

_BESIDE_PX = 5

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
    seen = np.arange(width)[columns]
    result = bitmap[:, columns].copy()
    limits, paper = _limits(systems, height), _paper(bitmap)
    titles = _titles(regions, systems[0])
    for number, system in enumerate(systems):
        source = _partner(systems, number)
        there, place = systems[source], np.arange(*limits[number])
        rows = np.clip(place + there.top - system.top, *_inside(limits[source]))
        # What is left of the measures, such as clefs, and what is right of them, stays.
        from_columns = np.arange(width)
        from_columns[there.edges[0] : there.edges[-1]] = _turned(there, number)
        moved = from_columns[seen]
        part = pixels[np.ix_(rows, moved)]
        for top, bottom, _, _ in titles:
            beside = np.flatnonzero((rows >= top) & (rows < bottom))
            part[beside] = pixels[np.ix_(rows[beside], seen)]
        part = part.view(np.uint8).reshape(len(rows), -1, 4) if bitmap.ndim == 3 else part
        for top, bottom, left, right in titles:
            _cover(part, np.flatnonzero((rows >= top) & (rows < bottom)), left - seen[0], right - seen[0])
        result[place] = _on_other_paper(part, paper, (rows, moved), (place, seen))
    for top, bottom, left, right in titles:
        _cover(result, np.arange(top, min(bottom, limits[0][0])), left - seen[0], right - seen[0])
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


def _titles(regions: Regions, first: _System) -> list[tuple[int, int, int, int]]:
    """Rows and columns of titles and names above the first system."""
    names = [Label.of(label).name for label in regions.labels]
    boxes = regions.bboxes[[name == "title" for name in names]].reshape(-1, 4)
    return [
        (max(int(top) - 1, 0), int(bottom) + 2, int(left) - 1, int(right) + 2)
        for left, top, right, bottom in boxes.tolist()
        if bottom < first.top
    ]


def _cover(part: NDArray[np.uint8], rows: NDArray[np.int64], left: int, right: int) -> None:
    """Covers columns of some rows by what is left and right of them, from one to the other."""
    left, right = max(left, 0), min(right, part.shape[1])
    if not len(rows) or right <= left:
        return
    before = part[rows, max(left - _BESIDE_PX, 0) : left].astype(np.float32)
    after = part[rows, right : right + _BESIDE_PX].astype(np.float32)
    if not before.shape[1] and not after.shape[1]:
        return
    before, after = before if before.shape[1] else after, after if after.shape[1] else before
    ends = before.mean(axis=1, keepdims=True), after.mean(axis=1, keepdims=True)
    share = np.linspace(0, 1, right - left, dtype=np.float32)
    share = share[np.newaxis, :, np.newaxis] if part.ndim == 3 else share[np.newaxis]
    part[rows, left:right] = np.rint(ends[0] * (1 - share) + ends[1] * share).astype(np.uint8)


def _paper(bitmap: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The brightness of the paper at a lower resolution: what is brightest around each place."""
    import cv2

    height, width = bitmap.shape[:2]
    size = -(-width // _PAPER_PX), -(-height // _PAPER_PX)
    small = cv2.dilate(cv2.resize(bitmap, size, interpolation=cv2.INTER_AREA), np.ones((7, 7), np.uint8))
    return np.asarray(cv2.blur(small, (7, 7)), np.uint8)


def _on_other_paper(
    part: NDArray[np.uint8],
    paper: NDArray[np.uint8],
    taken_from: tuple[NDArray[np.int64], NDArray[np.int64]],
    put_to: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.uint8]:
    """A part of the page as it looks on the paper of another place; rows and columns of both are given."""
    import cv2

    before, after = (
        paper[np.ix_(rows[::_PAPER_PX] // _PAPER_PX, columns[::_PAPER_PX] // _PAPER_PX)].astype(np.float32)
        for rows, columns in (taken_from, put_to)
    )
    factors = np.rint(128 * np.clip(after / np.maximum(before, 1), 0.5, 1.99)).astype(np.uint8)
    large = cv2.resize(factors, part.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(part, large, scale=1 / 128), np.uint8)
