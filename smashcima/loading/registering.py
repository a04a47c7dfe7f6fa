"""Detection of the module that registers an extension on import, so that other processes can import it too."""

from __future__ import annotations

import importlib.util
import sys


def registering_module() -> str | None:
    """Name of the module whose import is in progress around the caller.

    `None` if no module that another process could import is being imported, as in a notebook or a script.
    """
    frame = sys._getframe(1)
    while frame.f_code.co_name != "<module>":
        if frame.f_back is None:
            return None
        frame = frame.f_back
    name = str(frame.f_globals.get("__name__", "__main__"))
    return name if is_importable(name) else None


def is_importable(module: str) -> bool:
    """Whether a module can be imported by name, in this and in other processes."""
    if module == "__main__":
        return False
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):  # ValueError: a module object created without an import
        return False
