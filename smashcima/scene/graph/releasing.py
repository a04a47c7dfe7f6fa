"""Release of a part of a scene from objects that outlive it."""

from __future__ import annotations

from smashcima.scene.graph.incoming import by_name, remove_source
from smashcima.scene.graph.scene_object import SceneObject


def release(start: SceneObject, outside: type[SceneObject]) -> None:
    """Makes objects of the class `outside` forget the objects that are connected to `start` without them.

    Edges from the released objects remain, so that these can still be read, but nothing outside keeps them alive.
    """
    released: dict[SceneObject, None] = {start: None}
    queue = [start]
    for current in queue:
        values = current.__dict__
        for name in type(current).edges():
            value = values.get(name)
            for target in value if isinstance(value, list | tuple) else (value,):
                if not isinstance(target, SceneObject):
                    continue
                if isinstance(target, outside):
                    remove_source(target, name, current)
                elif target not in released:
                    released[target] = None
                    queue.append(target)
        for _, sources in by_name(values.get("_incoming")):
            for source in sources:
                if not isinstance(source, outside) and source not in released:
                    released[source] = None
                    queue.append(source)
