"""The container of a sample: a graph of scene objects with an index over it."""

from __future__ import annotations

import pickle
from dataclasses import field
from pathlib import Path
from typing import TypeVar

from smashcima.errors import ExportError
from smashcima.scene.graph.scene_object import SceneObject, graph_revision

T = TypeVar("T", bound=SceneObject)
C = TypeVar("C", bound="Scene")

_MAGIC = b"smashcima-scene-1\n"


class Scene(SceneObject):
    """A set of scene objects: the ones that were added and all that are connected to them."""

    root_space: SceneObject | None = None
    """The affine space of the whole scene, if it has one."""

    contents: list[SceneObject] = field(default_factory=list)
    """The objects that were added, in order."""

    _transient = frozenset({"_index", "_member_set", "_index_revision"})
    _index_revision = -1

    def add(self, *objects: SceneObject) -> None:
        """Adds objects, and with them everything connected; adding one twice does nothing."""
        for scene_object in objects:
            if not scene_object.is_target_of(self, "contents"):
                self.contents.append(scene_object)

    def has(self, scene_object: SceneObject) -> bool:
        """Whether the object is in the scene, be it added itself or connected to one that was."""
        return scene_object in self._members()

    def find(self, kind: type[T]) -> list[T]:
        """All objects of a class or its subclasses, in a stable order; repeated calls read an index."""
        members = self._members()
        found = self._index.get(kind)
        if found is None:
            found = self._index[kind] = [member for member in members if isinstance(member, kind)]
        return list(found)  # type: ignore[arg-type]

    def _members(self) -> dict[SceneObject, None]:
        if self._index_revision != graph_revision():
            members = self.connected()
            self._index: dict[type, list[SceneObject]] = {}
            self._member_set = dict.fromkeys(members[1:])
            self._index_revision = graph_revision()
        return self._member_set

    def save(self, path: str | Path) -> None:
        """Writes the scene to a file that `load` reads back, with the same version of Smashcima."""
        Path(path).write_bytes(_MAGIC + pickle.dumps(self, protocol=5))

    @classmethod
    def load(cls: type[C], path: str | Path) -> C:
        """Reads a scene that `save` wrote. It is a pickle: open only files that you trust."""
        data = Path(path).read_bytes()
        if not data.startswith(_MAGIC):
            raise ExportError(f"{path} is not a saved scene of this version of Smashcima.")
        scene = pickle.loads(data[len(_MAGIC) :])  # noqa: S301 - documented: only trusted files
        if not isinstance(scene, cls):
            raise ExportError(f"{path} holds a {type(scene).__name__}, not a {cls.__name__}.")
        return scene
