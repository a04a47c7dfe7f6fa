"""Throughput: CPU time of a labelled page, from a loaded score to the text of its labels, with the share of each step.

Run: `python benchmarks/bench_throughput.py [--dpi 300] [--hand pen|real|printed] [--of page|staff|crops] [--samples 40] [--fresh]`,
or with `--all` for a table of all kinds. `SMASHCIMA_KERNELS` chooses between NumPy and compiled kernels; by default,
kernels are used if numba is installed.

Every sample is drawn by a new writer; the first ones, which prepare what later ones share, are not counted. Of a score that
is drawn again and was not edited, the layout, the slices of pages and the text of their MusicXML are kept: "slice" is then a
copy whose objects are made if they are read, and "MusicXML" a look-up. With `--fresh`, each sample has a score of which nothing is known but the layout. Ratios are
relative to the reference: encoding the page as JPEG at the same quality, and one bilinear warp of it, on one thread.

The goal of 2.5 was set when the warp took twice the time of the encoding, as it does with OpenCV 4. OpenCV 5 warps in half that
time, which makes the reference 1.6 times as fast, but a page only a little faster: compare ratios of one version of OpenCV.
Filters are drawn for each sample, so totals of samples range from 150 to 280 ms; a median of fewer than 30 samples
depends on which ones are counted.

The floor of a step is what its result costs at least: the encoding, the warp and one pass over the pixels of an image;
as many plain Python objects as a scene, a slice or an annotation has; the writing of a text that is known. The step that is furthest above
its floor, in ms, is named below the table.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np
from stopwatch import Stopwatch

from smashcima import BaseHandwrittenModel, EngravedModel, StaffModel
from smashcima.composing.annotations import generate_annotations
from smashcima.errors import AssetError
from smashcima.exporting import CropExporter, MusicXmlExporter
from smashcima.exporting.annotation import annotate
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.mung import MungExporter
from smashcima.imaging import ImageLayer, draw_layers, encode_image
from smashcima.imaging.compositing import compositor as compositing
from smashcima.loading import load_score
from smashcima.orchestration import ScoreModel
from smashcima.scene.graph import SceneObject

EXAMPLE = Path(__file__).resolve().parent.parent / "assets" / "example" / "example.musicxml"
GOAL = 2.5
QUALITY = 95
HANDS = ("pen", "real", "printed")

Unit = tuple[Callable[[], Any], ImageLayer | None]


def model_of(hand: str, dpi: float, kind: str = "page") -> ScoreModel:
    """The model for a hand."""
    if hand == "printed":
        return EngravedModel(seed=0, dpi=dpi, postprocessing="scan")
    written = StaffModel if kind == "staff" else BaseHandwrittenModel
    source = "pen" if hand == "pen" else "muscima"
    return written(seed=0, dpi=dpi, hand=source, postprocessing="scan")


def watched(model: ScoreModel, watch: Stopwatch) -> None:
    """Measures the steps inside a model and its compositor."""
    watch.watch(model, "scene: load", "music")
    watch.watch(model, "scene: lay out", "lay_out")
    watch.watch(model, "scene: place", "place")
    watch.watch(model.notation_synthesizer, "scene: draw", "synthesize_notation")
    watch.watch(compositing, "image: draw", "draw_layers")
    watch.watch(compositing, "image: merge", "merge_layers")


def write_with_labels(image: ImageLayer, watch: Stopwatch) -> None:
    """Encodes an image and its labels."""
    with watch.measuring("JPEG"):
        encode_image(image.bitmap, ".jpg", jpeg_quality=QUALITY)
    with watch.measuring("annotation"):
        annotation = annotate(image)
    with watch.measuring("masks"):
        annotation.row_runs  # noqa: B018
    with watch.measuring("MuNG"):
        MungExporter().export_string(annotation)
    with watch.measuring("COCO"):
        CocoExporter().export_string(annotation)


def page_sample(model: ScoreModel, score: object, index: int, watch: Stopwatch) -> int:
    """Makes all pages of a sample with all labels; returns their number."""
    with watch.measuring("scene: rest"):
        scene = model(score, index=index)
    for page in scene.pages:
        with watch.measuring("image: filters"):
            image = scene.compose_page(page)
        write_with_labels(image, watch)
        with watch.measuring("slice"):
            music = scene.score.slice(page=page.index)
        with watch.measuring("MusicXML"):
            MusicXmlExporter().export_string(music)
    return len(scene.pages)


def crops_sample(model: ScoreModel, score: object, index: int, watch: Stopwatch) -> int:
    """Makes the pages of a sample, and crops of all their symbols, with labels and as PNG files; returns the number of pages."""
    with watch.measuring("scene: rest"):
        scene = model(score, index=index)
    for page in scene.pages:
        with watch.measuring("image: filters"):
            image = scene.compose_page(page)
        with watch.measuring("crops with labels"):
            CropExporter(level="symbols").export(image)
        with watch.measuring("crops as files"), TemporaryDirectory() as folder:
            CropExporter(level="symbols").write(image, folder)
    return len(scene.pages)


def staff_sample(model: ScoreModel, text: object, index: int, watch: Stopwatch) -> int:
    """Makes a staff with its image and labels; returns 1."""
    with watch.measuring("scene: rest"):
        scene = model(text, index=index)
    with watch.measuring("image: filters"):
        image = scene.image()  # type: ignore[attr-defined]
    write_with_labels(image, watch)
    return 1


SAMPLES = {"page": page_sample, "crops": crops_sample, "staff": staff_sample}


def sources(kind: str, path: str, fresh: bool) -> Iterator[object]:
    """The inputs of the samples: one score, or new ones with the same music; or different annotations of staves of about
    30 symbols.
    """
    if kind == "staff":
        yield from (text for text in generate_annotations(4000, seed=1) if 25 <= len(text.split()) <= 35)
    score = load_score(path).score
    while True:
        yield deepcopy(score) if fresh else score


# -- reference and floors ------------------------------------------------------------------------------------------


def cpu_ms(work: Callable[[], object], repeats: int = 5) -> float:
    """Median CPU time of some work in ms."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


