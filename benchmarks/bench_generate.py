"""Generation of data sets: pages a second and core, scaling over workers, memory of a worker.

Run: `python benchmarks/bench_generate.py [PAGES]`. Pages are by hand with the pen and the preset `scan`, as JPEG with COCO,
MuNG and MusicXML, from the example score. Pages a second and core are by CPU time, which other load on the machine
changes little; scaling is by the clock, so it needs idle cores. Budgets: two workers 1.8 times as fast as one; 700 MB
for a worker, the same after hundreds of pages.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from smashcima.datasets.generation import GenerationPlan, SampleMaker
from smashcima.datasets.running import generate
from smashcima.datasets.running.limits import memory_of

EXAMPLE = Path(__file__).resolve().parents[1] / "assets" / "example"


def plan_of(dpi: int, count: int) -> GenerationPlan:
    """The plan of the benchmark."""
    return GenerationPlan.from_data(
        {
            "version": 1,
            "seed": 1,
            "count": count,
            "sources": [{"folder": str(EXAMPLE)}],
            "model": {"model": "handwritten", "options": {"hand": "pen", "postprocessing": "scan"}},
            "image": {"dpi": dpi, "format": "jpg"},
            "labels": ["coco", "mung", "musicxml"],
            "layout": {"name": "webdataset", "samples_per_shard": 2},
        }
    )


def speed_and_memory(dpi: int, count: int) -> None:
    """Makes pages in this process, and prints a table line."""
    maker = SampleMaker(plan_of(dpi, count + 1))
    size = sum(len(content) for record in maker.make(0) for content in record.files.values())
    early = late = 0
    begun = time.process_time()
    for index in range(1, count + 1):
        for record in maker.make(index):
            size += sum(map(len, record.files.values()))
        late = max(late, memory_of(os.getpid()) or 0)
        if index <= (count + 1) // 2:
            early = late
    seconds = (time.process_time() - begun) / count
    print(
        f"{dpi:>4} {count:>6} {seconds:>12.2f} {1 / seconds:>15.2f} {size / (count + 1) / 1e3:>12.0f} "
        f"{early / 2**20:>17.0f} {late / 2**20:>18.0f}"
    )


def scaling(count: int) -> None:
    """Runs with one worker and with two, and prints the ratio of their times, without the start of processes."""
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        for workers in (1, 2):
            begun: list[float] = []
            generate(
                plan_of(150, count),
                Path(folder) / str(workers),
                workers=workers,
                progress=lambda progress, begun=begun: (
                    begun.append(time.monotonic()) if progress.done else None
                ),
            )
            seconds[workers] = begun[-1] - begun[0]
    print(
        f"\n{count} pages at 150 dpi: {seconds[1]:.1f} s with one worker, {seconds[2]:.1f} s with two", end=""
    )
    print(f" ({seconds[1] / seconds[2]:.2f} times as fast, with {os.cpu_count()} cores)")


def main() -> None:
    """Prints the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print(
        f"{'dpi':>4} {'pages':>6} {'CPU s a page':>12} {'pages a CPU s':>15} {'kB a page':>12} "
        f"{'MB in first half':>17} {'MB in second half':>18}"
    )
    for dpi in (150, 300):
        speed_and_memory(dpi, count)
    scaling(count)


if __name__ == "__main__":
    main()
