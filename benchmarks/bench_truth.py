"""Warped pages and their ground truth: time of each step, accuracy of the maps, memory.

Run: `python benchmarks/bench_truth.py`. Also prints ratios to two references: a copy of a full
BGRA page, and a remap of one (rotated by 2 degrees, so that its memory access resembles that of warps).
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from bench_render import dense_page
from numpy.typing import NDArray
from reference_work import Timing, measure, page_copy_reference

from smashcima.exporting import DefaultCompositor, ImageLayer
from smashcima.imaging import DisplacementMap, Masks, PixelMap, ProjectiveMap, resample
from smashcima.orchestration import BaseHandwrittenModel

EXAMPLE = Path(__file__).resolve().parent.parent / "assets" / "example" / "example.musicxml"
WIDTH, HEIGHT = 2582, 3652

BUDGETS = {
    "compose, with regions": 60.0,
    "warp the picture by fold, curl and camera": 45.0,
    "move the regions by fold, curl and camera": 10.0,
    "all masks and maps": 60.0,
    "all masks and maps, after the warp": 60.0,
}


def curl(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Map of a curled page."""
    x, y = points.T
    return np.stack([x + 18 * np.sin(y / 600), y + 40 * np.sin(x / 500)], axis=1)


def fold(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Map of a page folded across the middle."""
    x, y = points.T
    away = y - HEIGHT / 2
    return np.stack([x, y + 12 * np.tanh(away / 60) * np.exp(-((away / 300) ** 2))], axis=1)


def make_maps() -> dict[str, PixelMap]:
    """Maps of each type, and a chain of them."""
    corners = [[0, 0], [WIDTH, 0], [WIDTH, HEIGHT], [0, HEIGHT]]
    seen = [[60, 40], [WIDTH - 30, 10], [WIDTH - 90, HEIGHT - 20], [20, HEIGHT - 60]]
    camera = ProjectiveMap.between_quads(corners, seen)
    curled, folded = (DisplacementMap.from_function(back, WIDTH, HEIGHT) for back in (curl, fold))
    return {"camera": camera, "curl": curled, "fold, curl and camera": folded.then(curled).then(camera)}


def remap_reference() -> Timing:
    """Remap of a BGRA page at precomputed positions."""
    page = np.full((HEIGHT, WIDTH, 4), 200, np.uint8)
    xs, ys = np.meshgrid(np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32))
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), 2, 1)
    turned_x = np.float32(turn[0, 0]) * xs + np.float32(turn[0, 1]) * ys + np.float32(turn[0, 2])
    turned_y = np.float32(turn[1, 0]) * xs + np.float32(turn[1, 1]) * ys + np.float32(turn[1, 2])
    return measure(
        "reference: remap of a full BGRA page", lambda: cv2.remap(page, turned_x, turned_y, cv2.INTER_LINEAR)
    )


def all_masks(image: ImageLayer) -> None:
    """Computes all masks of an image."""
    masks = image.masks()
    masks.full_masks()
    masks.visible_masks()
    masks.semantic_map()
    _ = masks.staff_line_mask, masks.ink_mask


def warped_regions(image: ImageLayer, pixel_map: PixelMap) -> ImageLayer:
    """The unchanged image with warped regions."""
    regions = image.regions.moved(pixel_map).clipped(WIDTH, HEIGHT)
    return ImageLayer(image.bitmap, image.dpi, regions)


def steps(image: ImageLayer, maps: dict[str, PixelMap], compose: Callable[[], object]) -> list[Timing]:
    """Times each step on a page."""
    chain = maps["fold, curl and camera"]
    after = warped_regions(image, chain)
    objects = image.regions.scene_objects
    timings = [
        measure("compose, with regions", compose),
        measure("make a displacement map", lambda: DisplacementMap.from_function(curl, WIDTH, HEIGHT)),
    ]
    for name, pixel_map in maps.items():
        timings += [
            measure(
                f"warp the picture by {name}", lambda m=pixel_map: resample(image.bitmap, m, WIDTH, HEIGHT)
            ),
            measure(f"move the regions by {name}", lambda m=pixel_map: image.regions.moved(m)),
        ]
    return [
        *timings,
        measure("clip the regions", lambda: after.regions.clipped(2000, 3000)),
        measure("spread the ink of the regions", lambda: after.regions.grown(1.5)),
        measure("oriented boxes", after.regions.oriented_boxes),
        measure(
            "find the regions of all objects", lambda: [image.regions.index_of(thing) for thing in objects]
        ),
        measure("all masks and maps", lambda: all_masks(image)),
        measure("all masks and maps, after the warp", lambda: all_masks(after)),
        measure("  of it: full masks", lambda: Masks(after.regions, WIDTH, HEIGHT).full_masks()),
        measure("black and white (Otsu)", image.as_bitonal),
    ]


def print_steps(title: str, timings: list[Timing], copy: Timing, remap: Timing) -> None:
    """Prints a table with ratios to both references."""
    print(f"\n{title:<48} {'best ms':>9} {'median ms':>10} {'copies':>8} {'remaps':>8} {'budget ms':>10}")
    for timing in (copy, remap, *timings):
        budget = BUDGETS.get(timing.name)
        print(
            f"{timing.name:<48} {timing.best_ms:>9.2f} {timing.median_ms:>10.2f} "
            f"{timing.best_ms / copy.best_ms:>8.2f} {timing.best_ms / remap.best_ms:>8.2f} "
            f"{'' if budget is None else f'{budget:.0f}':>10}"
        )


def print_exactness(maps: dict[str, PixelMap]) -> None:
    """Prints the round-trip error of the maps, and the error of a displacement field relative to its function."""
    points = np.random.default_rng(0).random((100_000, 2)) * (WIDTH, HEIGHT)
    print()
    for name, pixel_map in maps.items():
        back = pixel_map.forward(pixel_map.backward(points))
        print(f"{name}: there and back leads {np.hypot(*(back - points).T).max():.4f} px astray at the most")
    off = np.hypot(*(maps["curl"].backward(points) - curl(points)).T).max()
    print(f"curl: {off:.4f} px at the most from the function that it was sampled from")


def print_memory(image: ImageLayer, pixel_map: PixelMap) -> None:
    """Prints the peak memory of a warp and of the masks."""
    for name, work in (
        ("warp", lambda: image.warped(pixel_map, WIDTH, HEIGHT, (255, 255, 255, 255))),
        ("masks and maps", lambda: all_masks(image)),
    ):
        tracemalloc.start()
        work()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"{name}: peak {peak / 2**20:.0f} MiB; a picture has {image.bitmap.nbytes / 2**20:.0f}")


def main() -> None:
    """Prints the tables."""
    cv2.setNumThreads(1)
    maps, copy, remap = make_maps(), page_copy_reference(), remap_reference()
    compositor = DefaultCompositor()
    for title, page in (
        ("example, handwritten", BaseHandwrittenModel(seed=1)(EXAMPLE).pages[0]),
        ("3100 objects", dense_page()),
    ):
        image = compositor.compose(page)
        timings = steps(image, maps, lambda page=page: compositor.compose(page))
        print_steps(f"{title}: {len(image.regions)} regions", timings, copy, remap)
    print_exactness(maps)
    print_memory(image, maps["fold, curl and camera"])


if __name__ == "__main__":
    main()
