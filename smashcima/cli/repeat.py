"""`smashcima repeat`: reproduces a sample from its record."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from smashcima.cli.chosen_formats import ChosenFormats
from smashcima.cli.formats import FORMATS
from smashcima.cli.issues import print_issues
from smashcima.cli.messages import text_of
from smashcima.cli.output_folder import OutputFolder
from smashcima.cli.protection import OVERWRITE_HELP, Existing, OutputGuard
from smashcima.cli.trust import TRUST_HELP, check_trust
from smashcima.errors import SettingsError, SmashcimaError

_ENDINGS = re.compile(r"(?:-p[0-9]+)?(?:\.record|\.alignment)?\.json$")
"""Suffixes of record files, which are removed to get the name of the score."""


def repeat(
    record: Annotated[
        Path,
        typer.Argument(
            metavar="RECORD",
            help="NAME.record.json, or the annotation NAME-p1.alignment.json of a page.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Output folder; created if missing.")
    ],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME",
            help=f"Formats to write, comma-separated; repeatable. By default png. Known: {', '.join(FORMATS)}.",
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The score, if it has moved since it was recorded."),
    ] = None,
    trust: Annotated[bool, typer.Option("--trust", help=TRUST_HELP)] = False,
    regions: Annotated[
        bool, typer.Option(help="Include the outline and name of every object in SVG files.")
    ] = True,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=OVERWRITE_HELP)] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Reproduce a sample from its record.

    The files are identical to the original ones if the recorded versions are installed; otherwise, notes list the
    differences. A score with another checksum is refused.

    Example: smashcima repeat out/score.record.json -o again -f png,mung
    """
    console, errors = Console(stderr=True, quiet=quiet), Console(stderr=True)
    try:
        chosen = ChosenFormats.of_options(formats, None, regions)
    except SettingsError as error:
        errors.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    try:
        from smashcima.orchestration.repeating import SampleRecord

        sample = SampleRecord.load(record)
        check_trust(sample.recipe, trust)
        scene = sample.repeat(source)
        for difference in sample.other_versions(scene):
            console.print(
                f"Note: {difference}.", style="yellow", markup=False, highlight=False, soft_wrap=True
            )
        guard = OutputGuard(
            [record, *([source] if source else [])], Existing.chosen(overwrite), can_skip=False
        )
        folder = OutputFolder(output, guard)
        with folder.workshop() as workshop:
            issues = chosen.write([scene], workshop / _ENDINGS.sub("", record.name))
            folder.receive(workshop, record)
    except (SmashcimaError, OSError) as error:
        errors.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error
    print_issues(console, issues)
    console.print(f"[green]✓[/] {len(scene.pages)} pages, in {output}", highlight=False)
