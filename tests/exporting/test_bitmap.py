from __future__ import annotations

import cv2
import numpy as np
import pytest

from smashcima.errors import ExportError
from smashcima.exporting import BitmapRenderer
from smashcima.geometry import Rectangle, Transform
from smashcima.scene.visual import AffineSpace, InkPath, Sprite, ViewBox, VisualObject

MM = 25.4


def test_a_page_has_its_size_in_pixels_and_its_paper(build):
    image = BitmapRenderer(dpi=10).render(build.page(3, 2, (187, 221, 234, 255)))
    assert image.shape == (20, 30, 4)
    assert image.dtype == np.uint8
    assert (image == (187, 221, 234, 255)).all()


@pytest.mark.parametrize("dpi", [10, 72, 300, 1200])
def test_black_ink_lies_where_the_scene_says(build, dpi):
    page = build.page(1, 1)
    build.path(page, build.inch_box(0.25, 0.5, 0.75, 1))
    image = BitmapRenderer(dpi).render(page)
    assert image.shape == (dpi, dpi, 4)
    ink = 255 - image[:, :, 0].astype(float)
    assert ink.sum() / 255 == pytest.approx(dpi * dpi / 4, rel=1e-3)
    assert ink[int(dpi * 0.75), int(dpi * 0.5)] == 255
    assert ink[int(dpi * 0.45)].max() == 0


@pytest.mark.parametrize("dpi", [50, 72, 150, 300])
def test_ink_is_neither_fattened_nor_thinned(music_page, dpi):
    """All ink of a page of thin lines and small heads, against the area of the united outlines."""
    import shapely

    glyphs = [drawn.glyph for drawn in VisualObject.many_of(music_page, "page")]
    shapes = [glyph.region.contours_in(music_page.space).to_shapely() for glyph in glyphs]
    area_px = shapely.union_all(shapes).area * (dpi / MM) ** 2
    ink = (255 - BitmapRenderer(dpi).render(music_page)[:, :, 0].astype(float)).sum() / 255
    # All lines lie alike between pixels here, so that the rounding to 8 bits does not average out.
    assert ink == pytest.approx(area_px, rel=0.004)


def test_ink_darkens_paper_by_its_coverage(build):
    page = build.page(3, 1, (100, 150, 200, 255))
    build.path(page, build.inch_box(0, 0, 0.5, 1))
    build.path(page, build.inch_box(1, 0, 2, 1), (255, 0, 0, 255))
    assert BitmapRenderer(1).render(page).tolist() == [
        [[50, 75, 100, 255], [100, 0, 0, 255], [100, 150, 200, 255]]
    ]


def test_ink_may_let_some_light_through(build):
    page = build.page(1, 1)
    build.path(page, build.inch_box(0, 0, 1, 1), (0, 0, 0, 51))
    assert BitmapRenderer(1).render(page).tolist() == [[[204, 204, 204, 255]]]


def test_without_paper_the_ground_is_transparent(build):
    for paper in (None, (0, 0, 0, 0)):
        page = build.page(3, 1, paper)
        build.path(page, build.inch_box(0, 0, 0.5, 1))
        build.path(page, build.inch_box(1, 0, 2, 1))
        assert BitmapRenderer(1).render(page).tolist() == [[[0, 0, 0, 128], [0, 0, 0, 255], [0, 0, 0, 0]]]


def test_coloured_ink_on_a_transparent_ground_keeps_its_colour_at_the_edge(build):
    page = build.page(3, 1, None)
    build.path(page, build.inch_box(0, 0, 0.5, 1), (10, 20, 250, 255))
    build.path(page, build.inch_box(1, 0, 2, 1), (200, 20, 0, 255))
    ((left, middle, right),) = BitmapRenderer(1).render(page).tolist()
    assert left[3] == 128
    assert left[:3] == pytest.approx([10, 20, 250], abs=2)
    assert middle == [200, 20, 0, 255]
    assert right == [0, 0, 0, 0]


def test_pieces_of_one_layer_cover_each_other_in_order(build):
    page = build.page(1, 1)
    build.path(page, build.inch_box(0, 0, 1, 1), (0, 0, 255, 255))
    build.path(page, build.inch_box(0, 0, 1, 1), (255, 0, 0, 255))
    assert BitmapRenderer(1).render(page).tolist() == [[[255, 0, 0, 255]]]


def test_coloured_layers_filter_each_other(build):
    page = build.page(1, 1)
    build.path(page, build.inch_box(0, 0, 1, 1), (0, 255, 255, 255), "stafflines")  # yellow
    build.path(page, build.inch_box(0, 0, 1, 1), (255, 255, 0, 255), "ink")  # cyan
    assert BitmapRenderer(1).render(page).tolist() == [[[0, 255, 0, 255]]]  # green


def test_a_sprite_on_the_grid_is_copied_pixel_by_pixel(build):
    rng = np.random.default_rng(3)
    bitmap = rng.integers(0, 256, (5, 7, 4), dtype=np.uint8)
    bitmap[:, :, 3] = 255
    page = build.page(2, 1)
    build.sprite(page, bitmap, 0.4, 0.2, dpi=10)
    image = BitmapRenderer(10).render(page)
    assert np.array_equal(image[2:7, 4:11], bitmap)
    assert (image[:2] == 255).all()
    assert (image[:, 11:] == 255).all()


