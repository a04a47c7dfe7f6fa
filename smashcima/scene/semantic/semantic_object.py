"""The base of all musical objects in a scene."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, overload

from smashcima.errors import SceneGraphError
from smashcima.scene.graph import IndexState, SceneObject, savable
from smashcima.scene.graph.incoming import sources_in
from smashcima.scene.semantic.frozen_value import FrozenValue

T = TypeVar("T", bound="SemanticObject")

_SHAPE_OF_TREE = ("id", "children", "parts")
"""Fields that affect the index by id."""


class TreeState(IndexState):
    """The validity of indices over a tree of semantic objects.

    `is_stale` tells that the tree or an id has changed; `is_edited`, that anything has: a field or an MEI attribute.
    """

    __slots__ = ("is_edited",)

    def __init__(self) -> None:
        super().__init__()
        self.is_edited = False

    def end(self) -> None:
        """Ends the validity of all indices with this state."""
        self.is_stale = self.is_edited = True


_NO_TREE = TreeState()
"""State of attributes whose object is in no index."""


@savable
class MeiAttributes(dict[str, str]):
    """Attributes by MEI name (`stem.dir`, `xlink:title`), without `xml:id`."""

    __slots__ = ("_tree_state",)

    _tree_state: TreeState

    is_copied_by_its_class = True
    """Tells `CopyPlan` that calling the class with the attributes copies them, which takes a third of the time of a method."""

    def __copy__(self) -> MeiAttributes:
        return MeiAttributes(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> MeiAttributes:
        return MeiAttributes(self)

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return (MeiAttributes, (dict(self),))

    def __setitem__(self, name: str, value: str) -> None:
        self._is_edited()
        dict.__setitem__(self, name, value)

    def __delitem__(self, name: str) -> None:
        self._is_edited()
        dict.__delitem__(self, name)

    def __ior__(self, others: Any) -> MeiAttributes:  # type: ignore[override,misc]
        self.update(others)
        return self

    def pop(self, *arguments: Any) -> Any:
        """Removes an attribute and returns its value."""
        self._is_edited()
        return dict.pop(self, *arguments)

    def popitem(self) -> tuple[str, str]:
        """Removes the last attribute and returns it."""
        self._is_edited()
        return dict.popitem(self)

    def setdefault(self, *arguments: Any) -> Any:
        """Returns the value of an attribute, which is added if there is none."""
        self._is_edited()
        return dict.setdefault(self, *arguments)

    def update(self, *others: Any, **values: str) -> None:
        """Sets several attributes."""
        self._is_edited()
        dict.update(self, *others, **values)

    def clear(self) -> None:
        """Removes all attributes."""
        self._is_edited()
        dict.clear(self)

    def _is_edited(self) -> None:
        getattr(self, "_tree_state", _NO_TREE).is_edited = True


@savable
class ReadState(tuple[Any, ...], FrozenValue):
    """The values of an object when it was read from a file, used to detect edits when it is written back."""

    __slots__ = ()


@dataclass(frozen=True)
class Comment(FrozenValue):
    """A comment in the source, preserved at its position."""

    text: str


@dataclass(frozen=True)
class ProcessingInstruction(FrozenValue):
    """A processing instruction in the source, preserved at its position."""

    target: str
    text: str


class SemanticObject(SceneObject):
    """A musical object: a note, a slur, a measure, a syllable.

    Semantic objects form a tree in the order of the notation: scores contain sections, sections contain measures,
    measures contain staves, staves contain voices, and so on. `children` is that tree; all other edges (`Slur.start`,
    `Tuplet.events`, ...) cross it. The text of a mark is also among its children.
    """

    id: str = field(default="", kw_only=True)
    """Id, unique in the score; the `xml:id` in MEI. Empty until `Score.update()` or a writer assigns one."""

    children: list[SemanticObject | str | Comment | ProcessingInstruction] = field(
        default_factory=list, kw_only=True
    )
    """Its content, in order."""

    mei: MeiAttributes = field(default_factory=MeiAttributes, kw_only=True, repr=False)
    """Its attributes in MEI. Attributes without a corresponding field are written back unchanged and can be edited; for
    all others, a field that has changed takes precedence."""

    _transient = SceneObject._transient | {
        "_tree_index_state"
    }  # state of the index by id of the score that contains it
    _later_attributes = (*SceneObject._later_attributes, "_tree_index_state", "_as_read")

    tag = ""
    """Name of the MEI element; each `OtherElement` has its own."""

    is_transparent = False
    """Whether the tree is searched through it, as through editorial mark-up and sections."""

    is_event = False
    """Whether it is an event of a voice."""

    def __setattr__(self, name: str, value: Any) -> None:
        self._has_changed(name)
        super().__setattr__(name, value)

    def _relink(self, name: str, removed: Collection[Any], added: Iterable[Any]) -> None:
        self._has_changed(name)
        super()._relink(name, removed, added)

    def _has_changed(self, name: str) -> None:
        values = self.__dict__
        if "_tree_index_state" in values:
            state: TreeState = values["_tree_index_state"]
            state.is_edited = True
            if name in _SHAPE_OF_TREE:
                state.is_stale = True

    def _enter_tree_index(self, state: TreeState) -> None:
        values = self.__dict__
        other: TreeState | None = values.get("_tree_index_state")
        if other is not None and other is not state:
            # An object has one state only: the index of a score that contained it before is rebuilt.
            other.end()
        values["_tree_index_state"] = state
        if type(values["mei"]) is not MeiAttributes:  # a dictionary that was given instead
            values["mei"] = MeiAttributes(values["mei"])
        values["mei"]._tree_state = state

    # -- the tree ------------------------------------------------------------------------------------------

    @property
    def parent(self) -> SemanticObject | None:
        """The object of which it is a child; `None` for a score, and for a detached object."""
        incoming = self.__dict__.get("_incoming")
        if incoming is not None:
            for found in sources_in(incoming, "children"):
                if isinstance(found, SemanticObject):
                    return found
        return None

    def ancestors(self) -> Iterator[SemanticObject]:
        """The parent, its parent and so on, up to the score."""
        # As `parent`, but without a call for each level, of which a page has a hundred thousand.
        incoming = self.__dict__.get("_incoming")
        while incoming is not None:
            for found in sources_in(incoming, "children"):
                if isinstance(found, SemanticObject):
                    break
            else:
                return
            yield found
            incoming = found.__dict__.get("_incoming")

    def ancestor(self, kind: type[T]) -> T | None:
        """The nearest ancestor of a class, or `None`."""
        for found in self.ancestors():
            if isinstance(found, kind):
                return found
        return None

    def tagged_ancestor(self, *tags: str) -> SemanticObject | None:
        """The nearest ancestor with one of these `tag`s; for modules that cannot import the class."""
        return next((found for found in self.ancestors() if found.tag in tags), None)

    def objects(self) -> Iterator[SemanticObject]:
        """The children that are objects, without text and comments."""
        for child in self.children:
            if isinstance(child, SemanticObject):
                yield child

    @property
    def chosen_children(self) -> Sequence[SemanticObject | str | Comment | ProcessingInstruction]:
        """The children that count as music: all, except for rejected editorial alternatives."""
        return self.children

    def children_of(self, kind: type[T]) -> list[T]:
        """The children of a class, including those inside editorial mark-up."""
        found: list[T] = []
        for child in self.chosen_children:
            if isinstance(child, kind):
                found.append(child)
            elif isinstance(child, SemanticObject) and child.is_transparent:
                found.extend(child.children_of(kind))
        return found

    def child_of(self, kind: type[T]) -> T | None:
        """The first child of a class, or `None`."""
        for child in self.chosen_children:
            if isinstance(child, kind):
                return child
            if isinstance(child, SemanticObject) and child.is_transparent:
                inner = child.child_of(kind)
                if inner is not None:
                    return inner
        return None

    @overload
    def descendants(self) -> Iterator[SemanticObject]: ...

    @overload
    def descendants(self, kind: type[T]) -> Iterator[T]: ...

    def descendants(self, kind: type[SemanticObject] | None = None) -> Iterator[SemanticObject]:
        """All objects below, in order, of one class if given; containers come before their contents."""
        wanted: type = SemanticObject if kind is None else kind
        stack: list[Any] = [iter(self.children)]
        while stack:
            for child in stack[-1]:
                if isinstance(child, SemanticObject):
                    if isinstance(child, wanted):
                        yield child
                    if child.children:
                        stack.append(iter(child.children))
                        break
            else:
                stack.pop()

    def all_below(self) -> list[SemanticObject]:
        """All objects below, as of `descendants`, in a list: faster for a whole score."""
        found: list[SemanticObject] = []
        _add_all(self.children, found)
        return found

    def detach(self) -> None:
        """Removes it, with all objects below it, from its parent. Marks attached to it are no longer written."""
        parent = self.parent
        if parent is not None:
            parent.children.remove(self)

    def replace_with(self, *others: SemanticObject) -> None:
        """Replaces it by other objects."""
        parent = self.parent
        if parent is None:
            raise SceneGraphError(f"{self!r} has no parent, so it cannot be replaced.")
        place = parent.children.index(self)
        parent.children[place : place + 1] = list(others)

    @property
    def is_hidden(self) -> bool:
        """Whether it is in the score but not drawn: it, or an object around it, has `visible="false"` in MEI.

        A hidden note sounds and takes its time. Nothing of it is drawn or labelled.
        """
        if self.is_hidden_itself:
            return True
        for found in self.ancestors():  # noqa: SIM110 - `any` takes twice as long, and every note is asked
            if found.mei.get("visible") == "false":
                return True
        return False

    @property
    def is_hidden_itself(self) -> bool:
        """Whether it has `visible="false"` in MEI, whatever is around it."""
        return self.mei.get("visible") == "false"

    # -- text ----------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """All text inside, without mark-up; a line break gives a newline."""
        parts: list[str] = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif isinstance(child, SemanticObject):
                parts.append("\n" if child.tag == "lb" else child.text)
        return "".join(parts)


def _add_all(children: Iterable[Any], found: list[SemanticObject]) -> None:
    for child in children:
        if isinstance(child, SemanticObject):
            found.append(child)
            inner = child.__dict__["children"]
            if inner:
                _add_all(inner, found)


class OtherElement(SemanticObject):
    """A MEI element without a specific class. Keeps all its content."""

    tag: str = "annot"
    """Name of the MEI element."""


class Editorial(OtherElement):
    """Editorial mark-up around other elements: `supplied`, `corr`, `choice`, `app`, ... Searches go through it."""

    is_transparent = True

    @property
    def chosen_children(self) -> Sequence[SemanticObject | str | Comment | ProcessingInstruction]:
        """All children; of alternatives only the lemma, or the first if there is none."""
        if self.tag not in ("choice", "app", "subst"):
            return self.children
        options = list(self.objects())
        return [option for option in options if option.tag == "lem"][:1] or options[:1]
