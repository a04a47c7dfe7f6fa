"""The base of all objects in a scene, with declared, bidirectional edges."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Iterable
from types import MethodType
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from smashcima._moved import explain_class_attributes, former_attribute
from smashcima.errors import NotExactlyOneError
from smashcima.scene.graph.attributes import attributes_of
from smashcima.scene.graph.copying import ConnectedObject
from smashcima.scene.graph.declarations import (
    Edge,
    field_of_lambda,
    may_be_edge,
    resolved_edges,
    unknown_edge,
)
from smashcima.scene.graph.edge_list import EdgeList
from smashcima.scene.graph.incoming import (
    Incoming,
    add_source,
    by_name,
    many_sources,
    remove_source,
    sources_in,
)
from smashcima.scene.graph.index_state import IndexState
from smashcima.scene.graph.inits import PlainInit, compile_init
from smashcima.scene.graph.saving.known_classes import savable
from smashcima.short_repr import changed_fields, short_repr

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: object) -> Callable[[type], type]:
        """Does nothing at run time: the decorator informs type checkers only."""
        return lambda cls: cls


S = TypeVar("S", bound="SceneObject")
EdgeName = str | Edge | Callable[[Any], Any]


@dataclass_transform(eq_default=False, field_specifiers=(dataclasses.field,))
class SceneObject(ConnectedObject):
    """An object of the scene graph. Subclasses are dataclasses; fields that hold scene objects are edges.

    ```python
    class NoteColor(SceneObject):
        note: Note  # an edge, because of its type
        color: str  # a value
    ```

    - Must: annotate every edge with the type of scene object it holds: `X`, `X | None`, `list[X]` or
      `tuple[X, ...]`. Adding `@dataclass` is allowed and has no effect.
    - May: define `__post_init__`, methods and properties.
    - Don't: define `__init__`, `__eq__` or `__hash__`. Objects compare by identity.

    Edges can be queried in both directions: `NoteColor.of(note, "note")` finds the colour whose edge leads to `note`.
    Changes of list-valued edges are tracked. Copying or pickling an object includes all objects connected to it, in
    either direction.

    Different threads can use objects that are not connected to each other. Several threads can read connected objects
    at the same time, as long as no thread changes an edge.
    """

    __slots__ = ()

    _incoming: Incoming
    _index_state: IndexState
    """State of the scene index that covers this object; unset without one."""
    _edge_names: ClassVar[tuple[str, ...] | None] = None
    _transient: ClassVar[frozenset[str]] = frozenset({"_index_state"})
    _later_attributes: ClassVar[tuple[str, ...]] = ("_incoming", "_index_state")
    """Attributes, other than fields, that objects get after they are made; see `_reserve`."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        factories = {name: value for name, value in vars(cls).items() if isinstance(value, dataclasses.Field)}
        # Set first, since the `dataclass` decorator does not replace attributes that the class itself defines.
        cls.__eq__ = object.__eq__  # type: ignore[method-assign]
        cls.__hash__ = object.__hash__  # type: ignore[method-assign]
        if "__repr__" not in vars(cls):
            cls.__repr__ = cls.__repr__  # type: ignore[method-assign]  # inherited, but set on the class itself
        dataclasses.dataclass(eq=False, repr=False, init=False)(cls)
        cls._edge_fields = tuple(f.name for f in dataclasses.fields(cls) if may_be_edge(f.type))  # type: ignore[arg-type]
        cls.__init__ = _init_at_first_call(cls)  # type: ignore[method-assign]
        cls._edge_names = None
        _reserve(cls, (*(f.name for f in dataclasses.fields(cls)), *cls._later_attributes))  # type: ignore[arg-type]
        savable(cls)
        # Restores the defaults that `dataclass` removed, for a user's additional decorator.
        for name, value in factories.items():
            setattr(cls, name, value)
        explain_class_attributes(cls)

    def __setattr__(self, name: str, value: Any) -> None:
        cls = type(self)
        if name in cls._edge_fields:
            own = self.__dict__
            before = own.get(name)
            if before is not None and (before or type(before) is not EdgeList):
                own[name] = None
                self._relink(name, _targets(before), ())
            own[name] = value
            if value is not None:
                _link_new(self, name, value)
        elif isinstance(value, _HOLDERS) and _holds_scene_object(value):
            raise unknown_edge(cls, name, cls.edges())
        else:
            object.__setattr__(self, name, value)

    if not TYPE_CHECKING:  # type checkers report unknown attributes

        def __getattr__(self, name: str) -> object:
            """Says what has taken the place of attributes of smashcima 1."""
            raise AttributeError(former_attribute(type(self), name), name=name, obj=self)

    def __delattr__(self, name: str) -> None:
        if name in type(self)._edge_fields:
            setattr(self, name, None)
        object.__delattr__(self, name)

    # -- links ---------------------------------------------------------------------------------------------

    def _relink(self, name: str, removed: Collection[Any], added: Iterable[Any]) -> None:
        """Updates the reverse direction of the edge `name` after its value has changed."""
        values = self.__dict__
        if "_index_state" in values:
            values["_index_state"].is_stale = True
        for target in added:
            if isinstance(target, SceneObject):
                own = attributes_of(target)
                if "_index_state" in own:
                    own["_index_state"].is_stale = True
                if "_incoming" in own:
                    add_source(target, name, self)
                else:
                    own["_incoming"] = (name, self)
        if not removed:
            return
        current = values.get(name)
        left = set(map(id, _targets(current))) if current is not None else set()
        for target in removed:
            if isinstance(target, SceneObject) and id(target) not in left:
                remove_source(target, name, self)

    # -- queries -------------------------------------------------------------------------------------------

    @classmethod
    def edges(cls) -> tuple[str, ...]:
        """Names of the edges that this class declares or inherits."""
        if cls._edge_names is None:
            cls._edge_names = resolved_edges(cls, SceneObject)
        return cls._edge_names

    @classmethod
    def edge(cls, name: str) -> Edge:
        """Returns the declared edge of a name; raises `UnknownEdgeError` if there is none."""
        if name not in cls.edges():
            raise unknown_edge(cls, name, cls.edges())
        return Edge(cls, name)

    @classmethod
    def many_of(cls: type[S], target: SceneObject, edge: EdgeName) -> list[S]:
        """All objects of this class whose `edge` leads to `target`, in the order in which they were linked."""
        name = edge.name if isinstance(edge, Edge) else edge
        if not isinstance(name, str):
            name = field_of_lambda(cls, name)
        if name not in cls.edges():
            raise unknown_edge(cls, name, cls.edges())
        sources = sources_in(attributes_of(target).get("_incoming"), name)
        return [source for source in sources if isinstance(source, cls)]

    @classmethod
    def of_or_none(cls: type[S], target: SceneObject, edge: EdgeName) -> S | None:
        """The only object of this class whose `edge` leads to `target`, or `None`.

        Raises:
            NotExactlyOneError: there are several such objects.
        """
        found = cls.many_of(target, edge)
        if len(found) > 1:
            raise NotExactlyOneError(
                f"{len(found)} {cls.__name__} objects lead to {target!r}; expected at most one."
            )
        return found[0] if found else None

    @classmethod
    def of(cls: type[S], target: SceneObject, edge: EdgeName) -> S:
        """The only object of this class whose `edge` leads to `target`.

        Raises:
            NotExactlyOneError: there is no such object, or there are several.
        """
        found = cls.of_or_none(target, edge)
        if found is None:
            raise NotExactlyOneError(f"No {cls.__name__} leads to {target!r}.")
        return found

    def sources(self, edge: str) -> tuple[SceneObject, ...]:
        """Objects of any class whose edge of this name leads here, in the order in which they were linked."""
        return tuple(sources_in(attributes_of(self).get("_incoming"), edge))

    def incoming_edges(self) -> tuple[str, ...]:
        """Names of the edges that lead here, from objects of any class."""
        return tuple(name for name, sources in by_name(attributes_of(self).get("_incoming")) if sources)

    def is_target_of(self, source: SceneObject, edge: str) -> bool:
        """Whether the edge of this name leads from `source` to this object, determined in constant time."""
        return source in sources_in(attributes_of(self).get("_incoming"), edge)

    # -- the graph around ----------------------------------------------------------------------------------

    def connected(self) -> list[SceneObject]:
        """This object and all objects connected to it, in a stable breadth-first order.

        From each object, outgoing edges are followed first, then incoming ones.
        """
        return self._walk(None)

    def _walk(self, index_state: IndexState | None) -> list[SceneObject]:
        """See `connected`. Sets the state, if given, on each object before reading its edges."""
        seen: dict[SceneObject, None] = {self: None}
        queue = [self]
        for current in queue:
            values = current.__dict__
            if index_state is not None:
                values["_index_state"] = index_state
            for name in type(current)._edge_fields:
                value = values.get(name)
                if value is None:
                    continue
                for neighbour in (value,) if isinstance(value, SceneObject) else _targets(value):
                    if neighbour not in seen:
                        seen[neighbour] = None
                        queue.append(neighbour)
            incoming = values.get("_incoming")
            if incoming:
                for _, sources in by_name(incoming):
                    for neighbour in sources:
                        if neighbour not in seen:
                            seen[neighbour] = None
                            queue.append(neighbour)
        return queue

    def __repr__(self) -> str:
        edges = type(self).edges() if dataclasses.is_dataclass(self) else ()
        own = self.__dict__
        values = [(name, value) for name, value in changed_fields(self) if name in own and name not in edges]
        return short_repr(type(self).__name__, values)


