"""`smashcima compose`: composes scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from smashcima.cli.issues import print_issues
from smashcima.cli.messages import text_of
from smashcima.cli.protection import OVERWRITE_HELP, check_file
from smashcima.cli.score_formats import SCORE_FORMATS, Choices, format_of_file
from smashcima.errors import Issue, SettingsError, SmashcimaError

if TYPE_CHECKING:
    from smashcima.composing import Composer, Conditions


def compose(
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", help="File to write; its suffix is that of a score format."
        ),
    ],
    conditions: Annotated[
        str | None,
        typer.Option(
            metavar="CONDITIONS",
            help="All conditions: a YAML or JSON file, or text such as 'genre: waltz, shares: {ornaments: 0.1}'. The options "
            "below replace those in it.",
        ),
    ] = None,
    key: Annotated[str | None, typer.Option(help="Key, such as 'G minor' or 'Bb major'.")] = None,
    metre: Annotated[
        str | None, typer.Option("--metre", "--time", help="Time signature, such as 3/4 or common.")
    ] = None,
    ensemble: Annotated[
        str | None,
        typer.Option(
            "--for", help="Ensemble or instrument, such as piano or 'string quartet'; several with commas."
        ),
    ] = None,
    staves: Annotated[int | None, typer.Option(help="Number of staves, 1 to 24.")] = None,
    measures: Annotated[int | None, typer.Option(help="Number of measures.")] = None,
    texture: Annotated[str | None, typer.Option(help="Figure of the accompaniment, such as alberti.")] = None,
    density: Annotated[float | None, typer.Option(help="Density of the melody, 0 to 1.")] = None,
    style: Annotated[str | None, typer.Option(help="baroque, classical, romantic or modern.")] = None,
    genre: Annotated[str | None, typer.Option(help="Kind of piece, such as waltz or nocturne.")] = None,
    form: Annotated[str | None, typer.Option(help="Plan of the phrases, such as ternary.")] = None,
    tempo: Annotated[str | None, typer.Option(help="Tempo words, such as Allegro.")] = None,
    lyrics: Annotated[str | None, typer.Option(help="Language of the lyrics, or none.")] = None,
    title: Annotated[str | None, typer.Option(help="Title, such as '{genre} in {key}'.")] = None,
    composer: Annotated[str | None, typer.Option(help="Name of the composer.")] = None,
    learned: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Compose in the manner of a corpus: a model that `smashcima learn` has written.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed: another one gives another piece.")] = 0,
    count: Annotated[int, typer.Option(min=1, metavar="N", help="Number of pieces: FILE-1, FILE-2, ...")] = 1,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=OVERWRITE_HELP)] = False,
    all_issues: Annotated[
        bool, typer.Option("--issues", help="List every issue instead of a summary.")
    ] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Compose scores, and write them in any score format.

    Conditions that a piece does not meet are listed.

    Example: smashcima compose --key "G minor" --metre 3/4 --for piano --measures 32 -o out.musicxml
    """
    console = Console(stderr=True, quiet=quiet)
    errors = Console(stderr=True)
    given = {
        "key": key,
        "metre": metre,
        "ensemble": ensemble if ensemble is None or "," not in ensemble else ensemble.split(","),
        "staves": staves,
        "measures": measures,
        "texture": texture,
        "density": density,
        "style": style,
        "genre": genre,
        "form": form,
        "tempo": tempo,
        "lyrics": lyrics,
        "title": title,
        "composer": composer,
    }
    try:
        wanted = conditions_of_text(
            conditions, {name: value for name, value in given.items() if value is not None}
        )
        found = _write(output, wanted, _composer(learned), seed, count, overwrite)
    except (SmashcimaError, OSError) as error:
        errors.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    if found:
        console.print(f"[yellow]{len(found)} issues:[/]")
        if all_issues:
            for issue in found:
                console.print(f"  • {issue}", markup=False, highlight=False, soft_wrap=True)
        else:
            print_issues(console, found)
    console.print(f"[green]✓[/] {count} pieces composed", highlight=False)


def conditions_of_text(text: str | None, more: dict[str, Any] | None = None) -> Conditions:
    """Conditions from the path of a YAML or JSON file, or from a YAML mapping without braces; `any` for none.

    `more` replaces some of them. Raises a `SmashcimaError`.
    """
    from smashcima.composing import Conditions
    from smashcima.orchestration.recipes.text_form import read_text

    data: Any = {}
    if text is not None and text.strip() not in ("", "any"):
        path = Path(text)
        is_file = path.suffix.lower() in (".yaml", ".yml", ".json")
        source = path.read_text(encoding="utf-8") if is_file else text.strip()
        if not is_file and not source.startswith("{"):
            source = f"{{{source}}}"
        data = read_text(
            source, path.suffix.lower() == ".json", path.name if is_file else "the conditions"
        ).data
    if not isinstance(data, dict):
        raise SettingsError(f"Conditions are a mapping such as 'key: G minor, for: piano', not {text!r}.")
    return Conditions.from_data({**data, **(more or {})})


def _composer(learned: Path | None) -> Composer:
    from smashcima.composing import CorpusComposer, GrammarComposer

    return GrammarComposer() if learned is None else CorpusComposer(learned)


def _write(
    output: Path, conditions: Conditions, composer: Composer, seed: int, count: int, overwrite: bool
) -> list[Issue]:
    from dataclasses import replace

    from smashcima.orchestration import EngravedModel
    from smashcima.orchestration.composed_model import compose_sample

    target = SCORE_FORMATS[format_of_file(output)]
    exporter = target.make_exporter(Choices())
    output.parent.mkdir(parents=True, exist_ok=True)
    issues: list[Issue] = []
    suffix = next(each for each in target.suffixes if output.name.lower().endswith(each))
    stem = output.name[: -len(suffix)]
    paths = (
        [output]
        if count == 1
        else [output.with_name(f"{stem}-{index + 1}{suffix}") for index in range(count)]
    )
    for path in paths:
        check_file(path, [], overwrite)
    for index, path in enumerate(paths):
        made = compose_sample(composer, conditions, seed, index)
        issues += made.issues
        subject: Any = made.score
        if target.needs_layout:
            subject = replace(made, engraving=EngravedModel(seed=0).lay_out(made))
        exporter.write(subject, path)
    return issues
