"""What `smashcima render` says about its results, to people and to machines."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from smashcima.cli.issues import print_issues
from smashcima.cli.rendering import Outcome


def as_json(outcome: Outcome) -> str:
    """One line of JSON."""
    return json.dumps(
        {
            "source": str(outcome.source),
            "index": outcome.index,
            "pages": outcome.pages,
            "files": outcome.files,
            "issues": [asdict(issue) for issue in outcome.issues],
            "error": outcome.error,
        },
        ensure_ascii=False,
    )


def print_report(
    console: Console,
    errors: Console,
    outcomes: list[Outcome],
    output: Path,
    *,
    all_issues: bool,
    kept: int,
    noun: str,
) -> None:
    """Prints errors, issues, and the numbers of scores and pages.

    Args:
        console: where issues and numbers are printed.
        errors: where errors are printed.
        outcomes: the results.
        output: the output folder.
        all_issues: whether to list each issue.
        kept: number of samples that existed and were kept.
        noun: what the outcomes are of: `score` or `sample`.
    """
    for outcome in outcomes:
        if outcome.error:
            errors.print(f"✗ {outcome.source}: {outcome.error}", style="red", markup=False, highlight=False)
    if all_issues:
        for outcome in outcomes:
            for issue in outcome.issues:
                console.print(f"{outcome.source.name}: {issue}", markup=False, highlight=False)
    else:
        issues = [issue for outcome in outcomes for issue in outcome.issues]
        if issues:
            console.print(f"[yellow]{counted(len(issues), 'issue')}:[/]")
            print_issues(console, issues)
    done = [outcome for outcome in outcomes if not outcome.error]
    pages = counted(sum(outcome.pages for outcome in done), "page")
    mark = "[green]✓[/]" if len(done) == len(outcomes) else "[red]✗[/]"
    before = f", {kept} kept from before" if kept else ""
    what = counted(len(outcomes), noun)
    console.print(f"{mark} {len(done)} of {what}{before}, {pages}, in {output}", highlight=False)


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as `1 page` and `2 pages`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
