"""`smashcima assets licenses`: licences and citations of pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from smashcima.cli.messages import text_of
from smashcima.errors import ExportError, SmashcimaError
from smashcima.scene.graph.saving.files import is_scene_file

if TYPE_CHECKING:
    from smashcima.assets.bundles import Credit


def licenses(
    made: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            exists=True,
            help="A saved scene, JSON that contains the versions of scenes, or the folder of a data set.",
        ),
    ] = None,
) -> None:
    """Show the licences and citations of asset bundles and built-in parts.

    With FILE, show those of the bundles that it was made from, and, of a data set, the licences of its music;
    otherwise, show those of all installed bundles.
    """
    from smashcima.assets.bundles import (
        BUILT_IN,
        AssetRepository,
        credit_of,
        credits_of_record,
        recorded_bundles,
    )

    repository = AssetRepository.default()
    music: dict[str, int] = {}
    try:
        if made is None:
            manifests = [each.manifest for each in repository.list()]
            credits = tuple(credit_of(manifest) for manifest in manifests if manifest is not None)
        else:
            if made.is_dir():
                record = _provenance_in(made)
                music = record.get("music licences", {})
            else:
                record = _record_in(made)
            credits = credits_of_record(recorded_bundles(record), repository)
    except (SmashcimaError, OSError) as error:
        Console(stderr=True).print(
            f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True
        )
        raise typer.Exit(1) from error
    console = Console()
    if music:
        console.print("[bold]Music[/]")
        for licence, images in sorted(music.items()):
            console.print(f"  [bold]{escape(licence)}[/]: {images} images", highlight=False, soft_wrap=True)
    none = "No bundles are installed." if made is None else f"{made.name} names no bundles."
    _print(console, "Asset bundles", credits, none)
    _print(console, "Built in", BUILT_IN, "")


def _provenance_in(folder: Path) -> Any:
    """Reads the provenance of a data set."""
    from smashcima.datasets.running import PROVENANCE

    path = folder / PROVENANCE
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise ExportError(
            f"{folder} has no {PROVENANCE}, which `smashcima generate` writes when a data set is complete."
        ) from error
    except ValueError as error:
        raise ExportError(f"{path} is not JSON: {error}.") from error


def _record_in(path: Path) -> Any:
    """Reads the versions of a saved scene, or the content of a JSON file."""
    if is_scene_file(path):
        from smashcima.orchestration import MusicScene

        return MusicScene.load(path).versions
    try:
        return json.loads(path.read_bytes())
    except ValueError as error:
        raise ExportError(
            f"{path} is neither a saved scene nor JSON; pass a file of `scene.save`, or JSON that contains the "
            "`versions` of scenes."
        ) from error


def _print(console: Console, title: str, credits: tuple[Credit, ...], none: str) -> None:
    console.print(f"[bold]{title}[/]")
    for credit in credits:
        remark = f" ({credit.remark})" if credit.remark else ""
        console.print(
            f"  [bold]{escape(f'{credit.name} {credit.version}'.rstrip())}[/]: {escape(credit.license)}{escape(remark)}\n"
            f"      {escape(credit.citation)}",
            highlight=False,
            soft_wrap=True,
        )
    if not credits:
        console.print(f"  {none}", highlight=False)
