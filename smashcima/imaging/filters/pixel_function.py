"""Functions of the user, and transforms of other libraries, as filters."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError, WrongTypeError, described
from smashcima.imaging.compositing.grayscale import to_gray
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import ImageFilter

Pixels = NDArray[np.uint8]


@dataclass(kw_only=True, eq=False)
class PixelFunction(ImageFilter):
    """Applies a function to the pixels of an image.

    The function gets an array of uint8 and returns one of the same shape. It may change pixels, but not move them, since
    the labels stay where they are; extend `GeometricFilter` to move pixels with their labels. A parameter `rng` of the
    function gets the random generator of the page.

    Transforms of albumentations, and others that are called as `transform(image=array)["image"]`, are functions, too, if
    they only change pixels. If they have the method `set_random_seed`, it is called for every page, so that the same seed
    gives the same image.
    """

    function: Callable[..., Any] = field(kw_only=False)

    channels: Literal["bgr", "rgb", "bgra", "gray"] | None = None
    """Channels of the array: (height_px, width_px) for `gray`, else (height_px, width_px, 3 or 4). By default `bgr`, as in
    OpenCV, and `rgb` for transforms of other libraries. Opacity is kept unless the function gets `bgra`."""

    def __post_init__(self) -> None:
        if not callable(self.function):
            raise WrongTypeError(f"A PixelFunction needs a function, not {described(self.function)}.")
        moving = next(_moving_parts(self.function), None)
        if moving is not None:
            raise SettingsError(
                f"{moving} moves pixels, and the labels would stay behind. Use a filter of Smashcima such as Skew, "
                "Perspective or Fold, or extend GeometricFilter."
            )
        self.name = self.name or _name_of(self.function)
        super().__post_init__()

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Calls the function."""
        channels = self.channels or ("rgb" if _takes_keywords(self.function) else "bgr")
        given = _taken(image.bitmap, channels)
        result = self._call(given, draws)
        if not isinstance(result, np.ndarray) or result.dtype != np.uint8 or result.shape != given.shape:
            raise SettingsError(
                f"The function {self.name!r} must return {described(given)}, as it was given, not {described(result)}."
            )
        return replace(image, bitmap=_put(result, image.bitmap, channels))

    def _call(self, pixels: Pixels, draws: Draws) -> Any:
        reseed = getattr(self.function, "set_random_seed", None)
        if callable(reseed):
            reseed(int(draws.rng.integers(2**31)))
        if _takes_keywords(self.function):
            result = self.function(image=pixels)
            return result["image"] if isinstance(result, dict) else result
        return self.function(pixels, rng=draws.rng) if _takes_rng(self.function) else self.function(pixels)


def _taken(bitmap: Pixels, channels: str) -> Pixels:
    """The channels of an image that a function gets."""
    if channels == "gray":
        return to_gray(bitmap)
    wanted = {"rgb": [2, 1, 0], "bgr": [0, 1, 2], "bgra": [0, 1, 2, 3]}[channels]
    return np.ascontiguousarray(bitmap[:, :, wanted])


def _put(result: Pixels, bitmap: Pixels, channels: str) -> Pixels:
    """The image with the channels that a function has returned, and the opacity of the image before."""
    if channels == "bgra":
        return np.asarray(result, np.uint8)
    changed: Pixels = bitmap.copy()
    changed[:, :, :3] = result[:, :, None] if channels == "gray" else result
    if channels == "rgb":
        changed[:, :, :3] = result[:, :, ::-1]
    return changed


def _parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    try:
        return dict(inspect.signature(function).parameters)
    except (TypeError, ValueError):  # such as functions of OpenCV, which have no signature
        return {}


def _takes_rng(function: Callable[..., Any]) -> bool:
    return "rng" in _parameters(function)


def _takes_keywords(function: Callable[..., Any]) -> bool:
    """Whether a function is called as `function(image=array)`, since it takes nothing by position."""
    kinds = {parameter.kind for parameter in _parameters(function).values()}
    by_position = {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD}
    return inspect.Parameter.VAR_KEYWORD in kinds and not kinds & by_position


def _moving_parts(transform: object) -> Iterator[str]:
    """Names of the transforms of albumentations, inside another or not, that move pixels."""
    names = [cls.__name__ for cls in type(transform).__mro__]
    if "DualTransform" in names and names[0] != "NoOp":
        yield names[0]
    parts = getattr(transform, "transforms", None)
    for part in parts if isinstance(parts, list | tuple) else ():
        yield from _moving_parts(part)


def _name_of(function: Callable[..., Any]) -> str:
    name = getattr(function, "__name__", type(function).__name__)
    return "function" if name == "<lambda>" else str(name)
