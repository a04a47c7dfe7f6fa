"""The scene: a graph of scene objects with an index."""

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
"""Held while an index is built, so that two threads that read a scene do not mark its objects with two states."""


class _Index:
    """The objects connected to a scene, by class."""

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
    """A set of scene objects: those that were added, and all objects connected to them."""

    root_space: SceneObject | None = None
    """The affine space of the whole scene, if it has one."""

    contents: list[SceneObject] = field(default_factory=list)
    """The objects that were added, in order."""

    _transient = SceneObject._transient | {"_index"}

    def add(self, *objects: SceneObject) -> None:
        """Adds objects with everything connected to them; adding an object twice has no effect."""
        for scene_object in objects:
            if not scene_object.is_target_of(self, "contents"):
                self.contents.append(scene_object)

    def has(self, scene_object: SceneObject) -> bool:
        """Whether the object was added to the scene, or is connected to an added object."""
        return scene_object in self._current_index().members

    @property
    def objects(self) -> dict[int, SceneObject]:
        """All objects of the scene, numbered in a stable order; `find` gives those of a class."""
        return dict(enumerate(self._current_index().members))

    def find(self, kind: type[T]) -> list[T]:
        """All objects of a class and its subclasses, in a stable order.

        Uses an index, which the first call builds, and the first call after a change of an edge in this scene rebuilds.
        Changes in other scenes do not affect it.
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
            # The index of another scene that is connected to this one covers the same objects.
            return _Index(shared, self.connected()[1:])
        state = IndexState()
        return _Index(state, self._walk(state)[1:])

    def save(self, path: str | Path) -> None:
        """Writes the scene, with all objects connected to it, to a file.

        Files contain data and no code: numbers, text, arrays, and objects of known classes. Decorate custom classes of
        values with `savable`.

        Raises:
            SceneFileError: the scene contains a value of an unknown class.
        """
        from smashcima.scene.graph.saving.files import save_scene_file

        save_scene_file(self, path)

    @classmethod
    def load(cls: type[C], path: str | Path, max_bytes: int | None = None) -> C:
        """Reads a scene from a file of `save`. An untrusted file can have wrong content, but cannot run code.

        Args:
            path: the file.
            max_bytes: largest allowed size of the unpacked file; 1 GiB by default.

        Raises:
            SceneFileError: the file is not a scene file, has another version of the format, is damaged or too large, or
                contains an unknown class: import the module that defines the class first.
        """
        from smashcima.scene.graph.saving.files import MAX_UNPACKED_BYTES, load_scene_file

        scene = load_scene_file(path, MAX_UNPACKED_BYTES if max_bytes is None else max_bytes)
        if not isinstance(scene, cls):
            raise SceneFileError(f"{path} contains a {type(scene).__name__}, not a {cls.__name__}.")
        return scene
