"""Names of fields from functions, as smashcima 1 took them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def nameof_via_dummy(cls: type[Any], name_probe: Callable[[Any], Any] | str) -> str:
    """The name that a function reads from its argument: `nameof_via_dummy(Notehead, lambda n: n.note)` is `note`.

    Any name is accepted; `cls` is for type checkers. A text stays as it is.
    """
    if isinstance(name_probe, str):
        return name_probe
    return str(name_probe(_Dummy()))


class _Dummy:
    """Has every attribute; its value is its name."""

    def __getattr__(self, name: str) -> str:
        return name
