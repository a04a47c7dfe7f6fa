"""Rendering: time of each part, agreement with an independent renderer, memory.

Run: `python benchmarks/bench_render.py`. Budget for a page at 300 DPI: 60 ms.
"""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from reference_work import Timing, measure, page_copy_reference, print_table

from smashcima.exporting import BitmapRenderer, DefaultCompositor, SvgExporter, encode_image
from smashcima.geometry import Contours, Rectangle, Transform, mm_to_px
from smashcima.imaging import draw_layers, merge_layers
from smashcima.orchestration import EngravedModel
from smashcima.scene.visual import AffineSpace, Glyph, InkPath, Page, ViewBox, VisualObject
from smashcima.scene.visual.view import view_of

EXAMPLE = Path(__file__).resolve().parent.parent / "assets" / "example" / "example.musicxml"
WIDTH_MM, HEIGHT_MM = 218.6, 309.2


def dense_page(shapes: int = 3000, points: int = 48) -> Page:
    """Page with 100 staff lines and `blobs` different wavy shapes of the size of noteheads."""
    space = AffineSpace()
    sheet = Rectangle(0, 0, WIDTH_MM, HEIGHT_MM)
    paper = InkPath(space, Contours.from_rectangle(sheet), (255, 255, 255, 255))
    page = Page(space, ViewBox(space, sheet), 0, paper)
    for line in range(100):
        top = 15 + 14 * (line // 5) + 1.8 * (line % 5)
        stroke = Contours.from_rectangle(Rectangle(15, top, 188, 0.2))
        VisualObject(Glyph.from_contours("staffLine", stroke, space=space), None, page, layer="stafflines")
    rng = np.random.default_rng(1)
    angles = np.linspace(0, 2 * np.pi, points, endpoint=False)
    for _ in range(shapes):
        radii = 1.0 + 0.1 * np.sin(5 * angles + 6 * rng.random())
        blob = Contours((np.stack([1.4 * radii * np.cos(angles), radii * np.sin(angles)], axis=1),))
        where = Transform(e=15 + 188 * rng.random(), f=15 + 280 * rng.random())
        VisualObject(Glyph.from_contours("blob", blob, space=AffineSpace(space, where)), None, page)
    return page


def parts_of(name: str, page: Page) -> list[Timing]:
    """Times each step of rendering a page at 300 DPI."""
    layers = draw_layers(page, 300, with_regions=False)
    compositor = DefaultCompositor()
    return [
        measure(f"{name}: render at 300 DPI", lambda: BitmapRenderer().render(page)),
        measure("  of it: find what there is to draw", lambda: view_of(page)),
        measure("  of it: draw layers", lambda: draw_layers(page, 300, with_regions=False)),
        measure("  of it: merge layers (on a copy)", lambda: merge_layers(layers)),
        measure(f"{name}: regions", lambda: BitmapRenderer().regions_of(page)),
        measure(f"{name}: compose, with regions", lambda: compositor.compose(page)),
        measure(f"{name}: SVG", lambda: SvgExporter().export_string(page), repeats=3),
    ]


def resvg(svg: str, width: int, height: int, factor: int) -> NDArray[np.float64]:
    """Ink rendered by resvg at a multiple of the size, and averaged."""
    import resvg_py

    # A size in mm would be rounded to whole pixels at 96 DPI, which would stretch the image.
    sized = re.sub(r' width="[^"]*mm"', f' width="{width}"', svg, count=1)
    sized = re.sub(r' height="[^"]*mm"', f' height="{height}"', sized, count=1)
    png = resvg_py.svg_to_bytes(
        svg_string=sized, background="white", width=factor * width, height=factor * height, dpi=96
    )
    image = cv2.imdecode(np.frombuffer(bytes(png), np.uint8), cv2.IMREAD_GRAYSCALE)
    return 255.0 - cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)


def print_agreement(name: str, page: Page) -> None:
    """Prints the IoU of ink (sum of minima divided by sum of maxima) and its bias relative to resvg, if installed."""
    try:
        import resvg_py  # noqa: F401
    except ImportError:
        print("resvg-py is not installed: no comparison")
        return
    ours = 255.0 - BitmapRenderer().render(page)[:, :, 0]
    height, width = ours.shape
    svg = SvgExporter().export_string(page)
    plain, fine = (resvg(svg, width, height, factor) for factor in (1, 4))
    for title, one, other in (
        ("ours / resvg at four times the size", ours, fine),
        ("ours / resvg", ours, plain),
        ("resvg / resvg at four times the size", plain, fine),
    ):
        iou = np.minimum(one, other).sum() / np.maximum(one, other).sum()
        print(f"{name}: {title:<38} IoU {iou:.4f}, bias {100 * (one.sum() / other.sum() - 1):+.2f} %")


def print_memory(name: str, page: Page) -> None:
    """Prints the peak memory of rendering."""
    for dpi in (300, 600):
        tracemalloc.start()
        image = BitmapRenderer(dpi).render(page)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(
            f"{name}: peak at {dpi} DPI {peak / 2**20:.0f} MiB, of which the picture is {image.nbytes / 2**20:.0f}"
        )


def main() -> None:
    """Prints the tables."""
    cv2.setNumThreads(1)
    scene = EngravedModel(seed=0)(EXAMPLE)
    example, dense = scene.pages[0], dense_page()
    image = BitmapRenderer().render(example)
    height, width = image.shape[:2]
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    timings = [
        measure("reference: remap of that page", lambda: cv2.remap(image, xs, ys, cv2.INTER_LINEAR)),
        measure("reference: JPEG of that page", lambda: encode_image(image, ".jpg"), repeats=3),
        measure("reference: PNG of that page", lambda: encode_image(image, ".png"), repeats=3),
        *parts_of("example", example),
        *parts_of("dense", dense),
        measure("example: render at 72 DPI", lambda: BitmapRenderer(72).render(example)),
        measure("example: render at 600 DPI", lambda: BitmapRenderer(600).render(example), repeats=3),
    ]
    budgets = {"example: render at 300 DPI": 60.0, "dense: render at 300 DPI": 60.0, "example: SVG": 300.0}
    print(
        f"example: {len(VisualObject.many_of(example, 'page'))} objects, {width} x {height} px; dense: 3100 objects"
    )
    print(f"({mm_to_px(WIDTH_MM, 300):.0f} x {mm_to_px(HEIGHT_MM, 300):.0f} px); one thread")
    print_table(timings, page_copy_reference(), budgets)
    print_agreement("example", example)
    print_memory("example", example)


if __name__ == "__main__":
    main()
