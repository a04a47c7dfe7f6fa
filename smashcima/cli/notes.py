"""Warnings as single lines."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console


@contextmanager
def warnings_as_notes(console: Console) -> Iterator[None]:
    """Prints the first line of each different warning when the block ends."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        try:
            yield
        finally:
            texts = dict.fromkeys(str(warning.message).splitlines()[0] for warning in caught)
            for text in texts:
                console.print(f"Note: {text}", style="yellow", markup=False, highlight=False, soft_wrap=True)
