"""Growth: CPU time and memory of a page in scores of 1 to 400 pages.

Run: `python benchmarks/bench_growth.py [--pages 1 10 100 400] [--picture FILE]`.

Each score is the example, repeated, in a process of its own. All of it is laid out, and at most twelve pages are drawn.
Times are also given relative to the reference of `bench_throughput.py`: a page encoded as JPEG and warped once.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from bench_pipeline import EXAMPLE, long_score

PAGES = (1, 4, 10, 20, 40, 100, 200, 400)
DRAWN = 12
STEPS = {
    "importer": "Verovio's importer, in its process",
    "reading": "checks, and MEI to score",
    "layout": "layout",
    "slice": "slice of a page",
    "page": "scene and image of a page",
}

T = TypeVar("T")


def cpu(work: Callable[[], T]) -> tuple[T, float]:
    """The result of some work, and its CPU time in ms."""
    start = time.process_time()
    result = work()
    return result, (time.process_time() - start) * 1000


def resident_mb() -> float:
    """Memory of this process in MB (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def reset_peak() -> None:
    """Forgets the largest memory of this process so far (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> float:
    """Largest memory of this process since `reset_peak`, in MB (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM"))


def without_breaks(score: bytes) -> bytes:
    """The score without system and page breaks, so that pages are filled as usual."""
    from lxml import etree

    root = etree.fromstring(score)
    for each in list(root.iter("print")):
        each.getparent().remove(each)
    return etree.tostring(root)


def growth(wanted: int) -> dict[str, Any]:
    """Times and memory for a score of about so many pages."""
    from bench_throughput import reference_ms

    from smashcima import BaseHandwrittenModel, load_score
    from smashcima.engravers.verovio import engraver
    from smashcima.engravers.verovio.importing.worker import import_with_verovio
    from smashcima.engraving.layout_cache import LayoutCache

    os.environ["SMASHCIMA_IMPORT_TIMEOUT_S"] = "3600"
    model = BaseHandwrittenModel(hand="pen", seed=0)
    warm_up = model(EXAMPLE, pages=[0])
    reference = reference_ms(warm_up.compose_page(warm_up.pages[0]))
    source = without_breaks(long_score(wanted * 2))
    reset_peak()
    loaded, reading = cpu(lambda: load_score(data=source, format="musicxml"))
    with_score, peak_reading = resident_mb(), peak_mb()
    reset_peak()
    first, to_first = cpu(lambda: next(model.pages(loaded, copy_score=False)))
    del first
    engraver._layouts = LayoutCache()  # or runs of the first page would not be laid out again
    count, laying_out = cpu(lambda: sum(len(run.pages) for run in model.lay_out_in_runs(loaded)))
    with_layout = resident_mb()
    drawing, slicing, memory = [], [], []
    scenes = model.pages(loaded, pages=range(min(DRAWN, count)), copy_score=False)
    while True:
        scene, of_scene = cpu(lambda: next(scenes, None))
        if scene is None:
            break
        (page,) = scene.pages
        _, of_image = cpu(lambda scene=scene, page=page: scene.compose_page(page))
        _, of_slice = cpu(lambda scene=scene, page=page: scene.score.slice(page=page.index))
        drawing.append(of_scene + of_image)
        slicing.append(of_slice)
        memory.append(resident_mb())
    _, importer = cpu(lambda: import_with_verovio(source.decode(), "xml"))  # last, for its memory
    return {
        "pages": count,
        "notes": sum(1 for _ in loaded.score.notes()),
        "reference": reference,
        "importer": importer / count,
        "reading": reading / count,
        "layout": laying_out / count,
        "slice": sorted(slicing)[len(slicing) // 2],
        "page": sorted(drawing)[len(drawing) // 2],
        "to the first page": to_first,
        "memory with the score": with_score,
        "memory after the layout": with_layout,
        "memory after the first page": memory[0],
        "memory after the last page": memory[-1],
        "memory at most while reading": peak_reading,
        "memory at most after it": peak_mb(),
    }


def draw(rows: list[dict[str, Any]], path: Path) -> None:
    """Draws the curves."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 4), dpi=100)
    pages = [row["pages"] for row in rows]
    for step, title in STEPS.items():
        axes.plot(pages, [row[step] for row in rows], marker="o", label=title)
    axes.set(xscale="log", yscale="log", xlabel="pages of the score", ylabel="CPU time for a page in ms")
    axes.legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path)


def main() -> None:
    """Measures each size in a process of its own, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=PAGES)
    parser.add_argument("--picture", type=Path, help="file for a picture of the curves")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one is not None:
        print(json.dumps(growth(arguments.one)))
        return
    rows = []
    print(f"{'pages':>6}{'notes':>8}" + "".join(f"{step:>20}" for step in STEPS) + "   memory in MB")
    for wanted in arguments.pages:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(wanted)], capture_output=True, text=True, check=True
        )
        row = json.loads(done.stdout.splitlines()[-1])
        rows.append(row)
        cells = "".join(f"{row[step]:>10.1f} ms ({row[step] / row['reference']:4.2f})" for step in STEPS)
        memory = " ".join(f"{value:.0f}" for name, value in row.items() if name.startswith("memory"))
        print(f"{row['pages']:>6}{row['notes']:>8}{cells}   {memory}", flush=True)
        print(
            f"{'':14}CPU time from the score to its first page: {row['to the first page'] / 1000:.2f} s",
            flush=True,
        )
    if arguments.picture is not None:
        draw(rows, arguments.picture)


if __name__ == "__main__":
    main()
