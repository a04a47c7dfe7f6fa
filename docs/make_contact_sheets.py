"""Makes the contact sheets of `docs/degradations.md`: every filter at three strengths.

Run: `python docs/make_contact_sheets.py [SHEET...]`. The same versions of the dependencies give the same files.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import code_blocks
import cv2
import numpy as np
from numpy.typing import NDArray
from small_pictures import write_jpeg

import smashcima as sc
from smashcima.imaging import DefaultCompositor
from smashcima.imaging import filters as pp
from smashcima.randomness import Stream

Image = NDArray[np.uint8]

FOLDER = code_blocks.ROOT / "assets" / "degradations"
STRENGTHS = (0.5, 1.0, 2.0)
PAPER = (218, 234, 241, 255)
PIECE = (slice(650, 790), slice(905, 1215))
"""Rows and columns of the detail that is shown for filters on ink."""

GAP, HEADING = 6, 20

OLD_PRESETS = ("scan", "old-manuscript", "photo", "photocopy", "bitonal")
"""Presets whose pictures have the size of the page."""


@dataclass(frozen=True)
class Sheet:
    """Filters shown on one sheet."""

    filters: tuple[pp.Filter, ...]
    whole_page: bool = False
    """Whether to show whole pages, scaled down; otherwise a detail at full resolution."""

    columns: int = 1
    """Number of filters side by side."""

    seed: int = 3

    printed: bool = False
    """Whether to show a printed page instead of a handwritten one."""

    has_room: bool = False
    """Whether to show a page with room below the music."""


TABLE = pp.LieOn(materials=("dark wood",), name="table")


def on_table(item: pp.Filter) -> pp.Filter:
    """Combines a geometric filter with a table as background."""
    return pp.FilterStack([item, TABLE], name=item.name)


SHEETS = {
    "ink": Sheet(
        (
            pp.InkBleed(),
            pp.InkFade(amount=0.3, lump_mm=15.0),
            pp.DryPen(share=0.4),
            pp.BrokenStrokes(),
            pp.Letterpress(),
            pp.InkColor(inks=("sepia",)),
            pp.InkGain(gain_mm=0.06),
            pp.PooledInk(amount=0.35, ends=0.4),
        )
    ),
    "lines": Sheet(
        (
            pp.StaffLineFade(),
            pp.StaffLineThicken(),
            pp.UnevenRuling(),
            pp.BleedThrough(depth=0.15, shift_mm=3.0),
        )
    ),
    "marks": Sheet(
        (
            pp.Scribbles(tools=("red pencil",)),
            pp.Corrections(count=5.0),
            pp.Stains(count=5.0, depth=0.2),
            pp.Blots(count=10.0, size_mm=1.5),
        ),
        whole_page=True,
        columns=2,
    ),
    "manuscripts": Sheet(
        (
            pp.EmptyStaves(foot_mm=8.0),
            on_table(pp.FilterStack([pp.FacingPage(share=1.0)], name="facing_page")),
            pp.FilterStack([pp.LieOn(materials=("black",)), pp.ColorBar()], name="color_bar"),
        ),
        whole_page=True,
        columns=2,
        has_room=True,
    ),
    "bending": Sheet(
        (
            on_table(pp.Fold(creases=("letter",))),
            on_table(pp.Curl()),
            on_table(pp.BookPage()),
            on_table(pp.PaperWaves(swing_mm=1.0)),
            pp.FacingPage(share=0.3),
            on_table(pp.Skew(angle_deg=1.5)),
            on_table(pp.Perspective(tilt_x_deg=9.0, tilt_y_deg=-6.0, roll_deg=2.0, margin=0.05)),
            on_table(pp.FilterStack([pp.LensDistortion(barrel=0.03)], name="lens_distortion")),
        ),
        whole_page=True,
        columns=2,
    ),
    "light": Sheet(
        (
            pp.UnevenLight(falloff=0.25),
            pp.Vignette(),
            pp.CastShadow(),
            pp.ScannerLight(gutter=0.2),
            pp.CopierEdges(),
        ),
        whole_page=True,
        columns=2,
    ),
    "camera": Sheet(
        (
            pp.Defocus(),
            pp.MotionBlur(),
            pp.ResolutionLoss(),
            pp.SensorNoise(),
            pp.ScannerStreaks(count=40.0),
            pp.Jpeg(quality=60.0),
            pp.CameraFocus(sharpening=1.5),
            pp.ToneCurve(veil=0.2, contrast=1.2),
            pp.Dust(share=0.002),
            pp.CameraNoise(shot=0.02),
            pp.Resaved(long_side_px=1800.0, quality=70.0),
        )
    ),
    "copies": Sheet(
        (
            pp.Photocopy(),
            pp.Binarize(method=("otsu",), bias=0.12, name="binarize (otsu)"),
            pp.Binarize(method=("sauvola",), bias=0.12, name="binarize (sauvola)"),
            pp.SaltAndPepper(pepper=0.002, salt=0.01),
            pp.FilterStack([pp.RoughEdges(), pp.Binarize(method=("otsu",))], name="rough_edges, binarize"),
        )
    ),
    "presets": Sheet(
        tuple(pp.preset(name) for name in OLD_PRESETS)
        + (pp.BaseHandwrittenPostprocessor(share_untouched=0),),
        whole_page=True,
        columns=2,
        seed=4,
    ),
    "presets-of-pictures": Sheet(
        tuple(pp.preset(name) for name in pp.PRESETS if name not in ("clean", *OLD_PRESETS)),
        whole_page=True,
        columns=2,
        seed=6,
        printed=True,
    ),
}


def main() -> None:
    """Makes the sheets given as arguments, or all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    model = sc.BaseHandwrittenModel(seed=5, writer="neat")
    model.container.resolve(sc.PaperSynthesizer).color = PAPER
    page = model(code_blocks.EXAMPLE).pages[0]
    printed = sc.EngravedModel(seed=5, line_weights="varied")(code_blocks.EXAMPLE).pages[0]
    large = sc.BaseHandwrittenModel(seed=5, writer="neat", page="250x420", staff_height_mm=6)
    large.container.resolve(sc.PaperSynthesizer).color = PAPER
    for name in sys.argv[1:] or SHEETS:
        sheet = SHEETS[name]
        if sheet.has_room:
            write_jpeg(sheet_of(sheet, large(code_blocks.EXAMPLE, index=0).pages[0]), FOLDER / f"{name}.jpg")
            continue
        write_jpeg(sheet_of(sheet, printed if sheet.printed else page), FOLDER / f"{name}.jpg")


