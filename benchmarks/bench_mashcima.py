"""Images by the functions of Mashcima 1.0, in different handwriting each, and with ground truth.

Run: `python benchmarks/bench_mashcima.py`. Times are of 20 images of the annotation in the readme of Mashcima 1.0, which
has 30 symbols; Mashcima 1.0 itself took 17 ms an image, which is 340 ms. With MUSCIMA++ installed, the symbols are those
of real writers, otherwise of the pen. Budget: 100 ms an image.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

from reference_work import measure, print_table, python_reference

import smashcima.mashcima as mc

IMAGES = 20

ANNOTATION = (
    "h-5 ( ) e=-5 =s=-4 #-3 =s-3 s=-2 =s=-1 N0 =s=0 #1 =s1 | "
    "h2 ( ) e=2 =s=3 #4 =s4 s=5 =s=6 N7 =s=7 #8 =s8 | q9 qr hr"
)


def main() -> None:
    """Prints the table."""
    warnings.simplefilter("ignore", mc.CutInkWarning)
    seed = 0

    def several(draw: Callable[..., object], *neighbours: str) -> Callable[[], None]:
        def work() -> None:
            nonlocal seed
            for _ in range(IMAGES):
                seed += 1
                draw(ANNOTATION, *neighbours, seed=seed)

        return work

    timings = [
        measure("synthesize_for_beauty", several(mc.synthesize_for_beauty)),
        measure("synthesize_for_training", several(mc.synthesize_for_training)),
        measure("synthesize_with_truth", several(mc.synthesize_with_truth)),
        measure(
            "the same with staves above and below", several(mc.synthesize_with_truth, ANNOTATION, ANNOTATION)
        ),
    ]
    print_table(timings, python_reference(), dict.fromkeys((each.name for each in timings), 100.0 * IMAGES))


if __name__ == "__main__":
    main()
