"""Packages whose names are loaded on first use, because a program needs few of them."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from typing import Any


def _no_name(package: str, name: str) -> Any:
    raise AttributeError(f"module {package!r} has no attribute {name!r}")


def lazy_names(
    package: str, names: Mapping[str, str], otherwise: Callable[[str, str], Any] = _no_name
) -> Callable[[str], Any]:
    """The `__getattr__` of a package that imports a module when one of its names is used.

    Args:
        package: the name of the package.
        names: the names of each module of the package, separated by spaces; `shown=own` for one that is renamed.
        otherwise: called with the package and a name that none of them has; the value, or an `AttributeError`.
    """
    homes: dict[str, tuple[str, str]] = {}
    for module, listed in names.items():
        for each in listed.split():
            shown, _, own = each.partition("=")
            homes[shown] = (f"{package}.{module}", own or shown)

    def load(name: str) -> Any:
        if name not in homes:
            return otherwise(package, name)
        module, own = homes[name]
        value = getattr(importlib.import_module(module), own)
        vars(sys.modules[package])[name] = value
        return value

    return load
