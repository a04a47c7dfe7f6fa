"""Annotation of an image: nodes, links, areas, masks and facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.annotation.facts import Facts, KeptFacts, kept_facts
from smashcima.exporting.annotation.node import Node
from smashcima.exporting.annotation.run_lengths import Order, RunTable
from smashcima.imaging import ImageLayer, Mask, Masks, Region, Regions
from smashcima.imaging.regions.spans import Spans
from smashcima.kernels import kernels_are_used
from smashcima.short_repr import ShortRepr

_NO_PIXEL = Mask(0, 0, np.zeros((0, 0), np.bool_))

Links = NDArray[np.intp]
"""(n, 2): pairs of node indices, from and to."""


@dataclass(frozen=True, eq=False)
class PageAnnotation(ShortRepr):
    """Nodes of an image with their areas and links.

    Pass the same annotation to all exporters: masks are computed on first use and cached.
    """

    image: ImageLayer
    nodes: tuple[Node, ...]
    regions: Regions
    """Areas of the nodes in pixels; region i belongs to node i."""

    syntax: Links
    """Links in the directions of MuNG: from noteheads to stems, from groups to their members."""

    precedence: Links
    """Temporal order: from each notehead or rest to the next ones in its voice."""

    def masks(self) -> Masks:
        """Visible masks of all nodes."""
        return self._masks

    @cached_property
    def full_masks(self) -> list[Mask]:
        """Complete mask of each node, including hidden pixels; the mask of a group is the union of its
        members. Empty for areas.
        """
        found = self._masks.full_masks()
        for index, node in enumerate(self.nodes):
            if node.members:
                found[index] = _united([found[member] for member in node.members])
        return found

    @cached_property
    def row_runs(self) -> RunTable:
        """The complete masks as run lengths, row by row; `None` for nodes without one."""
        return self._runs("rows")

    @cached_property
    def column_runs(self) -> RunTable:
        """The complete masks as run lengths, column by column; `None` for nodes without one."""
        return self._runs("columns")

    def _runs(self, order: Order) -> RunTable:
        if kernels_are_used():
            return RunTable.of_spans(self._spans, order)
        return RunTable.of_masks(self.full_masks, order)

    @cached_property
    def _spans(self) -> Spans:
        """The pixels of `full_masks` as spans."""
        own = self._masks.full_spans()
        if not any(node.members for node in self.nodes):
            return own
        parts: list[Sequence[int]] = [(index,) for index in range(len(self.nodes))]
        for index, node in enumerate(self.nodes):
            if node.members:
                parts[index] = [part for member in node.members for part in parts[member]]
        bounds = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
        return own.united(np.fromiter(chain.from_iterable(parts), np.int64), bounds)

    @cached_property
    def facts(self) -> list[Facts]:
        """Facts of each node; see `facts_of`."""
        return [dict(each.facts) for each in self._kept_facts]

    def fact_texts(self, nodes: Iterable[int], write: Callable[[Facts], str]) -> list[str]:
        """The texts of the facts of some nodes, by index; `write` is called once for equal facts of the same object."""
        kept = self._kept_facts
        return [kept[index].text(write) for index in nodes]

    @cached_property
    def _kept_facts(self) -> list[KeptFacts]:
        return kept_facts(self.nodes)

    @cached_property
    def oriented_boxes(self) -> NDArray[np.float64]:
        """(n, 4, 2): the corners of the minimum-area rectangle around each area; NaN if empty."""
        return self.regions.oriented_boxes()

    @cached_property
    def _masks(self) -> Masks:
        return Masks(self.regions, self.image.width, self.image.height)

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[tuple[Node, Region]]:
        return zip(self.nodes, self.regions, strict=True)

    def targets(self, links: Links) -> list[list[int]]:
        """Indices of the link targets of each node, ascending."""
        return _grouped(links[:, 0], links[:, 1], len(self.nodes))

    def sources(self, links: Links) -> list[list[int]]:
        """Indices of the link sources of each node, ascending."""
        return _grouped(links[:, 1], links[:, 0], len(self.nodes))


def _grouped(keys: NDArray[np.intp], values: NDArray[np.intp], count: int) -> list[list[int]]:
    groups: list[list[int]] = [[] for _ in range(count)]
    order = np.lexsort((values, keys))
    for key, value in zip(keys[order].tolist(), values[order].tolist(), strict=True):
        groups[key].append(value)
    return groups


def _united(masks: Sequence[Mask]) -> Mask:
    """Union of several masks."""
    masks = [mask for mask in masks if mask.pixels.size]
    if len(masks) <= 1:
        return masks[0] if masks else _NO_PIXEL
    left, top = min(mask.left for mask in masks), min(mask.top for mask in masks)
    right = max(mask.left + mask.pixels.shape[1] for mask in masks)
    bottom = max(mask.top + mask.pixels.shape[0] for mask in masks)
    pixels = np.zeros((bottom - top, right - left), np.bool_)
    for x, y, part in masks:
        rows, columns = part.shape
        pixels[y - top : y - top + rows, x - left : x - left + columns] |= part
    return Mask(left, top, pixels)


def links_of(pairs: Sequence[tuple[int, int]]) -> Links:
    """Converts pairs to a sorted array without duplicates."""
    found = np.fromiter(chain.from_iterable(pairs), np.intp, 2 * len(pairs)).reshape(-1, 2)
    if len(found) == 0:
        return found
    size = int(found.max()) + 1
    return np.stack(np.divmod(np.unique(found[:, 0] * size + found[:, 1]), size), axis=1)
