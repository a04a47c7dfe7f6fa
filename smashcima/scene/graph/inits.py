"""The `__init__` of scene object classes: plain for the first objects of a class, then compiled."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection
from typing import Any

from smashcima.scene.graph.attributes import attributes_of
from smashcima.scene.graph.edge_list import EdgeList
from smashcima.scene.graph.incoming import add_source

Link = Callable[[Any, str, Any], Any]


class PlainInit:
    """Initialises objects as `compile_init` does, ten times as slowly, but at once.

    A page has objects of ninety classes, half of which have few; compiling takes as long as a hundred plain objects.
    """

    def __init__(self, cls: type, edges: Collection[str], link: Link) -> None:
        fields = dataclasses.fields(cls)
        self._fields = [(f.name, f.init, f.default, f.default_factory) for f in fields]
        self._positional = [f.name for f in fields if f.init and not f.kw_only]
        self._names = {f.name for f in fields if f.init}
        self._edges = [f.name for f in fields if f.name in edges]
        self._link = link
        self._has_post_init = hasattr(cls, "__post_init__")

    def __call__(self, instance: Any, arguments: tuple[Any, ...], options: dict[str, Any]) -> bool:
        """Initialises an object; returns False, without a change, if the arguments do not match the fields."""
        given = dict(zip(self._positional, arguments, strict=False))
        if len(given) < len(arguments) or not options.keys() <= self._names or given.keys() & options.keys():
            return False
        given.update(options)
        values = {}
        missing = dataclasses.MISSING
        for name, is_parameter, default, factory in self._fields:
            if is_parameter and name in given:
                values[name] = given[name]
            elif default is not missing:
                values[name] = default
            elif factory is not missing:
                values[name] = factory()
            elif is_parameter:
                return False
        own = instance.__dict__
        for name, value in values.items():  # `update` would give the object a table of names of its own
            own[name] = value
        for name in self._edges:
            value = own.get(name)
            if value is not None:
                self._link(instance, name, value)
        if self._has_post_init:
            instance.__post_init__()
        return True


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
