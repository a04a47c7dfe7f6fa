"""`smashcima assets check-patches`: checks a table of paper patches."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from smashcima.cli.messages import text_of
from smashcima.errors import AssetError


def check_patches(
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="A CSV table of paper patches.")],
) -> None:
    """Check a table of paper patches and list its problems by line."""
    from smashcima.assets.paper import check_patch_table, read_patch_table

    try:
        problems = check_patch_table(table)
        count = 0 if problems else len(read_patch_table(table))
    except AssetError as error:
        Console(stderr=True).print(
            f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True
        )
        raise typer.Exit(1) from error
    console = Console()
    for problem in problems:
        console.print(str(problem), markup=False, highlight=False, soft_wrap=True)
    if problems:
        raise typer.Exit(1)
    console.print(f"{table}: {count} patches, no problems", markup=False, highlight=False, soft_wrap=True)
