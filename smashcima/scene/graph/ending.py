"""A shorter end of the process: without a search for garbage among everything that is alive.

When an interpreter ends, its collector walks over all objects three to four times, to call finalizers of objects in cycles.
After one page these are 200,000 objects and a quarter of a second, which is a sixth of the time of a process that draws
one page. The memory goes back to the system anyway.
"""

from __future__ import annotations

import atexit
import gc
import io
import sys

_HARMLESS = (io.FileIO, io.BytesIO, io.StringIO, io.BufferedReader)
"""Types with finalizers that have nothing to save; they close files without buffers."""


class _Ending:
    is_shortened = False


def shorten_ending() -> None:
    """Lets the process end without looking for garbage, if none of its objects has anything to do at the end.

    Files that are open for writing, suspended generators and objects with `__del__` may be in cycles, which only the collector
    ends. If there are any, the process ends as usual.
    """
    _Ending.is_shortened = True


def _set_all_aside() -> None:
    if _Ending.is_shortened and not gc.get_debug() and not _has_finalizers(gc.get_objects()):
        gc.freeze()


def _has_finalizers(objects: list[object]) -> bool:
    """Whether one of the objects does something when it ends that the end of the process does not do."""
    # A `Popen` only waits for its process; nothing is imported for it at the end.
    harmless = (*_HARMLESS, getattr(sys.modules.get("subprocess"), "Popen", None))
    types = {kind for kind in set(map(type, objects)) if _is_finalized(kind) and kind not in harmless}
    if not types:
        return False
    standard = _standard_streams()
    return any(
        type(each) in types
        and not (
            isinstance(each, io.IOBase) and (any(each is stream for stream in standard) or _is_closed(each))
        )
        for each in objects
    )


def _is_finalized(kind: type) -> bool:
    return any("__del__" in vars(base) for base in kind.__mro__)


def _standard_streams() -> list[object]:
    """The streams that the interpreter flushes itself."""
    streams = (sys.stdin, sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__, sys.__stderr__)
    return [each for stream in streams for each in (stream, getattr(stream, "buffer", None))]


def _is_closed(stream: io.IOBase) -> bool:
    try:
        return stream.closed
    except Exception:  # noqa: BLE001 - somebody else's class, half of which may be gone
        return False


atexit.register(_set_all_aside)  # on import, so that it runs after the exit functions of the packages above
