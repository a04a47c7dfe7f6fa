"""`smashcima render`: scores in, page images with ground truth out."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from smashcima.cli.formats import FORMATS, chosen_formats, picture_among, write_formats
from smashcima.cli.issues import print_issues
from smashcima.cli.output import Output
from smashcima.cli.sources import expand_sources, output_names
from smashcima.cli.trust import TRUST_HELP, check_trust
from smashcima.errors import Issue, SettingsError, SmashcimaError

if TYPE_CHECKING:
    from smashcima.orchestration import MusicScene, ScoreModel


class ModelName(str, Enum):
    """Which model renders."""

    engraved = "engraved"
    handwritten = "handwritten"


class HandOption(str, Enum):
    """What handwritten pages are written with."""

    auto = "auto"
    pen = "pen"
    muscima = "muscima"


@dataclass
class _Outcome:
    """What became of one source file."""

    source: Path
    pages: int = 0
    issues: tuple[Issue, ...] = ()
    error: str | None = None


def render(
    context: typer.Context,
    scores: Annotated[
        list[Path],
        typer.Argument(
            metavar="SCORE...",
            help="Score files (.musicxml .xml .mxl .mei .krn .abc .pae .mid), or folders of such files.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Folder to write to; made if need be.")
    ],
    recipe: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A recipe (YAML or JSON) that says which model renders, with all its options. Of the options here only "
            "--seed goes with it; it replaces that of the recipe.",
        ),
    ] = None,
    trust: Annotated[bool, typer.Option("--trust", help=TRUST_HELP)] = False,
    model: Annotated[ModelName, typer.Option(help="The style of the pages.")] = ModelName.handwritten,
    hand: Annotated[
        HandOption,
        typer.Option(
            help="What handwritten pages are written with: the symbols of the real writers of MUSCIMA++ (under CC "
            "BY-NC-SA), a pen that invents writers, or the first if they can be had."
        ),
    ] = HandOption.auto,
    writer: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|N",
            help="Whose hand writes handwritten pages: neat, average, hasty, calligraphic; W-01 to W-50, writers of "
            "MUSCIMA++; or a number, the seed of a writer. By default each score has another writer.",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, help="Seed of the samples: the same seed gives the same files.")
    ] = 0,
    dpi: Annotated[float, typer.Option(min=10, max=2400, help="Resolution of png and jpg.")] = 300,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME",
            help="What to write; may be repeated, or several with commas between them. By default png. There are "
            f"{', '.join(FORMATS)}.",
        ),
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="What becomes of pages: scan, photo, photocopy, bitonal, old-manuscript; clean by default.",
        ),
    ] = None,
    overlay: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="Write pictures with their truth drawn over them, too: labels, boxes, outlines, masks or layout.",
        ),
    ] = None,
    page: Annotated[
        str, typer.Option(help="Sheet: A4, A3, Letter, ... or WIDTHxHEIGHT in mm, such as 210x297.")
    ] = "default",
    font: Annotated[
        str | None,
        typer.Option(help="Music font of the engraving: Bravura, Gootville, Leipzig, Leland, Petaluma."),
    ] = None,
    staff_height: Annotated[
        float | None, typer.Option(metavar="MM", help="Height of a five-line staff in mm.")
    ] = None,
    regions: Annotated[bool, typer.Option(help="Whether svg files outline and name every object.")] = True,
    all_issues: Annotated[
        bool, typer.Option("--issues", help="List every issue instead of a summary.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Render scores to page images with ground truth.

    Writes DIR/NAME-p1.png and so on for each page of each SCORE. What could not be read or drawn is summed
    up at the end. A score that fails does not stop the others.

    Example: smashcima render *.musicxml -o out --model engraved -f png,svg,mung --page A4
    """
    console = Console(stderr=True, quiet=quiet)
    errors = Console(stderr=True)
    try:
        files = expand_sources(scores)
        names = chosen_formats(formats)
        _check_overlay(overlay)
        with _told_of_warnings(console):
            if recipe is None:
                maker = _make_model(model, hand, writer, seed, dpi, page, font, staff_height, preset)
            else:
                maker = _model_of_recipe(context, recipe, seed, trust)
        output.mkdir(parents=True, exist_ok=True)
    except (SmashcimaError, OSError) as error:
        errors.print(f"Error: {error}", style="red", markup=False, highlight=False)
        raise typer.Exit(2) from error

    picture = picture_among(names)

    def write(scene: MusicScene, stem: Path) -> list[Issue]:
        into = Output(scene, stem, picture, regions)
        write_formats(into, names, overlay)
        return into.issues

    outcomes: list[_Outcome] = []
    with Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as progress:
        task = progress.add_task("rendering", total=len(files))
        for index, (file, name) in enumerate(zip(files, output_names(files), strict=True)):
            progress.update(task, description=file.name)
            outcomes.append(_render_one(maker, file, output / name, index, write))
            progress.advance(task)

    _report(console, errors, outcomes, output, all_issues)
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(1)


