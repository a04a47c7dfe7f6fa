"""Conversion of a layout to plain JSON data and back.

A value is packed as its type hint tells: a dataclass becomes the list of its fields, a primitive the same with the name
of its class in front, an array its shape and numbers. Equal places are stored once for each page. Unpacking makes values
of these types only, so a foreign file can be wrong, but cannot run code.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from smashcima.engraving.engraving import EngravedPage, Engraving
from smashcima.engraving.primitives import (
    Box,
    Curve,
    Disc,
    FilledPolygon,
    GenericShape,
    Line,
    Place,
    Polyline,
    Primitive,
    Symbol,
)
from smashcima.engraving.text import Text
from smashcima.errors import Issue

_PRIMITIVES: dict[str, type[Primitive]] = {
    each.__name__: each
    for each in (Box, Curve, Disc, FilledPolygon, GenericShape, Line, Polyline, Symbol, Text)
}


def pack_layout(engraving: Engraving) -> list[Any]:
    """The pages and issues of a layout as JSON data, without its MEI.

    Raises:
        TypeError: a page contains a primitive of another class than those of Smashcima.
    """
    pages = []
    for page in engraving.pages:
        places: dict[Place, int] = {}
        packed = _codec(EngravedPage).pack(page, places)
        pages.append([packed, [dataclasses.astuple(place) for place in places]])
    issues = [[issue.where, issue.element, issue.what] for issue in engraving.issues]
    return [pages, issues, engraving.music_font]


def unpack_layout(data: list[Any], mei: str) -> Engraving:
    """The layout that was packed; `mei` is that of its score.

    Raises:
        ValueError, TypeError, LookupError: the data is not a packed layout.
    """
    pages, issues, font = data
    unpack = _codec(EngravedPage).unpack
    made = tuple(unpack(packed, [Place(*place) for place in places]) for packed, places in pages)
    return Engraving(made, tuple(Issue(*issue) for issue in issues), font, mei)


class _Codec(NamedTuple):
    """Functions that pack and unpack a value; the second argument are the places of the page."""

    pack: Callable[[Any, dict[Place, int]], Any]
    unpack: Callable[[Any, list[Place]], Any]


def _same(value: Any, places: Any) -> Any:
    return value


_AS_IT_IS = _Codec(_same, _same)
_PLACE = _Codec(
    lambda place, places: places.setdefault(place, len(places)), lambda number, places: places[number]
)
_ARRAY = _Codec(
    lambda array, places: [array.shape, array.ravel().tolist()], lambda data, places: _array(*data)
)


def _array(shape: list[int], numbers: list[float]) -> np.ndarray[Any, Any]:
    made = np.array(numbers, np.float64).reshape(shape)
    made.flags.writeable = False
    return made


@lru_cache(maxsize=256)  # more than there are types
def _codec(hint: Any) -> _Codec:
    """The codec of a type hint."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if origin in _COMPOSED:
        return _COMPOSED[origin](*arguments)
    if issubclass(hint, Enum):
        members = {member.value: member for member in hint}
        return _Codec(lambda value, places: value.value, lambda data, places: members[data])
    return _dataclass(hint)


def _optional(*options: Any) -> _Codec:
    inner = _codec(next(each for each in options if each is not type(None)))
    if inner is _AS_IT_IS:
        return inner
    pack, unpack = inner
    return _Codec(
        lambda value, places: None if value is None else pack(value, places),
        lambda data, places: None if data is None else unpack(data, places),
    )


def _tuple(item: Any, *_: Any) -> _Codec:
    inner = _codec(item)
    if inner is _AS_IT_IS:
        return _Codec(lambda value, places: list(value), lambda data, places: tuple(data))
    pack, unpack = inner
    return _Codec(
        lambda value, places: [pack(each, places) for each in value],
        lambda data, places: tuple([unpack(each, places) for each in data]),
    )


def _set(item: Any) -> _Codec:
    assert _codec(item) is _AS_IT_IS, "sets hold numbers and text"
    return _Codec(lambda value, places: sorted(value), lambda data, places: frozenset(data))


def _mapping(key: Any, value: Any) -> _Codec:
    keys, values = _codec(key), _codec(value)
    return _Codec(
        lambda value, places: [
            [keys.pack(key, places), values.pack(each, places)] for key, each in value.items()
        ],
        lambda data, places: {keys.unpack(key, places): values.unpack(each, places) for key, each in data},
    )


def _dataclass(kind: Any) -> _Codec:
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    codecs = [_codec(hints[name]) for name in names]
    packers = [(name, codec.pack) for name, codec in zip(names, codecs, strict=True)]
    unpackers = [(index, codec.unpack) for index, codec in enumerate(codecs) if codec.unpack is not _same]

    def unpack(data: list[Any], places: list[Place]) -> Any:
        values = list(data)
        for index, inner in unpackers:
            values[index] = inner(values[index], places)
        return kind(*values)

    return _Codec(
        lambda value, places: [pack(getattr(value, name), places) for name, pack in packers], unpack
    )


def _pack_primitive(value: Primitive, places: dict[Place, int]) -> list[Any]:
    name = type(value).__name__
    if _PRIMITIVES.get(name) is not type(value):
        raise TypeError(f"A layout with a {name} cannot be stored.")
    kind: Any = type(value)
    return [name, _codec(kind).pack(value, places)]


def _unpack_primitive(data: list[Any], places: list[Place]) -> Any:
    name, fields = data
    kind: Any = _PRIMITIVES[name]
    return _codec(kind).unpack(fields, places)


_PRIMITIVE = _Codec(_pack_primitive, _unpack_primitive)

_SIMPLE: dict[Any, _Codec] = {
    **dict.fromkeys((int, float, str, bool), _AS_IT_IS),
    Place: _PLACE,
    Primitive: _PRIMITIVE,
}

_COMPOSED: dict[Any, Callable[..., _Codec]] = {
    typing.Literal: lambda *_: _AS_IT_IS,
    typing.Union: _optional,
    types.UnionType: _optional,
    tuple: _tuple,
    frozenset: _set,
    np.ndarray: lambda *_: _ARRAY,
    Mapping: _mapping,
}
