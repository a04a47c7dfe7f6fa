"""Annotation of an image: nodes, links, areas, masks and facts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.annotation.facts import Facts, KeptFacts, kept_facts
from smashcima.exporting.annotation.node import Node
from smashcima.exporting.annotation.node_table import NodeTable
from smashcima.exporting.annotation.run_lengths import Order, RunTable
from smashcima.exporting.classes import ClassSelection
from smashcima.imaging import ImageLayer, Mask, Masks, Region, Regions
from smashcima.imaging.regions.spans import Spans
from smashcima.kernels import kernels_are_used
from smashcima.short_repr import ShortRepr

T = TypeVar("T")

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

    @cached_property
    def table(self) -> NodeTable:
        """The nodes in columns, for exporters that need no object for each."""
        return NodeTable.of(self.nodes)

    def class_names(self, classes: ClassSelection) -> Sequence[str | None]:
        """The exported class of each node; `None` if it is not exported."""
        return classes.classes_of_nodes(self.nodes)

    def kept(self, key: Hashable, basis: object, make: Callable[[], T]) -> T:
        """What `make` returns for the nodes of this annotation, or has returned for those of another image of the same page.

        It must depend on nothing but nodes, without their objects, links, facts, `basis` and `key`.
        """
        return make()

    def masks(self) -> Masks:
        """Visible masks of all nodes."""
        return self._masks

    @cached_property
    def full_masks(self) -> list[Mask]:
        """Complete mask of each node, including hidden pixels; the mask of a group is the union of its
        members. Empty for areas.
        """
        found = self._masks.full_masks()
        for index, members in self.table.members.items():
            found[index] = _united([found[member] for member in members])
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
            return RunTable.of_spans(self.spans, order)
        return RunTable.of_masks(self.full_masks, order)

    @property
    def has_pixels(self) -> NDArray[np.bool_]:
        """(n,): whether the complete mask of each node has any pixel."""
        if kernels_are_used():
            return self.spans.counts > 0
        return self.column_runs.sizes > 0

    @cached_property
    def spans(self) -> Spans:
        """The complete masks as spans, found by compiled kernels."""
        own = self._masks.full_spans()
        return own.united(*self.table.united) if self.table.members else own

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
        return len(self.table)

    def __iter__(self) -> Iterator[tuple[Node, Region]]:
        return zip(self.nodes, self.regions, strict=True)

    def targets(self, links: Links) -> list[list[int]]:
        """Indices of the link targets of each node, ascending."""
        return _grouped(links[:, 0], links[:, 1], len(self))

    def sources(self, links: Links) -> list[list[int]]:
        """Indices of the link sources of each node, ascending."""
        return _grouped(links[:, 1], links[:, 0], len(self))


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