@pytest.mark.parametrize("degrees", [0, 30, 90, 200])
@pytest.mark.parametrize("dpi", [40, 100, 330])
def test_the_ink_of_a_placed_sprite_is_its_opacity_times_its_area(build, degrees, dpi):
    """A picture of 60 x 40 px at 100 DPI whose opacity is one half: 0.24 square inches."""
    page = build.page(3, 3)
    bitmap = np.zeros((40, 60, 4), np.uint8)
    bitmap[:, :, 3] = 128
    space = AffineSpace(
        page.space, Transform.rotateDegCC(degrees).then(Transform(e=1.513 * MM, f=1.487 * MM))
    )
    Sprite(space, bitmap, dpi=100)
    ink = (255 - BitmapRenderer(dpi).render(page)[:, :, 0].astype(float)) / 255
    assert ink.sum() / dpi**2 == pytest.approx(0.24 * 128 / 255, rel=0.02)
    y, x = np.average(np.indices(ink.shape) + 0.5, axis=(1, 2), weights=np.stack([ink, ink]))
    assert (x / dpi, y / dpi) == pytest.approx((1.513, 1.487), abs=0.1 / dpi)


def test_a_sprite_of_one_colour_is_drawn_with_exact_sides(build):
    page = build.page(4, 1)
    Sprite.rectangle(page.space, Rectangle(0.5 * MM, 0, 2.25 * MM, MM), (0, 0, 0, 255), dpi=7)
    assert (255 - BitmapRenderer(1).render(page)[0, :, 0]).tolist() == [128, 255, 191, 0]


def test_a_view_box_cuts_a_piece_out_of_the_page(build):
    page = build.page(4, 4)
    build.path(page, build.inch_box(1, 1, 2.5, 3))
    whole = BitmapRenderer(20).render(page)
    part = BitmapRenderer(20).render(ViewBox(page.space, Rectangle(0.5 * MM, 1.5 * MM, 3 * MM, MM)))
    assert np.array_equal(part, whole[30:50, 10:70])


def test_the_view_box_of_a_page_gives_the_page(music_page):
    renderer = BitmapRenderer(50)
    assert np.array_equal(renderer.render(music_page), renderer.render(music_page.view_box))


def test_a_view_of_a_single_glyph_needs_no_page(build):
    space = AffineSpace()
    InkPath(AffineSpace(space, Transform(e=MM)), build.inch_box(0, 0, 1, 1))
    image = BitmapRenderer(1).render(ViewBox(space, Rectangle(0, 0, 3 * MM, MM)))
    assert image[0, :, 3].tolist() == [0, 255, 0]


def test_ink_that_belongs_to_no_visual_object_is_drawn_once(build):
    page = build.page(2, 1)
    drawn = build.path(page, build.inch_box(0, 0, 1, 1), (0, 0, 0, 128))
    InkPath(drawn.glyph.space, build.inch_box(1, 0, 2, 1), (0, 0, 0, 128))
    assert BitmapRenderer(1).render(page)[0, :, 0].tolist() == [127, 127]


@pytest.mark.parametrize("size", [(0, 0), (0.001, 0.001), (0.04, 7), (1, 1)])
@pytest.mark.parametrize("dpi", [10, 72, 301])
def test_sizes_are_rounded_to_whole_pixels_one_at_least(size, dpi):
    image = BitmapRenderer(dpi).render(ViewBox(AffineSpace(), Rectangle(3, 4, size[0] * MM, size[1] * MM)))
    assert image.shape == (max(1, round(size[1] * dpi)), max(1, round(size[0] * dpi)), 4)
    assert not image.any()


@pytest.mark.parametrize("dpi", [0, -3, float("nan"), float("inf")])
def test_a_resolution_that_makes_no_sense_is_refused(build, dpi):
    with pytest.raises(ExportError, match="dpi must be positive and finite"):
        BitmapRenderer(dpi).render(build.page(1, 1))


def test_an_image_beyond_the_limit_is_refused_before_memory_is_taken(build):
    with pytest.raises(ExportError, match="megapixels.*Lower the dpi"):
        BitmapRenderer(1e6).render(build.page(8, 11))


def test_what_is_no_page_is_refused():
    with pytest.raises(ExportError, match="Page or a ViewBox"):
        BitmapRenderer().render("page")  # type: ignore[arg-type]


def test_ink_in_a_space_outside_of_the_page_is_an_error(build):
    page = build.page(1, 1)
    drawn = build.path(page, build.inch_box(0, 0, 1, 1))
    drawn.glyph.space.parent_space = None
    with pytest.raises(ExportError, match="parent_space"):
        BitmapRenderer(10).render(page)


def test_files_are_written_by_suffix(build, tmp_path):
    page = build.page(3, 2, None)
    build.path(page, build.inch_box(0, 0, 1, 2))
    renderer = BitmapRenderer(10)
    renderer.write(page, tmp_path / "page.png")
    renderer.write(page, str(tmp_path / "page.JPG"))
    png = cv2.imread(str(tmp_path / "page.png"), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(png, renderer.export(page))
    jpeg = cv2.imread(str(tmp_path / "page.JPG"))
    assert jpeg.shape == (20, 30, 3)
    assert jpeg[:, :8].max() < 30
    assert jpeg[:, 12:].min() > 225  # what was transparent is white


def test_unknown_suffixes_and_missing_folders_are_errors(build, tmp_path):
    page = build.page(1, 1)
    with pytest.raises(ExportError, match=r"docx.*\.png"):
        BitmapRenderer(10).write(page, tmp_path / "page.docx")
    with pytest.raises(ExportError, match="cannot be written"):
        BitmapRenderer(10).write(page, tmp_path / "missing" / "page.png")


def test_options_are_checked():
    with pytest.raises(ExportError, match="0 to 9"):
        BitmapRenderer(png_compression=10)
    with pytest.raises(ExportError, match="0 to 100"):
        BitmapRenderer(jpeg_quality=101)


def test_the_same_page_gives_the_same_bytes(music_page):
    renderer = BitmapRenderer(90)
    first = renderer.render(music_page)
    assert first.min() == 0
    assert first.tobytes() == renderer.render(music_page).tobytes()
