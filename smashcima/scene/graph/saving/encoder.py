"""Conversion of connected objects to the tables of a scene file.

The tables, in JSON:

- `shapes`: pairs of a class and the names of its attributes; `null` for classes without any (enumerations, subclasses
  of `str`, `tuple` and `dict`).
- `objects`: for each scene object its shape, the values of its attributes, and for each incoming edge the source
  objects, in order.
- `values`: for each value without a JSON equivalent its kind and its content. The kind is the number of a shape, or one
  of `tuple`, `list`, `set`, `frozenset`, `dict` (alternating keys and values), `bytes`, `fraction`, `complex`, `array`,
  `frozen array`, `scalar`.

In place of a value, a list of one number refers to an object or, for numbers from the count of objects on, to an entry
of `values`. Values refer to earlier entries only; a value that several objects share is stored once.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from fractions import Fraction
from typing import Any

import numpy as np

from smashcima.errors import SceneFileError
from smashcima.scene.graph.copying import ConnectedObject
from smashcima.scene.graph.edge_list import EdgeList
from smashcima.scene.graph.incoming import by_name
from smashcima.scene.graph.saving.array_pool import ArrayPool
from smashcima.scene.graph.saving.known_classes import (
    SavableValue,
    field_names,
    is_frozen,
    is_known,
    may_have,
    name_of_class,
)

_PLAIN = (str, int, float, bool, type(None))
"""Types with a JSON equivalent."""


class Encoder:
    """Fills the tables with all objects connected to a root, which comes first."""

    def __init__(self, root: ConnectedObject) -> None:
        self._arrays = ArrayPool()
        self._shapes: dict[tuple[str, tuple[str, ...] | None], int] = {}
        self._values: list[list[Any]] = []
        self._references: dict[int, list[int]] = {}
        """Numbers by the `id()` of objects and values, which `_kept` keeps alive."""
        self._kept: list[Any] = []
        self._open: set[int] = set()
        """`id()` of the values being encoded, to detect a value that contains itself."""
        self._members = root.connected()
        self._index = {member: number for number, member in enumerate(self._members)}
        objects = [self._object(member) for member in self._members]
        self.tables: dict[str, Any] = {
            "shapes": list(self._shapes),
            "objects": objects,
            "values": self._values,
        }
        self.arrays = self._arrays.flat()

    def _object(self, member: ConnectedObject) -> list[Any]:
        cls = type(member)
        values = {name: value for name, value in vars(member).items() if may_have(cls, name)}
        return [
            self._shape(cls, tuple(values)),
            self._named(cls, values),
            {
                edge: [self._index[source] for source in sources]
                for edge, sources in by_name(vars(member).get("_incoming"))
                if sources
            },
        ]

    def _shape(self, cls: type, attributes: tuple[str, ...] | None) -> int:
        if not is_known(cls):
            raise SceneFileError(
                f"the class {name_of_class(cls)} is not known to scene files, or another class has its name; "
                "decorate it with `savable`"
            )
        return self._shapes.setdefault((name_of_class(cls), attributes), len(self._shapes))

    def _named(self, cls: type, values: dict[str, Any]) -> list[Any]:
        return [self._attribute(cls, name, value) for name, value in values.items()]

    def _attribute(self, cls: type, name: str, value: Any) -> Any:
        try:
            return self._value(value)
        except SceneFileError as error:
            raise SceneFileError(f"{cls.__name__}.{name}: {error}") from error

    def _value(self, value: Any) -> Any:
        if type(value) in _PLAIN:
            return value
        if isinstance(value, ConnectedObject):
            return [self._index[value]]
        known = self._references.get(id(value))
        if known is not None:
            return known
        if id(value) in self._open:
            raise SceneFileError(f"a {type(value).__name__} contains itself")
        self._open.add(id(value))
        entry = self._entry(value)
        self._open.remove(id(value))
        reference = self._references[id(value)] = [len(self._members) + len(self._values)]
        self._kept.append(value)
        self._values.append(entry)
        return reference

    def _entry(self, value: Any) -> list[Any]:
        cls = type(value)
        builtin = _BUILTIN.get(cls)
        if builtin is not None:
            return builtin(self, value)
        if isinstance(value, np.generic):
            return ["scalar", *self._arrays.add(np.asarray(value))]
        if isinstance(value, Enum):
            if cls.__members__.get(value.name) is not value:
                raise SceneFileError(f"{value!r} is an unnamed combination of members")
            return [self._shape(cls, None), value.name]
        if isinstance(value, str) and is_known(cls):
            return [self._shape(cls, None), str(value)]
        if isinstance(value, SavableValue):
            options = {name: found for name, found in vars(value).items() if may_have(cls, name)}
            return [self._shape(cls, tuple(options)), *self._named(cls, options)]
        if is_frozen(cls):
            fields = {name: getattr(value, name) for name in field_names(cls)}
            return [self._shape(cls, tuple(fields)), *self._named(cls, fields)]
        if isinstance(value, tuple) and is_known(cls):
            return [self._shape(cls, None), *self._all(value)]
        if isinstance(value, dict) and is_known(cls):
            return [self._shape(cls, None), *self._all(_in_turn(value))]
        raise _refused(value)

    def _all(self, values: Iterable[Any]) -> list[Any]:
        return [self._value(value) for value in values]


def _refused(value: Any) -> SceneFileError:
    return SceneFileError(
        f"a value of the class {name_of_class(type(value))} cannot be saved; scene files can hold numbers, text, bytes, "
        "fractions, arrays of numbers, tuples, lists, sets, dicts, scene objects, and frozen dataclasses and "
        "enumerations decorated with `savable`"
    )


def _in_turn(values: dict[Any, Any]) -> Iterable[Any]:
    return (part for pair in values.items() for part in pair)


def _array(encoder: Encoder, value: Any) -> list[Any]:
    return ["array" if value.flags.writeable else "frozen array", *encoder._arrays.add(value)]


def _unordered(kind: str) -> Callable[[Encoder, Any], list[Any]]:
    # Sorted by text, so that a scene gives the same file under any PYTHONHASHSEED.
    return lambda encoder, value: [kind, *encoder._all(sorted(value, key=repr))]


def _sequence(kind: str) -> Callable[[Encoder, Sequence[Any]], list[Any]]:
    return lambda encoder, value: [kind, *encoder._all(value)]


_BUILTIN: dict[type, Callable[[Encoder, Any], list[Any]]] = {
    tuple: _sequence("tuple"),
    list: _sequence("list"),
    EdgeList: _sequence("list"),
    set: _unordered("set"),
    frozenset: _unordered("frozenset"),
    dict: lambda encoder, value: ["dict", *encoder._all(_in_turn(value))],
    bytes: lambda encoder, value: ["bytes", base64.b64encode(value).decode()],
    Fraction: lambda encoder, value: ["fraction", value.numerator, value.denominator],
    complex: lambda encoder, value: ["complex", value.real, value.imag],
    np.ndarray: _array,
}
