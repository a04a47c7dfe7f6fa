"""Functions, and transforms of other libraries, as filters: they change pixels, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

import smashcima as sc
from smashcima.errors import SettingsError, WrongTypeError
from smashcima.imaging.filters import PixelFunction, Skew

SONG = Path(__file__).parents[2] / "short_song.musicxml"


def page(postprocessing: Any, index: int = 0, **options: Any) -> sc.ImageLayer:
    model = sc.EngravedModel(seed=0, dpi=40, postprocessing=postprocessing, **options)
    return model(SONG, index=index).compose_page(0)


def invert(pixels: np.ndarray) -> np.ndarray:
    return 255 - pixels


def noise(pixels: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return (pixels * rng.uniform(0.5, 1, pixels.shape)).astype(np.uint8)


class Transform:
    """Called like a transform of albumentations."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng()

    def set_random_seed(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def __call__(self, *args: Any, force_apply: bool = False, **data: Any) -> dict[str, Any]:
        if args:
            raise KeyError("You have to pass data to augmentations as named arguments")
        image = data["image"]
        return {**data, "image": (image * self.rng.uniform(0.5, 1)).astype(np.uint8)}


def test_a_function_changes_pixels_and_keeps_labels() -> None:
    plain, changed = page(None), page(invert)
    assert (changed.bitmap[:, :, :3] == 255 - plain.bitmap[:, :, :3]).all()
    assert (changed.bitmap[:, :, 3] == plain.bitmap[:, :, 3]).all()
    assert sc.CocoExporter().export(changed) == sc.CocoExporter().export(plain)
    assert [applied.name for applied in changed.applied] == ["invert"]


def test_several_are_applied_in_order_with_presets_and_filters() -> None:
    made = page(["clean", invert, Skew(angle_deg=2), lambda pixels: pixels // 2, lambda pixels: pixels])
    assert [applied.name for applied in made.applied] == [
        "postprocessing/invert" if "/" in made.applied[0].name else "invert",
        "skew",
        "function",
        "function-2",
    ]
    assert made.bitmap[:, :, :3].max() <= 127


def test_a_function_of_opencv_has_no_signature() -> None:
    blurred = page(PixelFunction(lambda pixels: cv2.medianBlur(pixels, 3), name="median"))
    assert (blurred.bitmap != page(None).bitmap).any()
    assert (page(PixelFunction(cv2.bitwise_not)).bitmap == page(invert).bitmap).all()


def test_random_numbers_come_from_the_page() -> None:
    assert (page(noise).bitmap == page(noise).bitmap).all()
    assert (page(noise, index=1).bitmap != page(noise).bitmap).any()


def test_a_transform_of_another_library_is_called_by_keyword_and_seeded() -> None:
    assert (page(Transform()).bitmap == page([Transform()]).bitmap).mean() < 1  # streams have other names
    assert (page(Transform()).bitmap == page(Transform()).bitmap).all()
    assert (page(Transform()).bitmap != page(Transform(), index=1).bitmap).any()


@pytest.mark.parametrize("channels", ["bgr", "rgb", "bgra", "gray"])
def test_channels(channels: Any) -> None:
    seen = []

    def look(pixels: np.ndarray) -> np.ndarray:
        seen.append(pixels.copy())
        return pixels

    paper = np.full((4, 3, 3), (10, 120, 230), np.uint8)
    image = page(PixelFunction(look, channels=channels), paper=paper)
    corner = {"bgr": [10, 120, 230], "rgb": [230, 120, 10], "bgra": [10, 120, 230, 255], "gray": 140}
    assert seen[0][0, 0].tolist() == corner[channels]
    if channels != "gray":
        assert image.bitmap[0, 0].tolist() == [10, 120, 230, 255]


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (lambda pixels: pixels[::2], "must return an array of uint8 with shape .* not an array of uint8"),
        (lambda pixels: pixels / 255, "not an array of float64"),
        (lambda pixels: None, "not None"),
        (lambda pixels: pixels[:, :, 0], "not an array of uint8"),
    ],
)
def test_a_function_that_returns_something_else_is_told(function: Any, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        page(function)


class DualTransform(Transform):
    """Base of the transforms of albumentations that move pixels."""


class Rotate(DualTransform):
    pass


class Compose(Transform):
    def __init__(self, transforms: list[Transform]) -> None:
        super().__init__()
        self.transforms = transforms


@pytest.mark.parametrize("transform", [Rotate(), Compose([Transform(), Rotate()])])
def test_a_transform_that_moves_pixels_is_refused(transform: Any) -> None:
    with pytest.raises(SettingsError, match="Rotate moves pixels, and the labels would stay behind"):
        PixelFunction(transform)


def test_what_is_no_function_is_refused() -> None:
    with pytest.raises(WrongTypeError, match="needs a function, not 3"):
        PixelFunction(3)  # type: ignore[arg-type]
