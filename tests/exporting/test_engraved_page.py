"""The same truths on a page of real music."""

from __future__ import annotations

import re
from pathlib import Path

import cv2
import numpy as np
import pytest

from smashcima.exporting import BitmapRenderer, SvgExporter
from smashcima.imaging import Outlines, PixelGrid, rasterize
from smashcima.imaging.compositing.space_maps import SpaceMaps
from smashcima.orchestration import EngravedModel
from smashcima.scene.visual import Notehead, Page, VisualObject


@pytest.fixture(scope="module")
def page() -> Page:
    example = Path(__file__).resolve().parents[2] / "assets" / "example" / "example.musicxml"
    return EngravedModel(seed=0)(example).pages[0]


@pytest.mark.parametrize("dpi", [72, 300])
def test_boxes_contain_the_ink_of_every_object_and_are_tight_to_a_pixel(page, dpi):
    grid = PixelGrid.over(page.view_box.rectangle, dpi)
    maps = SpaceMaps(page.space, grid.to_px)
    regions = BitmapRenderer(dpi).regions_of(page)
    boxes = dict(zip(regions.scene_objects, regions.pixel_boxes().tolist(), strict=True))
    everything = VisualObject.many_of(page, "page")
    assert len(everything) > 300
    for drawn in everything:
        paths = drawn.glyph.paths
        ways = [maps.through(path.transform, path.space) for path in paths]
        corners = []
        for window in rasterize(
            Outlines.of([path.contours for path in paths], ways), grid.width, grid.height
        ):
            ys, xs = np.nonzero(window.clear < 255)
            corners += [(xs.min() + window.left, ys.min() + window.top)] if len(xs) else []
            corners += [(xs.max() + window.left + 1, ys.max() + window.top + 1)] if len(xs) else []
        ink = (*np.min(corners, axis=0), *np.max(corners, axis=0))
        slack = np.array(boxes[drawn]) - ink
        assert ((slack[:2] <= 0) & (slack[:2] >= -1)).all(), drawn
        assert ((slack[2:] >= 0) & (slack[2:] <= 1)).all(), drawn


def test_svg_and_bitmap_are_the_same_picture(page):
    import resvg_py

    ours = 255.0 - BitmapRenderer(150).render(page)[:, :, 0]
    height, width = ours.shape
    text = SvgExporter().export_string(page)
    # resvg rounds a size in mm to whole pixels of 96 DPI, which would stretch the picture.
    text = re.sub(r' width="[^"]*mm"', f' width="{width}"', text, count=1)
    text = re.sub(r' height="[^"]*mm"', f' height="{height}"', text, count=1)
    png = resvg_py.svg_to_bytes(
        svg_string=text,
        background="white",
        width=4 * width,
        height=4 * height,
        dpi=96,
        skip_system_fonts=True,
    )
    large = cv2.imdecode(np.frombuffer(bytes(png), np.uint8), cv2.IMREAD_GRAYSCALE)
    seen = 255.0 - cv2.resize(large, (width, height), interpolation=cv2.INTER_AREA)
    assert np.minimum(ours, seen).sum() / np.maximum(ours, seen).sum() >= 0.97
    assert ours.sum() == pytest.approx(seen.sum(), rel=0.005)


def test_every_notehead_of_a_note_is_named_by_its_pitch(page):
    text = SvgExporter().export_string(page)
    titles = re.findall(r"<title>(notehead [A-G][#b]*\d m\.\d+)</title>", text)
    assert len(titles) == len(Notehead.many_of(page, "page")) > 50
