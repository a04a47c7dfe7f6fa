"""The nodes of an annotated picture, and their links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.classes import Sign
from smashcima.exporting.compositing import ImageLayer, Masks, Region, Regions
from smashcima.scene.graph import SceneObject

Links = NDArray[np.intp]
"""(n, 2): indices of the nodes that a link leads from and to."""


class Node(NamedTuple):
    """One annotated thing: a sign that is drawn, a group of signs, or a part of the page frame."""

    id: str
    """The same in every format and every run: that of the (first) region it is made of, or of a group."""

    sign: Sign
    """Its label and traits, from which each vocabulary takes its class."""

    scene_object: SceneObject
    """The (first) object of the scene that it is: a visual object, a staff, a measure, a page, ..."""

    is_ink: bool
    """Whether it is something drawn, rather than a group of drawn things or a part of the page frame."""

    members: tuple[int, ...] = ()
    """Indices of the nodes that a group consists of."""

    pieces: tuple[SceneObject, ...] = ()
    """All objects that it is drawn as, from the top down, where the engraver draws it in several; `scene_object` is
    the first of them."""


@dataclass(frozen=True, slots=True, eq=False)
class PageAnnotation:
    """All nodes of a picture with their areas and links."""

    image: ImageLayer
    nodes: tuple[Node, ...]
    regions: Regions
    """The areas of the nodes, in pixels; region i is that of node i."""

    syntax: Links
    """What belongs to what, in the directions of MuNG: from noteheads to stems, from groups to their members."""

    precedence: Links
    """From each notehead or rest to those that follow it in its voice."""

    def masks(self) -> Masks:
        """The masks of all nodes, made when they are asked for; hold on to what this returns."""
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


def links_of(pairs: Sequence[tuple[int, int]]) -> Links:
    """Pairs as an array, each pair once, sorted."""
    return np.array(sorted(set(pairs)), np.intp).reshape(-1, 2)
