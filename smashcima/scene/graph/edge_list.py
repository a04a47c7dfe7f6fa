"""A list field that keeps the other direction of its edges up to date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol, SupportsIndex, TypeVar

T = TypeVar("T")


class ListOwner(Protocol):
    """An object with edge lists."""

    def _relink(self, name: str, removed: Collection[Any], added: Iterable[Any]) -> None:
        """Adjusts the other direction of the edge `name` after its value changed."""


class EdgeList(list[T]):
    """The list behind an edge field such as `Beam.chords`; every change of it links and unlinks."""

    __slots__ = ("_name", "_owner")

    _owner: ListOwner
    _name: str

    @staticmethod
    def of(owner: ListOwner, name: str, items: Iterable[T]) -> EdgeList[T]:
        """A list for the field `name` of `owner`, with the items; linking them is up to the caller."""
        made: EdgeList[T] = EdgeList(items)
        made._owner = owner
        made._name = name
        return made

    def _change(self, operation: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """Runs a method of `list` and then adjusts the links to what is in the list afterwards."""
        before = list(self)
        result = operation(self, *arguments, **options)
        self._owner._relink(self._name, before, self)
        return result

    def append(self, item: T) -> None:
        """Adds one at the end, at constant cost."""
        list.append(self, item)
        self._owner._relink(self._name, (), (item,))

    def extend(self, items: Iterable[T]) -> None:
        """Adds several at the end."""
        added = list(items)
        list.extend(self, added)
        self._owner._relink(self._name, (), added)

    def insert(self, index: SupportsIndex, item: T) -> None:
        """Adds one before the index."""
        self._change(list.insert, index, item)

    def remove(self, item: T) -> None:
        """Removes the first occurrence."""
        self._change(list.remove, item)

    def pop(self, index: SupportsIndex = -1) -> T:
        """Removes one and returns it."""
        removed: T = self._change(list.pop, index)
        return removed

    def clear(self) -> None:
        """Removes all."""
        self._change(list.clear)

    def sort(self, **options: Any) -> None:
        """Sorts in place."""
        self._change(list.sort, **options)

    def reverse(self) -> None:
        """Reverses in place."""
        self._change(list.reverse)

    def __setitem__(self, index: Any, value: Any) -> None:
        self._change(list.__setitem__, index, value)

    def __delitem__(self, index: Any) -> None:
        self._change(list.__delitem__, index)

    def __iadd__(self, items: Iterable[T]) -> EdgeList[T]:  # type: ignore[override,misc]
        self.extend(items)
        return self

    def __imul__(self, count: SupportsIndex) -> EdgeList[T]:
        self._change(list.__imul__, count)
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        # Outside its owner (which stores it by itself) a copy is a plain list.
        return (list, (list(self),))
