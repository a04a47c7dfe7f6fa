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
from smashcima.cli.status import DISAGREES
from smashcima.errors import Issue, SmashcimaError

if TYPE_CHECKING:
    from smashcima.loading import LoadedScores
    from smashcima.scene.semantic import Score


def info(
    score: Annotated[Path, typer.Argument(metavar="SCORE", help="A score file.")],
    prove: Annotated[
        bool,
        typer.Option(
            "--verify", help="Prove that printed pages show what the score says; exit with status 3 if not."
        ),
    ] = False,
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
        disagreements = _disagreements(loaded) if prove else ()
    except (SmashcimaError, OSError) as error:
        Console(stderr=True).print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False)
        raise typer.Exit(1) from error
    issues = (*loaded.issues, *disagreements)
    if as_json:
        typer.echo(_as_json(score, loaded, issues))
    else:
        _print(console, loaded, issues, all_issues)
    if disagreements:
        raise typer.Exit(DISAGREES)


def _print(console: Console, loaded: LoadedScores, issues: tuple[Issue, ...], all_issues: bool) -> None:
    """Prints the tables of scores, and the issues."""
    for number, found in enumerate(loaded.scores, start=1):
        if len(loaded.scores) > 1:
            console.rule(f"{number} of {len(loaded.scores)}")
        console.print(_table(found))
    if all_issues:
        for issue in issues:
            console.print(str(issue), markup=False, highlight=False)
    elif issues:
        console.print(f"[yellow]{len(issues)} issues:[/]")
        print_issues(console, issues)


def _disagreements(loaded: LoadedScores) -> tuple[Issue, ...]:
    """Where printed pages of the scores do not show what the scores say."""
    from smashcima.orchestration import EngravedModel
    from smashcima.verifying import verify

    model = EngravedModel(seed=0)
    return tuple(issue for each in loaded.each() for issue in verify(model(each)).issues)


def _as_json(source: Path, loaded: LoadedScores, issues: tuple[Issue, ...]) -> str:
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
    result = {"source": str(source), "scores": scores, "issues": [asdict(issue) for issue in issues]}
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
