"""`smashcima plan`: writes, checks and previews plans of data sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from smashcima.cli.generate import exits_on_errors
from smashcima.cli.plan_template import plan_template
from smashcima.cli.protection import OVERWRITE_HELP, check_file
from smashcima.cli.trust import TRUST_HELP, check_trust_of_plan
from smashcima.errors import SettingsError, SmashcimaError
from smashcima.files import write_file

if TYPE_CHECKING:
    from smashcima.datasets.generation import GenerationPlan, SampleMaker

_PREVIEW_DPI = 80.0
"""Highest resolution of pages that are shrunk for a preview anyway."""

_MOST_NAMED = 10
"""Number of scores that are named with the reason why they are left out."""

_MOST_REJECTED = 12
"""Scores that a filter leaves out and that are listed."""

app = typer.Typer(
    help="Write, check and preview plans of data sets.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_Plan = Annotated[Path, typer.Argument(metavar="PLAN", help="The plan, in YAML or JSON.")]
_Trust = Annotated[bool, typer.Option("--trust", help=TRUST_HELP.replace("recipe", "plan"))]


@app.command()
def new(
    path: Annotated[
        Path, typer.Argument(metavar="[PATH]", help="The file to write; - prints the plan.")
    ] = Path("plan.yaml"),
    overwrite: Annotated[bool, typer.Option("--overwrite", help=OVERWRITE_HELP)] = False,
) -> None:
    """Write a plan with comments on every field, to be edited."""
    if str(path) == "-":
        typer.echo(plan_template(), nl=False)
        return
    with exits_on_errors(Console(stderr=True)):
        check_file(path, [], overwrite)
        write_file(path, plan_template().encode())
    Console(stderr=True).print(
        f"[green]✓[/] {path}. Edit it, then run: smashcima plan check {path}",
        highlight=False,
        soft_wrap=True,
    )


@app.command("from-images")
def from_images(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A folder of images of pages, or of PDF files.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The plan to write: .yaml or .json.")
    ] = Path("plan.yaml"),
    scores: Annotated[
        str, typer.Option(metavar="DIR", help="The folder of scores to render, relative to the plan.")
    ] = "scores/",
    model: Annotated[str, typer.Option(help="handwritten or printed.")] = "handwritten",
    count: Annotated[int, typer.Option(min=1, help="Number of pages.")] = 1000,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=OVERWRITE_HELP)] = False,
) -> None:
    """Write a plan for pages that resemble a collection: its scale, size, paper, resolution and density."""
    errors = Console(stderr=True)
    with exits_on_errors(errors):
        from smashcima.datasets.curation import look_of_collection, plan_like
        from smashcima.orchestration.recipes.text_form import to_json, to_yaml

        check_file(output, [], overwrite)
        look = look_of_collection(folder)
        data = plan_like(look, scores, model=model, count=count)
        text = to_json(data) if output.suffix.lower() == ".json" else to_yaml(data)
        write_file(output, text.encode())
    table = Table.grid(padding=(0, 2))
    for name, value in (
        ("pages", f"{look.pages}, {look.without_staves} of them without staves"),
        ("size", f"{look.width_px:.0f} x {look.height_px:.0f} px"),
        ("staff height", f"{4 * look.staff_space_px:.1f} px, which is 7 mm at {look.dpi:.0f} dpi"),
        ("paper", f"BGR {', '.join(f'{value:.0f}' for value in look.paper)}"),
        ("degradation", look.degradation or "none"),
    ):
        table.add_row(name, value)
    Console().print(table, highlight=False, markup=False)
    errors.print(f"[green]✓[/] {output}", highlight=False, soft_wrap=True)


@app.command()
def check(plan: _Plan, trust: _Trust = False) -> None:
    """Check a plan, its sources and the options of its model, without making anything."""
    errors = Console(stderr=True)
    with exits_on_errors(errors):
        wanted, maker = _opened(plan, trust)
        maker.check_model()
        from smashcima.datasets.layouts import make_layout

        shards = -(-wanted.count // make_layout(wanted.layout).samples_per_shard)
    table = Table.grid(padding=(0, 2))
    for name, text in (
        ("samples", f"{wanted.count} in {shards} shards"),
        *(
            ("source", f"{_first(source)}: {'endless' if size is None else f'{size} scores'}")
            for source, size in zip(wanted.sources, maker.source_sizes, strict=True)
        ),
        *_left_out(maker),
        ("model", str(wanted.model["model"])),
        ("images", f"{wanted.image.format}, {wanted.image.dpi:g} dpi, crops: {wanted.image.crops}"),
        ("labels", ", ".join(wanted.labels)),
        ("layout", str(wanted.layout["name"])),
        ("splits", ", ".join(f"{name} {weight:g}" for name, weight in wanted.splits.items())),
    ):
        table.add_row(name, text)
    Console().print(table, highlight=False, markup=False)
    rejected = maker.rejected
    for each in rejected[:_MOST_REJECTED]:
        errors.print(f"left out: {each.name}: {each.reason}", markup=False, highlight=False, soft_wrap=True)
    if len(rejected) > _MOST_REJECTED:
        errors.print(f"… and {len(rejected) - _MOST_REJECTED} more scores are left out", highlight=False)
    errors.print(f"[green]✓[/] The plan {plan} can be carried out.", highlight=False, soft_wrap=True)


@app.command()
def preview(
    plan: _Plan,
    number: Annotated[int, typer.Option("-n", min=1, max=400, help="Number of samples.")] = 12,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The image to write: .png or .jpg.")
    ] = Path("preview.png"),
    overwrite: Annotated[bool, typer.Option("--overwrite", help=OVERWRITE_HELP)] = False,
    trust: _Trust = False,
) -> None:
    """Write a contact sheet of the first samples of a plan.

    Pages are made at a low resolution and without labels; otherwise they are those of the data set.
    """
    errors = Console(stderr=True)
    with exits_on_errors(errors):
        if output.suffix.lower() not in (".png", ".jpg", ".jpeg"):
            raise SettingsError(f"{output} must end with .png or .jpg.")
        check_file(output, [plan], overwrite)
        wanted, _ = _opened(plan, trust)
        image = replace(wanted.image, dpi=min(wanted.image.dpi, _PREVIEW_DPI))
        small = replace(wanted, image=image, labels=(), layout={"name": "folders"})
        failed = _write_preview(small, min(number, wanted.count), output, errors)
    errors.print(f"[green]✓[/] {output}", highlight=False, soft_wrap=True)
    if failed:
        raise typer.Exit(1)


def _write_preview(plan: GenerationPlan, number: int, output: Path, errors: Console) -> int:
    """Writes the contact sheet; prints the samples that fail, and returns their number."""
    from smashcima.datasets.generation import SampleMaker
    from smashcima.imaging import contact_sheet, write_image

    maker, cells, failed = SampleMaker(plan), list[tuple[str, bytes | None]](), 0
    maker.check_model(1)
    for index in range(number):
        picture: bytes | None = None
        try:
            record = next(maker.make(index), None)
            picture = None if record is None else record.files[record.image_suffix]
        except SmashcimaError as error:
            failed += 1
            text = f"✗ sample {index}, {maker.source_of(index)}: {error}"
            errors.print(text, style="red", markup=False, highlight=False, soft_wrap=True)
        cells.append((f"{index}: {maker.source_of(index)}", picture))
    write_image(contact_sheet(cells), output)
    return failed


def _left_out(maker: SampleMaker) -> Iterator[tuple[str, str]]:
    """Rows about the scores that the sources leave out, the first ones with reasons."""
    for number, score in enumerate(maker.rejected):
        if number == _MOST_NAMED:
            yield "", f"… and {len(maker.rejected) - number} more"
            return
        yield f"{len(maker.rejected)} left out" if number == 0 else "", f"{score.name}: {score.reason}"


def _opened(path: Path, trust: bool) -> tuple[GenerationPlan, SampleMaker]:
    from smashcima.datasets.generation import GenerationPlan, SampleMaker

    plan = GenerationPlan.load(path)
    check_trust_of_plan(plan, path.name, trust)
    return plan, SampleMaker(plan)


def _first(source: object) -> str:
    """The kind and the main argument of a source."""
    from collections.abc import Mapping

    assert isinstance(source, Mapping)
    key = next(name for name in source if name not in ("weight", "licence", "filter"))
    return f"{key} {source[key]}"
