"""`smashcima render`: renders scores to page images with ground truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from smashcima.cli.formats import FORMATS, chosen_formats, picture_among, write_formats
from smashcima.cli.issues import print_issues
from smashcima.cli.notes import warnings_as_notes
from smashcima.cli.output import Output
from smashcima.cli.progress import progress_bar
from smashcima.cli.sources import expand_sources, output_names
from smashcima.cli.status import DISAGREES
from smashcima.cli.trust import TRUST_HELP, check_trust
from smashcima.errors import Issue, SettingsError, SmashcimaError

if TYPE_CHECKING:
    from smashcima.orchestration import MusicScene, ScoreModel


class ModelName(str, Enum):
    """The model that renders the pages."""

    engraved = "engraved"
    handwritten = "handwritten"


class HandOption(str, Enum):
    """The source of handwriting."""

    auto = "auto"
    pen = "pen"
    muscima = "muscima"


@dataclass
class _Outcome:
    """Result of rendering one file."""

    source: Path
    pages: int = 0
    issues: tuple[Issue, ...] = ()
    disagreements: int = 0
    """Number of issues in which a page and its score disagree."""
    error: str | None = None


def render(
    context: typer.Context,
    scores: Annotated[
        list[Path],
        typer.Argument(
            metavar="SCORE...",
            help="Score files (.musicxml .xml .mxl .mei .krn .abc .pae .mid .mro .mashcima .agnostic .semantic), or folders of "
            "such files.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Output folder; created if missing.")
    ],
    recipe: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A recipe (YAML or JSON) with the model and its options. It replaces all options of the model except "
            "--seed, which replaces the seed of the recipe.",
        ),
    ] = None,
    trust: Annotated[bool, typer.Option("--trust", help=TRUST_HELP)] = False,
    model: Annotated[ModelName, typer.Option(help="The style of the pages.")] = ModelName.handwritten,
    hand: Annotated[
        HandOption,
        typer.Option(
            help="Source of handwriting: muscima, symbols of the real writers of MUSCIMA++ (CC BY-NC-SA); pen, generated "
            "writers; auto, muscima if available, otherwise pen."
        ),
    ] = HandOption.auto,
    writer: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|N",
            help="Writer of handwritten pages: neat, average, hasty, calligraphic; W-01 to W-50, writers of MUSCIMA++; or "
            "a number, the seed of a writer. By default, each score has a different writer.",
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, help="Seed of the samples; the same seed gives the same files.")
    ] = 0,
    dpi: Annotated[float, typer.Option(min=10, max=2400, help="Resolution of images.")] = 300,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME",
            help=f"Formats to write, comma-separated; repeatable. By default png. Known: {', '.join(FORMATS)}.",
        ),
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Degradation of pages: scan, photo, photocopy, bitonal, old-manuscript; clean by default.",
        ),
    ] = None,
    overlay: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="Also write images with ground truth drawn over them: labels, boxes, outlines, masks or layout.",
        ),
    ] = None,
    page: Annotated[
        str,
        typer.Option(
            help="Page size: A4, A3, Letter, ..., or WIDTHxHEIGHT in mm, such as 210x297.",
            show_default="2582 x 3652 px at 300 dpi",
        ),
    ] = "default",
    font: Annotated[
        str | None,
        typer.Option(help="Music font of the engraving: Bravura, Gootville, Leipzig, Leland, Petaluma."),
    ] = None,
    staff_height: Annotated[
        float | None, typer.Option(metavar="MM", help="Height of a five-line staff in mm.")
    ] = None,
    regions: Annotated[
        bool, typer.Option(help="Include the outline and name of every object in SVG files.")
    ] = True,
    prove: Annotated[
        bool,
        typer.Option(
            "--verify", help="Prove that the pages show what the scores say; exit with status 3 if not."
        ),
    ] = False,
    all_issues: Annotated[
        bool, typer.Option("--issues", help="List every issue instead of a summary.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Render scores to page images with ground truth.

    Writes DIR/NAME-p1.png and so on for the pages of each SCORE, and prints a summary of issues at the end. If a
    score fails, the others are still rendered, and the exit status is 1.

    Example: smashcima render *.musicxml -o out --model engraved -f png,svg,mung --page A4
    """
    console = Console(stderr=True, quiet=quiet)
    errors = Console(stderr=True)
    try:
        files = expand_sources(scores)
        names = chosen_formats(formats)
        _check_overlay(overlay)
        with warnings_as_notes(console, " (--hand pen hides this note)"):
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
    with progress_bar(console, "rendering", len(files)) as begin:
        for index, (file, name) in enumerate(zip(files, output_names(files), strict=True)):
            begin(file)
            outcomes.append(_render_one(maker, file, output / name, index, write, prove))

    _report(console, errors, outcomes, output, all_issues)
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(1)
    if any(outcome.disagreements for outcome in outcomes):
        raise typer.Exit(DISAGREES)


def _model_of_recipe(context: typer.Context, path: Path, seed: int, trust: bool) -> ScoreModel:
    """Builds the model of a recipe.

    Raises:
        SettingsError: an option of the command line conflicts with the recipe.
        RecipeError: the recipe is invalid, or its model does not render scores.
    """
    from smashcima.orchestration import Recipe, ScoreModel

    given = [name for name in _OPTIONS_OF_MODELS if _is_given(context, name)]
    if given:
        options = ", ".join(f"--{name.replace('_', '-')}" for name in given)
        raise SettingsError(f"{options} cannot be given with --recipe: edit {path}, or omit --recipe.")
    recipe = Recipe.load(path)
    check_trust(recipe, trust)
    if _is_given(context, "seed") or not ("seed" in recipe.options or "seed" in recipe.attributes):
        recipe = recipe.with_option("seed", seed)
    made = recipe.build()
    if not isinstance(made, ScoreModel):
        raise recipe.error("model", f"{recipe.model} is not a ScoreModel")
    return made


_OPTIONS_OF_MODELS = ("model", "hand", "writer", "dpi", "page", "font", "staff_height", "preset")


def _is_given(context: typer.Context, name: str) -> bool:
    """Whether an option is given on the command line."""
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
        raise SettingsError(f"--hand {hand.value} requires --model handwritten, not --model {name.value}.")
    if writer is not None:
        raise SettingsError(
            f"--writer {writer} requires --model handwritten, not --model {name.value}, which has no writer."
        )
    return EngravedModel(**options)


def _writer_named(text: str | None) -> str | int | None:
    """Converts a number to the seed of a writer; keeps names."""
    return int(text) if text is not None and text.isascii() and text.isdigit() else text


def _check_overlay(overlay: str | None) -> None:
    if overlay is not None:
        from smashcima.exporting import OverlayRenderer

        OverlayRenderer(overlay)


def _render_one(
    model: ScoreModel,
    file: Path,
    target: Path,
    index: int,
    write: Callable[[MusicScene, Path], list[Issue]],
    prove: bool,
) -> _Outcome:
    """Loads, synthesises and writes all scores of a file. Errors are recorded in the outcome."""
    from smashcima.loading import load_scores
    from smashcima.verifying import verify

    outcome = _Outcome(file)
    try:
        loaded = load_scores(file)
        outcome.issues = loaded.issues
        for number, each in enumerate(loaded.each(), start=1):
            stem = target if len(loaded.scores) == 1 else target.with_name(f"{target.name}-{number}")
            scene = model(each, index=index)
            # The scene repeats the issues of loading.
            outcome.issues = tuple(dict.fromkeys((*outcome.issues, *scene.issues)))
            if prove:
                found = verify(scene).issues
                outcome.disagreements += len(found)
                outcome.issues += found
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
