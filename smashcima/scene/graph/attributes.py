"""The attributes that an object has, without those that are made at first access."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class HasAttributes:
    """Base of objects with a dictionary of attributes.

    A subclass can make some attributes when they are first asked for. Its `__dict__` is then a property that makes them, so
    that whoever reads all attributes finds all. `attributes_of` makes nothing.
    """

    __slots__ = ("__dict__", "__weakref__")


attributes_of: Callable[[Any], dict[str, Any]] = vars(HasAttributes)["__dict__"].__get__
"""The dictionary of an object as it is: links to the object can be read and changed there without making anything."""
