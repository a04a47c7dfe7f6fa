"""Asset bundles: start-up time with installed and with unavailable bundles, and installation time.

Run: `python benchmarks/bench_assets.py`. Budgets: 300 ms for starting with a bundle, and a few
milliseconds if an earlier download has failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reference_work import Timing, measure, print_table, python_reference

from smashcima.assets.bundles import AssetRepository, MuscimaPP

REPOSITORY = Path(__file__).resolve().parent.parent
DEVELOPMENT_COPY = REPOSITORY.parent / "shared" / "data" / "muscima" / "MUSCIMA-pp_v1.0_dev.zip"

START = """
import time
started = time.perf_counter()
from smashcima.assets.bundles import AssetRepository, MuscimaPP
attempt = AssetRepository.default().try_resolve(MuscimaPP)
print((time.perf_counter() - started) * 1000, attempt.bundle is not None)
"""


def start(expects_bundle: bool, repeats: int = 7) -> list[float]:
    """Time from the import to the bundle, or to the reason why it is unavailable, in ms, in new processes."""
    times = []
    for _ in range(repeats):
        done = subprocess.run(
            [sys.executable, "-c", START], cwd=REPOSITORY, capture_output=True, text=True, check=True
        )
        text, has_bundle = done.stdout.split()
        if has_bundle != str(expects_bundle):
            raise RuntimeError(f"the bundle was expected: {expects_bundle}; it was there: {has_bundle}")
        times.append(float(text))
    return times


def timing(name: str, times: list[float]) -> Timing:
    return Timing(name, min(times), sorted(times)[len(times) // 2])


@contextmanager
def cache(directory: Path) -> Iterator[AssetRepository]:
    """Environment with a temporary cache directory and an unreachable mirror."""
    os.environ["SMASHCIMA_CACHE"] = str(directory)
    os.environ["SMASHCIMA_MIRRORS"] = "http://127.0.0.1:9"
    try:
        yield AssetRepository.default()
    finally:
        del os.environ["SMASHCIMA_CACHE"], os.environ["SMASHCIMA_MIRRORS"]


def archive(directory: Path) -> Path:
    """The development copy of MUSCIMA++, or an archive of similar size if it is missing."""
    if DEVELOPMENT_COPY.exists():
        return DEVELOPMENT_COPY
    path = directory / "part.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(1, 105):
            name = f"v1.0/data/cropobjects_withstaff/CVC-MUSCIMA_W-01_N-{number % 100:02}_D-x{number}.xml"
            file.writestr(
                name, "".join(f"0:{run * 7919 % 97} 1:{run * 104729 % 31} " for run in range(70_000))
            )
    return path


def steps(directory: Path) -> Iterator[Timing]:
    with cache(directory / "missing") as repository:
        started = time.perf_counter()
        repository.try_resolve(MuscimaPP)
        first_ms = (time.perf_counter() - started) * 1000
        yield Timing("not to be had, first time", first_ms, first_ms)
        yield measure("not to be had, later", lambda: repository.try_resolve(MuscimaPP))
        yield timing("not to be had, later, with imports", start(expects_bundle=False))
    with cache(directory / "there") as _:
        source = archive(directory)
        repository = AssetRepository(local_sources=[source], progress_bars=False)
        install: Callable[[], object] = lambda: repository.resolve_bundle(MuscimaPP, force_install=True)  # noqa: E731
        yield measure(f"install MuscimaPP from {source.stat().st_size / 1e6:.0f} MB", install, repeats=3)
        yield measure("open an installed bundle", lambda: repository.resolve_bundle(MuscimaPP))
        yield timing("open an installed bundle, with imports", start(expects_bundle=True))
        yield measure("verify it", lambda: repository.verify(MuscimaPP), repeats=3)


def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as directory:
        timings = list(steps(Path(directory)))
    budgets = {
        "not to be had, later": 20,
        "not to be had, later, with imports": 300,
        "open an installed bundle, with imports": 300,
    }
    print_table(timings, python_reference(), budgets)


if __name__ == "__main__":
    main()
