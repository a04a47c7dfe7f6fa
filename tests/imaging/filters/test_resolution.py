"""Pages that are drawn at the resolution of a scan, and gray pictures of one channel."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from smashcima.imaging import DefaultCompositor
from smashcima.imaging.filters import (
    Binarize,
    CameraFocus,
    Filter,
    FilterStack,
    Grayscale,
    Jpeg,
    LieOn,
    PixelFunction,
    Resolution,
    SensorNoise,
    Skew,
    UnevenLight,
    preset,
)
from smashcima.randomness import stream


def composed(stack: Filter, build: SimpleNamespace, dpi: float = 100.0, seed: int = 1):
    return DefaultCompositor(stack).compose(build.marked_page(), dpi, stream(seed, 0, "test"))


def test_the_picture_keeps_its_size_and_boxes_but_has_less_detail(build: SimpleNamespace):
    plain = composed(FilterStack([]), build)
    image = composed(FilterStack([Resolution(dpi=50.0, least_dpi=20.0)]), build)
    assert image.bitmap.shape == plain.bitmap.shape
    assert image.dpi == 100
    assert np.allclose(image.regions.bboxes, plain.regions.bboxes, atol=1.1)
    assert np.allclose(
        image.locate(np.array([[45.0, 60.0]])), plain.locate(np.array([[45.0, 60.0]])), atol=0.5
    )
    # A line of 0.25 mm is a whole pixel at 100 dpi, and half of one at 50 dpi.
    assert plain.bitmap[:, 177, 0].min() < 30
    assert image.bitmap[:, 177, 0].min() > 60


def test_without_keep_size_the_picture_is_smaller(build: SimpleNamespace):
    image = composed(FilterStack([Resolution(dpi=50.0, least_dpi=20.0, keep_size=False)]), build)
    assert image.bitmap.shape == (236, 177, 4)
    assert image.dpi == 50
    assert np.allclose(image.locate(np.array([[45.0, 60.0]])), [[88.6, 118.1]], atol=0.1)


def test_a_resolution_above_that_of_the_page_changes_nothing(build: SimpleNamespace):
    plain = composed(FilterStack([]), build)
    assert np.array_equal(composed(FilterStack([Resolution(dpi=400.0)]), build).bitmap, plain.bitmap)


def test_the_resolution_inside_a_nested_stack_is_found_and_recorded(build: SimpleNamespace):
    inner = FilterStack([Resolution(dpi=50.0, least_dpi=20.0)], name="inner")
    image = composed(FilterStack([inner], name="outer"), build)
    assert [(applied.name, applied.parameters) for applied in image.applied] == [
        ("inner/resolution", {"dpi": 50.0})
    ]
    assert image.bitmap.shape == (472, 354, 4)


def test_layers_that_were_drawn_finer_are_reduced(build: SimpleNamespace):
    """Without a compositor, as in a user's own pipeline."""
    image = build.processed(Resolution(dpi=50.0, least_dpi=20.0), build.marked_page())
    assert image.bitmap.shape == (236, 177, 4)
    assert image.dpi == 50


@pytest.mark.parametrize("name", ["scan", "photo", "old-manuscript", "photocopy", "bitonal"])
def test_presets_that_were_there_before_keep_the_size_of_the_page(name: str, build: SimpleNamespace):
    assert composed(preset(name), build, dpi=150).bitmap.shape == (709, 531, 4)


@pytest.mark.parametrize("name", ["photo", "scan-grey"])
def test_the_same_seed_gives_the_same_bytes(name: str, build: SimpleNamespace):
    first, second = (composed(preset(name), build, dpi=150).bitmap for _ in range(2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, composed(preset(name), build, dpi=150, seed=2).bitmap)


def test_gray_pictures_have_equal_channels_and_look_like_colour_ones_turned_gray(build: SimpleNamespace):
    filters = [Skew(angle_deg=2.0), LieOn(), UnevenLight(), CameraFocus(sharpening=0.5)]
    image = composed(FilterStack([Grayscale(), *filters]), build).bitmap
    colored = composed(FilterStack(filters), build)
    assert np.array_equal(image[:, :, 0], image[:, :, 2])
    assert image[:, :, 3].min() == 255
    difference = np.abs(image[:, :, 0].astype(int) - colored.as_gray())
    assert difference.mean() < 1.5
    assert np.quantile(difference, 0.99) <= 5


def test_filters_that_need_colours_get_them_after_gray_ones(build: SimpleNamespace):
    seen = []

    def look(pixels: np.ndarray) -> np.ndarray:
        seen.append(pixels.shape)
        return pixels

    composed(FilterStack([Grayscale(), SensorNoise(), PixelFunction(look), Jpeg(), Binarize()]), build)
    assert seen == [(472, 354, 3)]


def test_transparent_pages_become_gray_too(build: SimpleNamespace):
    page = build.marked_page((0, 0, 0, 0))
    image = DefaultCompositor(FilterStack([Grayscale()])).compose(page, 100)
    assert image.bitmap[:, :, 3].min() == 0
