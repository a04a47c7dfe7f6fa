"""What the first page of a process is made of, in CPU time of fresh processes.

Run: `python benchmarks/bench_start.py [--hand pen|muscima] [--kernels auto|on|off] [--runs N] [SCORE]`. By default, the pen draws
the bundled example. The first table has the medians of whole processes, with their importing process; the second one of the
steps of a process that says after each how much time it took. Byte code must be on disk, so one run is not counted.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "assets" / "example" / "example.musicxml"

NOTHING = "pass"
IMPORT = "import smashcima"
PAGE = """
import smashcima as sc
scene = sc.BaseHandwrittenModel(hand={hand!r}, seed=0)({score!r})
image = scene.render(scene.pages[0])
"""
STEPS = """
import resource, time
start = 0.0
def tell(step):
    global start
    now = time.process_time()
    print(step, round(now - start, 4), sep="\\t")
    start = now
tell("start of Python")
import smashcima as sc
tell("import smashcima")
import numpy, cv2
tell("NumPy and OpenCV")
sc.BaseHandwrittenModel
tell("the package")
model = sc.BaseHandwrittenModel(hand={hand!r}, seed=0)
tell("building a model")
loaded = sc.load_score({score!r})
tell("reading MusicXML")
model.lay_out(loaded)
tell("layout")
scene = model(loaded)
tell("scene")
scene.render(scene.pages[0])
tell("image")
scene = model(loaded)
tell("scene again")
scene.render(scene.pages[0])
tell("image again")
from smashcima.engravers.verovio.importing.supervisor import shared_worker
shared_worker().close()
child = resource.getrusage(resource.RUSAGE_CHILDREN)
print("importing process", round(child.ru_utime + child.ru_stime, 4), sep="\\t")
"""


def cpu_seconds(program: str, kernels: str) -> tuple[float, str]:
    """CPU time of a process that runs a program, with the processes that it starts, and what it prints."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"SMASHCIMA_KERNELS": kernels, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("score", nargs="?", default=str(EXAMPLE))
    parser.add_argument("--hand", default="pen")
    parser.add_argument("--kernels", default="auto", choices=("auto", "on", "off"))
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    page = PAGE.format(hand=asked.hand, score=asked.score)
    steps = STEPS.format(hand=asked.hand, score=asked.score)
    cpu_seconds(page, asked.kernels)
    programs = {"a process without anything": NOTHING, "import smashcima": IMPORT, "the first page": page}
    seconds: dict[str, list[float]] = defaultdict(list)
    for _ in range(asked.runs):  # one after the other, so that a busy machine is as busy for all of them
        for name, program in programs.items():
            seconds[name].append(cpu_seconds(program, asked.kernels)[0])
        for line in cpu_seconds(steps, asked.kernels)[1].splitlines():
            step, _, took = line.partition("\t")
            seconds[f"  {step}"].append(float(took))
    for name, times in seconds.items():
        print(f"{name:28} {statistics.median(times):6.3f} s  ({min(times):.3f} to {max(times):.3f})")


if __name__ == "__main__":
    main()
