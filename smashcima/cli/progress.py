"""Progress bars, which are shown if the console is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


@contextmanager
def progress_bar(console: Console, title: str, count: int) -> Iterator[Callable[[Path], None]]:
    """Shows a progress bar for files until the context is left.

    The context is a function to be called with each file before it is processed.
    """
    columns: tuple[ProgressColumn, ...] = (
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
    )
    columns += (TimeElapsedColumn(), TimeRemainingColumn(), TextColumn("left"))
    with _progress(console, *columns) as progress:
        task = progress.add_task(title, total=count)
        begun = 0

        def begin(file: Path) -> None:
            nonlocal begun
            progress.update(task, description=file.name, completed=begun)
            begun += 1

        yield begin


@contextmanager
def page_progress(console: Console, count: int) -> Iterator[Callable[[int], None]]:
    """Shows a progress bar for scores until the context is left, with the pages, their rate, and the time left.

    The context is a function to be called after each score with its number of pages.
    """
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("scores, {task.fields[pages]} pages, {task.fields[rate]:.1f} per second,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with _progress(console, *columns) as progress:
        task = progress.add_task("", total=count, pages=0, rate=0.0)
        pages = 0

        def tell(new: int) -> None:
            nonlocal pages
            pages += new
            elapsed = progress.tasks[0].elapsed
            progress.update(task, advance=1, pages=pages, rate=pages / elapsed if elapsed else 0.0)

        yield tell


def _progress(console: Console, *columns: ProgressColumn) -> Progress:
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
