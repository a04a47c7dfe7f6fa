"""`smashcima curate`: keeps the pages of music from a folder of images and PDF files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from smashcima.cli.messages import text_of
from smashcima.cli.progress import progress_bar
from smashcima.errors import SmashcimaError


def curate(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE",
            help="Folder of images and PDF files, searched with its subfolders; or one file.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FOLDER", help="Folder for the pages and the report."),
    ],
    musicscore: Annotated[
        bool,
        typer.Option(
            "--musicscore",
            help="Start from the rules of MusicScore: black and white, and two thirds of the page are music.",
        ),
    ] = False,
    max_depth: Annotated[
        int | None,
        typer.Option(
            metavar="BITS",
            help="Most bits per pixel: 1 black and white, 8 shades of gray, 24 colour (default).",
        ),
    ] = None,
    min_score: Annotated[
        float | None,
        typer.Option(metavar="P", help="Least probability that a page shows music; 0.5 by default."),
    ] = None,
    min_music: Annotated[
        float | None,
        typer.Option(metavar="SHARE", help="Least share of the page that music takes up; 0.4 by default."),
    ] = None,
    max_skew: Annotated[
        float | None,
        typer.Option(metavar="DEG", help="Greatest angle of staff lines, in degrees; 3 by default."),
    ] = None,
    max_specks: Annotated[
        float | None,
        typer.Option(metavar="N", help="Most isolated dots per megapixel; 4000 by default."),
    ] = None,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Keep pages that show the same as an earlier one.")
    ] = False,
    dpi: Annotated[float, typer.Option(metavar="N", help="Resolution of pages of PDF files.")] = 200.0,
    format: Annotated[str, typer.Option("--format", metavar="FORMAT", help="jpg or png.")] = "jpg",
) -> None:
    """Keep the pages of music of good quality, as scoreID_pageIndex.jpg, with report.json and report.html.

    Example: smashcima curate pdf/ -o pages/ --musicscore
    """
    console, errors = Console(stderr=True), Console(stderr=True)
    try:
        from dataclasses import replace

        from smashcima.datasets.curation import REASONS, CurationRules, find_sources
        from smashcima.datasets.curation import curate as curate_folder

        given: dict[str, Any] = {
            "max_depth": max_depth,
            "min_score_probability": min_score,
            "min_music_share": min_music,
            "max_skew_deg": max_skew,
            "max_specks": max_specks,
            "duplicates": duplicates or None,
        }
        rules = CurationRules.musicscore() if musicscore else CurationRules()
        rules = replace(rules, **{name: value for name, value in given.items() if value is not None})
        with progress_bar(console, "curating", len(find_sources(source))) as begin:
            report = curate_folder(source, output, rules, dpi=dpi, format=format, begin=begin)
    except (SmashcimaError, OSError) as error:
        errors.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error
    for reason, count in report.rejected.items():
        console.print(f"{count:6} rejected: {REASONS[reason]}", markup=False, highlight=False)
    console.print(
        f"✓ {report.kept} of {len(report.verdicts)} pages in {output}",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
    unreadable = [verdict for verdict in report.verdicts if "unreadable" in verdict.reasons]
    for verdict in unreadable:
        errors.print(f"Error: {verdict.detail}", style="red", markup=False, highlight=False, soft_wrap=True)
    if unreadable:
        raise typer.Exit(1)
