"""Throughput: CPU time of a labelled page, from a loaded score to the text of its labels, with the share of each step.

Run: `python benchmarks/bench_throughput.py [--dpi 300] [--hand pen|real|printed] [--score FILE] [--samples 5]`.

Every sample is drawn by a new writer. Ratios are relative to the reference: encoding the page as JPEG at the same
quality, and one bilinear warp of it, on one thread. The goal is a total of 2.5.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np

from smashcima import BaseHandwrittenModel, EngravedModel
from smashcima.exporting import MusicXmlExporter
from smashcima.exporting.annotation import annotate
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.mung import MungExporter
from smashcima.imaging import ImageLayer, encode_image
from smashcima.loading import load_score
from smashcima.orchestration import MusicScene, ScoreModel
from smashcima.scene.visual import Page

EXAMPLE = Path(__file__).resolve().parent.parent / "assets" / "example" / "example.musicxml"
GOAL = 2.5
QUALITY = 95

T = TypeVar("T")


class Laps:
    """CPU times of the steps, in ms, by name."""

    def __init__(self) -> None:
        self.times: dict[str, float] = {}

    def lap(self, name: str, work: Callable[[], T]) -> T:
        """Does the work and adds its time."""
        start = time.process_time()
        result = work()
        self.times[name] = self.times.get(name, 0.0) + (time.process_time() - start) * 1000
        return result


def make_pages(model: ScoreModel, score: object, index: int, laps: Laps) -> int:
    """Makes the pages of one sample with all labels; returns their number."""
    scene = laps.lap("scene", lambda: model(score, index=index))
    for page in scene.pages:
        _make_page(scene, page, laps)
    return len(scene.pages)


def _make_page(scene: MusicScene, page: Page, laps: Laps) -> None:
    image = laps.lap("image", lambda: scene.compose_page(page))
    laps.lap("JPEG", lambda: encode_image(image.bitmap, ".jpg", jpeg_quality=QUALITY))
    annotation = laps.lap("annotation", lambda: annotate(image))
    laps.lap("masks", lambda: annotation.full_masks)
    laps.lap("MuNG", lambda: MungExporter().export_string(annotation))
    laps.lap("COCO", lambda: CocoExporter().export_string(annotation))
    music = laps.lap("slice", lambda: scene.score.slice(page=page.index))
    laps.lap("MusicXML", lambda: MusicXmlExporter().export_string(music))


def reference_ms(image: ImageLayer) -> float:
    """CPU time of the reference work on a page."""
    height, width = image.bitmap.shape[:2]
    plain = np.ascontiguousarray(image.bitmap[:, :, :3])
    matrix = np.array([[1, 0.002, 3], [-0.002, 1, 4], [1e-7, 0, 1]])
    times = []
    for _ in range(7):
        start = time.process_time()
        cv2.imencode(".jpg", plain, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        cv2.warpPerspective(image.bitmap, matrix, (width, height), flags=cv2.INTER_LINEAR)
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def model_of(hand: str, dpi: float) -> ScoreModel:
    """The model for a hand."""
    if hand == "printed":
        return EngravedModel(seed=0, dpi=dpi, postprocessing="scan")
    return BaseHandwrittenModel(
        seed=0, dpi=dpi, hand="pen" if hand == "pen" else "muscima", postprocessing="scan"
    )


def main() -> None:
    """Prints the steps, from the longest to the shortest, and the total."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dpi", type=float, default=300.0)
    parser.add_argument("--hand", choices=("pen", "real", "printed"), default="pen")
    parser.add_argument("--score", default=str(EXAMPLE))
    parser.add_argument("--samples", type=int, default=5)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    model = model_of(arguments.hand, arguments.dpi)
    score = load_score(arguments.score).score
    start = time.process_time()
    make_pages(model, score, 0, Laps())
    first = (time.process_time() - start) * 1000
    scene = model(score, index=0)
    reference = reference_ms(scene.compose_page(scene.pages[0]))
    runs = []
    for index in range(1, arguments.samples + 1):
        gc.collect()
        laps = Laps()
        pages = make_pages(model, score, index, laps)
        runs.append({name: spent / pages for name, spent in laps.times.items()})
    medians = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    total = statistics.median(sum(run.values()) for run in runs)
    print(f"{arguments.hand}, {arguments.dpi:g} dpi, {pages} pages, first sample {first:.0f} ms")
    print(f"{'step':<12} {'ms a page':>10} {'ratio':>7} {'share':>7}")
    for name, spent in sorted(medians.items(), key=lambda item: -item[1]):
        print(f"{name:<12} {spent:>10.1f} {spent / reference:>7.2f} {spent / total:>7.0%}")
    print(f"{'total':<12} {total:>10.1f} {total / reference:>7.2f}   (goal {GOAL:g})")
    print(f"{'reference':<12} {reference:>10.1f}    1.00")


if __name__ == "__main__":
    main()
