"""`smashcima classes`: lists class vocabularies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from smashcima.exporting.classes import Vocabulary


def classes(
    name: Annotated[
        str | None,
        typer.Argument(help="A vocabulary; by default, lists all of them.", metavar="[VOCABULARY]"),
    ] = None,
    as_json: Annotated[
        bool,
        typer.Option(
            "--json", help="Print classes with their numbers, and the class of each label, as JSON."
        ),
    ] = False,
) -> None:
    """List the class vocabularies, or the class of each label in a vocabulary."""
    from rich.console import Console

    from smashcima.errors import ExportError
    from smashcima.exporting.classes import VOCABULARIES, vocabulary

    try:
        chosen = None if name is None else vocabulary(name)
    except ExportError as error:
        Console(stderr=True).print(f"Error: {error}", style="red", markup=False, highlight=False)
        raise typer.Exit(2) from error
    if as_json:
        found = [_as_json(vocabulary(each)) for each in VOCABULARIES] if chosen is None else _as_json(chosen)
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    elif chosen is None:
        _show_overview([vocabulary(each) for each in VOCABULARIES])
    else:
        _show_labels(chosen)


def _as_json(known: Vocabulary) -> dict[str, Any]:
    """Classes of a vocabulary with the numbers that formats give them, the class of each label, and the labels
    without one.
    """
    from smashcima.exporting.deepscores.categories import category_of

    numbered: list[dict[str, Any]] = []
    for number, each in enumerate(known.classes):
        numbers = {"yolo": number, "coco": number + 1, "mask": number + 1}
        category = category_of(each) if known.name == "deepscores" else None
        if category is not None:
            numbers["deepscores"] = category.id
        numbered.append({"name": each, **numbers})
    return {
        "vocabulary": known.name,
        "title": known.title,
        "classes": numbered,
        "labels": {label: None if cell == "-" else cell for label, cell in _cells(known).items()},
        "without_class": list(known.inexpressible),
    }


def _cells(known: Vocabulary) -> dict[str, str]:
    return dict(known.rules) or {label: label for label in known.classes}


def _show_overview(vocabularies: list[Vocabulary]) -> None:
    from rich.console import Console
    from rich.table import Table

    overview = Table("vocabulary", "description", "classes", "labels without a class")
    for known in vocabularies:
        overview.add_row(known.name, known.title, str(len(known.classes)), str(len(known.inexpressible)))
    Console().print(overview)


def _show_labels(known: Vocabulary) -> None:
    from rich.console import Console
    from rich.table import Table

    listed = Table("label", "class")
    for label, cell in _cells(known).items():
        listed.add_row(label, "no class" if cell == "-" else cell)
    Console().print(listed)
