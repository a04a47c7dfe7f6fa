"""Entry point of the command line: commands, exit codes, and interruption by Ctrl-C."""

from __future__ import annotations

import _thread
import sys
import threading

import typer

from smashcima.cli.assets import app as assets
from smashcima.cli.classes import classes
from smashcima.cli.compare import compare
from smashcima.cli.compose import compose
from smashcima.cli.convert import convert
from smashcima.cli.curate import curate
from smashcima.cli.generate import generate
from smashcima.cli.imagine import imagine
from smashcima.cli.info import info
from smashcima.cli.inspect import inspect
from smashcima.cli.learn import learn
from smashcima.cli.look import app as look
from smashcima.cli.look import list_looks
from smashcima.cli.plan import app as plan
from smashcima.cli.playground import playground
from smashcima.cli.render import render
from smashcima.cli.repeat import repeat
from smashcima.cli.validate import validate
from smashcima.extras import opencv_trouble

EXIT_CODES = """
Exit codes: 0 success; 1 at least one score could not be read or written (the others were processed);
2 invalid arguments or plan; 130 interrupted.
"""

_INTERRUPTED = 130

_AGAIN_S = 0.02
"""Delay after which an interruption that was dropped is raised again, outside of the callback."""

app = typer.Typer(
    name="smashcima",
    help="Render music as synthetic sheet-music images with complete ground truth.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(render)
app.command()(repeat)
app.command()(info)
app.add_typer(assets, name="assets")
app.command()(classes)
app.add_typer(look, name="look")
app.command("looks", hidden=True)(list_looks)
app.command()(inspect)
app.command()(compose)
app.command()(imagine)
app.command()(learn)
app.command()(convert)
app.command()(compare)
app.command()(curate)
app.command()(generate)
app.add_typer(plan, name="plan")
app.command()(validate)
app.command()(playground)


def _print_version(wanted: bool) -> None:
    if wanted:
        from smashcima._version import VERSION

        typer.echo(f"smashcima {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
    ),
) -> None:
    """Render music as synthetic sheet-music images with complete ground truth."""


def keep_interruptions() -> None:
    """Raises `KeyboardInterrupt` again where Python drops it: in callbacks of weak references, which scenes have many of."""
    report = sys.unraisablehook

    def hook(dropped: sys.UnraisableHookArgs) -> None:
        if issubclass(dropped.exc_type, KeyboardInterrupt):
            threading.Timer(_AGAIN_S, _thread.interrupt_main).start()
        else:
            report(dropped)

    sys.unraisablehook = hook


def main() -> None:
    """Runs the command line of this process."""
    keep_interruptions()
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("Interrupted.", err=True)
        sys.exit(_INTERRUPTED)
    except ImportError:
        trouble = opencv_trouble()
        if trouble is None:
            raise
        typer.echo(f"Error: {trouble}", err=True)
        sys.exit(1)
    except SystemExit as left:
        # Newer versions of Typer turn Ctrl-C into this exit without printing anything.
        if left.code == _INTERRUPTED:
            typer.echo("Interrupted.", err=True)
        raise
