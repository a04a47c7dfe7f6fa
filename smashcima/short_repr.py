"""Representations of objects that fit a line, for notebooks, logs and error messages."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sized
from collections.abc import Set as AbstractSet
from enum import Enum
from fractions import Fraction
from typing import Any

_LONGEST = 100
"""Most characters of a representation."""

_LONGEST_VALUE = 36
_MOST_ITEMS = 3


class ShortRepr:
    """Base of classes whose representation fits a line.

    That of a dataclass names the fields that differ from their defaults, in few words; subclasses inherit it, although the
    decorator `dataclass` would make one of its own.
    """

    __slots__ = ()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "__repr__" not in vars(cls):
            # `dataclass` leaves what the class itself defines.
            cls.__repr__ = cls.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        return short_repr(type(self).__name__, changed_fields(self))


def changed_fields(value: object) -> list[tuple[str, object]]:
    """Names and values of the fields of a dataclass that differ from their defaults; empty for other objects."""
    if not dataclasses.is_dataclass(value):
        return []
    found = []
    for field in dataclasses.fields(value):
        if field.repr and hasattr(value, field.name):
            current = getattr(value, field.name)
            if not _is_default(current, field):
                found.append((field.name, current))
    return found


def short_repr(name: str, values: Iterable[tuple[str, object]]) -> str:
    """`Name(field=value, ...)` in one line; an empty field name stands for a value without a name."""
    text = f"{name}("
    separator = ""
    for field, value in values:
        part = f"{separator}{field}={shown(value)}" if field else f"{separator}{shown(value)}"
        if len(text) + len(part) > _LONGEST:
            return f"{text}{separator}…)"
        text += part
        separator = ", "
    return f"{text})"


def shown(value: object) -> str:
    """A value in few words."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, str):
        return repr(value) if len(value) <= _LONGEST_VALUE else f"{value[: _LONGEST_VALUE - 1]!r}…"
    shape = getattr(value, "shape", None)
    if isinstance(shape, tuple) and hasattr(value, "dtype"):
        return f"array({' x '.join(map(str, shape))})"
    if isinstance(value, tuple | list | AbstractSet | Mapping):
        return _shown_items(value)
    if isinstance(value, type):
        return value.__name__
    text = repr(value)
    is_short = len(text) <= _LONGEST_VALUE and "\n" not in text and " at 0x" not in text
    return text if is_short else f"{type(value).__name__}(…)"


def _shown_items(value: Sized) -> str:
    is_short = isinstance(value, tuple | list) and len(value) <= _MOST_ITEMS
    if isinstance(value, tuple | list) and is_short and all(_is_plain(item) for item in value):
        items = ", ".join(shown(item) for item in value)
        if len(items) <= _LONGEST_VALUE:
            return f"({items}{',' if len(value) == 1 else ''})" if isinstance(value, tuple) else f"[{items}]"
    return f"{len(value)} item{'' if len(value) == 1 else 's'}"


def _is_plain(item: object) -> bool:
    return item is None or isinstance(item, int | float | str | Enum)


def _is_default(value: object, field: dataclasses.Field[Any]) -> bool:
    default = field.default
    if field.default_factory is not dataclasses.MISSING:
        default = field.default_factory()
    if default is dataclasses.MISSING:
        return False
    if isinstance(value, Sized) and isinstance(default, Sized) and len(value) == len(default) == 0:
        return True
    try:
        return value is default or (type(value) is type(default) and bool(value == default))
    except ValueError:  # arrays
        return False
