"""`smashcima compare`: the differences between two scores, and the symbol error rate."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from smashcima.cli.issues import print_issues
from smashcima.cli.messages import text_of
from smashcima.cli.progress import progress_bar
from smashcima.cli.sources import expand_sources
from smashcima.errors import Issue, SettingsError, SmashcimaError, SourceNotFoundError

if TYPE_CHECKING:
    from smashcima.comparing import Comparison, KindCounts, OmrNed
    from smashcima.scene.semantic import Score

R = TypeVar("R")

_LISTED = 20
"""Number of differences that are listed by default."""


class Method(str, Enum):
    """The measure."""

    symbols = "symbols"
    musicdiff = "musicdiff"


def compare(
    truth: Annotated[Path, typer.Argument(metavar="TRUTH", help="The correct score, or a folder of scores.")],
    result: Annotated[
        Path,
        typer.Argument(
            metavar="RESULT",
            help="The score to be judged; if TRUTH is a folder, a folder with files of the same stems.",
        ),
    ],
    method: Annotated[
        Method,
        typer.Option(
            help="symbols, the symbol error rate; musicdiff, OMR-NED (needs pip install 'smashcima\\[compare]')."
        ),
    ] = Method.symbols,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="KIND",
            help="Compare only symbols of this kind, such as pitch, duration, accidental, beam or lyric; repeatable.",
        ),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="KIND", help="Leave out symbols of this kind; repeatable."),
    ] = None,
    score: Annotated[
        int, typer.Option(min=1, metavar="N", help="Number of the score in files with several scores.")
    ] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    list_all: Annotated[
        bool, typer.Option("--all", help=f"List all differences instead of the first {_LISTED}.")
    ] = False,
    all_issues: Annotated[
        bool, typer.Option("--issues", help="List every issue of reading instead of a summary.")
    ] = False,
) -> None:
    """Compare two scores, in any formats, symbol by symbol.

    Prints the symbol error rate, overall and by kind of symbols, and the differences.

    Example: smashcima compare truth.musicxml result.mei
    """
    errors = Console(stderr=True)
    try:
        if method is Method.musicdiff and (only or without):
            raise SettingsError("--only and --without cannot be given with --method musicdiff.")
        kinds = _chosen_kinds(only or [], without or [])
        pairs, unpaired = _paired(truth, result)
    except (SmashcimaError, OSError) as error:
        errors.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    failures = [f"{file}: there is no file of this stem in {result}; not counted" for file in unpaired]
    issues: list[Issue] = []
    if method is Method.symbols:
        from smashcima.comparing import compare_scores

        found = _judged(errors, pairs, score, partial(compare_scores, kinds=kinds), issues, failures)
        show = partial(_show_symbols, found, list_all)
    else:
        from smashcima.comparing import omr_ned

        distances = _judged(errors, pairs, score, omr_ned, issues, failures)
        show = partial(_show_musicdiff, distances)
    for failure in failures:
        errors.print(f"✗ {failure}", style="red", markup=False, highlight=False, soft_wrap=True)
    if all_issues:
        for issue in issues:
            errors.print(str(issue), markup=False, highlight=False)
    elif issues:
        errors.print(f"[yellow]{len(issues)} issues of reading:[/]")
        print_issues(errors, issues)
    if len(failures) < len(pairs) + len(unpaired):
        show(truth.is_dir(), as_json)
    if failures:
        raise typer.Exit(1)


def _judged(
    console: Console,
    pairs: list[tuple[Path, Path]],
    number: int,
    judge: Callable[[Score, Score], R],
    issues: list[Issue],
    failures: list[str],
) -> dict[str, R]:
    """The judgement of each pair by the name of its truth; a pair that cannot be read becomes a failure."""
    found: dict[str, R] = {}

    def attempt(truth: Path, result: Path) -> None:
        try:
            name = truth.name if truth.name not in found else str(truth)
            found[name] = judge(_load(truth, number, issues), _load(result, number, issues))
        except (SmashcimaError, OSError) as error:
            failures.append(text_of(error))

    with progress_bar(console, "comparing", len(pairs)) as begin:
        for truth, result in pairs:
            begin(truth)
            attempt(truth, result)
    return found


def _chosen_kinds(only: Collection[str], without: Collection[str]) -> list[str]:
    from smashcima.comparing import KINDS

    for kind in (*only, *without):
        if kind not in KINDS:
            raise SettingsError(f"There is no kind of symbols {kind!r}; available: {', '.join(KINDS)}.")
    kinds = [kind for kind in only or KINDS if kind not in without]
    if not kinds:
        raise SettingsError("No kind of symbols is left to compare.")
    return kinds


def _paired(truth: Path, result: Path) -> tuple[list[tuple[Path, Path]], list[Path]]:
    """Pairs of files to compare, and files of the truth without a partner."""
    if truth.is_dir() is not result.is_dir():
        folder, file = (truth, result) if truth.is_dir() else (result, truth)
        raise SourceNotFoundError(f"{folder} is a folder, but {file} is not. Give two files or two folders.")
    if not truth.is_dir():
        return [(truth, result)], []
    others = {source.key: source.path for source in expand_sources([result])}
    sources = expand_sources([truth])
    return (
        [(source.path, others[source.key]) for source in sources if source.key in others],
        [source.path for source in sources if source.key not in others],
    )


def _load(file: Path, number: int, issues: list[Issue]) -> Score:
    from smashcima.loading import load_scores

    loaded = load_scores(file)
    issues.extend(loaded.issues)
    count = len(loaded.scores)
    if number > count:
        raise SettingsError(f"There is no score {number} in {file}; it has {count}.")
    if count > 1:
        issues.append(Issue(file.name, "score", f"number {number} of {count} is compared; --score N chooses"))
    return loaded.scores[number - 1]


# -- output -----------------------------------------------------------------------------------------------------


def _show_symbols(found: Mapping[str, Comparison], list_all: bool, by_file: bool, as_json: bool) -> None:
    from smashcima.comparing import Comparison

    total = Comparison.summed(found.values())
    if as_json:
        _show_json([each.to_dict() for each in found.values()], total.to_dict(), found, by_file)
        return
    console = Console()
    if by_file:
        console.print(_table("file", {name: each.total for name, each in found.items()}))
    console.print(_table("kind", {**total.kinds, "all": total.total}))
    differences = [
        f"{name}: {difference}" if by_file else str(difference)
        for name, each in found.items()
        for difference in each.differences
    ]
    for difference in differences if list_all else differences[:_LISTED]:
        console.print(f"• {difference}", markup=False, highlight=False, soft_wrap=True)
    if len(differences) > _LISTED and not list_all:
        console.print(f"… and {len(differences) - _LISTED} more differences (--all lists them)", style="dim")
    console.print(f"symbol error rate: {total.error_rate:.2%}", style="bold", highlight=False)


def _show_musicdiff(found: Mapping[str, OmrNed], by_file: bool, as_json: bool) -> None:
    from smashcima.comparing import OmrNed

    total = OmrNed.summed(found.values())
    if as_json:
        _show_json([each.to_dict() for each in found.values()], total.to_dict(), found, by_file)
        return
    console = Console()
    for name, each in found.items():
        if each.text:
            text = f"{name}\n{each.text}" if by_file else each.text
            console.print(text, markup=False, highlight=False, soft_wrap=True)
    for kind, distance in total.kinds.items():
        console.print(f"{distance:6} {kind}", markup=False, highlight=False)
    console.print(
        f"OMR-NED: {total.normalized:.2%}, {total.edit_distance} of {total.symbols} + {total.result_symbols} symbols",
        style="bold",
        highlight=False,
    )


def _show_json(
    results: list[dict[str, Any]], total: dict[str, Any], names: Iterable[str], by_file: bool
) -> None:
    """Prints the result of two files, or those of two folders with their total."""
    document = {**total, "files": dict(zip(names, results, strict=True))} if by_file else results[0]
    typer.echo(json.dumps(document, ensure_ascii=False, indent=1))


def _table(heading: str, rows: Mapping[str, KindCounts]) -> Table:
    """A table of counts; kinds without errors are included, since their number of symbols is of interest."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    table.add_column(heading)
    for name in ("symbols", "missing", "extra", "wrong", "error rate"):
        table.add_column(name, justify="right")
    for name, counts in rows.items():
        cells = (counts.symbols, counts.missing, counts.extra, counts.wrong)
        table.add_row(escape(name), *map(str, cells), f"{counts.error_rate:.2%}")
    return table
