"""Deep copies and pickles of connected objects, without recursion along edges."""

from __future__ import annotations

import copy
import threading
import weakref
from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from fractions import Fraction
from typing import Any, ClassVar, TypeVar

from smashcima.errors import SceneGraphError
from smashcima.scene.graph.attributes import HasAttributes
from smashcima.scene.graph.edge_list import EdgeList
from smashcima.scene.graph.incoming import by_name, incoming_of

T = TypeVar("T", bound="ConnectedObject")

_IMMUTABLE = (int, float, complex, str, bytes, type(None), Fraction, Enum)


_shared_types: dict[type, bool] = {}


def is_shared(value_type: type) -> bool:
    """Whether values of this type are immutable, so that copies can share them: numbers, text, frozen values."""
    known = _shared_types.get(value_type)
    if known is None:
        parameters = getattr(value_type, "__dataclass_params__", None)
        known = issubclass(value_type, _IMMUTABLE) or (parameters is not None and parameters.frozen)
        _shared_types[value_type] = known
    return known


class ConnectedObject(HasAttributes):
    """Base of objects that are copied and pickled together with all connected objects."""

    __slots__ = ()

    _edge_fields: ClassVar[tuple[str, ...]] = ()
    """Names of the fields that can hold other connected objects."""

    _transient: ClassVar[frozenset[str]] = frozenset()
    """Attributes that are neither copied nor saved: caches that are rebuilt on demand."""

    def connected(self) -> Sequence[ConnectedObject]:
        """This object and all that are connected to it."""
        raise NotImplementedError

    @classmethod
    def edges(cls) -> tuple[str, ...]:
        """Names of the edges that the class declares or inherits."""
        raise NotImplementedError

    def _relink(self, name: str, removed: Collection[Any], added: Iterable[Any]) -> None:
        raise NotImplementedError

    def __deepcopy__(self: T, memo: dict[int, Any]) -> T:
        return _deep_copy(self, memo)

    def __copy__(self: T) -> T:
        raise SceneGraphError(
            f"A shallow copy of a {type(self).__name__} would share its edges; use copy.deepcopy, "
            "or make a new object from its fields."
        )

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return _reduce_object(self)


def _deep_copy(root: T, memo: dict[int, Any]) -> T:
    """Copies all objects connected to `root` and returns the copy of `root`."""
    members = root.connected()
    copies: dict[ConnectedObject, ConnectedObject] = {}
    for member in members:
        twin = copies[member] = object.__new__(type(member))
        memo[id(member)] = twin
    for member, twin in copies.items():
        own = twin.__dict__
        edges = type(member)._edge_fields
        transient = type(member)._transient
        for name, value in member.__dict__.items():
            if is_shared(type(value)):
                own[name] = value
            elif name == "_incoming":
                own[name] = incoming_of(
                    (edge, [copies[source] for source in sources]) for edge, sources in by_name(value)
                )
            elif name in edges:
                own[name] = _copied_edge(twin, name, value, copies, memo)
            elif name in transient:
                continue
            else:
                own[name] = copy.deepcopy(value, memo)
    result = copies[root]
    assert isinstance(result, type(root))
    return result


def _copied_edge(
    twin: ConnectedObject,
    name: str,
    value: Any,
    copies: dict[ConnectedObject, ConnectedObject],
    memo: dict[int, Any],
) -> Any:
    """The value of an edge field with every scene object replaced by its copy."""
    if isinstance(value, ConnectedObject):
        return copies[value]
    if isinstance(value, (list, tuple)):
        items = [
            copies[item] if isinstance(item, ConnectedObject) else copy.deepcopy(item, memo) for item in value
        ]
        return tuple(items) if isinstance(value, tuple) else EdgeList.of(twin, name, items)
    return copy.deepcopy(value, memo)


class _Reference:
    """Pickled reference to a scene object, by its index among the members of its component."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index

    def __reduce__(self) -> tuple[Any, ...]:
        return (_Reference, (self.index,))


class _Component:
    """A set of connected objects, which are pickled together."""

    def __init__(self, members: list[ConnectedObject]) -> None:
        self.members = members
        self.index = {member: i for i, member in enumerate(members)}

    def __reduce__(self) -> tuple[Any, ...]:
        # Empty members are made before any state is read, so that references to them can be resolved.
        return (_empty_component, ([type(member) for member in self.members],), self._states())

    def _states(self) -> list[dict[str, Any]]:
        index = self.index
        states = []
        for member in self.members:
            edges = type(member)._edge_fields
            transient = type(member)._transient
            state: dict[str, Any] = {}
            for name, value in member.__dict__.items():
                if name in transient:
                    continue
                if name == "_incoming":
                    value = {edge: [index[source] for source in sources] for edge, sources in by_name(value)}
                elif name in edges:
                    value = _encoded(value, index)
                state[name] = value
            states.append(state)
        return states

    def __setstate__(self, states: list[dict[str, Any]]) -> None:
        members = self.members
        for member, state in zip(members, states, strict=True):
            own = member.__dict__
            for name, value in state.items():
                if name == "_incoming":
                    value = incoming_of((edge, [members[i] for i in found]) for edge, found in value.items())
                elif isinstance(value, _Reference):
                    value = members[value.index]
                elif isinstance(value, _References):
                    items = [members[i.index] if isinstance(i, _Reference) else i for i in value.items]
                    value = tuple(items) if value.frozen else EdgeList.of(member, name, items)
                own[name] = value


class _References:
    """Pickled form of a list or tuple that contains scene objects."""

    __slots__ = ("frozen", "items")

    def __init__(self, items: list[Any], frozen: bool) -> None:
        self.items = items
        self.frozen = frozen

    def __reduce__(self) -> tuple[Any, ...]:
        return (_References, (self.items, self.frozen))


def _encoded(value: Any, index: dict[ConnectedObject, int]) -> Any:
    if isinstance(value, ConnectedObject):
        return _Reference(index[value])
    if isinstance(value, EdgeList) or (
        isinstance(value, tuple) and any(isinstance(i, ConnectedObject) for i in value)
    ):
        items = [_Reference(index[item]) if isinstance(item, ConnectedObject) else item for item in value]
        return _References(items, isinstance(value, tuple))
    return value


class _Pickling(threading.local):
    """The components that a thread is pickling."""

    def __init__(self) -> None:
        self.components: weakref.WeakSet[_Component] = weakref.WeakSet()
        """Components that are kept alive by the memo of a pickler. All objects of one component refer to the same
        entry while they are pickled; later pickles make new ones."""


_pickling = _Pickling()


def _reduce_object(member: ConnectedObject) -> tuple[Any, ...]:
    """Reduces one object to its component and its index in it."""
    for component in _pickling.components:
        if member in component.index:
            return (_member, (component, component.index[member]))
    component = _Component(list(member.connected()))
    _pickling.components.add(component)
    return (_member, (component, component.index[member]))


def _empty_component(classes: list[type[ConnectedObject]]) -> _Component:
    return _Component([object.__new__(cls) for cls in classes])


def _member(component: _Component, index: int) -> ConnectedObject:
    return component.members[index]
