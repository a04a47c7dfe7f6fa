"""Display of a value in the running notebook."""

from __future__ import annotations

import importlib
import sys
from typing import Any, TypeVar

T = TypeVar("T")


def displayed(value: T) -> T | None:
    """Displays a value in the running notebook; returns it if there is none, as in a script."""
    shell: Any = sys.modules.get("IPython")
    if shell is None or shell.get_ipython() is None:
        return value
    importlib.import_module("IPython.display").display(value)
    return None
