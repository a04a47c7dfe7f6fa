"""Composing: CPU time of 100 measures for piano in each texture, and of pieces for other ensembles.

Run: `python benchmarks/bench_composing.py [--count N]`. The least time of N pieces is printed, since other processes can only
add to it. Budget: 50 ms for 100 measures for piano. The ratio is to plain Python work of the same run.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable

from reference_work import python_reference

from smashcima.composing import (
    TEXTURES,
    Composer,
    Conditions,
    CorpusComposer,
    CorpusModel,
    CorpusWork,
    CoverageComposer,
    GrammarComposer,
)

BUDGET_MS = 50.0


def least_ms(make: Callable[[int], object], count: int) -> float:
    """The least CPU time of a call."""
    found = []
    for seed in range(count + 1):
        gc.collect()
        start = time.process_time()
        make(seed)
        found.append(time.process_time() - start)
    return 1000 * min(found[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=8)
    count = parser.parse_args().count
    reference = python_reference(20, time.process_time).best_ms
    print(f"reference: 10,000 plain Python objects {reference:5.1f} ms")
    rows: list[tuple[str, Composer, Conditions]] = [
        (
            f"piano, {texture}",
            GrammarComposer(),
            Conditions(ensemble="piano", texture=texture, metre="4/4", measures=100),
        )
        for texture in TEXTURES
    ]
    rows += [
        (f"{ensemble}, 32 measures", GrammarComposer(), Conditions(ensemble=ensemble, measures=32))
        for ensemble in ("violin", "voice and piano", "satb", "string quartet", "orchestra")
    ]
    works = [
        CorpusWork(str(seed), GrammarComposer().compose(Conditions(ensemble="piano", measures=64), seed))
        for seed in range(10)
    ]
    start = time.process_time()
    model = CorpusModel.learn(works)
    learning = 1000 * (time.process_time() - start)
    rows.append(("learned, piano, 32 measures", CorpusComposer(model), Conditions(measures=32)))
    rows.append(("each sign 4 times", CoverageComposer(times=4), Conditions()))
    slowest = 0.0
    for name, composer, conditions in rows:
        milliseconds = least_ms(
            lambda seed, composer=composer, wanted=conditions: composer.compose(wanted, seed), count
        )  # type: ignore[misc]
        if name.startswith("piano, "):
            slowest = max(slowest, milliseconds)
        print(f"{name:32} {milliseconds:7.1f} ms  {milliseconds / reference:6.2f}")
    print(f"learning from 640 measures        {learning:7.1f} ms")
    print(f"slowest 100 measures for piano: {slowest:.1f} ms, budget {BUDGET_MS:g} ms")


if __name__ == "__main__":
    main()
