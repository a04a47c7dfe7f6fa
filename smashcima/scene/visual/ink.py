"""The common interface of bitmap ink and vector ink."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, Transform
from smashcima.scene.visual.affine_space import AffineSpace
from smashcima.scene.visual.ink_load import InkLoad
from smashcima.scene.visual.ink_path import ColorBGRA


class FreshPicture(NamedTuple):
    """A picture that is drawn at the requested resolution rather than resampled from a bitmap."""

    pixels_to_space: Transform
    """Maps pixel positions of the picture to the space of the ink."""

    draw: Callable[[], NDArray[np.uint8]]
    """Draws the picture: a new array (height_px, width_px, 4), BGRA, owned by the caller."""


class Ink(Protocol):
    """Ink for renderers: a picture, or an outline that is filled with one colour."""

    @property
    def space(self) -> AffineSpace:
        """The space of the ink."""

    @property
    def outline(self) -> Contours:
        """The filled outline, or the border of the picture in its pixels."""

    @property
    def outline_to_space(self) -> Transform:
        """Maps coordinates of the outline to `space`."""

    @property
    def picture(self) -> NDArray[np.uint8] | None:
        """(height_px, width_px, 4), BGRA; `None` if the ink is an outline of one colour."""

    @property
    def fill_color(self) -> ColorBGRA:
        """The colour of the outline; of a picture, that of its first pixel."""

    @property
    def load(self) -> InkLoad | None:
        """How the ink varies within the outline; `None` for ink of one colour and for pictures."""

    def fresh_picture(self, dpi: float) -> FreshPicture | None:
        """The ink as a picture drawn at a resolution in pixels per inch; `None` if it cannot be drawn in more detail."""