def sheet_of(sheet: Sheet, page: sc.Page) -> Image:
    """Makes a sheet with a row for each filter (or `columns` of them) and a cell for each strength."""
    strips = [strip(item, page, sheet) for item in sheet.filters]
    while len(strips) % sheet.columns:
        strips.append(np.full_like(strips[0], 255))
    lines = [
        np.concatenate(strips[first : first + sheet.columns], axis=1)
        for first in range(0, len(strips), sheet.columns)
    ]
    return np.concatenate(lines)


def strip(item: pp.Filter, page: sc.Page, sheet: Sheet) -> Image:
    """Shows one filter at all strengths."""
    cells = [cell(item, strength, page, sheet) for strength in STRENGTHS]
    height = max(len(one) for one in cells)
    gap = np.full((height, GAP, 3), 255, np.uint8)
    row = np.concatenate([part for one in cells for part in (one, gap)], axis=1)
    heading = np.full((HEADING, row.shape[1], 3), 255, np.uint8)
    step = cells[0].shape[1] + GAP
    for number, strength in enumerate(STRENGTHS):
        text = f"{item.name}  {strength:g}" if number == 0 else f"{strength:g}"
        place = (number * step + 2, HEADING - 6)
        cv2.putText(heading, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.42, (40, 40, 40), 1, cv2.LINE_AA)
    return np.concatenate([heading, row])


def cell(item: pp.Filter, strength: float, page: sc.Page, sheet: Sheet) -> Image:
    """Shows one filter at one strength."""
    stack = pp.FilterStack([item], strength=strength)
    rng = Stream(sheet.seed).child("contact sheet").generator()
    image = DefaultCompositor(stack).compose(page, 300, rng).bitmap[:, :, :3]
    if sheet.whole_page:
        width = 230 if sheet.columns == 1 else 150
        height = round(width * 1.4144)
        factor = min(width / image.shape[1], height / image.shape[0])
        size = (round(image.shape[1] * factor), round(image.shape[0] * factor))
        shown = np.full((height, width, 3), 255, np.uint8)
        shown[: size[1], : size[0]] = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
        return shown
    return np.ascontiguousarray(image[PIECE])


if __name__ == "__main__":
    main()