def reference_ms(image: ImageLayer) -> float:
    """CPU time of the reference work on an image."""
    return _encode_ms(image) + _warp_ms(image)


def _encode_ms(image: ImageLayer) -> float:
    plain = np.ascontiguousarray(image.bitmap[:, :, :3])
    return cpu_ms(lambda: cv2.imencode(".jpg", plain, [cv2.IMWRITE_JPEG_QUALITY, QUALITY]), 7)


def _warp_ms(image: ImageLayer) -> float:
    height, width = image.bitmap.shape[:2]
    matrix = np.array([[1, 0.002, 3], [-0.002, 1, 4], [1e-7, 0, 1]])
    return cpu_ms(
        lambda: cv2.warpPerspective(image.bitmap, matrix, (width, height), flags=cv2.INTER_LINEAR), 7
    )


class _Plain:
    def __init__(self, first: object, second: object, third: object) -> None:
        self.first, self.second, self.third = first, second, third


def _objects_ms(count: int) -> float:
    """CPU time to make plain objects of three attributes."""
    return cpu_ms(lambda: [_Plain(number, None, None) for number in range(count)])


def floors(model: ScoreModel, score: object) -> dict[str, float]:
    """The least CPU time of each group of steps for a page, in ms."""
    scene = model(score, index=0)
    image = scene.compose_page(scene.pages[0])
    annotation = annotate(image)
    mung, coco = MungExporter().export_string(annotation), CocoExporter().export(annotation)
    music = scene.score.slice(page=0)
    tree = MusicXmlExporter().export(music)
    lines = mung.split("\n")
    values = [ring.astype(np.int32) for region in image.regions for ring in region.rings]
    canvas = np.zeros(image.bitmap.shape[:2], np.uint8)
    return {
        "scene": _objects_ms(len(scene.find(SceneObject))) / len(scene.pages),
        "image": _warp_ms(image) + cpu_ms(lambda: cv2.add(image.bitmap, image.bitmap)),
        "JPEG": _encode_ms(image),
        "annotation": _objects_ms(len(annotation.nodes) + len(annotation.syntax)),
        "masks": cpu_ms(lambda: [cv2.fillPoly(canvas, [ring], 255) for ring in values]),
        "MuNG": cpu_ms(lambda: "\n".join(lines).encode()),
        "COCO": cpu_ms(lambda: json.dumps(coco)),
        "slice": _objects_ms(len(list(music.descendants()))),
        "MusicXML": cpu_ms(lambda: ET.tostring(tree, encoding="unicode")),
    }


