"""Checks values against the type annotations of constructors."""

from __future__ import annotations

import importlib
import inspect
import sys
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin

from smashcima.orchestration.recipes.names import find, is_known


@dataclass(frozen=True)
class Option:
    """An argument of a constructor."""

    name: str
    default: Any
    """`inspect.Parameter.empty` if there is none."""

    hint: Any
    """Its type; `Any` if unknown."""


@lru_cache(maxsize=1024)  # more than the classes with options
def options_of(cls: type[Any]) -> Mapping[str, Option]:
    """The arguments of the constructor of a class, including those of base classes that it passes on as `**options`."""
    options: dict[str, Option] = {}
    for base in cls.__mro__:
        init = base.__dict__.get("__init__")
        if not isinstance(init, types.FunctionType):
            continue
        parameters = list(inspect.signature(init).parameters.values())[1:]
        for parameter in parameters:
            if parameter.kind not in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
                hint = evaluated(parameter.annotation, init.__module__)
                options.setdefault(parameter.name, Option(parameter.name, parameter.default, hint))
        if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
            break
    return options


def evaluated(annotation: Any, module: str) -> Any:
    """Evaluates an annotation; returns `Any` if that fails."""
    if annotation is inspect.Parameter.empty:
        return Any
    holder = types.SimpleNamespace(__annotations__={"it": annotation})
    namespace = vars(sys.modules.get(module) or importlib.import_module(module))
    try:
        return typing.get_type_hints(holder, namespace, _Names(namespace))["it"]
    except (NameError, TypeError, AttributeError):
        return Any


def fits(value: Any, hint: Any) -> bool:  # noqa: C901, PLR0911 - one line for each kind of type
    """Whether a value is of a type; true for types that cannot be checked."""
    if hint is Any or hint is inspect.Parameter.empty or isinstance(hint, typing.TypeVar):
        return True
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return any(fits(value, one) for one in get_args(hint))
    if origin is Literal:
        return value in get_args(hint)
    if hint is None or hint is types.NoneType:
        return value is None
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    kind = origin or hint
    if not isinstance(kind, type):
        return True
    if issubclass(kind, str) and issubclass(kind, Enum):
        return isinstance(value, str)
    if kind in (list, tuple, frozenset, set) or issubclass(kind, AbstractSet):
        # Lists are decoded as tuples; constructors convert them.
        return isinstance(value, list | tuple | AbstractSet)
    if kind is str:
        return isinstance(value, str)
    if isinstance(value, str) and issubclass(kind, Iterable):
        return kind.__module__ == "collections.abc"
    try:
        return isinstance(value, kind)
    except TypeError:  # a protocol that is not checkable at run time
        return True


def value_classes(hint: Any) -> list[type[Any]]:
    """The classes with short names that a type allows."""
    return [one for one in _alternatives(hint) if isinstance(one, type) and is_known(one.__name__)]


def described(hint: Any) -> str:
    """Describes a type in a message."""
    words = [_word(one) for one in _alternatives(hint)]
    return " or ".join(dict.fromkeys(words))


def _alternatives(hint: Any) -> Iterator[Any]:
    if get_origin(hint) in (Union, types.UnionType):
        for one in get_args(hint):
            yield from _alternatives(one)
    else:
        yield hint


_WORDS = {float: "a number", int: "an integer", str: "text", bool: "true or false", types.NoneType: "null"}


def _word(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return " or ".join(repr(one) for one in get_args(hint))
    if hint in _WORDS:
        return _WORDS[hint]
    kind = get_origin(hint) or hint
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " or ".join(repr(member.value) for member in kind)
    if isinstance(kind, type) and issubclass(kind, Mapping):
        return "a mapping"
    if (
        isinstance(kind, type)
        and issubclass(kind, Iterable)
        and kind.__module__ in ("builtins", "collections.abc")
    ):
        return "a list"
    return str(getattr(kind, "__name__", kind))


class _Names(dict[str, Any]):
    """The names of a module, extended by short names that it imports for type checkers only."""

    def __missing__(self, name: str) -> Any:
        if is_known(name):
            return find(name, "an annotation")
        raise KeyError(name)
