"""The mark of values that copies may share."""

from __future__ import annotations

from typing import Any, TypeVar

V = TypeVar("V", bound="FrozenValue")


class FrozenValue:
    """Base of frozen dataclasses and tuples: a deep copy is the value itself, which keeps copies of scores cheap."""

    __slots__ = ()

    def __copy__(self: V) -> V:
        return self

    def __deepcopy__(self: V, memo: dict[int, Any]) -> V:
        return self
