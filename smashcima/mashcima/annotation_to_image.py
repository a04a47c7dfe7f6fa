"""Images of annotations with symbols of a given repository."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError
from smashcima.imaging import PixelGrid
from smashcima.mashcima.canvas import Canvas
from smashcima.mashcima.canvas_options import CanvasOptions
from smashcima.mashcima.distortion import Distortion
from smashcima.mashcima.frame import FULL_WIDTH_PX, Frame
from smashcima.mashcima.staff_image import ink_of, warn_about_cut_ink
from smashcima.mashcima.symbol_repository import SymbolRepository
from smashcima.mashcima.synthesis_model import CanvasStaff
from smashcima.mashcima.warning import warn_about
from smashcima.notations.mashcima import parse_annotation_into_token_groups
from smashcima.orchestration import StaffScene
from smashcima.randomness import Stream


class StavesOptions(NamedTuple):
    """The options of images of several staves; see `synthesize`."""

    main_canvas_options: CanvasOptions | None = None
    above_canvas_options: CanvasOptions | None = None
    below_canvas_options: CanvasOptions | None = None
    min_width: float = 0
    crop_horizontally: bool = True
    crop_vertically: bool = True
    transform_image: bool = True


def annotation_to_canvas(canvas: Canvas, annotation: str, print_warnings: bool = True) -> None:
    """Adds the items of an annotation to a canvas.

    An annotation that is not valid is repaired. Repairs are issued as an `AnnotationWarning`, unless `print_warnings` is
    false.
    """
    groups, found = parse_annotation_into_token_groups(annotation)
    if print_warnings:
        warn_about(found)
    for group in groups:
        canvas.add(group)


def annotation_to_image(
    repo: SymbolRepository, annotation: str, *, seed: int | None = None
) -> NDArray[np.float32]:
    """Draws an annotation on a staff of 3129 px in an image of 354 px height, as `Canvas.render`."""
    canvas = Canvas()
    annotation_to_canvas(canvas, annotation)
    return canvas.render(repo, seed=seed)


def multi_staff_annotation_to_image(
    repo: SymbolRepository,
    main_annotation: str,
    above_annotation: str | None = None,
    below_annotation: str | None = None,
    main_canvas_options: CanvasOptions | None = None,
    above_canvas_options: CanvasOptions | None = None,
    below_canvas_options: CanvasOptions | None = None,
    min_width: float = 0,
    crop_horizontally: bool = True,
    crop_vertically: bool = True,
    transform_image: bool = True,
    *,
    seed: int | None = None,
) -> NDArray[np.float32]:
    """Draws a staff with those above and below; the arguments are those of `synthesize`."""
    options = StavesOptions(
        main_canvas_options,
        above_canvas_options,
        below_canvas_options,
        min_width,
        crop_horizontally,
        crop_vertically,
        transform_image,
    )
    return ink_of(*draw_staves(repo, main_annotation, above_annotation, below_annotation, options, seed))


def draw_staves(
    repo: SymbolRepository,
    main_annotation: str,
    above_annotation: str | None,
    below_annotation: str | None,
    options: StavesOptions,
    seed: int | None,
) -> tuple[StaffScene, PixelGrid]:
    """Draws staves; returns their scene, and the pixels of the image.

    Issues warnings about repairs of annotations, and about everything that is not drawn.
    """
    least = options.min_width
    if not (isinstance(least, int | float) and math.isfinite(least) and least >= 0):
        raise SettingsError(f"min_width must be a width of zero or more pixels, not {least!r}.")
    layout: dict[str, Any] = {"min_width_px": least, "is_cropped": options.crop_horizontally}
    main = (options.main_canvas_options or CanvasOptions.get_empty()).filled(
        barlines_up=above_annotation is not None, barlines_down=below_annotation is not None
    )
    staff = replace(
        _canvas(main_annotation).staff(main, **layout),
        above=_neighbour(above_annotation, options.above_canvas_options, layout),
        below=_neighbour(below_annotation, options.below_canvas_options, layout),
    )
    with repo.model(seed) as model:
        scene = model(staff, index=0)
    neighbours = [each for each in (staff.above, staff.below) if each is not None]
    warn_about([*scene.issues, *(issue for each in neighbours for issue in each.issues)])
    frame = Frame.of(scene, one_staff=options.crop_vertically)
    if not options.crop_horizontally and frame.width_px > FULL_WIDTH_PX:
        warn_about([f"the staves need an image of {frame.width_px} px instead of {FULL_WIDTH_PX} px"])
    if options.transform_image:
        rng = Stream.of_sample(scene.seed, scene.index).child("distortion").generator()
        frame = frame.distorted(Distortion.sample(frame.width_px, frame.height_px, rng))
    advice = " crop_vertically=False shows more." if options.crop_vertically else ""
    warn_about_cut_ink(scene, frame.grid, advice)
    return scene, frame.grid


def _neighbour(
    annotation: str | None, options: CanvasOptions | None, layout: Mapping[str, Any]
) -> CanvasStaff | None:
    return None if annotation is None else _canvas(annotation).staff(options, **layout)


def _canvas(annotation: str) -> Canvas:
    canvas = Canvas()
    annotation_to_canvas(canvas, annotation)
    return canvas
