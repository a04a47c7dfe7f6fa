"""`smashcima generate`: makes the data set of a plan."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from smashcima.cli.messages import text_of
from smashcima.cli.notes import warnings_as_notes
from smashcima.cli.trust import TRUST_HELP, check_trust_of_plan
from smashcima.errors import PlanError, SettingsError, SmashcimaError

if TYPE_CHECKING:
    from smashcima.datasets.running import GenerationReport, Progress

_MOST_SOURCES = 12
"""Scores with failures that are listed."""


class Engine(str, Enum):
    """Where shards are made."""

    local = "local"
    ray = "ray"


class StartMethod(str, Enum):
    """How worker processes are started."""

    spawn = "spawn"
    fork = "fork"
    forkserver = "forkserver"


def generate(
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="The plan, in YAML or JSON.")],
    output: Annotated[
        str,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Folder of the data set, or a URL such as s3://bucket/data: new, empty, or with a part of the same data "
            "set, which is continued.",
        ),
    ],
    workers: Annotated[int, typer.Option(min=1, metavar="N", help="Number of worker processes.")] = 1,
    only: Annotated[
        int | None,
        typer.Option(min=0, metavar="I", help="Make sample I only, and write it to DIR as plain files."),
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option(
            metavar="K/N",
            help="Make the shards K, K + N, K + 2N, ... only, with K from 0 to N - 1: for job K of an array of N jobs, which "
            "share DIR.",
        ),
    ] = None,
    start_method: Annotated[
        StartMethod, typer.Option(help="How worker processes are started.")
    ] = StartMethod.spawn,
    engine: Annotated[
        Engine,
        typer.Option(
            help="Where shards are made: in processes of this machine, or as tasks of the Ray cluster at RAY_ADDRESS (extra "
            "`ray`), N at a time."
        ),
    ] = Engine.local,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="With --only: replace existing files.")
    ] = False,
    trust: Annotated[bool, typer.Option("--trust", help=TRUST_HELP.replace("recipe", "plan"))] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Make the data set of a plan.

    A run that was interrupted, by Ctrl-C, a full disk or a loss of power, is continued by the same command. The result
    does not depend on that, nor on the number of workers. Samples that fail are listed, and the others are made.

    Example: smashcima generate plan.yaml -o out --workers 2
    """
    console = Console(stderr=True, quiet=quiet)
    errors = Console(stderr=True)
    with exits_on_errors(errors):
        from smashcima.datasets import running
        from smashcima.datasets.generation import GenerationPlan

        wanted = GenerationPlan.load(plan)
        check_trust_of_plan(wanted, plan.name, trust)
        part = None if shard is None else _part(shard)
        with _progress_bar(console) as tell:
            report = running.generate(
                wanted,
                output,
                workers=workers,
                only=only,
                shard=part,
                progress=tell,
                start_method=start_method.value,
                engine=engine.value,
                overwrite=overwrite,
            )
    _print_report(console, errors, report, output)
    if report.failures:
        raise typer.Exit(1)


@contextmanager
def exits_on_errors(errors: Console) -> Iterator[None]:
    """Prints warnings and errors; exits with 2 for invalid arguments and plans, and with 1 for others."""
    try:
        with warnings_as_notes(errors):
            yield
    except (SmashcimaError, OSError) as error:
        errors.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2 if isinstance(error, SettingsError | PlanError) else 1) from error


def _part(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]+)/([0-9]+)", text)
    if match is None:
        raise SettingsError(f"--shard expects K/N, such as 0/4, not {text!r}.")
    return int(match[1]), int(match[2])


@contextmanager
def _progress_bar(console: Console) -> Iterator[Callable[[Progress], None]]:
    """Shows a progress bar, if the console is a terminal."""
    with ProgressBar(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("samples"),
        TextColumn("{task.fields[speed]:.1f} per second"),
        TextColumn("{task.fields[failures]} failed"),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bar:
        task = bar.add_task("", total=None, speed=0.0, failures=0)

        def tell(progress: Progress) -> None:
            speed = progress.new / progress.seconds if progress.seconds else 0.0
            bar.update(
                task,
                total=progress.total,
                completed=progress.done,
                speed=speed,
                failures=progress.failures,
            )

        yield tell


def _print_report(console: Console, errors: Console, report: GenerationReport, output: str) -> None:
    reasons = {failure.source: failure for failure in reversed(report.failures)}
    failed = list(report.failures_by_source.items())
    for source, count in failed[:_MOST_SOURCES]:
        first = reasons[source]
        text = f"✗ {source}, {count} samples, first {first.sample}: {first.error}"
        errors.print(text, style="red", markup=False, highlight=False, soft_wrap=True)
    if len(failed) > _MOST_SOURCES:
        errors.print(f"… and {len(failed) - _MOST_SOURCES} more scores", style="red")
    if report.rejected:
        console.print(
            f"{len(report.rejected)} scores are left out, as they cannot be loaded or do not meet a filter; "
            "`smashcima plan check` names them.",
            highlight=False,
            soft_wrap=True,
        )
    mark = "[red]✗[/]" if report.failures else "[green]✓[/]"
    made = report.samples - len(report.failures)
    retries = f", {report.retries} shards begun again" if report.retries else ""
    console.print(
        f"{mark} {made} of {report.samples} samples, {report.images} images, "
        f"{report.images_per_second:.1f} per second{retries}, in {output}",
        highlight=False,
        soft_wrap=True,
    )
    if report.shards and not report.is_complete:
        console.print("Other parts of the data set are not complete yet.", highlight=False)
