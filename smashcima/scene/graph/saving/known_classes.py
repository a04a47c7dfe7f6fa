"""The classes that scene files can contain."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
import sys
import weakref
from enum import Enum
from typing import Any, ClassVar, TypeVar

from smashcima.errors import SceneFileError
from smashcima.short_repr import ShortRepr

C = TypeVar("C", bound=type)

_registered: weakref.WeakValueDictionary[str, type] = weakref.WeakValueDictionary()
"""Registered classes by name; of several classes with the same name the newest, as after rerunning a notebook cell."""

_OWN_MODULE = re.compile(r"smashcima(\.[a-z][a-z0-9_]*)+", re.ASCII)


def savable(cls: C) -> C:
    """Class decorator that allows instances of the class in scene files.

    The class must be a frozen dataclass, an enumeration, or a subclass of `str`, `tuple` or `dict`; it is meant for
    values in fields of custom scene objects. Subclasses of `SceneObject`, `Filter`, `Postprocessor` and `Compositor`,
    and the values of Smashcima, need no decorator.
    """
    _registered[_full_name(cls)] = cls
    return cls


class SavableValue(ShortRepr):
    """Base of mutable values that scene files can hold: compositors, postprocessors.

    - May override: `restore`, for a class with attributes other than its options; it must call `super().restore`.
    """

    _transient: ClassVar[frozenset[str]] = frozenset()
    """Attributes that are not saved."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        savable(cls)

    def restore(self, options: dict[str, Any]) -> None:
        """Sets the attributes of an object that was made without calling its constructor."""
        for name, value in options.items():
            setattr(self, name, value)


def _full_name(cls: type) -> str:
    return f"{cls.__module__}:{cls.__qualname__}"


def name_of_class(cls: type) -> str:
    """The name of a class in scene files: `smashcima.scene.semantic:Note`.

    The name of a class of Smashcima contains the package that exports it, so that inner modules can be renamed.
    """
    if _OWN_MODULE.fullmatch(cls.__module__):
        parts = cls.__module__.split(".")
        for length in range(2, len(parts)):
            package = vars(sys.modules[".".join(parts[:length])])
            # The attributes of a lazy package depend on earlier accesses.
            if "__getattr__" not in package and package.get(cls.__qualname__) is cls:
                return f"{'.'.join(parts[:length])}:{cls.__qualname__}"
    return _full_name(cls)


def is_known(cls: type) -> bool:
    """Whether `find_class` finds this class by its name."""
    return _registered.get(_full_name(cls)) is cls or _is_own_value(cls)


def find_class(name: str) -> type:
    """Returns the class of a name. Imports only modules of Smashcima.

    Raises:
        SceneFileError: no known class has this name.
    """
    module, _, qualified = name.partition(":")
    if _OWN_MODULE.fullmatch(module):
        try:
            importlib.import_module(module)
        except ImportError as error:
            raise SceneFileError(_unknown(name)) from error
        found = vars(sys.modules[module]).get(qualified)
        if isinstance(found, type) and is_known(found):
            return found
    known = _registered.get(name)
    if known is None:
        raise SceneFileError(_unknown(name))
    return known


def _is_own_value(cls: type) -> bool:
    """Whether a class is a frozen dataclass or an enumeration at the top level of a module of Smashcima."""
    if not _OWN_MODULE.fullmatch(cls.__module__) or not cls.__qualname__.isidentifier():
        return False
    return issubclass(cls, Enum) or is_frozen(cls)


def is_frozen(cls: type) -> bool:
    """Whether a class is a frozen dataclass."""
    parameters = getattr(cls, "__dataclass_params__", None)
    return parameters is not None and bool(parameters.frozen)


def field_names(cls: type) -> tuple[str, ...]:
    """Names of the fields of a dataclass; empty for any other class."""
    return tuple(getattr(cls, "__dataclass_fields__", {}))


def may_have(cls: type, attribute: str) -> bool:
    """Whether a file may set the attribute: a field, or a name that does not hide a method or property."""
    if attribute in cls._transient or attribute == "_incoming":  # type: ignore[attr-defined]
        return False
    if attribute in field_names(cls):
        return True
    if not attribute.isidentifier() or attribute.startswith("__"):
        return False
    return not hasattr(inspect.getattr_static(cls, attribute, None), "__get__")


def default_of(cls: type, attribute: str) -> Any:
    """The default of a field that is missing in a file because it was added to the class later."""
    field: dataclasses.Field[Any] = cls.__dataclass_fields__[attribute]  # type: ignore[attr-defined]
    if field.default is not dataclasses.MISSING:
        return field.default
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    raise SceneFileError(f"the field {attribute!r} of {cls.__name__}, which has no default, is missing")


def _unknown(name: str) -> str:
    module, _, qualified = name.partition(":")
    return (
        f"the class {qualified!r} of module {module!r} is not known. If the class is yours, import the module that defines it "
        "before loading, and decorate classes other than scene objects with `savable`; otherwise do not use the file"
    )
