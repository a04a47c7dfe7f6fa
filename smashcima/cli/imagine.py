"""`smashcima imagine`: composes and draws what a text describes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from smashcima.cli.formats import FORMATS, PICTURES, FormatWriter, chosen_formats
from smashcima.cli.issues import print_issues
from smashcima.cli.models import HandOption
from smashcima.cli.notes import warnings_as_notes
from smashcima.cli.output import Output
from smashcima.cli.score_formats import SCORE_FORMATS, Choices, Unit, format_of_file
from smashcima.errors import Issue, SettingsError, SmashcimaError

if TYPE_CHECKING:
    from smashcima.orchestration import DescribedScene

_RECORD = ".json"


def imagine(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What to compose and to draw, in words.")],
    output: Annotated[
        list[Path],
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="File to write; repeatable. Its suffix decides: .png or .jpg for the pages, that of a score format for the "
            "music, .json for what was understood, caption and metadata. Several pages are FILE-p1 and so on.",
        ),
    ],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME",
            help=f"Further formats to write beside the first FILE, comma-separated. Known: {', '.join(FORMATS)}.",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, help="Seed: another one gives another piece and other pages.")
    ] = 0,
    dpi: Annotated[
        float | None,
        typer.Option(
            min=10, max=2400, help="Resolution of images; that of the text, or 300.", show_default=False
        ),
    ] = None,
    hand: Annotated[
        str, typer.Option(help="Source of handwriting: muscima, pen, quill, ..., as for render.")
    ] = "auto",
    explain: Annotated[
        bool,
        typer.Option("--explain", help="List everything that was understood, with the words that say it."),
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Compose and draw the music that TEXT describes.

    What was ignored, and what contradicts itself, is listed; the caption of the result is printed.

    Example: smashcima imagine "a romantic waltz in A minor for piano, by hand on old paper" -o page.png
    """
    console = Console(stderr=True, quiet=quiet)
    errors = Console(stderr=True)
    try:
        names = chosen_formats(formats) if formats else []
        for path in output:
            _kind_of(path)
        with warnings_as_notes(console):
            scene = _scene(text, seed, dpi, hand)
        issues = [*scene.issues, *_write(scene, output, names)]
    except (SmashcimaError, OSError) as error:
        errors.print(f"Error: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    _report(console, scene, issues, explain)


def _scene(text: str, seed: int, dpi: float | None, hand: str) -> DescribedScene:
    from smashcima.orchestration import TextToScoreModel

    names = [option.value for option in HandOption]
    if hand not in names:
        raise SettingsError(f"--hand must be one of {', '.join(names)}, not {hand!r}.")
    options: dict[str, Any] = {"hand": hand} if dpi is None else {"hand": hand, "dpi": dpi}
    return TextToScoreModel(seed=seed, **options)(text, index=0)


def _kind_of(path: Path) -> str:
    """`picture`, `record`, or the name of a score format; raises a `SettingsError` for other suffixes."""
    suffix = path.suffix.lower()
    if suffix in PICTURES.values():
        return "picture"
    if suffix == _RECORD and not path.name.lower().endswith(".timemap.json"):
        return "record"
    try:
        name = format_of_file(path)
    except SettingsError:
        known = ", ".join((*PICTURES.values(), _RECORD, *(each.suffix for each in SCORE_FORMATS.values())))
        raise SettingsError(f"{path.name!r} has no known suffix; `imagine` writes {known}.") from None
    if SCORE_FORMATS[name].unit is not Unit.SCORE:
        raise SettingsError(f"{path.name!r}: {name} holds a part of a score; write it with -f {name}.")
    return name


def _write(scene: DescribedScene, output: list[Path], names: list[str]) -> list[Issue]:
    for path in output:
        path.parent.mkdir(parents=True, exist_ok=True)
        kind = _kind_of(path)
        if kind == "picture":
            _write_pages(scene, path)
        elif kind == "record":
            data = json.dumps(scene.to_data(), ensure_ascii=False, indent=1) + "\n"
            path.write_text(data, encoding="utf-8")
        else:
            _write_score(scene, path, kind)
    if not names:
        return []
    first = output[0]
    picture = first.suffix.lower() if first.suffix.lower() in PICTURES.values() else None
    into = Output(scene, first.with_suffix(""), picture, regions=True)
    writer = FormatWriter(names, None)
    writer.write_pages(into)
    writer.finish(into)
    return into.issues


def _write_pages(scene: DescribedScene, path: Path) -> None:
    from smashcima.exporting import write_image

    for number, page in enumerate(scene.pages, 1):
        is_only = len(scene.pages) == 1
        write_image(
            scene.render(page), path if is_only else path.with_name(f"{path.stem}-p{number}{path.suffix}")
        )


def _write_score(scene: DescribedScene, path: Path, name: str) -> None:
    from smashcima.loading import Loaded
    from smashcima.orchestration import EngravedModel

    target = SCORE_FORMATS[name]
    subject: Any = scene.score
    if target.needs_layout:
        loaded = Loaded(scene.score, None, ())
        subject = Loaded(scene.score, EngravedModel(seed=0).lay_out(loaded), ())
    target.make_exporter(Choices()).write(subject, path)


def _report(console: Console, scene: DescribedScene, issues: list[Issue], explain: bool) -> None:
    def line(text: str, style: str = "") -> None:
        console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)

    found = scene.description
    if explain:
        for mention in found.mentions:
            line(f"understood: {mention}")
    for ignored in found.ignored:
        line(f"ignored: {ignored}", "yellow")
    for contradiction in found.contradictions:
        line(f"contradiction: {contradiction}", "yellow")
    if issues:
        console.print(f"[yellow]{len(issues)} issues:[/]")
        print_issues(console, issues)
    line(f"{scene.caption}")
