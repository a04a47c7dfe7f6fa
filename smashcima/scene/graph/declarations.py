"""Declarations of scene object classes: fields and edges."""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from smashcima.errors import SceneGraphError, UnknownEdgeError

_VALUE_TYPES = {"int", "float", "bool", "str", "bytes", "Fraction", "None"}
"""Names of annotations that, alone or in unions, never hold a scene object."""


@dataclasses.dataclass(frozen=True)
class Edge:
    """A declared edge: the class that declares it, and its name. For example `Notehead.edge("note")`."""

    owner: type
    name: str

    def __str__(self) -> str:
        return f"{self.owner.__name__}.{self.name}"


def may_be_edge(annotation: object) -> bool:
    """Whether a field with this annotation could hold scene objects, decided without resolving names."""
    if isinstance(annotation, type):
        return annotation.__name__ not in _VALUE_TYPES
    text = annotation if isinstance(annotation, str) else str(annotation)
    return any(part.strip() not in _VALUE_TYPES for part in text.split("|"))


def resolved_edges(cls: type, base: type) -> tuple[str, ...]:
    """Names of the fields of `cls` whose annotation holds scene objects (subclasses of `base`).

    An annotation that cannot be resolved (a name imported for type checking only) counts as an edge.
    """
    names: list[str] = []
    fields = getattr(cls, "__dataclass_fields__", {})
    for klass in reversed(cls.__mro__):
        for name, annotation in vars(klass).get("__annotations__", {}).items():
            is_new = name in fields and name not in names and may_be_edge(annotation)
            if is_new and _declares_edge(klass, name, annotation, base):
                names.append(name)
    return tuple(names)


_KNOWN: WeakKeyDictionary[type, dict[tuple[str, type], bool]] = WeakKeyDictionary()
"""Whether a field declared by a class is an edge; most classes inherit fields that others do, too."""


def _declares_edge(klass: type, name: str, annotation: object, base: type) -> bool:
    known = _KNOWN.setdefault(klass, {})
    found = known.get((name, base))
    if found is not None:
        return found
    namespace = dict(vars(sys.modules[klass.__module__])) if klass.__module__ in sys.modules else {}
    try:
        hint = typing.get_type_hints(types.SimpleNamespace(__annotations__={name: annotation}), namespace)[
            name
        ]
    except (NameError, AttributeError, TypeError, SyntaxError):
        return True  # and not kept, since the name may be defined later
    found = known[name, base] = _mentions(hint, base)
    return found


def _mentions(hint: object, base: type) -> bool:
    """Whether a resolved type hint contains a subclass of `base`."""
    arguments = typing.get_args(hint)
    if arguments:
        return any(_mentions(argument, base) for argument in arguments)
    return isinstance(hint, type) and issubclass(hint, base)


def field_of_lambda(cls: type, select: Callable[[Any], Any]) -> str:
    """The name that a lambda such as `lambda n: n.note` reads from its argument."""

    class Recorder:
        def __getattr__(self, name: str) -> str:
            return name

    name = select(Recorder())
    if not isinstance(name, str):
        raise SceneGraphError(
            f"A lambda that names an edge of {cls.__name__} must read one attribute: `lambda n: n.note`."
        )
    return name


def unknown_edge(cls: type, name: str, known: tuple[str, ...]) -> UnknownEdgeError:
    """The error for an undeclared edge."""
    listed = ", ".join(known) if known else "none"
    return UnknownEdgeError(f"{cls.__name__} declares no edge {name!r}; its edges: {listed}.")
