"""Filters: time and memory of each filter on a page at 300 DPI, presets at 300 and 150 DPI, and hands with an ink that varies.

Run: `python benchmarks/bench_filters.py`. With `SMASHCIMA_KERNELS=on`, kernels work from the first page. Budgets including the composition of the page: `scan` 150 ms, `photo` 250 ms,
on a machine on which a full remap takes 25 ms.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from smashcima.exporting import DefaultCompositor
from smashcima.imaging import ImageLayer, LayerSet, draw_layers, merge_layers
from smashcima.imaging.filters import (
    PRESETS,
    BaseHandwrittenPostprocessor,
    Binarize,
    BleedThrough,
    Blots,
    BookPage,
    BrokenStrokes,
    CameraFocus,
    CameraNoise,
    CastShadow,
    ColorBar,
    CopierEdges,
    Corrections,
    Crop,
    Curl,
    Defocus,
    DryPen,
    Dust,
    EmptyStaves,
    FacingPage,
    Filter,
    FilterStack,
    Fold,
    Grayscale,
    InkBleed,
    InkColor,
    InkFade,
    InkGain,
    Jpeg,
    LayersFilter,
    LensDistortion,
    Letterpress,
    LieOn,
    MotionBlur,
    PaperWaves,
    Perspective,
    Photocopy,
    PooledInk,
    QuarterTurn,
    Resaved,
    Resolution,
    ResolutionLoss,
    RoughEdges,
    SaltAndPepper,
    ScannerLight,
    ScannerStreaks,
    Scribbles,
    SensorNoise,
    Skew,
    StaffLineFade,
    StaffLineThicken,
    Stains,
    ToneCurve,
    UnevenLight,
    UnevenRuling,
    Vignette,
    preset,
)
from smashcima.orchestration import BaseHandwrittenModel
from smashcima.randomness import stream
from smashcima.scene.visual import Page

EXAMPLE = Path(__file__).resolve().parent.parent / "assets" / "example" / "example.musicxml"
FILTERS: tuple[Filter, ...] = (
    *(
        InkFade(),
        DryPen(),
        BrokenStrokes(),
        Letterpress(),
        InkColor(),
        InkBleed(),
        InkGain(),
        Blots(),
        PooledInk(),
    ),
    *(StaffLineFade(), StaffLineThicken(), UnevenRuling(), EmptyStaves(), BleedThrough()),
    *(Scribbles(), Corrections(), Stains()),
    *(Fold(), Curl(), BookPage(), PaperWaves(), FacingPage(), Skew(), Perspective(), LensDistortion()),
    *(Crop(), QuarterTurn(), ColorBar()),
    FilterStack([Skew(), LieOn()], name="skew and lie_on"),
    FilterStack([Curl(), Fold(), Perspective(), LensDistortion()], name="four warps at once"),
    *(UnevenLight(), Vignette(), CastShadow(), ScannerLight(), CopierEdges()),
    FilterStack([UnevenLight(), Vignette(), CastShadow()], name="three lights at once"),
    *(
        Defocus(),
        CameraFocus(),
        MotionBlur(),
        ToneCurve(veil=0.1),
        SensorNoise(),
        CameraNoise(),
        ScannerStreaks(),
        Dust(),
        Jpeg(),
        Resaved(),
    ),
    *(ResolutionLoss(), Resolution(dpi=180.0), Grayscale(), RoughEdges()),
    *(
        Binarize(method=("otsu",), name="otsu"),
        Binarize(method=("sauvola",), name="sauvola"),
        SaltAndPepper(),
    ),
    Photocopy(),
)
REPEATS = 3
PAGES = 12


def best_ms(prepare: Callable[[], object], work: Callable[[object], object], repeats: int = REPEATS) -> float:
    """Minimum CPU time of `work` on the result of `prepare`, in ms; the time of `prepare` is not counted."""
    times = []
    for _ in range(repeats + 1):
        made = prepare()
        start = time.process_time()
        work(made)
        times.append((time.process_time() - start) * 1000)
    return min(times[1:])


def peak_bytes(prepare: Callable[[], object], work: Callable[[object], object]) -> int:
    """Peak memory allocated by `work`, in bytes."""
    made = prepare()
    tracemalloc.start()
    work(made)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def copy_of(layers: LayerSet) -> LayerSet:
    """Copy of layers that may be modified."""
    inks = {
        name: type(ink)(ink.coverage.copy(), ink.color if isinstance(ink.color, tuple) else ink.color.copy())
        for name, ink in layers
    }
    paper = ImageLayer(layers.paper.bitmap.copy(), layers.paper.dpi)
    return LayerSet(layers.grid, paper, inks, layers.regions, layers.from_scene, layers.space)


def print_filters(page: Page, copy_ms: float, remap_ms: float, page_bytes: int) -> None:
    """Prints a row for each filter, at strength 1 and always applied."""
    layers = draw_layers(page, 300)
    image = merge_layers(layers)
    print(f"{'filter':<28}{'ms':>8}{'copies':>9}{'remaps':>9}{'memory':>9}  (in pages)")
    for item in FILTERS:
        on_layers = isinstance(item, LayersFilter)

        def prepare(on_layers: bool = on_layers) -> object:
            if on_layers:
                return copy_of(layers)
            return ImageLayer(image.bitmap.copy(), 300.0, image.regions, image.from_scene, image.space)

        def work(made: object, item: Filter = item) -> object:
            rng = stream(1, 0, "bench")
            if isinstance(made, LayerSet):
                return item.process_layers(made, rng)
            assert isinstance(made, ImageLayer)
            return item.process_image(made, rng)

        spent, memory = best_ms(prepare, work), peak_bytes(prepare, work)
        print(
            f"{item.name:<28}{spent:>8.1f}{spent / copy_ms:>9.2f}{spent / remap_ms:>9.2f}{memory / page_bytes:>9.2f}"
        )


def page_ms(page: Page, compositor: DefaultCompositor, number: int, dpi: float) -> float:
    """Composes and filters a page with the random numbers of a sample; returns the time in ms."""
    return best_ms(lambda: None, lambda _: compositor.compose(page, dpi, stream(number, 0, "bench")), 2)


def print_presets(page: Page, dpi: float, copy_ms: float, remap_ms: float) -> None:
    """Prints the time of composing and filtering a page with each preset: mean over pages of the best time.

    `filters` is what the preset adds to a page without filters. Copies and remaps are those of a page at 300 DPI, in proportion to
    the number of pixels: a copy of a smaller page would stay in the processor cache.
    """
    image = merge_layers(draw_layers(page, dpi)).bitmap
    copy_ms, remap_ms = copy_ms * (dpi / 300) ** 2, remap_ms * (dpi / 300) ** 2
    budgets = {"scan": 150, "photo": 250} if dpi == 300 else {}
    plain = best_ms(lambda: None, lambda _: DefaultCompositor().compose(page, dpi))
    print(f"\npage of {image.shape[1]} x {image.shape[0]} px ({dpi:g} DPI), copy {copy_ms:.2f} ms")
    print(
        f"{'page with preset':<22}{'ms':>8}{'copies':>9}{'filters':>9}{'remaps':>9}{'budget':>9}   slowest of {PAGES} pages"
    )
    print(f"{'none':<22}{plain:>8.1f}{plain / copy_ms:>9.2f}{'':>9}{plain / remap_ms:>9.2f}")
    stacks = {name: preset(name) for name in PRESETS} | {"handwritten": BaseHandwrittenPostprocessor()}
    for name, stack in stacks.items():
        each = [page_ms(page, DefaultCompositor(stack), number, dpi) for number in range(PAGES)]
        mean = float(np.mean(each))
        copies = f"{mean / copy_ms:>9.2f}{(mean - plain) / copy_ms:>9.2f}{mean / remap_ms:>9.2f}"
        print(f"{name:<22}{mean:>8.1f}{copies}{budgets.get(name, ''):>9}{max(each):>12.1f}")


def print_hands() -> None:
    """Prints the time of drawing the layers of a page in several hands, relative to the pen."""
    pen = 0.0
    print(f"\n{'layers of a page by':<22}{'ms':>8}{'pens':>9}")
    for hand in ("pen", "pencil", "quill", "steel-nib"):
        page = BaseHandwrittenModel(seed=3, hand=hand)(EXAMPLE).pages[0]
        spent = best_ms(lambda: None, lambda _, page=page: draw_layers(page, 300))
        pen = pen or spent
        print(f"{hand:<22}{spent:>8.1f}{spent / pen:>9.2f}")


def references(image: NDArray[np.uint8]) -> tuple[float, float]:
    """Time of a copy of a page, and of resampling all its pixels, in ms."""
    return (
        best_ms(lambda: None, lambda _: image.copy(), 9),
        best_ms(lambda: None, full_remap(image)),
    )


def full_remap(image: NDArray[np.uint8]) -> Callable[[object], object]:
    """Resamples every pixel at given positions."""
    height, width = image.shape[:2]
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    xs, ys = xs + np.float32(0.3), ys + np.float32(0.4)
    return lambda _: cv2.remap(image, xs, ys, cv2.INTER_LINEAR)


def main() -> None:
    """Prints the tables."""
    cv2.setNumThreads(1)
    scene = BaseHandwrittenModel(seed=3, writer="neat")(EXAMPLE)
    page = scene.pages[0]
    image = merge_layers(draw_layers(page, 300)).bitmap
    copy_ms, remap_ms = references(image)
    print(f"page of {image.shape[1]} x {image.shape[0]} px; one thread")
    print(f"reference: copy {copy_ms:.1f} ms, remap {remap_ms:.1f} ms\n")
    print_filters(page, copy_ms, remap_ms, image.nbytes)
    for dpi in (300, 150):
        print_presets(page, dpi, copy_ms, remap_ms)
    print_hands()


if __name__ == "__main__":
    main()
