"""SharpEye's MRO files: parsing, writing, reading as scores, and layouts of twenty pages of a song for voice and piano.

Run: `python benchmarks/bench_mro.py`. Budget for parsing: 500 ms.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reference_work import measure, print_table, python_reference

import smashcima as sc
from smashcima.exporting import MroExporter
from smashcima.loading.mro import lay_out_reading, read_document
from smashcima.notations.mro import MroDocument, parse_mro, write_mro

EXAMPLE = Path(__file__).resolve().parent.parent / "assets" / "example" / "example.musicxml"
PAGES = 20


def twenty_pages() -> MroDocument:
    """The pages of the example score, repeated."""
    loaded = sc.load_score(EXAMPLE)
    document = MroExporter().export(replace(loaded, engraving=sc.EngravedModel(seed=0).lay_out(loaded)))
    pages = document.score.pages
    return replace(document, score=replace(document.score, pages=(pages * PAGES)[:PAGES]))


def main() -> None:
    """Prints the table."""
    document = twenty_pages()
    data = write_mro(document)
    reading = read_document(document)
    timings = [
        measure("parse", lambda: parse_mro(data)),
        measure("write", lambda: write_mro(document)),
        measure("read as a score", lambda: read_document(document)),
        measure("lay out", lambda: lay_out_reading(reading)),
    ]
    print_table(timings, python_reference(), {"parse": 500})
    notes = sum(1 for _ in reading.score.notes())
    print(f"{PAGES} pages, {len(data) / 1024:.0f} KiB, {len(reading.score.measures)} measures, {notes} notes")


if __name__ == "__main__":
    main()
