"""Progress of an installation: progress bars on a terminal, log messages elsewhere."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sized
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

_log = logging.getLogger("smashcima.assets")
_Item = TypeVar("_Item")

Advance = Callable[[int, "int | None"], None]
"""Callback that receives the amount done so far, and the total amount or `None` if unknown."""


class InstallProgress:
    """Reports progress on standard error; without bars, in the log only."""

    def __init__(self, bars: bool | None = None) -> None:
        """`bars` enables progress bars; by default if standard error is a terminal, and in notebooks."""
        self.bars = sys.stderr.isatty() or "ipykernel" in sys.modules if bars is None else bars
        self._display: Progress | None = None

    @cached_property
    def _console(self) -> Console:
        """Shared console, so that text is printed above running bars."""
        from rich.console import Console

        return Console(stderr=True)

    def say(self, text: str, level: int = logging.INFO) -> None:
        """Prints a status message; without bars, logs it at `level`."""
        if self.bars:
            self._console.print(text, markup=False, highlight=False, style="dim")
        else:
            _log.log(level, text)

    @contextlib.contextmanager
    def download(self, name: str) -> Iterator[Advance]:
        """Shows a bar for a download, in bytes; yields the callback that advances it."""
        _log.debug("Downloading %s", name)
        with self._bar(name, _megabytes) as advance:
            yield advance

    def track(self, items: Iterable[_Item], description: str, total: int | None) -> Iterator[_Item]:
        """Iterates over items, with a bar that counts them."""
        if total is None and isinstance(items, Sized):
            total = len(items)
        with self._bar(description, str) as advance:
            advance(0, total)
            for done, item in enumerate(items, start=1):
                yield item
                advance(done, total)

    @contextlib.contextmanager
    def _bar(self, description: str, in_words: Callable[[int], str]) -> Iterator[Advance]:
        """Shows a bar below existing ones, such as a file downloaded for one of many items."""
        if not self.bars:
            yield lambda done, total: None
            return
        is_first = self._display is None
        display = self._display = self._display or self._new_display()
        if is_first:
            display.start()
        task = display.add_task(description, total=None, amount="")

        def advance(done: int, total: int | None) -> None:
            amount = in_words(done) if total is None else f"{in_words(done)} of {in_words(total)}"
            display.update(task, completed=done, total=total, amount=amount)

        try:
            yield advance
        finally:
            display.remove_task(task)
            if is_first:
                self.close()

    def close(self) -> None:
        """Removes all bars; after an error, those of `track` remain until its generator is garbage-collected."""
        if self._display is not None:
            self._display.stop()
            self._display = None

    def _new_display(self) -> Progress:
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        return Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[amount]}", markup=False),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
        )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
