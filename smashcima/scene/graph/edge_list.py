"""Lists that keep both directions of their edges up to date."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol, SupportsIndex, TypeVar

T = TypeVar("T")


class ListOwner(Protocol):
    """An object with edge lists."""

    def _relink(self, name: str, removed: Collection[Any], added: Iterable[Any]) -> None:
        """Updates the reverse direction of the edge `name` after its value has changed."""


class EdgeList(list[T]):
    """The value of a list-valued edge such as `Beam.chords`; changes of it link and unlink its items."""

    __slots__ = ("_name", "_owner")

    _owner: ListOwner
    _name: str

    @staticmethod
    def of(owner: ListOwner, name: str, items: Iterable[T]) -> EdgeList[T]:
        """Makes a list for the field `name` of `owner`; the caller links the items."""
        made: EdgeList[T] = EdgeList(items)
        made._owner = owner
        made._name = name
        return made

    def _change(self, operation: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """Calls a method of `list`, then updates the links to match the items."""
        before = list(self)
        result = operation(self, *arguments, **options)
        self._owner._relink(self._name, before, self)
        return result

    def append(self, item: T) -> None:
        """Appends an item in constant time."""
        list.append(self, item)
        self._owner._relink(self._name, (), (item,))

    def extend(self, items: Iterable[T]) -> None:
        """Appends several items."""
        added = list(items)
        list.extend(self, added)
        self._owner._relink(self._name, (), added)

    def insert(self, index: SupportsIndex, item: T) -> None:
        """Inserts an item before the index."""
        self._change(list.insert, index, item)

    def remove(self, item: T) -> None:
        """Removes the first occurrence of an item."""
        self._change(list.remove, item)

    def pop(self, index: SupportsIndex = -1) -> T:
        """Removes and returns an item."""
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
        # The owner reduces its lists itself; a list that is copied alone becomes a plain list.
        return (list, (list(self),))
