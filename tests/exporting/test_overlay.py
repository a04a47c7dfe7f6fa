"""Truth drawn over pictures."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from smashcima.errors import ExportError
from smashcima.exporting import OVERLAYS, BitmapRenderer, ImageLayer, OverlayRenderer
from smashcima.exporting.overlay import Marks, draw_marks
from smashcima.exporting.overlay.drawing import color_of
from smashcima.imaging import DefaultCompositor
from tests.small_pages import add_path, inch_box, make_page


@pytest.fixture
def image() -> ImageLayer:
    """Two inches of paper at 100 dpi, with a bar of ink from (50, 60) to (150, 100) pixels."""
    page = make_page(2, 2)
    add_path(page, inch_box(0.5, 0.6, 1.5, 1.0), label="smufl::restHalf")
    return DefaultCompositor().compose(page, 100)


def changed(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    return np.any(np.abs(before.astype(int) - after) > 60, axis=2)


def test_boxes_run_along_the_edges_of_the_ink(image: ImageLayer) -> None:
    marked = changed(image.bitmap, OverlayRenderer("boxes").export(image))
    rows, columns = np.nonzero(marked)
    assert abs(rows.min() - 60) <= 1
    assert abs(rows.max() - 99) <= 1
    assert abs(columns.min() - 50) <= 1
    assert abs(columns.max() - 149) <= 1
    assert not marked[65:95, 55:145].any()


def test_masks_fill_the_ink_and_nothing_else(image: ImageLayer) -> None:
    marked = changed(image.bitmap, OverlayRenderer("masks").export(image))
    assert marked[61:99, 51:149].all()
    assert not marked[:58].any()
    assert not marked[103:].any()


def test_names_stand_above_the_box_in_the_colour_of_their_class(image: ImageLayer) -> None:
    picture = OverlayRenderer("labels").export(image)
    above = picture[40:58, 45:150, :3].reshape(-1, 3)
    letters = above[above.min(axis=1) < 160]
    assert len(letters) > 20
    assert np.array_equal(np.argsort(letters.mean(axis=0)), np.argsort(color_of("restHalf")))


def test_the_picture_itself_is_left_alone(image: ImageLayer) -> None:
    before = image.bitmap.copy()
    for overlay in OVERLAYS:
        OverlayRenderer(overlay).export(image)
    assert np.array_equal(before, image.bitmap)


def test_layout_shows_the_page_and_no_ink(image: ImageLayer) -> None:
    marked = changed(image.bitmap, OverlayRenderer("layout").export(image))
    assert marked[30:, 0].all()  # the name stands at the top of it
    assert not marked[60:100, 60:140].any()


def test_only_the_labels_that_are_asked_for_are_drawn(image: ImageLayer) -> None:
    chosen = OverlayRenderer("boxes", labels=frozenset({"smufl::gClef"}))
    assert np.array_equal(chosen.export(image), image.bitmap)


def test_marks_without_boxes_or_with_none_at_all_draw_nothing() -> None:
    blank = np.full((20, 30, 4), 255, np.uint8)
    nowhere = Marks(("a",), np.full((1, 4), np.nan), ((),))
    nothing = Marks((), np.empty((0, 4)), ())
    for marks in (nowhere, nothing):
        assert np.array_equal(draw_marks(blank, marks, boxes=True, names=True), blank)


def test_an_unknown_overlay_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ExportError, match="labels, boxes, outlines, masks, layout"):
        OverlayRenderer("sparkles")


def test_an_overlay_is_written_as_an_image(image: ImageLayer, tmp_path: Path) -> None:
    OverlayRenderer("outlines").write(image, tmp_path / "seen.png")
    assert cv2.imread(str(tmp_path / "seen.png")).shape == (200, 200, 3)


# -- in notebooks ------------------------------------------------------------------------------------------


def read_png(data: bytes | None) -> np.ndarray:
    assert data is not None
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)


def test_a_page_shows_itself() -> None:
    page = make_page(2, 1)
    add_path(page, inch_box(0.5, 0.2, 1.5, 0.8))
    shown = read_png(page._repr_png_())
    assert shown.shape[:2] == (100, 200)
    assert shown[50, 100, :3].max() == 0
    assert shown[5, 5, :3].min() == 255
    assert np.array_equal(shown, read_png(page.view_box._repr_png_()))


def test_a_glyph_shows_itself_on_white_and_leaves_nothing_in_the_scene() -> None:
    page = make_page(2, 1, paper=None)
    glyph = add_path(page, inch_box(0.5, 0.2, 1.5, 0.8)).glyph
    before = BitmapRenderer(100).render(page)
    linked = len(page.connected())
    shown = read_png(glyph._repr_png_())
    assert abs(shown.shape[1] - 200) <= 1
    assert abs(shown.shape[0] - 122) <= 2
    assert shown[60, 100, :3].max() == 0
    assert shown[0, 0, :3].min() == 255
    assert len(page.connected()) == linked
    assert np.array_equal(BitmapRenderer(100).render(page), before)
