"""`smashcima render`: renders scores to page images with ground truth."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from smashcima.cli.arrangement import TREE_HELP
from smashcima.cli.chosen_formats import ChosenFormats
from smashcima.cli.class_options import CLASSES_HELP, DROP_HELP, KEEP_HELP, MERGE_HELP, selection_of_options
from smashcima.cli.completion import completing, fonts, looks, overlays, page_sizes, papers, presets, writers
from smashcima.cli.crops import CROP_MUSIC_HELP
from smashcima.cli.formats import FORMATS
from smashcima.cli.jobs import Task, WorkerPool
from smashcima.cli.messages import text_of
from smashcima.cli.models import HandOption, ModelName, make_model, model_of_recipe
from smashcima.cli.notes import warnings_as_notes
from smashcima.cli.output_folder import OutputFolder
from smashcima.cli.progress import page_progress
from smashcima.cli.protection import OVERWRITE_HELP, SKIP_HELP, Existing, OutputGuard
from smashcima.cli.rendering import Outcome, Renderer
from smashcima.cli.rendering_report import as_json, print_report
from smashcima.cli.requirements import check_sheet
from smashcima.cli.samples import Sample, composed_samples, samples_of
from smashcima.cli.sources import expand_sources, output_names
from smashcima.cli.splits import SPLIT_HELP
from smashcima.cli.status import DISAGREES
from smashcima.cli.tree_files import tree_files, write_tree_files
from smashcima.cli.trust import TRUST_HELP
from smashcima.errors import ExportError, SettingsError, SmashcimaError

if TYPE_CHECKING:
    from smashcima.composing import Conditions
    from smashcima.orchestration import ScoreModel


def render(
    context: typer.Context,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Output folder; created if missing.")
    ],
    scores: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[SCORE...]",
            help="Score files (.musicxml .xml .mxl .mei .krn .abc .pae .mid .mro .mashcima .agnostic .semantic), folders of "
            "such files with their subfolders, or patterns in quotes, such as 'scores/**/*.mxl'.",
        ),
    ] = None,
    compose: Annotated[
        str | None,
        typer.Option(
            metavar="CONDITIONS",
            help="Compose the music instead of reading scores: conditions as for `smashcima compose`, such as "
            "'for: piano, key: G minor, measures: 24', or the path of a YAML or JSON file with them; 'any' for anything.",
        ),
    ] = None,
    count: Annotated[
        int, typer.Option(min=1, metavar="N", help="Number of pieces to compose, with --compose.")
    ] = 1,
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
        HandOption | None,
        typer.Option(
            help="Source of handwriting: muscima, symbols of the real writers of MUSCIMA++ (CC BY-NC-SA); pen, generated "
            "writers of today; auto, muscima if available, otherwise pen; generated writers with another tool: quill, "
            "copyist, engrosser, steel-nib (historical), pencil, ballpoint, felt-tip.",
            show_default="auto",
        ),
    ] = None,
    writer: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|N",
            help="Writer of handwritten pages: neat, average, hasty, calligraphic; W-01 to W-50, writers of MUSCIMA++; or "
            "a number, the seed of a writer. By default, each score has a different writer.",
            autocompletion=completing(writers),
        ),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, help="Seed of the samples; the same seed gives the same files.")
    ] = 0,
    index: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="I",
            help="Index of the sample; by default it follows from the content of the score file, so that each score has "
            "its own writer and keeps it in any folder.",
        ),
    ] = None,
    samples: Annotated[
        int, typer.Option(min=1, metavar="N", help="Number of samples of each score, each different.")
    ] = 1,
    jobs: Annotated[
        int,
        typer.Option("-j", "--jobs", min=1, metavar="N", help="Number of processes; the files are the same."),
    ] = 1,
    dpi: Annotated[float, typer.Option(min=10, max=2400, help="Resolution of images.")] = 300,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME",
            help=f"Formats to write, comma-separated; repeatable. By default png. Known: {', '.join(FORMATS)}.",
            autocompletion=completing(lambda: FORMATS, several=True),
        ),
    ] = None,
    preset: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Degradation of pages: scan, photo, photocopy, bitonal, old-manuscript; clean by default.",
            autocompletion=completing(presets),
        ),
    ] = None,
    paper: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|N|FILE",
            help="Paper: solid, which is white; a kind, such as cream-manuscript, aged or laid-18th-century; any, a random "
            "paper for each sample; the seed of a paper; or a picture of paper (.png, .jpg, ...).",
            show_default="solid",
            autocompletion=completing(papers),
        ),
    ] = None,
    look: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE",
            help="Hand, paper and degradation that go together: clean, manuscript, old-manuscript, scan, photo, photocopy, "
            "bitonal, fax; or a YAML file with a look. Other options take precedence. `smashcima look list` describes them.",
            autocompletion=completing(looks),
        ),
    ] = None,
    overlay: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="Also write images with ground truth drawn over them: labels, boxes, outlines, masks or layout.",
            autocompletion=completing(overlays),
        ),
    ] = None,
    page: Annotated[
        str,
        typer.Option(
            help="Page size: A4, A3, Letter, ..., or WIDTHxHEIGHT in mm, such as 210x297.",
            show_default="2582 x 3652 px at 300 dpi",
            autocompletion=completing(page_sizes),
        ),
    ] = "default",
    font: Annotated[
        str | None,
        typer.Option(
            help="Music font of the engraving: Bravura, Gootville, Leipzig, Leland, Petaluma.",
            autocompletion=completing(fonts),
        ),
    ] = None,
    staff_height: Annotated[
        float | None, typer.Option(metavar="MM", help="Height of a five-line staff in mm.")
    ] = None,
    classes: Annotated[str | None, typer.Option(metavar="NAME|FILE", help=CLASSES_HELP)] = None,
    keep: Annotated[list[str] | None, typer.Option(metavar="CLASS,...", help=KEEP_HELP)] = None,
    drop: Annotated[list[str] | None, typer.Option(metavar="CLASS,...", help=DROP_HELP)] = None,
    merge: Annotated[list[str] | None, typer.Option(metavar="NEW=OLD+OLD", help=MERGE_HELP)] = None,
    crop_music: Annotated[str | None, typer.Option(metavar="NAME,...", help=CROP_MUSIC_HELP)] = None,
    tree: Annotated[bool, typer.Option("--tree", help=TREE_HELP)] = False,
    split: Annotated[str | None, typer.Option(metavar="NAME=SHARE,...", help=SPLIT_HELP)] = None,
    regions: Annotated[
        bool, typer.Option(help="Include the outline and name of every object in SVG files.")
    ] = True,
    prove: Annotated[
        bool,
        typer.Option(
            "--verify", help="Prove that the pages show what the scores say; exit with status 3 if not."
        ),
    ] = False,
    own_layout: Annotated[
        bool | None,
        typer.Option(
            "--own-layout/--no-own-layout",
            help="Whether each writer breaks and fills lines in their own way.",
            show_default="as the look says, otherwise no",
        ),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=OVERWRITE_HELP)] = False,
    skip_existing: Annotated[
        bool, typer.Option("--skip-existing", help=f"{SKIP_HELP} Continues an interrupted run.")
    ] = False,
    all_issues: Annotated[
        bool, typer.Option("--issues", help="List every issue instead of a summary.")
    ] = False,
    json_lines: Annotated[
        bool, typer.Option("--json", help="Print a line of JSON about each sample to the standard output.")
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
        existing = Existing.chosen(overwrite, skip_existing)
        if output.exists() and not output.is_dir():
            raise SettingsError(f"The output folder {output} is a file. Choose another name.")
        conditions, sources = _conditions(scores, compose), expand_sources(scores or [], output)
        chosen = ChosenFormats.of_options(
            formats,
            overlay,
            regions,
            classes=selection_of_options(classes, keep, drop, merge),
            tree=tree,
            split=split,
            crop_music=crop_music,
        )
        if conditions is None:
            wanted = samples_of([source.path for source in sources], output_names(sources), samples, index)
        else:
            wanted = composed_samples(count, samples, index)
        guard = OutputGuard([*(source.path for source in sources), *([recipe] if recipe else [])], existing)
        _check_tree_files(chosen, output, guard)
        missing = _missing(wanted, chosen, output, guard)
        with warnings_as_notes(console):
            if recipe is None:
                maker = make_model(
                    model,
                    hand,
                    writer,
                    seed,
                    dpi,
                    page,
                    font,
                    staff_height,
                    preset,
                    paper,
                    look,
                    own_layout,
                    trust,
                )
            else:
                maker = model_of_recipe(context, recipe, seed, trust)
        if chosen.draw_pages:
            check_sheet(maker)
        renderer = Renderer(maker, chosen, prove, conditions)
        output.mkdir(parents=True, exist_ok=True)
    except (SmashcimaError, OSError) as error:
        errors.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error

    outcomes: list[Outcome] = []
    rendering = closing(_rendered(missing, renderer, OutputFolder(output, guard), jobs))
    with page_progress(console, len(missing)) as tell, rendering as rendered:
        for outcome in rendered:
            outcomes.append(outcome)
            tell(outcome.pages)
            if json_lines:
                typer.echo(as_json(outcome))

    try:
        write_tree_files(chosen, output)
    except (SmashcimaError, OSError, ValueError) as error:
        errors.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error
    if "svg" in chosen.names and _is_degraded(renderer.model):
        console.print(
            "[yellow]Note:[/] SVG files show the clean pages, without the degradation.", highlight=False
        )
    noun = "score" if samples == 1 else "sample"
    kept = len(wanted) - len(missing)
    print_report(console, errors, outcomes, output, all_issues=all_issues, kept=kept, noun=noun)
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(1)
    if any(outcome.disagreements for outcome in outcomes):
        raise typer.Exit(DISAGREES)


def _conditions(scores: list[Path] | None, compose: str | None) -> Conditions | None:
    """The conditions of the music to compose; `None` if scores are read."""
    if compose is None:
        if not scores:
            raise SettingsError("Name scores to render, or compose music with --compose.")
        return None
    if scores:
        raise SettingsError("Scores and --compose cannot be given together.")
    from smashcima.cli.compose import conditions_of_text

    return conditions_of_text(compose)


def _check_tree_files(formats: ChosenFormats, output: Path, guard: OutputGuard) -> None:
    """Raises a `SettingsError` if a file of the whole tree exists, and is an input or not to be replaced."""
    for path in tree_files(formats, output):
        if guard.is_input(path):
            raise SettingsError(f"{path} is an input of this command, and inputs are never overwritten.")
        if path.exists() and guard.existing is Existing.REFUSE:
            raise SettingsError(
                f"{path} exists. Give --skip-existing to add to the tree in this folder, --overwrite to replace its files, or "
                "another folder."
            )


def _is_degraded(model: ScoreModel) -> bool:
    """Whether images of the model differ from the clean page."""
    from smashcima.imaging import NullPostprocessor
    from smashcima.imaging.filters import Filter

    postprocessor = model.postprocessor
    if isinstance(postprocessor, Filter):
        return postprocessor.strength > 0 and len(getattr(postprocessor, "filters", [postprocessor])) > 0
    return not isinstance(postprocessor, NullPostprocessor)


def _missing(samples: list[Sample], formats: ChosenFormats, output: Path, guard: OutputGuard) -> list[Sample]:
    """The samples that have to be rendered.

    Raises:
        SettingsError: files exist, and are neither to be replaced nor kept; or they are inputs.
    """
    names = frozenset(sample.name for sample in samples)
    missing, there = list[Sample](), list[Path]()
    for sample in samples:
        inputs = [path for path in formats.first_files(sample, output) if guard.is_input(path)]
        if inputs:
            raise SettingsError(
                f"{inputs[0]} is an input of this command, and inputs are never overwritten. Choose another folder."
            )
        found, is_complete = formats.existing(sample, output, names)
        there.extend(found[:1])
        if guard.existing is not Existing.KEEP or not is_complete:
            missing.append(sample)
    if there and guard.existing is Existing.REFUSE:
        raise SettingsError(
            f"{there[0]} exists, and so do files of {len(there)} of {len(samples)} samples. "
            "Give --overwrite to replace them, --skip-existing to keep them, or another folder."
        )
    return missing


def _rendered(
    samples: Iterable[Sample], renderer: Renderer, folder: OutputFolder, jobs: int
) -> Generator[Outcome, None, None]:
    """Renders samples and moves their files to the folder."""
    with folder.workshop() as workshop:
        tasks = ((sample, workshop / str(number)) for number, sample in enumerate(samples))
        for (_, place), outcome in _outcomes(tasks, renderer, jobs):
            if place.is_dir():
                try:
                    outcome.files = [str(path) for path in folder.receive(place, outcome.source)]
                except ExportError as error:
                    outcome.error = outcome.error or f"{error}."
            yield outcome


def _outcomes(tasks: Iterable[Task], renderer: Renderer, jobs: int) -> Iterator[tuple[Task, Outcome]]:
    """Renders each task into its folder, in this process or in several."""
    if jobs == 1:
        for task in tasks:
            yield task, renderer.render(*task)
        return
    with closing(WorkerPool(renderer, jobs)) as pool:
        yield from pool.run(tasks)
