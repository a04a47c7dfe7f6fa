"""The nodes of an annotation in columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.annotation.node import Node
from smashcima.exporting.classes import Sign
from smashcima.short_repr import ShortRepr


@dataclass(frozen=True, eq=False)
class NodeTable(ShortRepr):
    """What nodes are, in columns without the objects of a scene; so equal pages can share it."""

    ids: tuple[str, ...]
    signs: tuple[Sign, ...]
    is_ink: NDArray[np.bool_]
    """(n,): whether each node is a drawn symbol."""

    members: dict[int, tuple[int, ...]]
    """The members of each group, by its index."""

    @staticmethod
    def of(nodes: Sequence[Node]) -> NodeTable:
        """The columns of nodes."""
        return NodeTable(
            tuple([node.id for node in nodes]),
            tuple([node.sign for node in nodes]),
            np.array([node.is_ink for node in nodes], np.bool_),
            {index: node.members for index, node in enumerate(nodes) if node.members},
        )

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def has_mask(self) -> NDArray[np.bool_]:
        """(n,): whether each node is a symbol or a group of symbols, rather than an area."""
        found: NDArray[np.bool_] = self.is_ink.copy()
        found[list(self.members)] = True
        return found

    @cached_property
    def united(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The nodes of which each node consists: themselves, or the symbols of a group; and their end for each node."""
        parts: list[Sequence[int]] = [(index,) for index in range(len(self))]
        for index, members in self.members.items():
            parts[index] = [part for member in members for part in parts[member]]
        bounds = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
        return np.fromiter(chain.from_iterable(parts), np.int64), bounds
