"""Import of other formats into MEI in a supervised process.

`import_to_mei` is the entry point; `ImportWorker` manages the process. Names are loaded on first use, since the process
itself needs only `worker`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smashcima.engravers.verovio.importing.importer import ImportedMei, import_to_mei
    from smashcima.engravers.verovio.importing.supervisor import ImportLimits, ImportWorker, shared_worker

_MODULE_OF = {
    "ImportLimits": "supervisor",
    "ImportWorker": "supervisor",
    "ImportedMei": "importer",
    "import_to_mei": "importer",
    "shared_worker": "supervisor",
}

__all__ = ["ImportLimits", "ImportWorker", "ImportedMei", "import_to_mei", "shared_worker"]


def __getattr__(name: str) -> Any:
    """Loads a name on first use."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    return value
