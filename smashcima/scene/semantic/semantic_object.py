"""The base of everything musical in a scene."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, overload

from smashcima.errors import SceneGraphError
from smashcima.scene.graph import IndexState, SceneObject, savable
from smashcima.scene.semantic.frozen_value import FrozenValue

T = TypeVar("T", bound="SemanticObject")

_SHAPE_OF_TREE = ("id", "children", "parts")
"""Fields that an index by id is made of."""


@savable
class MeiAttributes(dict[str, str]):
    """Attributes by their MEI names (`stem.dir`, `xlink:title`), without `xml:id`."""

    __slots__ = ()

    def __copy__(self) -> MeiAttributes:
        return MeiAttributes(self)

    def __deepcopy__(self, memo: dict[int, Any]) -> MeiAttributes:
        return MeiAttributes(self)


@savable
class ReadState(tuple[Any, ...], FrozenValue):
    """The values with which an object came out of a file, by which edits are noticed when it is written back."""

    __slots__ = ()


@dataclass(frozen=True)
class Comment(FrozenValue):
    """A comment of the source, kept in its place."""

    text: str


@dataclass(frozen=True)
class ProcessingInstruction(FrozenValue):
    """A processing instruction of the source, kept in its place."""

    target: str
    text: str


class SemanticObject(SceneObject):
    """Something musical with an identity: a note, a slur, a measure, a word of the lyrics.

    Semantic objects form a tree, in the order of the notation: a score has sections, they have measures,
    these have staves, voices, and so on. `children` is that tree; all other edges (`Slur.start`,
    `Tuplet.events`, ...) cross it. Text is a child too, where a mark has text.
    """

    id: str = field(default="", kw_only=True)
    """Unique in the score; the `xml:id` in MEI. Empty until `Score.update()` or writing gives one."""

    children: list[SemanticObject | str | Comment | ProcessingInstruction] = field(
        default_factory=list, kw_only=True
    )
    """What it consists of, in order."""

    mei: MeiAttributes = field(default_factory=MeiAttributes, kw_only=True, repr=False)
    """The attributes with which it came out of MEI. Those that no field models are written back as they are and
    may be edited; of the others the field wins as soon as it has changed."""

    _transient = SceneObject._transient | {
        "_tree_index_state"
    }  # that of the index by id of the score it is in

    tag = ""
    """Name of the MEI element; `OtherElement` has its own for each object."""

    is_transparent = False
    """Whether it stands in the tree for its children: editorial mark-up, a section."""

    is_event = False
    """Whether it takes its turn in a voice."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _SHAPE_OF_TREE:
            self._tree_has_changed()
        super().__setattr__(name, value)

    def _relink(self, name: str, removed: Collection[Any], added: Iterable[Any]) -> None:
        if name in _SHAPE_OF_TREE:
            self._tree_has_changed()
        super()._relink(name, removed, added)

    def _tree_has_changed(self) -> None:
        values = self.__dict__
        if "_tree_index_state" in values:
            values["_tree_index_state"].is_stale = True

    def _enter_tree_index(self, state: IndexState) -> None:
        values = self.__dict__
        other: IndexState | None = values.get("_tree_index_state")
        if other is not None and other is not state:
            other.is_stale = (
                True  # an object can tell one index only: the index of a score it was in before rebuilds
            )
        values["_tree_index_state"] = state

    # -- the tree ------------------------------------------------------------------------------------------

    @property
    def parent(self) -> SemanticObject | None:
        """What it is a child of; `None` for a score, and for what has been taken out of one."""
        parents = self.__dict__.get("_incoming", {}).get("children")
        if not parents:
            return None
        for found in parents:
            if isinstance(found, SemanticObject):
                return found
        return None

    def ancestors(self) -> Iterator[SemanticObject]:
        """Parent, its parent and so on up to the score."""
        found = self.parent
        while found is not None:
            yield found
            found = found.parent

    def ancestor(self, kind: type[T]) -> T | None:
        """The nearest one above of that class."""
        for found in self.ancestors():
            if isinstance(found, kind):
                return found
        return None

    def tagged_ancestor(self, *tags: str) -> SemanticObject | None:
        """The nearest one above with one of these `tag`s: for modules that the module of its class imports."""
        return next((found for found in self.ancestors() if found.tag in tags), None)

    def objects(self) -> Iterator[SemanticObject]:
        """The children that are objects: all but text and comments."""
        for child in self.children:
            if isinstance(child, SemanticObject):
                yield child

    @property
    def chosen_children(self) -> Sequence[SemanticObject | str | Comment | ProcessingInstruction]:
        """The children that count as music: all, but for editorial alternatives."""
        return self.children

    def children_of(self, kind: type[T]) -> list[T]:
        """The children of a class, looking through editorial mark-up."""
        found: list[T] = []
        for child in self.chosen_children:
            if isinstance(child, kind):
                found.append(child)
            elif isinstance(child, SemanticObject) and child.is_transparent:
                found.extend(child.children_of(kind))
        return found

    def child_of(self, kind: type[T]) -> T | None:
        """The first child of a class, or `None`."""
        found = self.children_of(kind)
        return found[0] if found else None

    @overload
    def descendants(self) -> Iterator[SemanticObject]: ...

    @overload
    def descendants(self, kind: type[T]) -> Iterator[T]: ...

    def descendants(self, kind: type[SemanticObject] | None = None) -> Iterator[SemanticObject]:
        """Everything below, in order, of one class if given; containers come before their contents."""
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

    def detach(self) -> None:
        """Takes it, with all below it, out of its parent. Marks attached to it are not written any more."""
        parent = self.parent
        if parent is not None:
            parent.children.remove(self)

    def replace_with(self, *others: SemanticObject) -> None:
        """Puts others in its place."""
        parent = self.parent
        if parent is None:
            raise SceneGraphError(f"{self!r} stands nowhere, so nothing can take its place.")
        place = parent.children.index(self)
        parent.children[place : place + 1] = list(others)

    # -- text ----------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """All the text inside, without mark-up; a line break counts as a newline."""
        parts: list[str] = []
        for child in self.children:
            if isinstance(child, str):
                parts.append(child)
            elif isinstance(child, SemanticObject):
                parts.append("\n" if child.tag == "lb" else child.text)
        return "".join(parts)


class OtherElement(SemanticObject):
    """An element of MEI that has no class of its own here. Nothing in it is lost."""

    tag: str = "annot"
    """Name of the MEI element."""


class Editorial(OtherElement):
    """Editorial mark-up around other things: `supplied`, `corr`, `choice`, `app`, ... The tree looks through it."""

    is_transparent = True

    @property
    def chosen_children(self) -> Sequence[SemanticObject | str | Comment | ProcessingInstruction]:
        """All children; of alternatives only the lemma, or else the first."""
        if self.tag not in ("choice", "app", "subst"):
            return self.children
        options = list(self.objects())
        return [option for option in options if option.tag == "lem"][:1] or options[:1]
