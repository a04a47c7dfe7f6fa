"""`smashcima convert`: converts scores from one format to another."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from smashcima.cli.conversion import Converter, Selection
from smashcima.cli.issues import print_issues
from smashcima.cli.messages import text_of
from smashcima.cli.progress import progress_bar
from smashcima.cli.protection import OVERWRITE_HELP, SKIP_HELP, Existing, OutputGuard
from smashcima.cli.rendering_report import counted
from smashcima.cli.requirements import check_extras
from smashcima.cli.score_formats import (
    SCORE_FORMATS,
    Choices,
    Polyphony,
    format_named,
    format_of_file,
)
from smashcima.cli.sources import expand_sources, output_names
from smashcima.errors import Issue, SettingsError, SmashcimaError


def convert(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="SCORE... TARGET",
            help="A score file and the file to write; with -o, any number of score files or folders.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="DIR",
            help="Folder for the converted files, named after their sources; created if missing. Requires --to.",
        ),
    ] = None,
    source_format: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="FORMAT",
            help="Format of the sources, such as krn; by default determined from suffixes and contents.",
        ),
    ] = None,
    target_format: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help=f"Format to write; by default that of the suffix of TARGET. Known: {', '.join(SCORE_FORMATS)}.",
        ),
    ] = None,
    score: Annotated[
        int | None,
        typer.Option(
            min=1, metavar="N", help="Number of the score in a source with several; by default all of them."
        ),
    ] = None,
    part: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Number of the part to write, from the top.")
    ] = None,
    staff: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Number of the staff to write, from the top.")
    ] = None,
    polyphony: Annotated[
        Polyphony,
        typer.Option(
            help="Simultaneous notes in formats without them: error, or highest, which keeps the highest note."
        ),
    ] = Polyphony.error,
    extensions: Annotated[
        bool,
        typer.Option(
            "--extensions",
            help="Write grace notes, dynamics and so on to Mashcima annotations, as tokens that begin with ~.",
        ),
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=OVERWRITE_HELP)] = False,
    skip_existing: Annotated[bool, typer.Option("--skip-existing", help=SKIP_HELP)] = False,
    all_issues: Annotated[
        bool, typer.Option("--issues", help="List every issue instead of a summary.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the result as JSON to the standard output.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Convert scores from one format to another.

    Prints what was lost in reading, and what the target format cannot express. A format for one staff or part gets a
    file for each, unless --staff or --part chooses one.

    Examples: smashcima convert song.mxl song.krn; smashcima convert songs -o out --to mei
    """
    console = Console(stderr=True, quiet=quiet)
    errors = Console(stderr=True)
    try:
        if part is not None and staff is not None:
            raise SettingsError("--part and --staff cannot be given together.")
        existing = Existing.chosen(overwrite, skip_existing)
        jobs, name, suffix = _jobs(files, output, target_format)
        check_extras([name])
        if source_format is not None:
            _check_source_format(source_format)
        if output is not None:
            output.mkdir(parents=True, exist_ok=True)
    except (SmashcimaError, OSError) as error:
        errors.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    selection = Selection(score, part, staff)
    guard = OutputGuard([source for source, _ in jobs], existing)
    converter = Converter(
        SCORE_FORMATS[name], suffix, source_format, selection, Choices(polyphony, extensions), guard
    )
    with progress_bar(console, "converting", len(jobs)) as begin:
        for source, stem in jobs:
            begin(source)
            converter.convert(source, stem)
    if as_json:
        typer.echo(_as_json(converter))
    _report(console, errors, converter, len(jobs), all_issues)
    if converter.errors:
        raise typer.Exit(1)


def _jobs(
    files: list[Path], output: Path | None, target_format: str | None
) -> tuple[list[tuple[Path, Path]], str, str]:
    """Sources with the paths to write without their suffix, the name of the target format, and the suffix."""
    if output is not None:
        if target_format is None:
            raise SettingsError(f"-o requires --to FORMAT; formats: {', '.join(SCORE_FORMATS)}.")
        name = format_named(target_format)
        sources = expand_sources(files, output)
        stems = [output / stem for stem in output_names(sources)]
        jobs = [(source.path, stem) for source, stem in zip(sources, stems, strict=True)]
        return jobs, name, SCORE_FORMATS[name].suffix
    if len(files) != 2:
        raise SettingsError(
            f"Give a score and the file to write, or several scores with -o DIR --to FORMAT (given: {len(files)})."
        )
    source, target = files
    if target.is_dir():
        raise SettingsError(f"{target} is a folder: write into it with -o {target} --to FORMAT.")
    name = format_of_file(target) if target_format is None else format_named(target_format)
    known = [suffix for suffix in SCORE_FORMATS[name].suffixes if target.name.lower().endswith(suffix)]
    suffix = target.name[-len(known[0]) :] if known else target.suffix
    return [(source, target.with_name(target.name.removesuffix(suffix)))], name, suffix


def _check_source_format(name: str) -> None:
    """Raises an `UnsupportedFormatError` for an unknown format."""
    from smashcima.loading import Source, find_format

    find_format(Source("", b""), name)


def _as_json(done: Converter) -> str:
    def shown(issues: list[tuple[Path, Issue]]) -> list[dict[str, str]]:
        return [{"source": str(source), **asdict(issue)} for source, issue in issues]

    result = {
        "scores": done.scores,
        "files": [str(path) for path in done.written],
        "kept": done.kept,
        "issues": shown(done.reading),
        "omissions": shown(done.writing),
        "errors": done.errors,
    }
    return json.dumps(result, ensure_ascii=False, indent=1)


def _report(console: Console, errors: Console, done: Converter, files: int, all_issues: bool) -> None:
    for error in done.errors:
        errors.print(f"✗ {error}", style="red", markup=False, highlight=False, soft_wrap=True)
    for note in done.notes:
        console.print(f"Note: {note}.", style="yellow", markup=False, highlight=False, soft_wrap=True)
    for issues, what in ((done.reading, "issues of reading"), (done.writing, "omissions of writing")):
        if issues:
            console.print(f"[yellow]{len(issues)} {what}:[/]")
            if all_issues:
                for source, issue in issues:
                    text = f"  • {source.name}: {issue}"
                    console.print(text, markup=False, highlight=False, soft_wrap=True)
            else:
                print_issues(console, [issue for _, issue in issues])
    mark = "[red]✗[/]" if done.errors else "[green]✓[/]"
    kept = f", {counted(done.kept, 'file')} kept" if done.kept else ""
    console.print(
        f"{mark} {counted(done.scores, 'score')} from {counted(files, 'file')}, "
        f"{counted(len(done.written), 'file')} written{kept}",
        highlight=False,
    )
