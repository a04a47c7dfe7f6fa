"""Which module registers something when it is imported, so that other processes can import it, too."""

from __future__ import annotations

import importlib.util
import sys


def registering_module() -> str | None:
    """The module whose import is going on around the caller.

    `None` if there is none that another process could import: in a notebook, a script or a program that is running.
    """
    frame = sys._getframe(1)
    while frame.f_code.co_name != "<module>":
        if frame.f_back is None:
            return None
        frame = frame.f_back
    name = str(frame.f_globals.get("__name__", "__main__"))
    return name if is_importable(name) else None


def is_importable(module: str) -> bool:
    """Whether a module can be imported by its name, here and in other processes."""
    if module == "__main__":
        return False
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):  # ValueError: a module that was made without being imported
        return False
