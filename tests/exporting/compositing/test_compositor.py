from __future__ import annotations

import numpy as np
import pytest

from smashcima.errors import ExportError
from smashcima.exporting import (
    BitmapRenderer,
    DefaultCompositor,
    ImageLayer,
    InkLayer,
    LayerSet,
    Postprocessor,
)
from smashcima.exporting.compositing import draw_layers, merge_layers
from smashcima.geometry import Transform
from smashcima.scene.visual import AffineSpace


def test_the_default_compositor_makes_the_picture_of_the_renderer_with_regions(music_page):
    image = DefaultCompositor().compose(music_page, dpi=60)
    assert isinstance(image, ImageLayer)
    assert (image.width, image.height, image.dpi) == (480, 600, 60)
    assert np.array_equal(image.bitmap, BitmapRenderer(60).render(music_page))
    assert image.regions.ids == BitmapRenderer(60).regions_of(music_page).ids


def test_layers_hold_what_is_drawn_on_them(music_page):
    layers = draw_layers(music_page, 60)
    assert [name for name, _ in layers] == ["stafflines", "ink"]
    assert (layers.paper.bitmap == 255).all()
    lines, ink = layers.stafflines.coverage, layers.ink.coverage
    assert lines.shape == ink.shape == (600, 480)
    # 20 lines of 6 inches by 0.2 mm, and 32 ellipses of half axes 1.1 and 0.8 mm (as 24 corners).
    assert lines.sum() / 255 == pytest.approx(20 * 360 * 0.2 / 25.4 * 60, rel=0.02)
    assert ink.sum() / 255 == pytest.approx(
        32 * 12 * np.sin(np.pi / 12) * 1.1 * 0.8 * (60 / 25.4) ** 2, rel=0.02
    )


def test_merging_leaves_the_layers_as_they_are(music_page):
    layers = draw_layers(music_page, 60)
    assert merge_layers(layers).bitmap.min() == 0
    assert (layers.paper.bitmap == 255).all()


def test_a_page_without_music_still_has_both_layers(build):
    layers = draw_layers(build.page(1, 1), 10)
    assert not layers.stafflines.coverage.any()
    assert not layers.ink.coverage.any()
    with pytest.raises(ExportError, match="'stamps'; the layers of ink are stafflines, ink"):
        layers["stamps"]


def test_objects_may_ask_for_layers_of_their_own(build):
    page = build.page(2, 1)
    build.path(page, build.inch_box(0, 0, 1, 1), layer="text")
    layers = draw_layers(page, 1)
    assert [name for name, _ in layers] == ["stafflines", "ink", "text"]
    assert layers["text"].coverage.tolist() == [[255, 0]]


def test_an_opaque_layer_hides_what_is_below(build):
    layers = draw_layers(build.page(1, 1, (0, 0, 0, 255)), 1)
    layers.inks["stamp"] = InkLayer(np.array([[128]], np.uint8), (255, 255, 255), opaque=True)
    assert merge_layers(layers).bitmap.tolist() == [[[128, 128, 128, 255]]]
    layers.inks["stamp"].opaque = False
    assert merge_layers(layers).bitmap.tolist() == [[[0, 0, 0, 255]]]


def test_ink_on_half_transparent_paper():
    # o = 0.4, k = 0.6, black: O = 0.4 + 0.6 - 0.24 = 0.76; white paper is left with 0.4 * 0.4 / 0.76 = 0.21.
    paper = np.array([[[255, 255, 255, 102]]], np.uint8)
    layers = draw_layers(_empty_view(), 1)
    layers.paper = ImageLayer(paper, 1)
    layers.inks["ink"] = InkLayer(np.array([[153]], np.uint8))
    assert merge_layers(layers).bitmap.tolist() == [[[54, 54, 54, 194]]]


def test_a_layer_of_ink_shows_itself_on_a_transparent_ground(build):
    page = build.page(2, 1)
    build.path(page, build.inch_box(0, 0, 0.5, 1), (0, 0, 200, 255))
    layers = draw_layers(page, 1)
    assert layers.ink.to_bgra().tolist() == [[[0, 0, 200, 128], [0, 0, 0, 0]]]
    assert layers.ink._repr_png_().startswith(b"\x89PNG")
    assert merge_layers(layers)._repr_png_().startswith(b"\x89PNG")


class _Ager(Postprocessor):
    """Draws from what it is given, and remembers what it saw."""

    def process_layers(self, layers: LayerSet, rng: np.random.Generator) -> LayerSet:
        layers.ink.coverage[:] = rng.integers(0, 256, layers.ink.coverage.shape)
        return layers

    def process_image(self, image: ImageLayer, rng: np.random.Generator) -> ImageLayer:
        return ImageLayer(
            image.bitmap[::-1], image.dpi, image.regions.mapped(lambda p: p * (1, -1) + (0, image.height))
        )


def test_a_postprocessor_changes_layers_and_image(build):
    page = build.page(4, 4)
    drawn = build.path(page, build.inch_box(1, 0, 2, 1))
    compositor = DefaultCompositor(_Ager())
    image = compositor.compose(page, 4, np.random.default_rng(5))
    assert image.regions.of_object(drawn).pixel_box == (4, 12, 8, 16)
    assert len(np.unique(image.bitmap[:, :, 0])) > 50
    assert np.array_equal(image.bitmap, compositor.compose(page, 4, np.random.default_rng(5)).bitmap)
    assert not np.array_equal(image.bitmap, compositor.compose(page, 4, np.random.default_rng(6)).bitmap)
    assert np.array_equal(compositor.compose(page, 4).bitmap, compositor.compose(page, 4).bitmap)


def _empty_view():
    from smashcima.geometry import Rectangle
    from smashcima.scene.visual import ViewBox

    return ViewBox(AffineSpace(None, Transform()), Rectangle(0, 0, 25.4, 25.4))
