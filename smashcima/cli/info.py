"""`smashcima info`: the content of a score."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from smashcima.cli.issues import print_issues
from smashcima.cli.messages import text_of
from smashcima.errors import SmashcimaError

if TYPE_CHECKING:
    from smashcima.loading import LoadedScores
    from smashcima.scene.semantic import Score


def info(
    score: Annotated[Path, typer.Argument(metavar="SCORE", help="A score file.")],
    all_issues: Annotated[
        bool, typer.Option("--issues", help="List every issue instead of a summary.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Show the content of a score, and issues found while reading it."""
    from smashcima.loading import load_scores

    console = Console()
    try:
        loaded = load_scores(score)
    except (SmashcimaError, OSError) as error:
        Console(stderr=True).print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False)
        raise typer.Exit(1) from error
    if as_json:
        typer.echo(_as_json(score, loaded))
        return
    for number, found in enumerate(loaded.scores, start=1):
        if len(loaded.scores) > 1:
            console.rule(f"{number} of {len(loaded.scores)}")
        console.print(_table(found))
    if all_issues:
        for issue in loaded.issues:
            console.print(str(issue), markup=False, highlight=False)
    elif loaded.issues:
        console.print(f"[yellow]{len(loaded.issues)} issues:[/]")
        print_issues(console, loaded.issues)


def _as_json(source: Path, loaded: LoadedScores) -> str:
    from smashcima.scene.semantic import count_elements

    scores = [
        {
            "title": score.title or None,
            "composer": score.composer or None,
            "parts": [part.name for part in score.parts],
            "staves": len(score.staves),
            "elements": {name: count for name, count in count_elements(score).items() if count},
        }
        for score in loaded.scores
    ]
    result = {"source": str(source), "scores": scores, "issues": [asdict(issue) for issue in loaded.issues]}
    return json.dumps(result, ensure_ascii=False, indent=1)


def _table(score: Score) -> Table:
    """Table of the title, composer, parts and element counts of a score."""
    from smashcima.scene.semantic import count_elements

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column()
    for name, value in (("title", score.title), ("composer", score.composer)):
        if value:
            table.add_row(name, escape(value))
    parts = [part.name or "(no name)" for part in score.parts]
    table.add_row("parts", escape(", ".join(parts)))
    table.add_row("staves", str(len(score.staves)))
    table.add_row("measures", str(len(score.measures)))
    for name, count in count_elements(score).items():
        if count and name != "measures":
            table.add_row(name.replace("_", " "), str(count))
    return table
