"""`smashcima learn`: learns to compose from scores."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from smashcima.cli.messages import text_of
from smashcima.cli.protection import OVERWRITE_HELP, check_file
from smashcima.errors import SmashcimaError


def learn(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="JSON file to write.")],
    scores: Annotated[
        list[Path] | None, typer.Argument(metavar="[SCORE...]", help="Score files, or one folder of scores.")
    ] = None,
    corpus: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Without scores: a folder or work of the corpus that music21 includes, such as bach or haydn/opus74no1.",
        ),
    ] = "bach",
    most: Annotated[int | None, typer.Option(min=1, metavar="N", help="Greatest number of scores.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=OVERWRITE_HELP)] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Learn to compose in the manner of scores.

    The model holds measures of the scores without their keys. `smashcima compose --learned FILE` puts them together
    anew, never more than two measures of a score in a row. The licences of the scores are in the file.

    Example: smashcima learn scores -o scores.json
    """
    from smashcima.datasets.generation.learning import learn_corpus

    console = Console(stderr=True, quiet=quiet)
    errors = Console(stderr=True)
    source: dict[str, Any] = {"corpus": corpus}
    if scores and len(scores) == 1 and scores[0].is_dir():
        source = {"folder": str(scores[0])}
    elif scores:
        source = {"files": [str(path) for path in scores]}
    try:
        check_file(output, scores or [], overwrite)
        with console.status("learning"):
            model = learn_corpus(source, most=most)
        model.write(output)
    except (SmashcimaError, OSError) as error:
        errors.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    measures = sum(model.kinds.values())
    console.print(
        f"[green]✓[/] {measures} measures of {len(model.works)} works ({', '.join(model.licences)}), in {output}",
        highlight=False,
    )
