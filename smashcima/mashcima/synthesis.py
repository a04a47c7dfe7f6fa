"""Images of annotations with the symbols of the default repository."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.mashcima.annotation_to_image import (
    StavesOptions,
    draw_staves,
    multi_staff_annotation_to_image,
)
from smashcima.mashcima.canvas_options import CanvasOptions
from smashcima.mashcima.staff_image import StaffImage
from smashcima.mashcima.symbol_repository import SymbolRepository

TRAINING_MIN_WIDTH = 1200


def synthesize(
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
    symbol_repository: SymbolRepository | None = None,
    *,
    seed: int | None = None,
) -> NDArray[np.float32]:
    """Draws a handwritten staff.

    Args:
        main_annotation: the annotation of the staff.
        above_annotation: the annotation of the staff above, if there is one.
        below_annotation: the annotation of the staff below, if there is one.
        main_canvas_options: the layout of the staff. By default, its barlines reach to the staves above and below.
        above_canvas_options: the layout of the staff above.
        below_canvas_options: the layout of the staff below.
        min_width: minimum width of the image in pixels, before it is distorted; shorter staves are continued.
        crop_horizontally: whether the image ends with the content of the staff; otherwise it is 3129 px wide, or wider
            if a staff needs more.
        crop_vertically: whether the image shows one staff, in 354 px; otherwise three, in 1062 px.
        transform_image: whether the image is skewed, stretched, rotated and padded at random.
        symbol_repository: the handwriting; by default `SymbolRepository.DEFAULT_REPOSITORY`.
        seed: images of the same seed are equal; by default they are random.

    Returns:
        The image, (height_px, width_px), 0 = paper, 1 = ink. The staff is 118 px high, and its middle line is in row 178.

    Warns:
        AnnotationWarning: an annotation was repaired, or a part of it is not drawn.
        CutInkWarning: ink of the staff lies outside of the image.

    Raises:
        SettingsError: an option is invalid.
        EngravingError: a staff is longer than 27,000 px.
    """
    return multi_staff_annotation_to_image(
        symbol_repository or SymbolRepository.default(),
        main_annotation,
        above_annotation,
        below_annotation,
        main_canvas_options,
        above_canvas_options,
        below_canvas_options,
        min_width,
        crop_horizontally,
        crop_vertically,
        transform_image,
        seed=seed,
    )


def synthesize_with_truth(
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
    symbol_repository: SymbolRepository | None = None,
    *,
    seed: int | None = None,
) -> StaffImage:
    """Draws a handwritten staff with the regions of all symbols; the arguments are those of `synthesize`.

    The pixels are those that `synthesize` returns for the same seed.
    """
    options = StavesOptions(
        main_canvas_options,
        above_canvas_options,
        below_canvas_options,
        min_width,
        crop_horizontally,
        crop_vertically,
        transform_image,
    )
    repository = symbol_repository or SymbolRepository.default()
    return StaffImage.of(
        *draw_staves(repository, main_annotation, above_annotation, below_annotation, options, seed)
    )


def synthesize_for_beauty(
    main_annotation: str,
    above_annotation: str | None = None,
    below_annotation: str | None = None,
    symbol_repository: SymbolRepository | None = None,
    *,
    seed: int | None = None,
) -> NDArray[np.float32]:
    """Draws a handwritten staff that is not distorted, without random spaces and random directions of stems.

    The arguments are those of `synthesize`.
    """
    tidy = CanvasOptions.get_tidy()
    return synthesize(
        main_annotation,
        above_annotation,
        below_annotation,
        tidy,
        tidy,
        tidy,
        transform_image=False,
        symbol_repository=symbol_repository,
        seed=seed,
    )


def synthesize_for_training(
    main_annotation: str,
    above_annotation: str | None = None,
    below_annotation: str | None = None,
    symbol_repository: SymbolRepository | None = None,
    *,
    seed: int | None = None,
) -> NDArray[np.float32]:
    """Draws a handwritten staff with random spaces and distortion, at least 1200 px wide before it is distorted.

    The arguments are those of `synthesize`.
    """
    return synthesize(
        main_annotation,
        above_annotation,
        below_annotation,
        min_width=TRAINING_MIN_WIDTH,
        symbol_repository=symbol_repository,
        seed=seed,
    )


def use_only_writer_number_one() -> None:
    """Makes writer 1 of MUSCIMA++, who has the neatest hand, the writer of the default repository.

    Without MUSCIMA++, the neat writer of the pen takes the place.
    """
    SymbolRepository.DEFAULT_REPOSITORY = SymbolRepository(take_writers=[1])


def use_default_setup() -> None:
    """Makes all writers of MUSCIMA++ those of the default repository."""
    SymbolRepository.DEFAULT_REPOSITORY = SymbolRepository.load_default()
