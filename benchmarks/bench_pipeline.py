"""Pipeline: time of each step from MusicXML to pixels, per page, with its budget.

Run: `python benchmarks/bench_pipeline.py [SCORE]`. By default, uses the bundled example. Ratios are relative to
a copy of a full page in memory, measured in the same run, so they can be compared between machines.
"""

from __future__ import annotations

import copy
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reference_work import Timing, measure, page_copy_reference, print_table

EXAMPLE = Path(__file__).parents[1] / "assets" / "example" / "example.musicxml"

BUDGETS = {
    "import smashcima": 300.0,
    "load + engrave, per page": 60.0,
    "synthesise, per page": 60.0,
    "render 300 DPI, per page": 60.0,
}

MEMORY_PROGRAM = """
import resource, sys
import smashcima as sc
scene = sc.BaseHandwrittenModel(seed=0)(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for page in scene.pages:
    scene.render(page)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(scene.pages), before / 1024, after / 1024)
"""


def import_time() -> Timing:
    """Time of `import smashcima` in a new process minus that of an empty program, in ms."""

    def run(program: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True)
        return (time.perf_counter() - start) * 1000

    run("import smashcima")
    times = [run("import smashcima") - run("pass") for _ in range(7)]
    return Timing("import smashcima", min(times), statistics.median(times))


def per_page(timing: Timing, pages: int) -> Timing:
    """Divides a timing by the number of pages."""
    return Timing(f"{timing.name}, per page", timing.best_ms / pages, timing.median_ms / pages)


def steps(score: Path) -> list[Timing]:
    """Times each step of rendering one score."""
    from smashcima import EngravedModel, SvgExporter
    from smashcima.engravers.verovio import engrave
    from smashcima.exporting import BitmapRenderer
    from smashcima.loading import load_mei_text, load_score
    from smashcima.mei import read_mei, write_mei
    from smashcima.scene.visual import AffineSpace

    model = EngravedModel(seed=0)
    scene = model(score)
    pages = len(scene.pages)
    music = load_score(score).score
    mei = load_mei_text(score).meis[0]
    engraving = engrave(music, model.layout)
    renderer = BitmapRenderer()
    exporter = SvgExporter()
    synthesizer = model.notation_synthesizer
    work = [
        measure("load + engrave", lambda: engrave(load_score(score).score, model.layout)),
        measure("  file to MEI", lambda: load_mei_text(score)),
        measure("  MEI to Score", lambda: read_mei(mei)),
        measure("  Score to MEI", lambda: write_mei(music)),
        measure("  engrave (Score to Engraving)", lambda: engrave(music, model.layout)),
        measure("  deep copy of the Score", lambda: copy.deepcopy(music)),
        measure("synthesise", lambda: synthesizer.synthesize_notation(music, engraving, AffineSpace())),
        measure("render 300 DPI", lambda: [renderer.render(page) for page in scene.pages]),
        measure("render 300 DPI with regions", lambda: [scene.render(page) for page in scene.pages]),
        measure("SVG", lambda: [exporter.export_string(page.view_box) for page in scene.pages], repeats=3),
    ]
    print(f"{score.name}: {pages} pages, {sum(1 for _ in music.notes())} notes")
    return [per_page(timing, pages) for timing in work]


def long_score(pages: int) -> bytes:
    """MusicXML of the example, repeated to fill at least `pages` pages."""
    from lxml import etree

    root = etree.parse(str(EXAMPLE)).getroot()
    for part in root.findall("part"):
        measures = part.findall("measure")
        # The first measure is an upbeat and the last one ends the piece, so only those in between are repeated.
        for _ in range(pages // 2 - 1):
            for one in measures[1:-1]:
                part.append(copy.deepcopy(one))
        for number, one in enumerate(part.findall("measure")):
            one.set("number", str(number))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def memory() -> None:
    """Prints the peak memory of a process that renders a score of 20 pages."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.musicxml"
        path.write_bytes(long_score(20))
        done = subprocess.run(
            [sys.executable, "-c", MEMORY_PROGRAM, str(path)], capture_output=True, text=True, check=True
        )
    pages, made, rendered = done.stdout.split()
    print(
        f"peak memory, {pages} pages: {float(made):.0f} MB when the scene is made, "
        f"{float(rendered):.0f} MB after rendering page by page (budget 500 MB)"
    )


def main() -> None:
    """Prints everything."""
    score = Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE
    print_table([import_time(), *steps(score)], page_copy_reference(), BUDGETS)
    memory()


if __name__ == "__main__":
    main()
