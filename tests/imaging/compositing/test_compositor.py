from __future__ import annotations

import weakref
from dataclasses import replace

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
from smashcima.geometry import Rectangle, Transform
from smashcima.imaging import PixelGrid, ProjectiveMap, draw_layers, merge_layers
from smashcima.scene.visual import AffineSpace, ViewBox


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


def test_a_page_is_drawn_on_any_grid_of_pixels(music_page):
    upright = draw_layers(music_page, 60)
    to_px = upright.grid.to_px.then(Transform(0.0, 1.0, 1.0, 0.0, -30.0, 10.0))  # swaps x and y
    layers = draw_layers(music_page, 60, with_paper=False, grid=PixelGrid(500, 480, 60, to_px))
    turned = upright.ink.coverage.T[:470, 30:500].astype(int)
    assert np.abs(layers.ink.coverage[10:, :470] - turned).max() <= 8
    place = layers.from_scene.forward(np.array([(25.4, 50.8)]))
    assert place.tolist() == [[pytest.approx(120 - 30), pytest.approx(60 + 10)]]
    assert layers.regions.bboxes[-1].tolist() == pytest.approx(
        (upright.regions.bboxes[-1][[1, 0, 3, 2]] + (-30, 10, -30, 10)).tolist()
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


def test_layers_and_the_merged_picture_are_not_kept_while_it_is_processed(music_page):
    kept = []

    class NewPicture(Postprocessor):
        def process_layers(self, layers, rng):
            kept.extend(weakref.ref(ink.coverage) for _, ink in layers)
            return layers

        def process_image(self, image, rng):
            kept.append(weakref.ref(image.bitmap))
            image = replace(image, bitmap=255 - image.bitmap)
            assert [each() for each in kept] == [None] * 3
            return image

    assert DefaultCompositor(NewPicture()).compose(music_page, dpi=60).bitmap.max() == 255


def test_layers_are_added_on_top_or_below_others(build):
    page = build.page(1, 1)
    build.path(page, build.inch_box(0, 0, 1, 1), (0, 0, 255, 255))
    layers = draw_layers(page, 1)
    full = np.array([[255]], np.uint8)
    layers.put("fluid", InkLayer(full, (255, 255, 255), opaque=True))
    layers.put("bleed-through", InkLayer(full, (200, 200, 200)), below="stafflines")
    assert [name for name, _ in layers] == ["bleed-through", "stafflines", "ink", "fluid"]
    assert merge_layers(layers).bitmap.tolist() == [[[255, 255, 255, 255]]]
    layers.put("fluid", layers["fluid"], below="ink")
    assert [name for name, _ in layers] == ["bleed-through", "stafflines", "fluid", "ink"]
    assert merge_layers(layers).bitmap.tolist() == [[[0, 0, 255, 255]]]


def test_layers_that_do_not_fit_are_refused(build):
    layers = draw_layers(build.page(2, 1), 1)
    with pytest.raises(ExportError, match="must have 2 x 1 px like the others, not 1 x 1 px"):
        layers.put("stamp", InkLayer(np.zeros((1, 1), np.uint8)))
    with pytest.raises(ExportError, match="no layer 'lead'"):
        layers.put("stamp", InkLayer(np.zeros((1, 2), np.uint8)), below="lead")


def test_every_stroke_has_a_density_of_its_own(build):
    """Ink that lets a part of the light through, in one layer with ink that lets none through."""
    page = build.page(3, 1)
    build.path(page, build.inch_box(0, 0, 1, 1), (0, 0, 0, 51))
    build.path(page, build.inch_box(1, 0, 2, 1), (0, 0, 0, 204))
    layers = draw_layers(page, 1)
    assert layers.ink.coverage.tolist() == [[51, 204, 0]]
    assert merge_layers(layers).as_gray().tolist() == [[204, 51, 255]]


@pytest.mark.parametrize("dpi", [72, 300, 1200])
def test_a_view_box_of_one_pixel_is_a_picture_with_regions_and_masks(music_page, dpi):
    staff = music_page.systems[0].staves[0]
    at = staff.region.contours.bbox()
    view = ViewBox(music_page.space, Rectangle(at.x + 5, at.y - 0.02, 25.4 / dpi, 25.4 / dpi))
    image = DefaultCompositor().compose(view, dpi=dpi)
    assert (image.width, image.height) == (1, 1)
    assert image.regions.of_object(music_page).pixel_box == (0, 0, 1, 1)
    assert image.regions.dropped > 40
    assert image.masks().ink_mask.tolist() == [[True]]
    moved = image.warped(ProjectiveMap.rotation(5), 1, 1, border=(255, 255, 255, 255))
    assert moved.bitmap.shape == (1, 1, 4)


def test_an_empty_page_has_no_ink(build):
    image = DefaultCompositor().compose(build.page(2, 1), dpi=72)
    assert image.regions.ids == ("p1",)
    assert not image.masks().ink_mask.any()
    assert image.as_bitonal(128).all()
    view = ViewBox(AffineSpace(), Rectangle(0, 0, 10, 10))
    image = DefaultCompositor().compose(view, dpi=72)
    assert (len(image.regions), image.masks().label_ids()) == (0, {})
