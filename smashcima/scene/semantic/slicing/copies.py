"""Copies of selected objects of a score, with the edges between them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from smashcima.scene.graph import EdgeList
from smashcima.scene.graph.copying import is_shared
from smashcima.scene.graph.scene_object import link_new
from smashcima.scene.semantic.frozen_value import FrozenValue
from smashcima.scene.semantic.semantic_object import MeiAttributes, SemanticObject

T = TypeVar("T", bound=SemanticObject)

Replacement = Callable[[SemanticObject], SemanticObject | None]
"""Function that replaces an object below a copied one: by itself (which is copied), another object (which is not), or
`None` (omitted)."""

_LEFT_BEHIND = frozenset({"_incoming", "children"})


_known_fields: dict[type, tuple[frozenset[str], frozenset[str]]] = {}
_shared_types: dict[type, bool] = {}


def _fields(kind: type[SemanticObject]) -> tuple[frozenset[str], frozenset[str]]:
    """The edges of a class, and what copies do not have from the original."""
    found = _known_fields.get(kind)
    if found is None:
        found = _known_fields[kind] = frozenset(kind.edges()), _LEFT_BEHIND | kind._transient
    return found


def _is_shared(value_type: type) -> bool:
    found = _shared_types.get(value_type)
    if found is None:
        found = _shared_types[value_type] = is_shared(value_type) or issubclass(value_type, FrozenValue)
    return found


class Copies:
    """Copies of semantic objects. Edges between copied objects are copied; all others are omitted.

    A `deepcopy` would include everything connected to an object, even the ink.
    """

    def __init__(self) -> None:
        self._copies: dict[SemanticObject, SemanticObject] = {}

    def __contains__(self, source: SemanticObject) -> bool:
        return source in self._copies

    def of(self, source: T) -> T | None:
        """The copy of an object; `None` if it has not been copied."""
        return self._copies.get(source)  # type: ignore[return-value]

    def tree(self, source: T, replace: Replacement | None = None) -> T:
        """Copies an object with all objects below it, which `replace` can omit or replace."""
        children: list[Any] = []
        for child in source.children:
            if isinstance(child, SemanticObject):
                wanted = child if replace is None else replace(child)
                if wanted is child:
                    children.append(self.tree(child, replace))
                elif wanted is not None:
                    children.append(wanted)
            else:
                children.append(child)
        return self.node(source, children)

    def node(self, source: T, children: list[Any]) -> T:
        """Copies a single object with the given children. `connect` sets its other edges."""
        kind = type(source)
        twin = object.__new__(kind)
        edges, left_behind = _fields(kind)
        values = twin.__dict__
        for name, value in source.__dict__.items():
            if name in left_behind:
                continue
            value_type = type(value)
            if name in edges:
                values[name] = [] if isinstance(value, list) else None
            elif value_type is MeiAttributes:
                values[name] = MeiAttributes(value)
            elif _is_shared(value_type):
                values[name] = value
            else:
                values[name] = copy.deepcopy(value)
        # As by `__setattr__`, for an object that nothing leads to yet.
        values["children"] = EdgeList.of(twin, "children", children)
        for child in children:
            if isinstance(child, SemanticObject):
                link_new(twin, "children", child)
        self._copies[source] = twin
        return twin

    def connect(self) -> None:
        """Sets the edges between the copies, like those between the originals."""
        for source, twin in self._copies.items():
            for name in type(source).edges():
                value = source.__dict__.get(name)
                if name == "children" or value is None:
                    continue
                if isinstance(value, SemanticObject):
                    setattr(twin, name, self._copies.get(value))
                elif isinstance(value, (list, tuple)):
                    setattr(twin, name, [self._copies[found] for found in value if found in self._copies])
