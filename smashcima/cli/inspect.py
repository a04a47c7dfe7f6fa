"""`smashcima inspect`: draws labels over their image."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from smashcima.cli.issues import print_issues
from smashcima.cli.messages import text_of
from smashcima.cli.protection import OVERWRITE_HELP, check_file
from smashcima.errors import SettingsError, SmashcimaError

if TYPE_CHECKING:
    from smashcima.exporting.overlay import MroView

_USUAL_SIDE_PX = 2550.0
"""Shorter side of a typical sheet at 300 dpi, in pixels. Lines and letters are scaled to it."""

_LARGE = 0.004
"""Areas larger than this share of the image are outlined instead of filled; no symbol is so large."""


def inspect(
    image: Annotated[Path, typer.Argument(metavar="IMAGE", help="The image.")],
    labels: Annotated[
        Path,
        typer.Argument(
            metavar="LABELS",
            help="The labels: MuNG, COCO, YOLO, DeepScores, PAGE XML, alignment, or the MRO file of a recogniser. The "
            "format is detected.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="The image to write; by default NAME-labels.png in the current folder.",
        ),
    ] = None,
    boxes: Annotated[bool, typer.Option("--boxes", help="Draw boxes.")] = False,
    outlines: Annotated[
        bool, typer.Option("--outlines", help="Draw outlines of masks and polygons.")
    ] = False,
    masks: Annotated[bool, typer.Option("--masks", help="Fill masks and polygons with colour.")] = False,
    names: Annotated[bool, typer.Option("--names", help="Draw the names of classes.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="CLASS", help="Draw only this class; repeatable."),
    ] = None,
    classes: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="data.yaml or classes.txt with the class names of YOLO labels; by default searched for beside the labels.",
        ),
    ] = None,
    page: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Page of an MRO file; by default the only one, or the one of this image."
        ),
    ] = None,
    scale: Annotated[
        float | None,
        typer.Option(
            metavar="PX", help="Pixels per unit (1/16 staff space) of an MRO file; by default as it says."
        ),
    ] = None,
    offset: Annotated[
        str | None,
        typer.Option(
            metavar="X,Y", help="Shift of the objects of an MRO file to the right and down, in pixels."
        ),
    ] = None,
    skew: Annotated[
        float | None,
        typer.Option(
            metavar="DEG",
            help="Clockwise turn of the objects of an MRO file about the middle of the image, in degrees.",
        ),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help=OVERWRITE_HELP)] = False,
    fit: Annotated[
        bool,
        typer.Option("--fit", help="Fit the page of an MRO file to the staff lines of the image."),
    ] = False,
) -> None:
    """Draw labels, or the result of a recogniser, over an image. By default, draws boxes and names.

    Example: smashcima inspect page.png page.mung --masks -o labels.png
    """
    console, errors = Console(stderr=True), Console(stderr=True)
    try:
        import numpy as np

        from smashcima.exporting import write_image
        from smashcima.exporting.overlay import draw_marks, read_labels, read_picture

        target = output or Path(f"{image.stem}-labels.png")
        check_file(target, [image, labels], overwrite)
        if not (boxes or outlines or masks or names):
            boxes = names = True
        picture = read_picture(image)
        height, width = picture.shape[:2]
        view = _view(page, scale, offset, skew)
        found = read_labels(
            labels,
            width,
            height,
            image.name,
            classes,
            outlines=outlines or masks,
            view=view,
            fit_to=picture if fit else None,
        )
        marks = found.marks
        if only:
            unknown = sorted(set(only).difference(marks.names))
            if unknown:
                there = ", ".join(sorted(set(marks.names))) or "none"
                raise SmashcimaError(f"{labels} has no class {', '.join(unknown)}. Its classes: {there}.")
            marks = marks.chosen([index for index, name in enumerate(marks.names) if name in only])
        dpi = 300 * min(width, height) / _USUAL_SIDE_PX
        drawn = picture
        if masks:
            # Filled staves, systems and pages would hide their content.
            is_large = marks.areas() > _LARGE * width * height
            fields, rest = (marks.chosen(np.flatnonzero(which).tolist()) for which in (is_large, ~is_large))
            drawn = draw_marks(draw_marks(drawn, fields, outlines=True, dpi=dpi), rest, fill=True, dpi=dpi)
        drawn = draw_marks(drawn, marks, boxes=boxes, outlines=outlines, names=names, dpi=dpi)
        write_image(drawn, target)
    except (SmashcimaError, OSError) as error:
        errors.print(f"Error: {text_of(error)}", style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from error
    print_issues(console, found.issues)
    if fit and found.view is not None:
        (x, y), view = found.view.offset_px, found.view
        console.print(
            f"fitted: --scale {view.scale:.4f} --offset {x:g},{y:g} --skew {view.skew_deg:.2f}",
            highlight=False,
        )
    counts = Counter(marks.names)
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        console.print(f"{count:6} {name}", markup=False, highlight=False)
    console.print(
        f"✓ {len(marks)} labels ({found.format}) in {target}", markup=False, highlight=False, soft_wrap=True
    )


def _view(page: int | None, scale: float | None, offset: str | None, skew: float | None) -> MroView | None:
    """The place of an MRO page; `None` if no option is given."""
    from smashcima.exporting.overlay import MroView

    if page is None and scale is None and offset is None and skew is None:
        return None
    try:
        x, y = (float(part) for part in (offset or "0,0").split(","))
    except ValueError as error:
        raise SettingsError(
            f"--offset {offset} is not a pair of numbers in pixels, such as 12,-3.5."
        ) from error
    return MroView(page, scale, (x, y), skew or 0.0)
