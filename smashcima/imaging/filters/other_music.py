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

_ROW_STEP = 4
"""Only one row in so many is read for it."""

_BAND_ROWS = 64
"""Height of bands that fit into the processor cache."""

_BESIDE_PX = 5
_HEADINGS = ("title", "tempoText")

_NEAR_EDGE = 0.022
"""Distance from the edge of a measure at which its barlines lie, relative to the width of the system."""

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
    seen = np.arange(width)[columns]
    result: NDArray[np.uint8] = bitmap[:, columns].copy()
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
        part = _taken(bitmap, rows, moved)
        for top, bottom, _, _ in titles:
            beside = np.flatnonzero((rows >= top) & (rows < bottom))
            part[beside] = _taken(bitmap, rows[beside], seen)
        for top, bottom, left, right in titles:
            _cover(part, np.flatnonzero((rows >= top) & (rows < bottom)), left - seen[0], right - seen[0])
        result[place] = _on_other_paper(part, paper, (rows, moved), (place, seen))
    for top, bottom, left, right in titles:
        _cover(result, np.arange(top, min(bottom, limits[0][0])), left - seen[0], right - seen[0])
    return result


def _taken(
    bitmap: NDArray[np.uint8], rows: NDArray[np.int64], columns: NDArray[np.int64]
) -> NDArray[np.uint8]:
    """Pixels at these rows and columns."""
    if bitmap.ndim == 2:
        return np.asarray(bitmap[np.ix_(rows, columns)], np.uint8)
    # Whole pixels are taken faster.
    found = bitmap.view(np.uint32)[:, :, 0][np.ix_(rows, columns)]
    return np.asarray(found.view(np.uint8).reshape(len(rows), len(columns), 4), np.uint8)


def _systems(regions: Regions, shape: tuple[int, ...]) -> list[_System]:
    """The systems from top to bottom, with their measures."""
    names = _names(regions)
    boxes = regions.bboxes
    measures = boxes[[name == "systemMeasure" for name in names]].reshape(-1, 4)
    heads = boxes[[name.startswith(("notehead", "rest")) for name in names]].reshape(-1, 4)
    bars = boxes[[name.startswith("barline") for name in names]].reshape(-1, 4)
    found = []
    for box in boxes[[name == "system" for name in names]].reshape(-1, 4).tolist():
        left, top, right, bottom = box
        middles = (measures[:, 1] + measures[:, 3]) / 2
        own = measures[(middles > top) & (middles < bottom) & (measures[:, 2] <= right + 2)]
        lines = bars[(bars[:, 3] > top) & (bars[:, 1] < bottom)]
        reach = _NEAR_EDGE * (right - left)
        edges = sorted({_behind(lines, value, reach) for value in own[:, 0].tolist()})
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


def _names(regions: Regions) -> list[str]:
    """Names of the labels of all regions."""
    name_of = {label: Label.of(label).name for label in set(regions.labels)}
    return [name_of[label] for label in regions.labels]


def _behind(lines: NDArray[np.float64], edge: float, reach: float) -> int:
    """The column right of the barlines at the edge of a measure, which can lean: they are not cut, and belong to the left."""
    near = lines[(lines[:, 0] < edge + reach) & (lines[:, 2] > edge - reach), 2]
    return round(max(edge, float(near.max()) + 1)) if len(near) else round(edge)


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
    """Columns of the measures of a system, beginning with another one than the first.

    The last of several measures stays, since its barline can lean beyond the ends of the staff lines.
    """
    measures = [np.arange(*pair) for pair in zip(system.edges, system.edges[1:], strict=False)]
    moved, last = (measures[:-1], measures[-1:]) if len(measures) > 2 else (measures, [])
    first = 1 + number % (len(moved) - 1) if len(moved) > 1 else 0
    return np.concatenate([*moved[first:], *moved[:first], *last])


def _titles(regions: Regions, first: _System) -> list[tuple[int, int, int, int]]:
    """Rows and columns of titles, names and tempo words above the first system."""
    names = _names(regions)
    boxes = regions.bboxes[[name in _HEADINGS for name in names]].reshape(-1, 4)
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
    """The colour of the paper at a lower resolution, (h, w, channels), or its brightness, (h, w): what is brightest around each place."""
    import cv2

    height, width = (max(side // _PAPER_PX, 1) for side in bitmap.shape[:2])
    # Means over whole blocks, and of a quarter of the rows, take a fraction of the time of others.
    some = bitmap[: height * _PAPER_PX : _ROW_STEP, : width * _PAPER_PX]
    blocks = cv2.resize(some, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.blur(cv2.dilate(blocks, np.ones((7, 7), np.uint8)), (7, 7)), np.uint8)


def _on_other_paper(
    part: NDArray[np.uint8],
    paper: NDArray[np.uint8],
    taken_from: tuple[NDArray[np.int64], NDArray[np.int64]],
    put_to: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.uint8]:
    """Changes a part of the page to what it looks like on the paper of another place; rows and columns of both are given.

    The opacity of an opaque page has the factor 1, too.
    """
    import cv2

    before, after = (
        paper[np.ix_(_blocks_of(rows, paper.shape[0]), _blocks_of(columns, paper.shape[1]))].astype(
            np.float32
        )
        for rows, columns in (taken_from, put_to)
    )
    factors = np.rint(128 * np.clip(after / np.maximum(before, 1), 0.5, 1.99)).astype(np.uint8)
    large = np.asarray(cv2.resize(factors, part.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.uint8)
    for top in range(0, len(part), _BAND_ROWS):
        band = part[top : top + _BAND_ROWS]
        cv2.multiply(band, large[top : top + _BAND_ROWS], dst=band, scale=1 / 128)
    return part


def _blocks_of(places: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The blocks of every eighth row or column."""
    return np.asarray(np.minimum(places[::_PAPER_PX] // _PAPER_PX, count - 1))