def _model_of_recipe(context: typer.Context, path: Path, seed: int, trust: bool) -> ScoreModel:
    """The model of a recipe; an error for options that are a matter of the recipe."""
    from smashcima.orchestration import Recipe, ScoreModel

    given = [name for name in _OPTIONS_OF_MODELS if _is_given(context, name)]
    if given:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise SettingsError(f"{options} cannot be given with --recipe: change {path}, or leave --recipe out.")
    recipe = Recipe.load(path)
    check_trust(recipe, trust)
    if _is_given(context, "seed") or not ("seed" in recipe.options or "seed" in recipe.attributes):
        recipe = recipe.with_option("seed", seed)
    made = recipe.build()
    if not isinstance(made, ScoreModel):
        raise recipe.error("model", f"{recipe.model} is not a model from scores to pages")
    return made


_OPTIONS_OF_MODELS = ("model", "hand", "writer", "dpi", "page", "font", "staff_height", "preset")


def _is_given(context: typer.Context, name: str) -> bool:
    """Whether an option stands on the command line."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _make_model(
    name: ModelName,
    hand: HandOption,
    writer: str | None,
    seed: int,
    dpi: float,
    page: str,
    font: str | None,
    staff_height: float | None,
    preset: str | None,
) -> ScoreModel:
    from smashcima.orchestration import BaseHandwrittenModel, EngravedModel

    options: dict[str, Any] = {
        "seed": seed,
        "dpi": dpi,
        "page": None if page == "default" else page,
        "music_font": font,
        "staff_height_mm": staff_height,
        "postprocessing": preset,
    }
    if name is ModelName.handwritten:
        return BaseHandwrittenModel(hand=hand.value, writer=_writer_named(writer), **options)
    if hand is not HandOption.auto:
        raise SettingsError(
            f"--hand {hand.value} was given with --model {name.value}, which writes nothing by hand."
        )
    if writer is not None:
        raise SettingsError(
            f"--writer {writer} was given with --model {name.value}, which has no writer; "
            "leave one of them out, or say --model handwritten."
        )
    return EngravedModel(**options)


@contextmanager
def _told_of_warnings(console: Console) -> Iterator[None]:
    """Says in a line each what a model warns about while it is made."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        yield
    for warning in caught:
        text = str(warning.message).splitlines()[0]
        console.print(
            f"Note: {text} (--hand pen, if that is meant)",
            style="yellow",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )


def _writer_named(text: str | None) -> str | int | None:
    """A preset by its name, or a seed where the text is a number."""
    return int(text) if text is not None and text.isascii() and text.isdigit() else text


def _check_overlay(overlay: str | None) -> None:
    if overlay is not None:
        from smashcima.exporting import OverlayRenderer

        OverlayRenderer(overlay)


def _render_one(
    model: ScoreModel, file: Path, target: Path, index: int, write: Callable[[MusicScene, Path], list[Issue]]
) -> _Outcome:
    """Loads, synthesises and writes all scores of one file; an error becomes part of the outcome."""
    from smashcima.loading import load_scores

    outcome = _Outcome(file)
    try:
        loaded = load_scores(file)
        outcome.issues = loaded.issues
        for number, each in enumerate(loaded.each(), start=1):
            stem = target if len(loaded.scores) == 1 else target.with_name(f"{target.name}-{number}")
            scene = model(each, index=index)
            # The scene tells again what was found while the score was read.
            outcome.issues = tuple(dict.fromkeys((*outcome.issues, *scene.issues)))
            outcome.issues += tuple(write(scene, stem))
            outcome.pages += len(scene.pages)
    except (SmashcimaError, OSError) as error:
        outcome.error = str(error)
    return outcome


def _report(
    console: Console, errors: Console, outcomes: list[_Outcome], output: Path, all_issues: bool
) -> None:
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
            console.print(f"[yellow]{len(issues)} issues:[/]")
            print_issues(console, issues)
    done = [outcome for outcome in outcomes if not outcome.error]
    pages = sum(outcome.pages for outcome in done)
    mark = "[green]✓[/]" if len(done) == len(outcomes) else "[red]✗[/]"
    console.print(
        f"{mark} {len(done)} of {len(outcomes)} scores, {pages} pages, in {output}", highlight=False
    )
