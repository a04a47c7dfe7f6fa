"""Ground truth: time to annotate a page, to compute its masks, and to export each format.

Run: `python benchmarks/bench_exports.py`. Times are CPU times of the process, so other load matters little;
ratios are relative to encoding the same page as JPEG, on one core. The budget applies to MuNG, COCO and JPEG together.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
from reference_work import Timing, print_table

from smashcima.exporting import ImageLayer
from smashcima.exporting.alignment import AlignmentExporter
from smashcima.exporting.annotation import PageAnnotation, annotate
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.deepscores import DeepScoresExporter
from smashcima.exporting.masks import MaskExporter
from smashcima.exporting.mung import MungExporter
from smashcima.exporting.yolo import YoloExporter
from smashcima.orchestration import BaseHandwrittenModel

EXAMPLE = Path(__file__).resolve().parent.parent / "assets" / "example" / "example.musicxml"
BUDGETS = {"MuNG + COCO + JPEG, all that it takes": 60.0}
REPEATS = 7


def measure(name: str, work: Callable[[], object]) -> Timing:
    """CPU time of `work` in ms, after one warm-up call."""
    work()
    times = []
    for _ in range(REPEATS):
        gc.collect()
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return Timing(name, min(times), sorted(times)[len(times) // 2])


def fresh(annotation: PageAnnotation) -> PageAnnotation:
    """Copy of an annotation without cached masks and facts."""
    return replace(annotation)


def jpeg(image: ImageLayer) -> object:
    """Encodes the page as JPEG."""
    return cv2.imencode(".jpg", image.bitmap[:, :, :3])


def mung_coco_and_jpeg(image: ImageLayer) -> None:
    """Exports a page for a data set, from the image to text."""
    annotation = annotate(image)
    MungExporter().export_string(annotation)
    CocoExporter().export_string(annotation)
    jpeg(image)


def main() -> None:
    """Prints a table for the first page of the example."""
    cv2.setNumThreads(1)
    scene = BaseHandwrittenModel(seed=0, hand="pen")(EXAMPLE)
    image = scene.compose_page(scene.pages[0])
    annotation = annotate(image)
    timings = [
        measure("annotate: nodes, links and areas", lambda: annotate(image)),
        measure("masks of all nodes", lambda: fresh(annotation).full_masks),
        measure("their runs, row by row, without masks", lambda: fresh(annotation).row_runs),
        measure("their runs, column by column, without masks", lambda: fresh(annotation).column_runs),
        measure("MuNG, given nodes and masks", lambda: MungExporter().export_string(annotation)),
        measure("COCO, given nodes and masks", lambda: CocoExporter().export_string(annotation)),
        measure("COCO with polygons", lambda: CocoExporter(segmentation="polygon").export_string(annotation)),
        measure("YOLO", lambda: YoloExporter().export_string(annotation)),
        measure("DeepScores, JSON", lambda: DeepScoresExporter().export_string(annotation)),
        measure("DeepScores, segmentation", lambda: DeepScoresExporter().segmentation(annotation)),
        measure("mask: semantic", lambda: MaskExporter("semantic").export(annotation)),
        measure("mask: instance", lambda: MaskExporter("instance").export(fresh(annotation))),
        measure("alignment", lambda: AlignmentExporter().export_string(annotation)),
        measure("MuNG + COCO + JPEG, all that it takes", lambda: mung_coco_and_jpeg(image)),
    ]
    print(f"{len(annotation)} nodes, {len(annotation.syntax)} links, {image.width} x {image.height} px\n")
    print_table(timings, measure("reference: the page as JPEG", lambda: jpeg(image)), BUDGETS)


if __name__ == "__main__":
    main()
