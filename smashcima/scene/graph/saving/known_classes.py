"""The classes that a scene file may name."""

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

C = TypeVar("C", bound=type)

_registered: weakref.WeakValueDictionary[str, type] = weakref.WeakValueDictionary()
"""By name; of several classes of one name, the newest: that of the last run of a notebook cell."""

_OWN_MODULE = re.compile(r"smashcima(\.[a-z][a-z0-9_]*)+", re.ASCII)


def savable(cls: C) -> C:
    """Lets scene files hold instances of a class: a decorator.

    The class is a frozen dataclass, an enumeration, or a subclass of `str`, `tuple` or `dict`, for values in fields of scene
    objects of one's own. Subclasses of `SceneObject`, `Filter`, `Postprocessor` and `Compositor` and the values of Smashcima are
    known without it.
    """
    _registered[_full_name(cls)] = cls
    return cls


class SavableValue:
    """Base of values that scene files may hold although they are not frozen: compositors, postprocessors.

    - May override: `restore`, for a class that keeps more than its options; it calls the inherited one.
    """

    _transient: ClassVar[frozenset[str]] = frozenset()
    """Attributes that are not saved."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        savable(cls)

    def restore(self, options: dict[str, Any]) -> None:
        """Sets the attributes of an object that was made without its constructor."""
        for name, value in options.items():
            setattr(self, name, value)


def _full_name(cls: type) -> str:
    return f"{cls.__module__}:{cls.__qualname__}"


def name_of_class(cls: type) -> str:
    """The name of a class in a file: `smashcima.scene.semantic:Note`.

    Classes of Smashcima have the name by which a package exports them, which stays when modules inside are renamed.
    """
    if _OWN_MODULE.fullmatch(cls.__module__):
        parts = cls.__module__.split(".")
        for length in range(2, len(parts)):
            package = vars(sys.modules[".".join(parts[:length])])
            # What a lazy package has depends on what was asked of it before.
            if "__getattr__" not in package and package.get(cls.__qualname__) is cls:
                return f"{'.'.join(parts[:length])}:{cls.__qualname__}"
    return _full_name(cls)


def is_known(cls: type) -> bool:
    """Whether `find_class` would find this class by its name."""
    return _registered.get(_full_name(cls)) is cls or _is_own_value(cls)


def find_class(name: str) -> type:
    """The class of a name. Modules of Smashcima are imported if need be, and no others.

    Raises:
        SceneFileError: no known class has the name.
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
    """Whether it is a frozen dataclass or an enumeration of a module of Smashcima, at its top level."""
    if not _OWN_MODULE.fullmatch(cls.__module__) or not cls.__qualname__.isidentifier():
        return False
    return issubclass(cls, Enum) or is_frozen(cls)


def is_frozen(cls: type) -> bool:
    """Whether it is a frozen dataclass."""
    parameters = getattr(cls, "__dataclass_params__", None)
    return parameters is not None and bool(parameters.frozen)


def field_names(cls: type) -> tuple[str, ...]:
    """Names of the fields of a dataclass; none for any other class."""
    return tuple(getattr(cls, "__dataclass_fields__", {}))


def may_have(cls: type, attribute: str) -> bool:
    """Whether an object of a file may have the attribute: a field, or one that hides no method or property."""
    if attribute in cls._transient or attribute == "_incoming":  # type: ignore[attr-defined]
        return False
    if attribute in field_names(cls):
        return True
    if not attribute.isidentifier() or attribute.startswith("__"):
        return False
    return not hasattr(inspect.getattr_static(cls, attribute, None), "__get__")


def default_of(cls: type, attribute: str) -> Any:
    """The default of a field that a file does not have, because it was added to the class later."""
    field: dataclasses.Field[Any] = cls.__dataclass_fields__[attribute]  # type: ignore[attr-defined]
    if field.default is not dataclasses.MISSING:
        return field.default
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    raise SceneFileError(f"the field {attribute!r} of {cls.__name__} is missing, which has no default")


def _unknown(name: str) -> str:
    module, _, qualified = name.partition(":")
    return (
        f"the class {qualified!r} of module {module!r} is not known. If the class is yours, import the module that defines it "
        "before loading (values that are no scene objects are marked by `savable`); otherwise do not use the file"
    )
