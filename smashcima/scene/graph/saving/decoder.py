"""Conversion of the tables of a scene file to connected objects; see `encoder` for the tables."""

from __future__ import annotations

import base64
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import Any

from smashcima.errors import SceneFileError
from smashcima.scene.graph.copying import ConnectedObject
from smashcima.scene.graph.edge_list import EdgeList
from smashcima.scene.graph.incoming import by_name, incoming_of, sources_in
from smashcima.scene.graph.saving.array_pool import ArraySource
from smashcima.scene.graph.saving.known_classes import (
    SavableValue,
    default_of,
    field_names,
    find_class,
    is_frozen,
    may_have,
)


class Decoder:
    """Makes the objects and values of a file. Empty objects are made first, so that values can refer to all of them."""

    def __init__(self, tables: dict[str, Any], arrays: ArraySource) -> None:
        self._arrays = arrays
        self._shapes = [_Shape(*shape) for shape in tables["shapes"]]
        self._objects: list[ConnectedObject] = [self._empty(shape) for shape, _, _ in tables["objects"]]
        self._items: list[Any] = list(self._objects)
        for kind, *parts in tables["values"]:
            self._items.append(self._entry(kind, parts))
        for member, (shape, values, _) in zip(self._objects, tables["objects"], strict=True):
            self._fill(member, self._shapes[shape], values)
        for member, (_, _, incoming) in zip(self._objects, tables["objects"], strict=True):
            if incoming:
                vars(member)["_incoming"] = incoming_of(
                    (edge, [self._object(number) for number in sources]) for edge, sources in incoming.items()
                )
        self._check_edges()

    @property
    def root(self) -> ConnectedObject:
        """The object that was saved."""
        return self._objects[0]

    def _empty(self, shape: int) -> ConnectedObject:
        cls = self._shapes[_natural(shape)].cls
        if not issubclass(cls, ConnectedObject):
            raise SceneFileError(f"{cls.__name__} is not a class of scene objects")
        return object.__new__(cls)

    def _fill(self, member: ConnectedObject, shape: _Shape, values: list[Any]) -> None:
        own, edges = vars(member), type(member).edges()
        for name, value in shape.named(self._all(values)).items():
            own[name] = EdgeList.of(member, name, value) if name in edges and type(value) is list else value

    def _object(self, number: Any) -> ConnectedObject:
        return self._objects[_natural(number)]

    def _value(self, part: Any) -> Any:
        if isinstance(part, list):
            (number,) = part
            return self._items[_natural(number)]
        if isinstance(part, dict):
            raise SceneFileError("a value is neither plain nor a reference")
        return part

    def _all(self, parts: list[Any]) -> list[Any]:
        return [self._value(part) for part in parts]

    def _entry(self, kind: Any, parts: list[Any]) -> Any:
        if isinstance(kind, str):
            return _BUILTIN[kind](self, parts)
        shape = self._shapes[_natural(kind)]
        cls = shape.cls
        if issubclass(cls, Enum):
            (name,) = parts
            return cls.__members__[name]
        if issubclass(cls, str):
            (text,) = parts
            if type(text) is not str:
                raise SceneFileError(f"{text!r} is not text")
            return str.__new__(cls, text)
        values = self._all(parts)
        if issubclass(cls, SavableValue):
            made = object.__new__(cls)
            made.restore(shape.named(values))
            return made
        if is_frozen(cls):
            value = object.__new__(cls)
            for name, part in shape.named(values).items():
                object.__setattr__(value, name, part)
            return value
        if issubclass(cls, tuple):
            return tuple.__new__(cls, values)
        if issubclass(cls, dict):
            mapping = dict.__new__(cls)
            dict.update(mapping, _pairs(values))
            return mapping
        raise SceneFileError(f"{cls.__name__} is not a class of values")

    def _check_edges(self) -> None:
        """Checks that both directions of all edges agree."""
        count = 0
        for source in self._objects:
            for name in type(source).edges():
                value = vars(source).get(name)
                for target in set(_targets(value)):
                    count += 1
                    if source not in sources_in(vars(target).get("_incoming"), name):
                        raise SceneFileError(f"an edge {name!r} is stored at one end only")
        found = sum(
            len(sources) for member in self._objects for _, sources in by_name(vars(member).get("_incoming"))
        )
        if found != count:
            raise SceneFileError("an edge is stored at one end only")


class _Shape:
    """A class, with the names of the stored attributes of its objects."""

    def __init__(self, name: str, attributes: list[str] | None) -> None:
        self.cls = cls = find_class(name)
        self._attributes = attributes or []
        is_open = issubclass(cls, ConnectedObject | SavableValue)
        for attribute in self._attributes:
            if not (may_have(cls, attribute) if is_open else attribute in field_names(cls)):
                raise SceneFileError(f"{cls.__name__} cannot have an attribute {attribute!r}")
        self._missing = [
            field
            for field in field_names(cls)
            if field not in self._attributes and not (is_open and field in cls._transient)  # type: ignore[attr-defined]
        ]

    def named(self, values: list[Any]) -> dict[str, Any]:
        """The values by attribute name, including the defaults of fields that are not in the file."""
        named = dict(zip(self._attributes, values, strict=True))
        for field in self._missing:
            named[field] = default_of(self.cls, field)
        return named


def _natural(number: Any) -> int:
    if type(number) is not int or number < 0:
        raise SceneFileError(f"{number!r} is not a valid reference")
    return number


def _whole(number: Any) -> int:
    if type(number) is not int:  # text such as "1e999999999" would stall `Fraction`
        raise SceneFileError(f"{number!r} is not an integer")
    return number


def _targets(value: Any) -> list[ConnectedObject]:
    parts = value if isinstance(value, list | tuple) else (value,)
    return [part for part in parts if isinstance(part, ConnectedObject)]


def _pairs(values: list[Any]) -> dict[Any, Any]:
    return dict(zip(values[::2], values[1::2], strict=True))


def _array(decoder: Decoder, parts: list[Any]) -> Any:
    return decoder._arrays.get(*parts)


def _frozen_array(decoder: Decoder, parts: list[Any]) -> Any:
    array = decoder._arrays.get(*parts)
    array.flags.writeable = False
    return array


_BUILTIN: dict[str, Callable[[Decoder, list[Any]], Any]] = {
    "tuple": lambda decoder, parts: tuple(decoder._all(parts)),
    "list": lambda decoder, parts: decoder._all(parts),
    "set": lambda decoder, parts: set(decoder._all(parts)),
    "frozenset": lambda decoder, parts: frozenset(decoder._all(parts)),
    "dict": lambda decoder, parts: _pairs(decoder._all(parts)),
    "bytes": lambda decoder, parts: base64.b64decode("".join(parts), validate=True),
    "fraction": lambda decoder, parts: Fraction(*map(_whole, parts)),
    "complex": lambda decoder, parts: complex(*map(float, parts)),
    "array": _array,
    "frozen array": _frozen_array,
    "scalar": lambda decoder, parts: _array(decoder, parts)[()],
}
