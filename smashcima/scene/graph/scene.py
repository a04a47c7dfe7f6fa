"""The container of a sample: a graph of scene objects with an index over it."""

from __future__ import annotations

import threading
from dataclasses import field
from pathlib import Path
from typing import Any, TypeVar

from smashcima.errors import SceneFileError
from smashcima.scene.graph.index_state import IndexState
from smashcima.scene.graph.scene_object import SceneObject

T = TypeVar("T", bound=SceneObject)
C = TypeVar("C", bound="Scene")

_building = threading.Lock()
"""Held while an index is built, so that two threads that read a scene do not mark half of its objects each."""


class _Index:
    """What was connected with a scene, and what of it is of which class."""

    def __init__(self, state: IndexState, members: list[SceneObject]) -> None:
        self.state = state
        self.members = dict.fromkeys(members)
        self._by_class: dict[type, list[Any]] = {}

    def find(self, kind: type[T]) -> list[T]:
        found = self._by_class.get(kind)
        if found is None:
            found = self._by_class[kind] = [member for member in self.members if isinstance(member, kind)]
        return list(found)


class Scene(SceneObject):
    """A set of scene objects: the ones that were added and all that are connected to them."""

    root_space: SceneObject | None = None
    """The affine space of the whole scene, if it has one."""

    contents: list[SceneObject] = field(default_factory=list)
    """The objects that were added, in order."""

    _transient = SceneObject._transient | {"_index"}

    def add(self, *objects: SceneObject) -> None:
        """Adds objects, and with them everything connected; adding one twice does nothing."""
        for scene_object in objects:
            if not scene_object.is_target_of(self, "contents"):
                self.contents.append(scene_object)

    def has(self, scene_object: SceneObject) -> bool:
        """Whether the object is in the scene, be it added itself or connected to one that was."""
        return scene_object in self._current_index().members

    def find(self, kind: type[T]) -> list[T]:
        """All objects of a class or its subclasses, in a stable order.

        An index answers. It is made by the first call, and again by the first one after an edge of this scene has
        changed; what happens in other scenes does not matter to it.
        """
        return self._current_index().find(kind)

    def _current_index(self) -> _Index:
        values = self.__dict__
        index: _Index | None = values.get("_index")
        if index is None or index.state.is_stale:
            with _building:
                index = values["_index"] = self._new_index()
        return index

    def _new_index(self) -> _Index:
        shared: IndexState | None = self.__dict__.get("_index_state")
        if shared is not None and not shared.is_stale:
            # The index of another scene that is connected with this one, and so covers the same objects.
            return _Index(shared, self.connected()[1:])
        state = IndexState()
        return _Index(state, self._walk(state)[1:])

    def save(self, path: str | Path) -> None:
        """Writes the scene to a file, with all that is connected to it.

        Files hold data and no code: numbers, texts, arrays, and objects of classes that `load` knows by name. A value of
        another class is a `SceneFileError`; `savable` marks classes of one's own.
        """
        from smashcima.scene.graph.saving.files import save_scene_file

        save_scene_file(self, path)

    @classmethod
    def load(cls: type[C], path: str | Path, max_bytes: int | None = None) -> C:
        """Reads a scene that `save` wrote. A file from a stranger can be wrong, but it cannot run code.

        Args:
            path: the file.
            max_bytes: the size that the file may have when it is unpacked; 1 GiB by default.

        Raises:
            SceneFileError: it is not a scene file, of another version of the format, damaged or too large, or it names a class
                that is not known: import the module that defines it first.
        """
        from smashcima.scene.graph.saving.files import MAX_UNPACKED_BYTES, load_scene_file

        scene = load_scene_file(path, MAX_UNPACKED_BYTES if max_bytes is None else max_bytes)
        if not isinstance(scene, cls):
            raise SceneFileError(f"{path} holds a {type(scene).__name__}, not a {cls.__name__}.")
        return scene
