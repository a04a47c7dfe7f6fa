"""When a filter is applied, and what to: to layers, by moving pixels, by light, or to the picture itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import ImageLayer, LayerSet, PixelMap
from smashcima.imaging.filters.filter import Draws, Filter
from smashcima.imaging.filters.light import Light
from smashcima.imaging.filters.picture_frame import Frame


@dataclass(kw_only=True, eq=False)
class LayersFilter(Filter):
    """Changes ink, staff lines or paper before they are merged.

    - Must override: `change_layers`.
    - Ink that spreads takes its regions along (`Regions.grown`), and what is no music gets a region with a label
      of its own (see `distractors`). Ink that fades keeps its regions.
    """

    @abstractmethod
    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """The layers after it: the given ones, changed, or others."""


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """Where pixels go, and what that does to the light on them."""

    pixel_map: PixelMap
    width: int
    """Pixels of the picture after."""

    height: int
    light: Light | None = None
    """Over the picture *before*: it lies on the paper, and moves with it."""


@dataclass(kw_only=True, eq=False)
class GeometricFilter(Filter):
    """Moves pixels, and the truth with them.

    - Must override: `make_warp`.
    - Geometric and light filters in a row become one resampling and one multiplication.
    """

    @abstractmethod
    def make_warp(self, frame: Frame, draws: Draws) -> Warp:
        """The map for a picture of that size."""


@dataclass(kw_only=True, eq=False)
class LightFilter(Filter):
    """Throws light and shadow.

    - Must override: `make_light`.
    """

    @abstractmethod
    def make_light(self, frame: Frame, draws: Draws) -> Light:
        """Factors over a picture of that size."""


class Backing(ABC):
    """What lies behind a sheet."""

    color: tuple[int, int, int]
    """Blue, green and red, on average; the edge of the sheet is blended into it."""

    @abstractmethod
    def block(self, rows: slice, columns: slice) -> NDArray[np.uint8]:
        """The BGRA pixels, all opaque, of a part of the picture."""


@dataclass(kw_only=True, eq=False)
class BackingFilter(Filter):
    """Lays something behind a sheet that is moved, wherever the picture shows more than the sheet.

    - Must override: `make_backing`.
    - It stands right behind the geometric filters. Pictures that are not opaque before they are moved are left as
      they are: there is no sheet.
    """

    @abstractmethod
    def make_backing(self, outline: NDArray[np.float64], frame: Frame, draws: Draws) -> Backing:
        """For a picture of that size; `outline` (N, 2) is the edge of the sheet in its pixels."""


@dataclass(kw_only=True, eq=False)
class ImageFilter(Filter):
    """Changes the pixels of the merged picture where they are.

    - Must override: `change_image`.
    """

    @abstractmethod
    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """The picture after it: the given one, its bitmap changed in place, or another one with the same regions."""


def frame_of(image: ImageLayer) -> Frame:
    """Size and resolution of a picture."""
    return Frame(image.width, image.height, image.dpi)


def layers_frame(layers: LayerSet) -> Frame:
    """Size and resolution of layers."""
    return Frame(layers.grid.width, layers.grid.height, layers.grid.dpi)
