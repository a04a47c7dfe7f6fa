"""The entry point: commands, exit codes, and what happens on Ctrl-C."""

from __future__ import annotations

import sys

import typer

from smashcima.cli.assets import app as assets
from smashcima.cli.classes import classes
from smashcima.cli.info import info
from smashcima.cli.inspect import inspect
from smashcima.cli.render import render
from smashcima.cli.repeat import repeat

EXIT_CODES = """
Exit codes: 0 all went well; 1 some score could not be read or written (the others were);
2 the command was not understood; 130 interrupted.
"""

_INTERRUPTED = 130

app = typer.Typer(
    name="smashcima",
    help="Turns music into synthetic sheet-music images with complete ground truth.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(render)
app.command()(repeat)
app.command()(info)
app.add_typer(assets, name="assets")
app.command()(classes)
app.command()(inspect)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"smashcima {version('smashcima')}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    """Turns music into synthetic sheet-music images with complete ground truth."""


def main() -> None:
    """Runs the command line of this process."""
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("Interrupted.", err=True)
        sys.exit(_INTERRUPTED)
    except SystemExit as left:
        # Newer versions of Typer turn Ctrl-C into this, without a word.
        if left.code == _INTERRUPTED:
            typer.echo("Interrupted.", err=True)
        raise
