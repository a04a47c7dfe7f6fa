"""The truth about pages that lie askew, are bent, and were taken by a telephone: masks, boxes and pixels agree."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

import smashcima as sc
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.mung import MungExporter
from smashcima.geometry import Contours
from smashcima.imaging import ImageLayer, draw_layers, merge_layers
from smashcima.imaging.filters import Curl, FilterStack, Fold, Perspective, preset
from smashcima.randomness import stream
from smashcima.scene.visual import AffineSpace, InkPath

DPI = 150
RARE_SIGNS = Path(__file__).parent / "rare_signs.musicxml"
BENT = FilterStack(
    [Curl(slope_deg=18.0), Fold(rise_deg=5.0), Perspective(tilt_x_deg=8.0, tilt_y_deg=-6.0, roll_deg=2.0)],
    name="bent",
)
"""Moves pixels, and changes no colour."""


@pytest.fixture(scope="module", params=["printed", "by hand"])
def page(request: pytest.FixtureRequest) -> sc.Page:
    printed = request.param == "printed"
    model = sc.EngravedModel(seed=0) if printed else sc.BaseHandwrittenModel(seed=3, hand="pen")
    found: sc.Page = model(RARE_SIGNS).pages[0]
    if found.paper is not None:
        found.paper.space = AffineSpace()  # else it would be ink on the page
    sheet = Contours.from_rectangle(found.view_box.rectangle)
    found.paper = InkPath(found.space, sheet, (255, 255, 255, 255))
    return found


def taken(page: sc.Page, filters: FilterStack) -> ImageLayer:
    """The page after filters, as the compositor does it."""
    rng = stream(3, 0, "warped")
    layers = filters.process_layers(draw_layers(page, DPI), rng)
    return filters.process_image(merge_layers(layers), rng)


@pytest.fixture(scope="module")
def bent(page: sc.Page) -> PageAnnotation:
    return annotate(taken(page, BENT))


def darkness(image: ImageLayer) -> NDArray[np.float64]:
    """From 0, white, to 1, black."""
    gray = cv2.cvtColor(np.ascontiguousarray(image.bitmap[:, :, :3]), cv2.COLOR_BGR2GRAY)
    return np.where(image.bitmap[:, :, 3] == 255, 1 - gray / 255.0, 0.0)  # there is nothing beyond the sheet


def masks_in_mung(
    page: PageAnnotation, folder: Path
) -> Iterator[tuple[str, slice, slice, NDArray[np.bool_]]]:
    """Id, rows, columns and mask of each node that is ink, as the official reader finds them."""
    from mung.io import read_nodes_from_file

    ink = {node.id for node in page.nodes if node.is_ink}
    MungExporter().write(page, folder / "page.mung")
    for node in read_nodes_from_file(str(folder / "page.mung")):
        if node.data["smashcima_id"] in ink:
            rows, columns = slice(node.top, node.bottom), slice(node.left, node.right)
            yield node.data["smashcima_id"], rows, columns, node.mask.astype(bool)


def test_the_page_is_bent(page: sc.Page) -> None:
    straight, bent = annotate(taken(page, FilterStack([]))), annotate(taken(page, BENT))
    moved = np.hypot(*(straight.regions.bboxes - bent.regions.bboxes)[:, :2].T)
    assert np.nanmax(moved) - np.nanmin(moved) > 3
    assert [node.id for node in bent.nodes] == [node.id for node in straight.nodes]


def test_masks_of_mung_are_the_dark_pixels(bent: PageAnnotation, tmp_path: Path) -> None:
    dark = darkness(bent.image)
    told = np.zeros(dark.shape, np.bool_)
    count = 0
    for id, rows, columns, mask in masks_in_mung(bent, tmp_path):
        told[rows, columns] |= mask
        if mask.sum() >= 12:
            count += 1
            assert dark[rows, columns][mask].mean() > 0.3, id  # half a pixel is what hairlines are wide
    assert count > 40
    clear = dark < 0.25
    assert (told & clear).sum() < 0.02 * told.sum()
    assert (~told & (dark > 0.75)).sum() < 0.01 * told.sum()


def test_masks_and_boxes_of_coco_are_those_of_mung(bent: PageAnnotation, tmp_path: Path) -> None:
    from pycocotools import mask as coco_mask

    entries = {
        entry["attributes"]["smashcima_id"]: entry for entry in CocoExporter().export(bent)["annotations"]
    }
    for id, rows, columns, mask in masks_in_mung(bent, tmp_path):
        entry = entries[id]
        decoded = coco_mask.decode(
            {
                "size": entry["segmentation"]["size"],
                "counts": entry["segmentation"]["counts"].encode(),
            }
        ).astype(bool)
        assert decoded.sum() == mask.sum() == entry["area"]
        assert (decoded[rows, columns] == mask).all()
        left, top, width, height = entry["bbox"]
        assert decoded[top : top + height, left : left + width].sum() == mask.sum()


def test_boxes_are_tight(bent: PageAnnotation) -> None:
    boxes = bent.regions.pixel_boxes()
    for index, node in enumerate(bent.nodes):
        left, top, pixels = bent.full_masks[index]
        if not node.is_ink or not pixels.size:
            continue
        ys, xs = np.nonzero(pixels)
        ink = np.array([left + xs.min(), top + ys.min(), left + xs.max() + 1, top + ys.max() + 1])
        slack = (boxes[index] - ink) * (1, 1, -1, -1)
        assert (slack <= 0).all(), node.id
        if node.sign.label.startswith(("notehead", "rest", "timeSig")):
            assert (slack >= -2).all(), node.id


def test_ink_of_a_photo_is_where_it_says(page: sc.Page) -> None:
    image = taken(page, preset("photo"))
    annotation = annotate(image)
    dark = darkness(image)
    all_ink = annotation.masks().ink_mask
    around = cv2.dilate(all_ink.astype(np.uint8), np.ones((9, 9))).astype(bool) & ~cv2.dilate(
        all_ink.astype(np.uint8), np.ones((3, 3))
    ).astype(bool)
    seen, count = 0, 0
    for node, (left, top, pixels) in zip(annotation.nodes, annotation.full_masks, strict=True):
        if not node.is_ink or pixels.sum() < 25:
            continue
        rows, columns = pixels.shape
        place = (slice(max(top - 6, 0), top + rows + 6), slice(max(left - 6, 0), left + columns + 6))
        paper = dark[place][around[place]]
        count += 1
        seen += dark[top : top + rows, left : left + columns][pixels].mean() > np.median(paper) + 0.1
    assert count > 40
    assert seen > 0.97 * count
