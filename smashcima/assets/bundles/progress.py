"""What a person sees of an installation: bars on a terminal, lines in the log elsewhere."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

_log = logging.getLogger("smashcima.assets")
_Item = TypeVar("_Item")

Advance = Callable[[int, "int | None"], None]
"""Is told how many bytes have come by now, and how many there are, if that is known."""


class InstallProgress:
    """Says on standard error what takes time. Without bars it only logs."""

    def __init__(self, bars: bool | None = None) -> None:
        """Whether there are progress bars; by default, where standard error is a terminal, and in notebooks."""
        self.bars = sys.stderr.isatty() or "ipykernel" in sys.modules if bars is None else bars

    @cached_property
    def _console(self) -> Console:
        """One for everything, so that text comes above a running bar."""
        from rich.console import Console

        return Console(stderr=True)

    def say(self, text: str, level: int = logging.INFO) -> None:
        """Tells something that a person who waits wants to know; without bars, the log at that level."""
        if self.bars:
            self._console.print(text, markup=False, highlight=False, style="dim")
        else:
            _log.log(level, text)

    @contextlib.contextmanager
    def download(self, name: str) -> Iterator[Advance]:
        """A bar for a download; yields what advances it."""
        if not self.bars:
            _log.info("Downloading %s", name)
            yield lambda done, total: None
            return
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task(name, total=None)
            yield lambda done, total: progress.update(task, completed=done, total=total)

    def track(self, items: Iterable[_Item], description: str, total: int | None) -> Iterator[_Item]:
        """The items, with a bar that counts them."""
        if not self.bars:
            yield from items
            return
        from rich.progress import track

        yield from track(items, description, total=total, console=self._console, transient=True)
