"""The base of values that copies share."""

from __future__ import annotations

from typing import Any, TypeVar

V = TypeVar("V", bound="FrozenValue")


class FrozenValue:
    """Base of frozen dataclasses and tuples. A deep copy is the value itself, so that copies of scores are cheap."""

    __slots__ = ()

    def __copy__(self: V) -> V:
        return self

    def __deepcopy__(self: V, memo: dict[int, Any]) -> V:
        return self
