"""Plans of annotations: what all images of the same page of a score share, so that it is found once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.annotation.areas import regions_of_nodes
from smashcima.exporting.annotation.facts import KeptFacts
from smashcima.exporting.annotation.groups import Group, groups_of
from smashcima.exporting.annotation.node import Node
from smashcima.exporting.annotation.node_table import NodeTable
from smashcima.exporting.annotation.page_annotation import PageAnnotation
from smashcima.exporting.annotation.staff_spaces import located_spaces
from smashcima.exporting.annotation.structure import (
    NotComparableError,
    Numbers,
    Structure,
    StructureReader,
    numbers_of,
)
from smashcima.exporting.annotation.whole_signs import WholeSign, tallest_piece, whole_signs
from smashcima.exporting.classes import ClassSelection
from smashcima.imaging import ImageLayer, Regions
from smashcima.scene.semantic.semantic_object import TreeState
from smashcima.short_repr import ShortRepr

T = TypeVar("T")

_MOST_KEPT = 8
"""Number of values that exporters keep with a plan: those of a few formats and selections of classes."""


@dataclass(frozen=True, eq=False)
class AnnotationPlan(ShortRepr):
    """The nodes of a page with their links and facts, without the objects and areas of an image.

    It holds for images of the same unedited music whose objects have the same structure, and whose symbols form the same
    groups, which depends on their places.
    """

    reader: StructureReader
    structure: Structure
    grouping: Structure
    """The symbols that are drawn in pieces, and the groups of symbols; see `grouping_of`."""

    symbols: tuple[int, ...]
    """The regions of the symbols that can belong to groups."""

    staves: tuple[int, ...]
    """The regions of the staves."""

    spaces: tuple[bool, ...]
    """Whether each staff space has a node; those outside of the image have none."""

    table: NodeTable
    labels: tuple[str, ...]
    objects: tuple[int, ...]
    """The region of the object of each node."""

    pieces: dict[int, tuple[int, ...]]
    """The regions of the pieces of each node that is drawn in several, by its index."""

    areas: tuple[tuple[int, ...], ...]
    """The regions of each node but the staff spaces, which are the last nodes."""

    syntax: NDArray[np.intp]
    precedence: NDArray[np.intp]
    facts: list[KeptFacts]
    kept: dict[Hashable, tuple[object, Any]] = field(default_factory=dict)
    """What exporters have made of these nodes, with the object on which it depends."""

    def regions_in(self, image: ImageLayer, music: TreeState) -> Regions | None:
        """The areas of the nodes in an image; `None` if the plan does not hold for it."""
        regions = image.regions
        try:
            numbers = numbers_of(regions)
            if self.structure != self.reader.read(regions, numbers, music):
                return None
            symbols: list[Any] = [regions.scene_objects[place] for place in self.symbols]
            wholes = whole_signs(symbols)
            if self.grouping != grouping_of(wholes, groups_of(wholes), numbers):
                return None
        except NotComparableError:
            return None
        staves: list[Any] = [regions.scene_objects[place] for place in self.staves]
        spaces = list(chain.from_iterable(located_spaces(staves, image)))
        if tuple([is_there for _, is_there in spaces]) != self.spaces:
            return None
        return regions_of_nodes(
            image,
            self.table.ids,
            self.labels,
            itemgetter(*self.objects, -1)(regions.scene_objects)[:-1],  # one more, so that there are several
            self.areas,
            [ring for ring, is_there in spaces if is_there],
            self.table.is_ink,
        )


@dataclass(frozen=True, eq=False, init=False, repr=False)
class PlannedAnnotation(PageAnnotation):
    """An annotation whose nodes are made when they are asked for."""

    def __init__(self, image: ImageLayer, plan: AnnotationPlan, regions: Regions) -> None:
        self.__dict__.update(
            image=image,
            regions=regions,
            syntax=plan.syntax.copy(),
            precedence=plan.precedence.copy(),
            table=plan.table,
            _plan=plan,
            _kept_facts=plan.facts,
        )

    @cached_property  # type: ignore[misc]  # takes the place of the field
    def nodes(self) -> tuple[Node, ...]:
        """See `PageAnnotation`."""
        plan, things = self._plan, self.image.regions.scene_objects
        table = plan.table
        return tuple(
            [
                Node(
                    id,
                    sign,
                    thing,
                    is_ink,
                    table.members.get(index, ()),
                    tuple([things[place] for place in plan.pieces.get(index, ())]),
                )
                for index, (id, sign, thing, is_ink) in enumerate(
                    zip(
                        table.ids, table.signs, self.regions.scene_objects, table.is_ink.tolist(), strict=True
                    )
                )
            ]
        )

    def __reduce__(self) -> tuple[Any, ...]:
        # The plan belongs to the music of this process.
        return PageAnnotation, (self.image, self.nodes, self.regions, self.syntax, self.precedence)

    @property
    def _plan(self) -> AnnotationPlan:
        plan: AnnotationPlan = self.__dict__["_plan"]
        return plan

    def class_names(self, classes: ClassSelection) -> Sequence[str | None]:
        """See `PageAnnotation`."""
        if classes.split is not None:  # which looks at the objects
            return super().class_names(classes)
        return self.kept("classes", classes, lambda: classes.classes_of_signs(self.table.signs))

    def kept(self, key: Hashable, basis: object, make: Callable[[], T]) -> T:
        """See `PageAnnotation`."""
        kept = self._plan.kept
        key = (key, id(basis))
        found = kept.get(key)  # which has the basis, so that no other object gets its id
        if found is None:
            found = basis, make()
            if len(kept) >= _MOST_KEPT:
                kept.clear()
            kept[key] = found
        value: T = found[1]
        return value


def grouping_of(wholes: Sequence[WholeSign], groups: Sequence[Group], numbers: Numbers) -> Structure:
    """The pieces of symbols and the symbols of groups, by the numbers of regions.

    Raises a `NotComparableError` if one of them has no region.
    """
    try:
        return (
            [[numbers[piece] for piece in whole.pieces] for whole in wholes],
            # The label of a symbol of several pieces with different labels is that of the tallest.
            [
                numbers[tallest_piece(whole)]
                for whole in wholes
                if len(whole.pieces) > 1 and len({piece.label for piece in whole.pieces}) > 1
            ],
            [
                (group.label, group.members, [numbers[staff] for staff in group.staves], group.inner)
                for group in groups
            ],
        )
    except KeyError:
        raise NotComparableError from None
