"""Paper of one colour, whose pixels are made when somebody wants them."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace

import numpy as np
import pytest

from smashcima.geometry import Rectangle
from smashcima.imaging import LayerSet, PixelGrid, draw_layers, merge_layers
from smashcima.imaging.compositing.blending import blend, blended_on
from smashcima.imaging.compositing.ink_layer import InkLayer
from smashcima.imaging.compositing.plain_paper import PlainPaper
from smashcima.scene.visual import AffineSpace, ViewBox

CREAM = (200, 230, 240, 255)


def cream() -> PlainPaper:
    return PlainPaper.of(CREAM, 5, 3, 300)


@pytest.fixture(params=["on", "off"])
def kernels(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether compiled kernels do the work."""
    if request.param == "on":
        pytest.importorskip("numba")
    monkeypatch.setenv("SMASHCIMA_KERNELS", request.param)


def layers_of(paper: PlainPaper) -> LayerSet:
    """Black lines over the second row of the paper, and blue ink over the third pixel of the second and third."""
    lines, ink = np.zeros((3, 5), np.uint8), np.zeros((3, 5), np.uint8)
    lines[1], ink[1:, 2] = 51, 255
    grid = PixelGrid.over(Rectangle(0, 0, 5, 3), 25.4)
    return LayerSet(grid, paper, {"stafflines": InkLayer(lines), "ink": InkLayer(ink, (255, 51, 0))})


def test_pixels_have_the_colour() -> None:
    paper = cream()
    assert (paper.width, paper.height, paper.dpi) == (5, 3, 300)
    assert paper.color == CREAM
    assert paper.bitmap.tolist() == [[list(CREAM)] * 5] * 3


def test_the_colour_is_unknown_once_somebody_has_the_pixels() -> None:
    paper = cream()
    paper.bitmap[2, 1] = 7
    assert paper.color is None
    assert paper.bitmap[2, 1].tolist() == [7, 7, 7, 7]
    assert (paper.width, paper.height) == (5, 3)


def test_pixels_can_be_replaced() -> None:
    paper = cream()
    paper.bitmap = np.full((4, 6, 4), 9, np.uint8)
    assert paper.color is None
    assert (paper.width, paper.height) == (6, 4)
    assert (paper.bitmap == 9).all()


@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, lambda paper: pickle.loads(pickle.dumps(paper)), lambda p: replace(p, dpi=70)],
)
def test_copies_show_the_same(copied) -> None:
    paper = copied(cream())
    assert paper.bitmap.tolist() == [[list(CREAM)] * 5] * 3
    assert (paper.width, paper.height) == (5, 3)


@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("use_up", [True, False])
def test_merging_multiplies_the_colour_and_the_light_of_the_ink(use_up: bool) -> None:
    image = merge_layers(layers_of(cream()), use_up).bitmap
    # 51 of 255 is a fifth.
    under_line, blue, both = [160, 184, 192, 255], [200, 46, 0, 255], [160, 37, 0, 255]
    paper = list(CREAM)
    assert image.tolist() == [
        [paper] * 5,
        [under_line, under_line, both, under_line, under_line],
        [paper, paper, blue, paper, paper],
    ]


def test_merging_makes_no_pixels_of_the_paper() -> None:
    layers = layers_of(cream())
    merge_layers(layers, use_up=True)
    merge_layers(layers)
    assert layers.paper.color == CREAM


def test_changes_of_pixels_are_seen_in_the_image() -> None:
    layers = layers_of(cream())
    layers.paper.bitmap[0, 4] = (1, 2, 3, 255)
    assert merge_layers(layers).bitmap[0, 4].tolist() == [1, 2, 3, 255]


@pytest.mark.usefixtures("kernels")
@pytest.mark.parametrize("color", [(255, 255, 255, 255), CREAM, (0, 0, 0, 0), (200, 230, 240, 128)])
def test_ink_over_a_colour_is_the_same_as_over_an_image_of_it(color: tuple[int, int, int, int]) -> None:
    rng = np.random.default_rng(3)
    planes = [np.where(rng.random((500, 37)) < 0.3, rng.integers(0, 256, (500, 37)), 0) for _ in range(3)]
    for plane in planes:
        plane[64:128] = 0
    inks = [
        InkLayer(plane.astype(np.uint8), tint, number == 2)
        for number, (plane, tint) in enumerate(
            zip(planes, [(0, 0, 0), (90, 30, 5), (240, 240, 250)], strict=True)
        )
    ]
    for count in range(4):
        image = np.full((500, 37, 4), color, np.uint8)
        blend(image, inks[:count])
        np.testing.assert_array_equal(blended_on(color, 37, 500, inks[:count]), image)


def test_a_view_without_paper_has_transparent_plain_paper() -> None:
    paper = draw_layers(ViewBox(AffineSpace(), Rectangle(0, 0, 5, 3)), 25.4).paper
    assert isinstance(paper, PlainPaper)
    assert paper.color == (0, 0, 0, 0)
