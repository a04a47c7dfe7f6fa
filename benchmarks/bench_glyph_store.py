"""Glyph stores: installing, opening and sampling the glyphs of MUSCIMA++.

    python benchmarks/bench_glyph_store.py [ARCHIVE] [--processes N]

Prints times, memory and size, with ratios to reference work timed in the same run. By default, uses the development
copy, which has 104 of the 140 pages, and also prints an estimate for the whole set.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
from reference_work import Timing, measure, print_table, python_reference

ROOT = Path(__file__).resolve().parents[1]
ARCHIVE = ROOT.parent / "shared" / "data" / "muscima" / "MUSCIMA-pp_v1.0_dev.zip"
PAGES_OF_THE_WHOLE_SET = 140
SAMPLES = 2000
BUDGETS = {"open the store": 300.0, f"{SAMPLES} outlines": SAMPLES * 0.02}

OPENING = """
import sys, time
from pathlib import Path
import smashcima.assets.glyphs
import numpy as np

def resident_mb():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

before = resident_mb()
start = time.perf_counter()
store = smashcima.assets.glyphs.GlyphStore.open(sys.argv[1])
opened = time.perf_counter() - start
picks = np.random.default_rng(0).integers(0, len(store), 1000)
for index in picks.tolist():
    store.contours(index)
print(opened * 1000, resident_mb(), before)
"""


def documents(archive: Path) -> dict[str, str]:
    with zipfile.ZipFile(archive) as opened:
        names = [name for name in opened.namelist() if name.endswith(".xml")]
    for directory in ("cropobjects_withstaff", "annotations"):
        found = {Path(name).stem: name for name in names if f"/{directory}/" in name}
        if found:
            return found
    raise SystemExit(f"{archive} is no archive of MUSCIMA++")


def install(archive: Path, path: Path, processes: int) -> None:
    from smashcima.assets.glyphs.store_file import write_table
    from smashcima.assets.muscima.extraction import extract_glyphs

    found = documents(archive)
    before = _cpu_s()
    start = time.perf_counter()
    table = extract_glyphs(archive, found, processes).table
    write_table(path, table)
    wall, cpu = time.perf_counter() - start, _cpu_s() - before
    scale = PAGES_OF_THE_WHOLE_SET / len(found)
    size = path.stat().st_size / 1e6
    own, helper = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"{len(found)} pages, {len(table)} glyphs, {processes} processes on {os.cpu_count()} processors")
    print(
        f"install: {wall:.1f} s by the clock, {cpu:.1f} s of processors ({cpu * scale:.1f} s for the whole set)"
    )
    print(f"         at most {own:.0f} MB resident here, {helper:.0f} MB in a helper")
    print(f"on disk: {size:.1f} MB ({size * scale:.1f} MB for the whole set)")


def _cpu_s() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def sampling(path: Path) -> list[Timing]:
    from smashcima.assets.glyphs import GlyphStore

    store = GlyphStore.open(path)
    rng = np.random.default_rng(1)
    picks = rng.integers(0, len(store), SAMPLES).tolist()
    heads = store.of("smufl::noteheadBlack", store.writers[0]).tolist()
    some_heads = [heads[i] for i in rng.integers(0, len(heads), SAMPLES)]
    writer = store.writers[0]
    return [
        measure("open the store", lambda: GlyphStore.open(path)),
        measure(
            f"{SAMPLES} look-ups by label and writer",
            lambda: [store.of("smufl::stem", writer) for _ in picks],
        ),
        measure(f"{SAMPLES} outlines", lambda: [store.contours(i) for i in picks]),
        measure(f"{SAMPLES} outlines of noteheads", lambda: [store.contours(i) for i in some_heads]),
        measure(f"{SAMPLES} masks", lambda: [store.mask(i) for i in picks]),
        measure("verify the store", store.verify),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", nargs="?", type=Path, default=ARCHIVE)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    reference = python_reference()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "muscima.glyphs"
        install(options.archive, path, options.processes)
        fresh = subprocess.run(
            [sys.executable, "-c", OPENING, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
        )
        opened, after, before = map(float, fresh.stdout.split())
        print(
            f"a fresh process: open {opened:.1f} ms; {after:.0f} MB after 1000 samples, {before:.0f} MB before opening"
        )
        print_table(sampling(path), reference, BUDGETS)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
