"""Single staves: CPU time of an annotation of 30 symbols to its image and annotation, by a new writer each.

Run: `python benchmarks/bench_staff.py [--count N]`. Real symbols are measured if MUSCIMA++ is installed. All staves
are different; the first ones, which read outlines and prepare skeletons that later ones share, are not counted. Budget:
30 ms for everything, which is 33 staves a second and core.

Mashcima 1.0 takes 17 ms an image, as its authors measured it on their machine. Machines differ, so the ratio to that
says only what is of the same order; the ratio to plain Python work of the same run can be compared between machines.
"""

from __future__ import annotations

import argparse
import gc
from itertools import islice

from reference_work import python_reference
from stopwatch import Stopwatch

import smashcima as sc
from smashcima.assets.bundles import AssetRepository
from smashcima.assets.muscima import MuscimaPPGlyphs
from smashcima.composing.annotations import generate_annotations
from smashcima.errors import AssetError
from smashcima.exporting import MungExporter

SYMBOLS = range(25, 36)
"""Numbers of tokens of an annotation."""

WARM_UP = 200
BUDGET_MS = 30.0
MASHCIMA_MS = 17.0


def annotations(count: int) -> list[str]:
    """Different annotations of about 30 symbols."""
    found = (each for each in generate_annotations(20 * count, seed=1) if len(each.split()) in SYMBOLS)
    return list(islice(found, count))


def report(name: str, model: sc.ScoreModel, texts: list[str], reference_ms: float) -> None:
    """Prints the time of a staff, and the shares of the steps."""
    watch = Stopwatch()
    watch.watch(model, "layout", "lay_out")
    watch.watch(model, "placement", "place")
    watch.watch(model.notation_synthesizer, "synthesis", "synthesize_notation")
    exporter = MungExporter()
    for number, text in enumerate(texts):
        if number == WARM_UP:
            gc.collect()
            watch.seconds.clear()
        with watch.measuring("writer, loading, scene, record"):
            scene = model(text, index=number)
        with watch.measuring("image"):
            image = scene.image()
        with watch.measuring("annotation (MuNG)"):
            exporter.export_string(image)
    count = len(texts) - WARM_UP
    total = 1000 * sum(watch.seconds.values()) / count
    print(
        f"\n{name}: {total:.1f} ms ({1000 / total:.0f} staves a second and core), budget {BUDGET_MS:.0f} ms; "
        f"{total / reference_ms:.2f} times the reference, {total / MASHCIMA_MS:.2f} times Mashcima 1.0"
    )
    for step, seconds in watch.seconds.most_common():
        own = 1000 * seconds / count
        print(f"  {step:<32} {own:>6.2f} ms {own / total:>6.0%}")


def has_real_symbols() -> bool:
    """Whether the symbols of MUSCIMA++ are installed."""
    try:
        AssetRepository.default().resolve_bundle(MuscimaPPGlyphs, install=False)
    except AssetError:
        return False
    return True


def main() -> None:
    """Prints everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300, help="number of staves that are counted")
    count = parser.parse_args().count
    texts = annotations(WARM_UP + count)
    reference = python_reference()
    symbols = sum(len(text.split()) for text in texts) / len(texts)
    print(f"{count} staves of {symbols:.0f} symbols; {reference.name}: {reference.median_ms:.1f} ms")
    report("pen, new writer each", sc.StaffModel(hand="pen", seed=1), texts, reference.median_ms)
    if has_real_symbols():
        report("real symbols", sc.StaffModel(hand="muscima", seed=1), texts, reference.median_ms)
    else:
        print("\nreal symbols: not measured, since MUSCIMA++ is not installed")
    report("printed", sc.PrintedStaffModel(seed=1), texts, reference.median_ms)


if __name__ == "__main__":
    main()