# -- measuring -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Result:
    """CPU times in ms: of the steps of a page or staff (medians, by name), of each sample, and of the reference."""

    steps: dict[str, float]
    totals: list[float]
    reference: float
    floors: dict[str, float]

    @property
    def total(self) -> float:
        """Median of the samples."""
        return statistics.median(self.totals)

    def print_steps(self) -> None:
        """Prints the steps, from the longest to the shortest, and what is furthest from its floor."""
        print(f"{'step':<16} {'ms':>8} {'ratio':>7} {'share':>7}")
        for name, spent in sorted(self.steps.items(), key=lambda item: -item[1]):
            print(f"{name:<16} {spent:>8.1f} {spent / self.reference:>7.2f} {spent / self.total:>7.0%}")
        print(f"{'total':<16} {self.total:>8.1f} {self.total / self.reference:>7.2f}   (goal {GOAL:g})")
        mean = statistics.mean(self.totals)
        print(f"{'mean of samples':<16} {mean:>8.1f} {mean / self.reference:>7.2f}")
        print(f"{'reference':<16} {self.reference:>8.1f}    1.00")
        if not self.floors:
            return
        spent = {
            group: sum(self.steps[step] for step in self.steps if step.startswith(group))
            for group in self.floors
        }
        print(f"\n{'group':<16} {'ms':>8} {'floor':>7} {'times':>7}")
        for group, floor in self.floors.items():
            print(f"{group:<16} {spent[group]:>8.1f} {floor:>7.1f} {spent[group] / floor:>7.1f}")
        furthest = max(self.floors, key=lambda group: spent[group] - self.floors[group])
        print(f"furthest from its floor: {furthest}")


def measured(
    kind: str, hand: str, dpi: float, path: str, samples: int, warm_up: int, fresh: bool = False
) -> Result:
    """Measures one kind of output."""
    model, watch = model_of(hand, dpi, kind), Stopwatch()
    given = list(islice(sources(kind, path, fresh), samples + warm_up))
    scene = model(given[0], index=0)
    reference = reference_ms(scene.compose_page(scene.pages[0]))
    least = floors(model, given[0]) if kind == "page" else {}
    original = draw_layers, compositing.merge_layers
    watched(model, watch)
    runs = []
    for index, source in enumerate(given):
        gc.collect()
        watch.seconds.clear()
        count = SAMPLES[kind](model, source, index, watch)
        runs.append({name: 1000 * spent / count for name, spent in watch.seconds.items()})
    compositing.draw_layers, compositing.merge_layers = original
    counted = runs[warm_up:]
    steps = {name: statistics.median(run.get(name, 0.0) for run in counted) for name in counted[0]}
    return Result(steps, [sum(run.values()) for run in counted], reference, least)


def print_all(path: str, samples: int, warm_up: int) -> None:
    """Prints the total of all kinds."""
    print(f"{'of':<6} {'hand':<8} {'dpi':>4} {'ms':>8} {'reference':>10} {'ratio':>7}")
    for kind, hand, dpi in [(k, h, d) for k in SAMPLES for h in HANDS for d in (300.0, 150.0)]:
        if kind == "staff" and hand == "printed":
            continue
        try:
            result = measured(kind, hand, dpi, path, samples, warm_up * (20 if kind == "staff" else 1))
        except AssetError as error:
            print(f"{kind:<6} {hand:<8} {dpi:>4g} not measured: {error}")
            continue
        print(
            f"{kind:<6} {hand:<8} {dpi:>4g} {result.total:>8.1f} {result.reference:>10.1f} "
            f"{result.total / result.reference:>7.2f}"
        )


def main() -> None:
    """Measures what the arguments choose."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dpi", type=float, default=300.0)
    parser.add_argument("--hand", choices=HANDS, default="pen")
    parser.add_argument("--of", choices=tuple(SAMPLES), default="page")
    parser.add_argument("--all", action="store_true", help="a table of all kinds, hands and resolutions")
    parser.add_argument("--score", default=str(EXAMPLE))
    parser.add_argument("--samples", type=int, default=40)
    parser.add_argument(
        "--fresh", action="store_true", help="a score for each sample, of which nothing is known"
    )
    parser.add_argument("--warm-up", type=int, default=3, help="samples that are not counted")
    arguments = parser.parse_args()
    os.environ.setdefault("SMASHCIMA_KERNELS", "on" if find_spec("numba") else "off")
    cv2.setNumThreads(1)
    print(f"kernels: {os.environ['SMASHCIMA_KERNELS']}, OpenCV {cv2.__version__}")
    if arguments.all:
        print_all(arguments.score, arguments.samples, arguments.warm_up)
        return
    print(f"{arguments.of}, {arguments.hand}, {arguments.dpi:g} dpi")
    measured(
        arguments.of,
        arguments.hand,
        arguments.dpi,
        arguments.score,
        arguments.samples,
        arguments.warm_up,
        arguments.fresh,
    ).print_steps()


if __name__ == "__main__":
    main()
