"""Paper: time of the first and of later pages of a style, of quilted paper, and of drawing; memory.

Run: `python benchmarks/bench_paper.py`. Budgets at 300 DPI, 2582 x 3652 px, for one thread: 15 ms for a page, 150 ms for the
first one of a style. Compare machines by the ratio to a page copy.
"""

from __future__ import annotations

import itertools
import tracemalloc

import cv2
import numpy as np
from reference_work import Timing, measure, page_copy_reference, print_table

from smashcima.assets.paper import PaperPatch, propose_patches
from smashcima.geometry import Rectangle
from smashcima.imaging import draw_layers
from smashcima.scene.visual import AffineSpace, Page, ViewBox
from smashcima.synthesis.paper import (
    AS_PHOTOGRAPHED,
    PaperSheet,
    PaperStyle,
    PaperStyleDomain,
    ProceduralPaperSynthesizer,
    QuiltTexture,
)
from smashcima.synthesis.paper.tile import make_tile, tile_of

WIDTH_MM, HEIGHT_MM = 218.6, 309.2
DPI = 300.0


def draw(
    style: PaperStyle, numbers: itertools.count[int], texture: QuiltTexture | None = None, dpi: float = DPI
) -> object:
    number = next(numbers)
    return PaperSheet(style, WIDTH_MM, HEIGHT_MM, number, 1, number, texture).draw(dpi)


def times_of(name: str) -> list[Timing]:
    """Times of the texture of a preset, of the first page, and of later pages."""
    style = PaperStyle.preset(name)
    numbers = itertools.count()
    tile_of(style, DPI)
    texture = measure(f"  of the first page: {name}'s texture", lambda: make_tile(style, DPI), repeats=3)
    page = measure(f"{name}: a page", lambda: draw(style, numbers), repeats=11)
    first = Timing(f"{name}: first page", texture.best_ms + page.best_ms, texture.median_ms + page.median_ms)
    return [first, texture, page]


def patches() -> list[PaperPatch]:
    """Patches of four sheets, like those cut from photographs."""
    style = PaperStyle.preset("laid-18th-century")
    found = []
    for number in range(4):
        image = PaperSheet(style, WIDTH_MM, HEIGHT_MM, number).draw(DPI)
        found.append(PaperPatch(np.ascontiguousarray(image[800:1300, 900:1500, :3]), DPI, f"{number}"))
    return found


def times_of_quilts() -> list[Timing]:
    texture = QuiltTexture(patches())
    numbers = itertools.count()
    return [
        measure("quilt of four patches, 105 mm square", lambda: texture.make_quilt(DPI), repeats=3),
        measure("quilted: a page", lambda: draw(AS_PHOTOGRAPHED, numbers, texture), repeats=11),
    ]


def times_of_drawing() -> list[Timing]:
    """Times of drawing paper in the compositor, new and cached, at the resolution of the sheet and at others."""
    rng = np.random.default_rng(0)
    styles = PaperStyleDomain(rng)
    styles.choice = "cream-manuscript"
    synthesizer = ProceduralPaperSynthesizer(styles, rng)
    sheet = Rectangle(0, 0, WIDTH_MM, HEIGHT_MM)

    def page() -> Page:
        space = AffineSpace()  # one space for each, since sprites of one space are drawn together
        return Page(space, ViewBox(space, sheet), 0, synthesizer.synthesize_paper(space, sheet))

    kept = page()
    return [
        measure("synthesize_paper (nothing is drawn)", page, repeats=11),
        measure("compositor: layers of a new page", lambda: draw_layers(page(), DPI, with_regions=False)),
        measure("compositor: the same page again", lambda: draw_layers(kept, DPI, with_regions=False)),
        measure("compositor: a page at 150 DPI", lambda: draw_layers(page(), 150, with_regions=False)),
    ]


def print_memory() -> None:
    """Prints the peak memory of a page in addition to its image."""
    for name in ("cream-manuscript", "aged"):
        style = PaperStyle.preset(name)
        tile = tile_of(style, DPI)
        tracemalloc.start()
        image = PaperSheet(style, WIDTH_MM, HEIGHT_MM, 0).draw(DPI)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(
            f"{name}: peak {peak / 2**20:.0f} MiB, of which the picture is {image.nbytes / 2**20:.0f}; "
            f"its texture keeps {tile.size_bytes / 2**20:.1f} MiB"
        )


def main() -> None:
    """Prints the tables."""
    cv2.setNumThreads(1)
    timings: list[Timing] = []
    for name in PaperStyle.preset_names():
        timings += times_of(name)
    numbers = itertools.count()
    timings += [
        measure(
            "cream-manuscript: a page at 150 DPI",
            lambda: draw(PaperStyle.preset("cream-manuscript"), numbers, None, 150),
        ),
        measure(
            "cream-manuscript: a page at 600 DPI",
            lambda: draw(PaperStyle.preset("cream-manuscript"), numbers, None, 600),
            repeats=3,
        ),
        *times_of_quilts(),
        *times_of_drawing(),
    ]
    page = PaperSheet(PaperStyle.preset("aged"), WIDTH_MM, HEIGHT_MM, 0).draw(DPI)[:, :, :3]
    timings.append(measure("proposals of patches on a page", lambda: propose_patches(page, DPI), repeats=3))
    budgets = {timing.name: 15.0 for timing in timings if timing.name.endswith(": a page")}
    budgets |= {timing.name: 150.0 for timing in timings if timing.name.endswith(": first page")}
    print(f"{WIDTH_MM} x {HEIGHT_MM} mm at {DPI:g} DPI; one thread")
    print_table(timings, page_copy_reference(), budgets)
    print_memory()


if __name__ == "__main__":
    main()