def _reserve(cls: type[SceneObject], names: Iterable[str]) -> None:
    """Makes the names of attributes known to a class before its first object is made.

    Python keeps the names of attributes once for all objects of a class, but stops to add names after the first objects. One
    with a further attribute, such as a note in an index, has a table of its own from then on: 830 instead of 230 bytes.
    """
    values = object.__new__(cls).__dict__
    for name in names:
        values[name] = None


_PLAIN_OBJECTS = 50
"""Number of objects of a class after which its `__init__` is compiled."""


def _init_at_first_call(cls: type[SceneObject]) -> Callable[..., None]:
    """An `__init__` that replaces itself, after some objects, by a compiled one that links exactly the edges.

    Annotations can be resolved when the first object is made, but not yet while the class is being defined.
    """
    made = 0
    plain: PlainInit | None = None

    def init(self: SceneObject, *arguments: Any, **options: Any) -> None:
        nonlocal made, plain
        if plain is None:
            cls._edge_fields = cls.edges()
            plain = PlainInit(cls, cls._edge_fields, _link_new)
        made += 1
        if made <= _PLAIN_OBJECTS and plain(self, arguments, options):
            return
        exact = compile_init(cls, cls._edge_fields, _link_new, SceneObject)
        cls.__init__ = exact  # type: ignore[method-assign]
        exact(self, *arguments, **options)

    return _FirstInit(cls, init)


