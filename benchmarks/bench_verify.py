"""Time of the proof that pages show what their scores say, for printed and handwritten pages.

Run: `python benchmarks/bench_verify.py`. The reference is the making of 10,000 plain Python objects.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reference_work import Timing, measure, print_table, python_reference

from smashcima.orchestration import BaseHandwrittenModel, EngravedModel, MusicScene
from smashcima.scene.visual import VisualObject
from smashcima.verifying import verify

EXAMPLE = Path(__file__).resolve().parent.parent / "assets" / "example" / "example.musicxml"

MAKERS: dict[str, Callable[[], MusicScene]] = {
    "printed": lambda: EngravedModel(seed=0)(EXAMPLE),
    "by pen": lambda: BaseHandwrittenModel(seed=1, hand="pen")(EXAMPLE),
}


def per_page(timing: Timing, pages: int) -> Timing:
    """The time of one page."""
    return Timing(timing.name, timing.best_ms / pages, timing.median_ms / pages)


def main() -> None:
    """Prints the table."""
    timings, budgets = [], {}
    for name, make in MAKERS.items():
        scene = make()
        things = sum(len(VisualObject.many_of(page, "page")) for page in scene.pages)
        words = f"proof of a page, {name}, {things // len(scene.pages)} objects"
        timings.append(per_page(measure(words, lambda scene=scene: verify(scene)), len(scene.pages)))
        budgets[words] = 5.0
    print_table(timings, python_reference(), budgets)


if __name__ == "__main__":
    main()
