"""`smashcima classes`: lists class vocabularies."""

from __future__ import annotations

from typing import Annotated

import typer


def classes(
    name: Annotated[
        str | None,
        typer.Argument(help="A vocabulary; by default, lists all of them.", metavar="[VOCABULARY]"),
    ] = None,
) -> None:
    """List the class vocabularies, or the class of each label in a vocabulary."""
    from rich.console import Console
    from rich.table import Table

    from smashcima.errors import ExportError
    from smashcima.exporting.classes import VOCABULARIES, vocabulary

    console = Console()
    if name is None:
        overview = Table("vocabulary", "description", "classes", "labels without a class")
        for each in VOCABULARIES:
            known = vocabulary(each)
            overview.add_row(each, known.title, str(len(known.classes)), str(len(known.inexpressible)))
        console.print(overview)
        return
    try:
        chosen = vocabulary(name)
    except ExportError as error:
        Console(stderr=True).print(f"Error: {error}", style="red", markup=False, highlight=False)
        raise typer.Exit(2) from error
    listed = Table("label", "class")
    if chosen.rules:
        for label, cell in chosen.rules.items():
            listed.add_row(label, "no class" if cell == "-" else cell)
    else:
        for label in chosen.classes:
            listed.add_row(label, label)
    console.print(listed)
