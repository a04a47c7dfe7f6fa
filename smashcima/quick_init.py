"""Fast construction of small values, of which pages have thousands."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, TypeVar

V = TypeVar("V")


def quick_init(cls: type[V]) -> type[V]:
    """Decorates a frozen dataclass with slots: gives it an `__init__` that takes half of the time.

    That of `dataclass` calls `object.__setattr__` for each field, which looks the slot up by its name.
    """
    parameters: list[str] = []
    keyword_only: list[str] = []
    body: list[str] = []
    scope: dict[str, Any] = {}
    for field in dataclasses.fields(cls):  # type: ignore[arg-type]
        name = field.name
        if not field.init or field.default_factory is not dataclasses.MISSING:
            raise TypeError(f"{cls.__name__}.{name} must be a parameter without a factory.")
        scope[f"_set_{name}"] = getattr(cls, name).__set__
        declared = name
        if field.default is not dataclasses.MISSING:
            scope[f"_default_{name}"] = field.default
            declared = f"{name}=_default_{name}"
        (keyword_only if field.kw_only else parameters).append(declared)
        body.append(f"_set_{name}(self, {name})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    signature = ", ".join(["self", *parameters, *(["*", *keyword_only] if keyword_only else [])])
    source = f"def __init__({signature}):\n" + "".join(f"    {line}\n" for line in body)
    exec(source, scope)  # noqa: S102 - the source is made of field names alone
    init: Callable[..., None] = scope["__init__"]
    given = cls.__init__
    init.__qualname__, init.__module__ = given.__qualname__, given.__module__
    init.__annotations__ = given.__annotations__
    cls.__init__ = init  # type: ignore[method-assign]
    return cls


def quick_copy(cls: type[V], *changed: str) -> Callable[..., V]:
    """A function that copies values of a frozen dataclass with slots, with other values of some fields: those are its further
    arguments, in order. It does not call `__post_init__`.
    """
    scope: dict[str, Any] = {"_new": object.__new__, "_cls": cls}
    body: list[str] = []
    for field in dataclasses.fields(cls):  # type: ignore[arg-type]
        name = field.name
        scope[f"_set_{name}"] = getattr(cls, name).__set__
        body.append(f"_set_{name}(made, {name if name in changed else f'given.{name}'})")
    source = f"def copy(given, {', '.join(changed)}):\n    made = _new(_cls)\n"
    source += "".join(f"    {line}\n" for line in body) + "    return made\n"
    exec(source, scope)  # noqa: S102 - the source is made of field names alone
    copy: Callable[..., V] = scope["copy"]
    return copy
