"""Declarations of scene object classes: fields and edges."""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
from collections.abc import Callable, Collection
from typing import Any

from smashcima.errors import SceneGraphError, UnknownEdgeError
from smashcima.scene.graph.attributes import attributes_of
from smashcima.scene.graph.edge_list import EdgeList
from smashcima.scene.graph.incoming import add_source

_VALUE_TYPES = {"int", "float", "bool", "str", "bytes", "Fraction", "None"}
"""Names of annotations that, alone or in unions, never hold a scene object."""

Link = Callable[[Any, str, Any], Any]


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
    for klass in reversed(cls.__mro__):
        namespace = dict(vars(sys.modules[klass.__module__])) if klass.__module__ in sys.modules else {}
        for name, annotation in vars(klass).get("__annotations__", {}).items():
            if name not in getattr(cls, "__dataclass_fields__", {}) or not may_be_edge(annotation):
                continue
            try:
                hint = typing.get_type_hints(
                    types.SimpleNamespace(__annotations__={name: annotation}), namespace
                )[name]
            except (NameError, AttributeError, TypeError, SyntaxError):
                hint = None
            if name not in names and (hint is None or _mentions(hint, base)):
                names.append(name)
    return tuple(names)


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


def compile_init(cls: type, edges: Collection[str], link: Link, node: type) -> Callable[..., None]:
    """Compiles an `__init__` for a dataclass that stores all fields and links those in `edges`.

    Like the one that `dataclasses` generates, but bypasses `__setattr__`, which would take most of the time: scenes of
    10,000 objects are made in milliseconds. `node` is the base class of edge targets; `link` is called for lists and
    tuples.
    """
    parameters: list[str] = []
    body = ["_d = self.__dict__"]
    links: list[str] = []
    scope: dict[str, Any] = {
        "_link": link,
        "_FACTORY": _FACTORY,
        "_Node": node,
        "_EdgeList": EdgeList,
        "_add": add_source,
        "_attributes": attributes_of,
    }
    keyword_only: list[str] = []
    for field in dataclasses.fields(cls):
        name = field.name
        target = keyword_only if field.kw_only else parameters
        if field.default is not dataclasses.MISSING:
            scope[f"_default_{name}"] = field.default
            declared, value = f"{name}=_default_{name}", name
        elif field.default_factory is not dataclasses.MISSING:
            scope[f"_factory_{name}"] = field.default_factory
            declared, value = f"{name}=_FACTORY", f"_factory_{name}() if {name} is _FACTORY else {name}"
        else:
            declared, value = name, name
        if field.init:
            target.append(declared)
        elif "=" in declared:
            value = f"_factory_{name}()" if "_FACTORY" in declared else f"_default_{name}"
        else:
            continue
        body.append(f"_d[{name!r}] = {value}")
        if name in edges and field.default_factory is list and field.init:
            # Most lists are empty when an object is made, and an empty one needs no links.
            body[-1] = f"_d[{name!r}] = {name}"
            links.append(f"if {name} is _FACTORY:")
            links += [f"    {line}" for line in _EMPTY.format(name=name).splitlines()]
            links.append("else:")
            links += [f"    {line}" for line in _LINK.format(name=name, fresh=name).splitlines()]
        elif name in edges:
            links += _LINK.format(name=name, fresh=f"_d[{name!r}]" if value != name else name).splitlines()
    if hasattr(cls, "__post_init__"):
        links.append("self.__post_init__()")
    signature = ", ".join(["self", *parameters, *(["*", *keyword_only] if keyword_only else [])])
    source = f"def __init__({signature}):\n" + "".join(f"    {line}\n" for line in body + links)
    exec(source, scope)  # noqa: S102 - the source is made of field names alone
    init: Callable[..., None] = scope["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__module__ = cls.__module__
    return init


_EMPTY = """\
_v = _d["{name}"] = _EdgeList()
_v._owner, _v._name = self, "{name}"
"""

_LINK = """\
_v = {fresh}
if _v is None:
    pass
elif isinstance(_t := _v, _Node):
    _v = _attributes(_v)
    if "_index_state" in _v:
        _v["_index_state"].is_stale = True
    if "_incoming" not in _v:
        _v["_incoming"] = ("{name}", self)
    elif type(_s := _v["_incoming"]) is dict and type(_s := _s.get("{name}")) is dict:
        _s[self] = None
    else:
        _add(_t, "{name}", self)
elif isinstance(_v, (list, tuple)):
    _link(self, "{name}", _v)"""
"""Inlined `link` for a single target, since a page has some 15,000 edges."""


class _FactoryMarker:
    """Default of parameters whose values are made by a factory."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _FactoryMarker()
