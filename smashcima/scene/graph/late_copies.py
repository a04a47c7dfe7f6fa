"""Copies of connected objects that are made when the first of them is read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from smashcima.scene.graph.scene_object import SceneObject

S = TypeVar("S", bound=SceneObject)

_FILL = "_fill"
"""Key under which an unread object holds what makes its attributes."""

_filling = threading.RLock()
"""Held while attributes are made, so that two threads that read an object do not both make them."""


def late(cls: type[S], fill: Callable[[S], None]) -> S:
    """An object of a class whose attributes are set by `fill` when any of them is read, set or deleted for the first time.

    All objects that are connected to it are reached through it, so they need not exist before. `fill` must not depend on
    anything that changes meanwhile. Until then, the object has a subclass of its class.
    """
    given: Any = cls  # type checkers do not take the type of a class for hashable
    late_class: type[S] = _late_class(given)
    made = object.__new__(late_class)
    object.__getattribute__(made, "__dict__")[_FILL] = fill
    return made


def unread(made: SceneObject) -> Any:
    """The `fill` of an object that has not been read; `None` for other objects. Does not count as reading."""
    return object.__getattribute__(made, "__dict__").get(_FILL)


@lru_cache(maxsize=64)
def _late_class(cls: Any) -> Any:
    """The class of unread objects of a class."""

    def get(self: Any, name: str) -> Any:
        if name == "__class__":  # asked by `isinstance` for other classes
            return cls
        with _filling:
            if type(self) is not cls and not _fill(self, cls):
                return object.__getattribute__(self, name)
        return getattr(self, name)

    def set_(self: Any, name: str, value: Any) -> None:
        get(self, "__dict__")
        cls.__setattr__(self, name, value)

    def delete(self: Any, name: str) -> None:
        get(self, "__dict__")
        cls.__delattr__(self, name)

    def describe(self: Any) -> Any:
        get(self, "__dict__")
        return cls.__repr__(self)

    return type(
        f"Late{cls.__name__}",
        (cls,),
        {
            "__module__": __name__,
            "__slots__": (),
            "__getattribute__": get,
            "__setattr__": set_,
            "__delattr__": delete,
            "__repr__": describe,
        },
    )


def _fill(made: SceneObject, cls: type[SceneObject]) -> bool:
    """Makes the attributes of an object; returns whether they are complete, unlike those that this thread is making."""
    values = object.__getattribute__(made, "__dict__")
    fill = values.pop(_FILL, None)
    if fill is None:
        return False
    try:
        fill(made)
    except BaseException:
        values.clear()
        values[_FILL] = fill
        raise
    object.__setattr__(made, "__class__", cls)
    return True
