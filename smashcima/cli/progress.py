"""A progress bar for the files of a command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def progress_bar(console: Console, title: str, count: int) -> Iterator[Callable[[Path], None]]:
    """Shows a progress bar until the context is left, if the console is a terminal.

    The context is a function to be called with each file before it is processed.
    """
    with Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task(title, total=count)
        begun = 0

        def begin(file: Path) -> None:
            nonlocal begun
            progress.update(task, description=file.name, completed=begun)
            begun += 1

        yield begin
