"""What filters of a user's own return is checked: wrong boxes are worse than an error."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

import smashcima as sc
from smashcima.errors import ExportError
from smashcima.imaging import ImageLayer, LayerSet, Postprocessor, ProjectiveMap
from smashcima.imaging.filters import FilterStack
from smashcima.imaging.filters.filter_types import ImageFilter, LayersFilter


class Resize(ImageFilter):
    """Resizes pixels, and forgets the regions."""

    def change_image(self, image: ImageLayer, draws: Any) -> ImageLayer:
        return replace(image, bitmap=cv2.resize(image.bitmap, None, fx=0.5, fy=0.5))


class ResizeInPlace(ImageFilter):
    def change_image(self, image: ImageLayer, draws: Any) -> ImageLayer:
        image.bitmap = image.bitmap[:-10, :-10]
        return image


class ResizeWithMap(ImageFilter):
    """Does it right."""

    def change_image(self, image: ImageLayer, draws: Any) -> ImageLayer:
        return image.warped(ProjectiveMap.scaling(0.5, 0.5), image.width // 2, image.height // 2)


class MapWithoutRegions(ImageFilter):
    def change_image(self, image: ImageLayer, draws: Any) -> ImageLayer:
        return replace(
            image.warped(ProjectiveMap.scaling(0.5, 0.5), image.width // 2, image.height // 2),
            regions=image.regions,
        )


class Gray(ImageFilter):
    def change_image(self, image: ImageLayer, draws: Any) -> ImageLayer:
        return replace(image, bitmap=image.as_gray())


class Array(ImageFilter):
    def change_image(self, image: ImageLayer, draws: Any) -> Any:
        return image.bitmap


class SmallerPaper(LayersFilter):
    def change_layers(self, layers: LayerSet, draws: Any) -> LayerSet:
        layers.paper.bitmap = np.ascontiguousarray(layers.paper.bitmap[:-5])
        return layers


class CroppingPostprocessor(Postprocessor):
    def process_image(self, image: ImageLayer, rng: np.random.Generator) -> ImageLayer:
        return replace(image, bitmap=image.bitmap[5:, 5:])


def composed(postprocessing: Postprocessor, example_score: Any) -> ImageLayer:
    scene = sc.EngravedModel(seed=0, dpi=40, postprocessing=postprocessing)(example_score, pages=[0])
    return scene.compose_page(scene.pages[0])


@pytest.mark.parametrize("kind", [Resize, ResizeInPlace, MapWithoutRegions])
def test_another_size_without_a_map_is_an_error(kind: type[ImageFilter], example_score: Any) -> None:
    with pytest.raises(
        ExportError, match=r"changed the size of the image from 344 x 487 px to .*image\.warped"
    ):
        composed(FilterStack([kind(name="mine")]), example_score)


def test_another_size_with_a_map_moves_the_regions(example_score: Any) -> None:
    usual = composed(FilterStack([]), example_score)
    half = composed(FilterStack([ResizeWithMap()]), example_score)
    assert (half.width, half.height) == (172, 243)
    both = (usual.regions.bboxes[:, 3] < 450) & ~np.isnan(half.regions.bboxes[:, 0])
    assert np.allclose(half.regions.bboxes[both], usual.regions.bboxes[both] / 2, atol=0.01)


@pytest.mark.parametrize(
    ("kind", "said"), [(Gray, r"shape \(height, width, 4\)"), (Array, "must return an ImageLayer")]
)
def test_what_is_no_image_is_an_error(kind: type[ImageFilter], said: str, example_score: Any) -> None:
    with pytest.raises(ExportError, match=said):
        composed(FilterStack([kind()]), example_score)


def test_layers_of_different_sizes_are_an_error(example_score: Any) -> None:
    with pytest.raises(ExportError, match="all layers must have one size"):
        composed(FilterStack([SmallerPaper()]), example_score)


def test_a_postprocessor_is_checked_too(example_score: Any) -> None:
    with pytest.raises(ExportError, match="postprocessor CroppingPostprocessor changed the size"):
        composed(CroppingPostprocessor(), example_score)