class _FirstInit:
    """The `__init__` of a class with few objects; `inspect.signature` returns that of the final one."""

    def __init__(self, cls: type[SceneObject], init: Callable[..., None]) -> None:
        self._cls = cls
        self._init = init
        self.__name__, self.__qualname__ = "__init__", f"{cls.__qualname__}.__init__"
        self.__module__ = cls.__module__

    def __get__(self, instance: SceneObject | None, owner: type | None = None) -> Callable[..., None]:
        return self if instance is None else MethodType(self._init, instance)

    def __call__(self, instance: SceneObject, *arguments: Any, **options: Any) -> None:
        self._init(instance, *arguments, **options)

    @property
    def __wrapped__(self) -> Callable[..., None]:
        # Compiled on demand: compiling it for all classes would take longer than defining them.
        cls = self._cls
        return compile_init(cls, cls._edge_fields, _link_new, SceneObject)


def _targets(value: Any) -> Collection[SceneObject]:
    """The scene objects in the value of an edge field."""
    if isinstance(value, SceneObject):
        return (value,)
    if isinstance(value, (list, tuple)):
        return [item for item in value if isinstance(item, SceneObject)]
    return ()


_HOLDERS = (SceneObject, list, tuple, set, frozenset)
"""Types of values that are searched for scene objects."""


def _holds_scene_object(value: Any) -> bool:
    if isinstance(value, (list, tuple, set, frozenset)):
        return any(isinstance(item, SceneObject) for item in value)
    return isinstance(value, SceneObject)


def link_new(source: SceneObject, name: str, target: SceneObject) -> None:
    """Registers the reverse direction of an edge, for callers that set the edges of new objects themselves."""
    values = attributes_of(target)
    if "_index_state" in values:
        values["_index_state"].is_stale = True
    if "_incoming" in values:
        add_source(target, name, source)
    else:
        values["_incoming"] = (name, source)


def users_of(target: SceneObject, name: str) -> dict[SceneObject, None]:
    """The objects whose edge `name` leads to a target, for callers that set the edges of new objects themselves.

    The caller adds several, so an index that covers the target becomes stale.
    """
    values = attributes_of(target)
    if "_index_state" in values:
        values["_index_state"].is_stale = True
    return many_sources(target, name)


def _link_new(source: SceneObject, name: str, value: Any) -> None:
    """Registers the reverse direction of a field that was just stored; converts lists to `EdgeList`."""
    if isinstance(value, list):
        made: EdgeList[Any] = EdgeList(value)
        made._owner, made._name = source, name
        source.__dict__[name] = made
        if made:
            source._relink(name, (), made)
    elif isinstance(value, SceneObject):
        source._relink(name, (), (value,))
    elif isinstance(value, tuple) and any(isinstance(item, SceneObject) for item in value):
        source._relink(name, (), value)
