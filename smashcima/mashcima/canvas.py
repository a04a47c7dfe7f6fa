"""A staff under construction."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError
from smashcima.geometry import Transform
from smashcima.imaging import PixelGrid
from smashcima.loading.mashcima import score_of_annotation
from smashcima.mashcima.canvas_options import CanvasOptions
from smashcima.mashcima.frame import DPI, STAFF_HEIGHT_MM, Frame
from smashcima.mashcima.staff_image import ink_of, symbols_of, warn_about_cut_ink
from smashcima.mashcima.symbol_repository import SymbolRepository
from smashcima.mashcima.synthesis_model import CanvasStaff
from smashcima.mashcima.warning import warn_about
from smashcima.notations.mashcima import (
    TokenGroup,
    parse_annotation_into_token_groups,
    stringify_token_groups_to_annotation,
)


class Canvas:
    """The items of a staff, from left to right, with the options of their layout."""

    def __init__(self, options: CanvasOptions | None = None) -> None:
        """Makes an empty canvas; missing options have their defaults."""
        self.options: CanvasOptions = CanvasOptions() if options is None else options
        self.items: list[TokenGroup] = []
        """The items with their attachments, as the parser groups them."""
        self._is_finished = False

    def __repr__(self) -> str:
        return f"Canvas({' '.join(self.get_annotations())!r})"

    def add(self, item: TokenGroup | str) -> None:
        """Adds an item with its attachments, as a token group or as text such as `"#3 q3 * ("`.

        Raises:
            SettingsError: the canvas is finished, or `item` is neither.
        """
        if self._is_finished:
            raise SettingsError("Nothing can be added to a finished canvas. Make a new Canvas().")
        if isinstance(item, TokenGroup):
            self.items.append(item)
        elif isinstance(item, str):
            groups, found = parse_annotation_into_token_groups(item)
            warn_about(found)
            self.items.extend(groups)
        else:
            raise SettingsError(f"An item of a canvas is a TokenGroup or text, not {item!r:.80}.")

    def get_annotations(self) -> list[str]:
        """The tokens of all items, in order."""
        return stringify_token_groups_to_annotation(self.items).split()

    def finish_construction(self) -> None:
        """Finishes the canvas, so that nothing can be added any more. Rendering does so, too."""
        self._is_finished = True

    def staff(
        self, options: CanvasOptions | None = None, min_width_px: float = 0.0, is_cropped: bool = True
    ) -> CanvasStaff:
        """A new staff with the content of the canvas, for `SynthesisModel`; finishes the canvas.

        `options` are used instead of those of the canvas; see `CanvasStaff` for the other arguments.
        """
        self.finish_construction()
        annotation = " ".join(self.get_annotations())
        score, issues = score_of_annotation(annotation)
        return CanvasStaff(
            score,
            None,
            tuple(issues),
            annotation=annotation,
            options=(self.options if options is None else options).filled(),
            min_width_px=min_width_px,
            is_cropped=is_cropped,
        )

    def render(self, repo: SymbolRepository, *, seed: int | None = None) -> NDArray[np.float32]:
        """Draws the canvas on a staff of 3129 px in an image of 354 px height; longer staves make a wider image.

        `repo` supplies the symbols. Images of the same seed are equal; by default they are random.
        """
        with repo.model(seed) as model:
            scene = model(self.staff(is_cropped=False), index=0)
        grid = Frame.of(scene, one_staff=True).grid
        warn_about(scene.issues)
        warn_about_cut_ink(scene, grid)
        return ink_of(scene, grid)

    def render_onto_image(
        self,
        repo: SymbolRepository,
        img: NDArray[np.floating],
        pitch_positions: Mapping[int, float],
        head_start: int,
        *,
        seed: int | None = None,
    ) -> int:
        """Draws the canvas onto an image that has staff lines, which are not drawn.

        Args:
            repo: supplies the symbols.
            img: the image, (height_px, width_px), 0 = paper, 1 = ink; it is changed.
            pitch_positions: rows of at least two pitches in the image, as 0 for the middle line.
            head_start: column at which the canvas begins.
            seed: images of the same seed are equal; by default they are random.

        Returns:
            The column after the last item.

        Raises:
            SettingsError: `img` is not such an image, or `pitch_positions` are not those of a staff.
        """
        if img.ndim != 2 or not np.issubdtype(img.dtype, np.floating):
            raise SettingsError(
                f"img must be a floating-point array (height_px, width_px), not one of {img.dtype} {img.shape}."
            )
        middle, step = _fitted(pitch_positions)
        with repo.model(seed) as model:
            scene = model(self.staff(), index=0)
        frame = Frame.of(scene, one_staff=True)
        # The staff is as wide as its content, with padding.
        scale = 8 * step / STAFF_HEIGHT_MM
        staff = scene.staff
        middle_y = staff.line_ys[len(staff.line_ys) // 2]
        to_px = Transform(scale, 0.0, 0.0, scale, head_start - frame.left * scale, middle - middle_y * scale)
        grid = PixelGrid(img.shape[1], img.shape[0], DPI, to_px)
        warn_about(scene.issues)
        warn_about_cut_ink(scene, grid)
        img[:] = 1 - (1 - img) * (1 - symbols_of(scene, grid))
        return head_start + round(staff.region.bbox_in(scene.page.space).width * scale)


def _fitted(positions: Mapping[int, float]) -> tuple[float, float]:
    """Y of the middle line, and the distance of adjacent positions, in pixels."""
    pitches = np.array(list(positions), dtype=np.float64)
    if len(pitches) > 1:
        rows = np.array(list(positions.values()), dtype=np.float64)
        slope, middle = np.polyfit(pitches, rows, 1)
        if slope < 0:
            # The centre of a row of pixels is half a pixel below its top.
            return float(middle) + 0.5, float(-slope)
    raise SettingsError(
        "pitch_positions must have the rows of at least two pitches, lower for higher pitches, not "
        f"{dict(positions)!r:.200}. For an image of 354 px: {{0: 178, 2: 148}}."
    )
