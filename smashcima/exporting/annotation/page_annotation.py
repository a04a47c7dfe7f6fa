"""All nodes of an annotated picture, with their links, areas, masks and meanings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.annotation.facts import Fact, facts_of
from smashcima.exporting.annotation.node import Node
from smashcima.imaging import ImageLayer, Mask, Masks, Region, Regions

_NO_PIXEL = Mask(0, 0, np.zeros((0, 0), np.bool_))

Links = NDArray[np.intp]
"""(n, 2): indices of the nodes that a link leads from and to."""


@dataclass(frozen=True, eq=False)
class PageAnnotation:
    """All nodes of a picture with their areas and links.

    Give one annotation to all exporters: masks are made when they are first asked for, and kept.
    """

    image: ImageLayer
    nodes: tuple[Node, ...]
    regions: Regions
    """The areas of the nodes, in pixels; region i is that of node i."""

    syntax: Links
    """What belongs to what, in the directions of MuNG: from noteheads to stems, from groups to their members."""

    precedence: Links
    """From each notehead or rest to those that follow it in its voice."""

    def masks(self) -> Masks:
        """The masks of all nodes."""
        return self._masks

    @cached_property
    def full_masks(self) -> list[Mask]:
        """For each node all its pixels, hidden or not; a group has those of its members. Empty for the page frame."""
        found = self._masks.full_masks()
        for index, node in enumerate(self.nodes):
            if node.members:
                found[index] = _united([found[member] for member in node.members])
        return found

    @cached_property
    def facts(self) -> list[dict[str, Fact]]:
        """The facts of each node; see `facts_of`."""
        return [facts_of(node) for node in self.nodes]

    @cached_property
    def _masks(self) -> Masks:
        return Masks(self.regions, self.image.width, self.image.height)

    def __len__(self) -> int:
        return len(self.nodes)

    def __iter__(self) -> Iterator[tuple[Node, Region]]:
        return zip(self.nodes, self.regions, strict=True)

    def targets(self, links: Links) -> list[list[int]]:
        """For each node the indices of those that links lead to from it, ascending."""
        return _grouped(links[:, 0], links[:, 1], len(self.nodes))

    def sources(self, links: Links) -> list[list[int]]:
        """For each node the indices of those from which links lead to it, ascending."""
        return _grouped(links[:, 1], links[:, 0], len(self.nodes))


def _grouped(keys: NDArray[np.intp], values: NDArray[np.intp], count: int) -> list[list[int]]:
    groups: list[list[int]] = [[] for _ in range(count)]
    order = np.lexsort((values, keys))
    for key, value in zip(keys[order].tolist(), values[order].tolist(), strict=True):
        groups[key].append(value)
    return groups


def _united(masks: Sequence[Mask]) -> Mask:
    """The pixels of several masks."""
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
    """Pairs as an array, each pair once, sorted."""
    return np.array(sorted(set(pairs)), np.intp).reshape(-1, 2)
