"""`smashcima look`: lists the looks of pages, and writes one to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from smashcima.cli.completion import completing, looks
from smashcima.errors import SmashcimaError

if TYPE_CHECKING:
    from smashcima.orchestration import Look

app = typer.Typer(help="Looks of pages: hand, paper and degradation that go together.", no_args_is_help=True)


@app.command("list")
def list_looks() -> None:
    """List the looks that `smashcima render --look` takes by name."""
    from rich.console import Console
    from rich.table import Table

    from smashcima.orchestration import LOOKS

    table = Table("look", "description", "paper", "degradation")
    for look in LOOKS.values():
        table.add_row(look.name, look.about, str(look.options["paper"]), _degradation_of(look))
    Console().print(table)


@app.command()
def show(
    name: Annotated[
        str,
        typer.Argument(metavar="LOOK", help="A look, by its name or file.", autocompletion=completing(looks)),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write the look to this YAML or JSON file, to change it."
        ),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an existing file.")] = False,
) -> None:
    """Show a look as a file that `smashcima render --look` takes.

    Example: smashcima look show manuscript -o my-look.yaml
    """
    from rich.console import Console

    from smashcima.cli.messages import text_of
    from smashcima.cli.protection import check_file
    from smashcima.orchestration.looks import find_look
    from smashcima.orchestration.recipes.text_form import to_yaml

    try:
        look = find_look(name)
        if output is None:
            typer.echo(to_yaml(look.to_dict()), nl=False)
            return
        check_file(output, [Path(name)], overwrite)
        look.write(output)
    except (SmashcimaError, OSError) as error:
        Console(stderr=True).print(
            f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True
        )
        raise typer.Exit(2) from error


@app.command()
def fit(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder with pictures of pages: PNG, JPEG, TIFF or PDF.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The file of the look, YAML or JSON.")
    ],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an existing file.")] = False,
) -> None:
    """Fit a look to pictures of your own: their scale, tones, noise, sharpness, bends, lines and framing.

    Example: smashcima look fit my-scans -o my-look.yaml
    """
    from rich.console import Console

    from smashcima.cli.messages import text_of
    from smashcima.cli.protection import check_file

    try:
        from smashcima.datasets.curation import fitted_look

        check_file(output, [folder], overwrite)
        look = fitted_look(folder, output.stem)
        look.write(output)
        typer.echo(f"{look.about} {output} is a look for `smashcima render --look {output}`.")
    except (SmashcimaError, OSError) as error:
        Console(stderr=True).print(
            f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True
        )
        raise typer.Exit(2) from error


def _degradation_of(look: Look) -> str:
    """The names of presets and filters, with their strength."""
    given = look.options.get("postprocessing", "none")
    parts = [given] if isinstance(given, str) else given
    names = " and ".join(each if isinstance(each, str) else str(each["type"]) for each in parts)
    strength = look.options.get("strength", 1)
    return names if strength == 1 else f"{names}, strength {strength:g}"
