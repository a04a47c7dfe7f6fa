"""Old names and import paths: of packages that have moved, and of smashcima 1.1.2.

What exists elsewhere is loaded from there; what has no counterpart raises an error that tells what to use instead.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any

MOVED_PACKAGES = {
    "smashcima.engraving.importing": "smashcima.engravers.verovio.importing",
    "smashcima.engraving.mei": "smashcima.mei",
    "smashcima.exporting.compositing": "smashcima.imaging",
    "smashcima.exporting.postprocessing": "smashcima.imaging.filters",
    "smashcima.synthesis.placement": "smashcima.placement",
}
"""New paths by old path."""

SPLIT_PACKAGES = {
    "smashcima.engraving.layout": ("smashcima.engraving", "smashcima.engravers.verovio"),
}
"""Packages whose names have moved to several packages."""


def former_name(package: str, name: str, stacklevel: int = 3) -> Any:
    """The value of a name that a package of smashcima 1.1.2 had.

    `stacklevel` leads from here to the code that asks for the name, for a warning.

    Raises:
        AttributeError: the package had no such name, or nothing has taken its place; the message tells what to use.
    """
    from smashcima._former_names import FORMER_NAMES

    place = FORMER_NAMES.get(package, {}).get(name)
    if place is None:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    if place.startswith("!"):
        raise AttributeError(_advice(f"{package}.{name}", place))
    module, _, new = place.partition(":")
    if new != name:
        warnings.warn(f"{package}.{name} is {module}.{new} now.", DeprecationWarning, stacklevel=stacklevel)
    return getattr(importlib.import_module(module), new)


def former_top_level_name(name: str) -> Any:
    """The value of a name that `smashcima` 1.1.2 had; raises an `AttributeError` as `former_name` does."""
    from smashcima._former_names import FORMER_NAMES, TOP_LEVEL

    for package in TOP_LEVEL:
        if name in FORMER_NAMES[package]:
            return former_name(package, name, stacklevel=4)
    raise AttributeError(f"module 'smashcima' has no attribute {name!r}")


def former_attribute(cls: type, name: str) -> str:
    """The message about a missing attribute of a class, which names what has taken its place since smashcima 1."""
    from smashcima._former_attributes import FORMER_ATTRIBUTES

    text = f"{cls.__name__!r} object has no attribute {name!r}"
    for base in cls.__mro__:
        new = FORMER_ATTRIBUTES.get(base.__name__, {}).get(name)
        if new is not None:
            return f"{text}. Its place has been taken by {new}."
    return text


def explain_class_attributes(cls: type) -> None:
    """Makes a class of Smashcima tell what has taken the place of methods that were called on it in smashcima 1."""
    from smashcima._former_attributes import FORMER_CLASS_ATTRIBUTES

    if cls.__module__.startswith("smashcima."):
        for name in FORMER_CLASS_ATTRIBUTES.get(cls.__name__, ()):
            setattr(cls, name, _FormerClassAttribute(name))


class FormerAttributes:
    """Base of classes that tell what has taken the place of attributes of smashcima 1."""

    __slots__ = ()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        explain_class_attributes(cls)

    if not TYPE_CHECKING:  # type checkers report unknown attributes

        def __getattr__(self, name: str) -> object:
            raise AttributeError(former_attribute(type(self), name), name=name, obj=self)


class FormerOptions(FormerAttributes):
    """Base of classes with options of other names in smashcima 1: setting one must not be ignored in silence."""

    def __setattr__(self, name: str, value: object) -> None:
        from smashcima._former_attributes import FORMER_ATTRIBUTES

        for base in type(self).__mro__:
            if name in FORMER_ATTRIBUTES.get(base.__name__, {}):
                raise AttributeError(former_attribute(type(self), name), name=name, obj=self)
        super().__setattr__(name, value)


class _FormerClassAttribute:
    """A method that was called on a class."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, obj: object, owner: type) -> object:
        raise AttributeError(former_attribute(owner, self._name), name=self._name, obj=obj or owner)


def _advice(what: str, place: str) -> str:
    return f"{what} of smashcima 1 has no counterpart. {place[1:]}"


def _holder(fullname: str) -> str | None:
    """The former package whose names a former module holds, or `fullname` for a former package; `None` for others.

    Raises:
        ImportError: the module held what has no counterpart.
    """
    from smashcima._former_names import FORMER_MODULES, FORMER_NAMES, TOP_LEVEL

    if fullname in FORMER_NAMES:
        return fullname
    package, _, name = fullname.rpartition(".")
    packages = TOP_LEVEL if package == "smashcima" else (package,)
    places = [FORMER_NAMES.get(each, {}).get(name) for each in packages]
    place = next((place for place in places if place is not None), None)
    if place is not None and place.startswith("!"):
        raise ImportError(_advice(fullname, place), name=fullname)
    is_module = fullname in FORMER_MODULES or (place is not None and package != "smashcima")
    return package if is_module else None


class _KeepsNames(ModuleType):
    """A package that does not get former modules as attributes: its attribute of that name is the class in the module."""

    def __setattr__(self, name: str, value: object) -> None:
        if not isinstance(value, _FormerModule) or "__path__" in value.__dict__:
            super().__setattr__(name, value)


class _FormerModule(_KeepsNames):
    """A module or package of smashcima 1.1.2, whose names are looked up in the table."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        try:
            return former_name(self.__dict__["_holder"], name)
        except AttributeError as error:
            # `from module import name` would replace the text of an `AttributeError`.
            raise ImportError(str(error), name=self.__name__) from error


class _MovedPackageFinder:
    """Finds packages and modules by their old import paths.

    A finder and loader by its methods: the base classes in `importlib.abc` would double the time of `import smashcima`.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not fullname.startswith("smashcima."):
            return None
        is_moved = fullname in MOVED_PACKAGES or fullname in SPLIT_PACKAGES
        holder = None if is_moved else _holder(fullname)
        if not is_moved and holder is None:
            return None
        # Former packages contain former modules.
        return ModuleSpec(fullname, self, is_package=is_moved or holder == fullname)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        if spec.name in MOVED_PACKAGES or spec.name in SPLIT_PACKAGES:
            return _moved_package(spec.name)
        module = _FormerModule(spec.name)
        module.__dict__["_holder"] = _holder(spec.name)
        parent = sys.modules[spec.name.rpartition(".")[0]]
        if type(parent) is ModuleType:
            parent.__class__ = _KeepsNames
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Gives a moved package the public names of the new ones."""
        for package in module.__dict__.get("_packages", ()):
            module.__dict__.update({name: getattr(package, name) for name in package.__all__})


def _moved_package(name: str) -> ModuleType:
    new = SPLIT_PACKAGES.get(name) or (MOVED_PACKAGES[name],)
    warnings.warn(f"{name} has moved to {' and '.join(new)}.", DeprecationWarning, stacklevel=3)
    # A separate module, since the import system overwrites the `__spec__` of the returned module.
    module = ModuleType(name)
    module.__dict__["_packages"] = [importlib.import_module(each) for each in new]
    return module


def install_finder() -> None:
    """Makes the old import paths available; repeated calls have no effect."""
    if not any(isinstance(finder, _MovedPackageFinder) for finder in sys.meta_path):
        sys.meta_path.append(_MovedPackageFinder())
