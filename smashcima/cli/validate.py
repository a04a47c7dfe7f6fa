"""`smashcima validate`: checks data sets in the layout MusiCorpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from smashcima.cli.messages import text_of
from smashcima.errors import ExportError


def validate(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER", help="The data set, a folder such as Org.Name, or a folder that contains it."
        ),
    ],
) -> None:
    """Check a data set by the rules of MusiCorpus 1.0, whoever made it.

    Prints one violation a line, and exits with 1 if there is one.
    """
    from smashcima.datasets.layouts import validate_musicorpus

    messages = Console(stderr=True)
    try:
        issues = validate_musicorpus(folder)
    except ExportError as error:
        messages.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    for issue in issues:
        typer.echo(str(issue))
    if issues:
        messages.print(f"[red]✗[/] {len(issues)} violations of MusiCorpus 1.0", highlight=False)
        raise typer.Exit(1)
    messages.print("[green]✓[/] The data set follows MusiCorpus 1.0.", highlight=False)
