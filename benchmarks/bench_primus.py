"""PrIMuS: parsing, conversion to Mashcima annotations, loading as scores, and streaming of the archive.

Run: `python benchmarks/bench_primus.py`. Times are of 1000 incipits of 29 agnostic and 22 semantic tokens; incipits of
PrIMuS have 24 semantic tokens on average. Budget for the conversions: 500 ms, which is 2000 incipits a second.
"""

from __future__ import annotations

import io
import tarfile
import tempfile
from pathlib import Path

from reference_work import measure, print_table, python_reference

from smashcima.datasets import PrimusCorpus
from smashcima.loading import load_score
from smashcima.notations.primus import parse_agnostic, parse_semantic, to_mashcima

INCIPITS = 1000

AGNOSTIC = (
    "clef.C-L1\taccidental.flat-L4\taccidental.flat-L2\tdigit.3-L4\tdigit.4-L2\trest.quarter-L3\trest.eighth-L3\t"
    "note.eighth-L4\tbarline-L1\tnote.quarter-S3\tdot-S3\tnote.beamedRight2-L3\tnote.beamedLeft2-S3\tbarline-L1\t"
    "note.quarter-S5\tslur.start-S5\tslur.end-L5\taccidental.natural-L5\tnote.eighth-L5\trest.eighth-L3\tbarline-L1\t"
    "gracenote.eighth-L4\tnote.beamedRight1-S4\tnote.beamedBoth1-L4\tnote.beamedLeft1-S4\tfermata.above-S6\t"
    "note.half-S4\trest.quarter-L3\tbarline-L1"
)

SEMANTIC = (
    "clef-C1\tkeySignature-BbM\ttimeSignature-3/4\trest-quarter\trest-eighth\tnote-Bb4_eighth\tbarline\t"
    "note-A4_quarter.\tnote-G4_sixteenth\tnote-A4_sixteenth\tbarline\tnote-Eb5_quarter\ttie\tnote-Eb5_eighth\t"
    "barline\tgracenote-Bb4_eighth\tnote-C5_eighth\tnote-Bb4_eighth\tnote-C5_eighth\tnote-C5_half_fermata\t"
    "rest-quarter\tbarline"
)

OTHER_FILES = {".mei": 6_000, ".png": 3_000, ".svg": 15_000, ".mid": 300}
"""Other files of an incipit, and their typical sizes in bytes."""


def write_archive(path: Path) -> Path:
    """Writes an archive like that of PrIMuS."""
    with tarfile.open(path, "w:gz") as archive:
        for number in range(INCIPITS):
            name = f"{number:09}-1_1_1"
            contents = {".agnostic": AGNOSTIC, ".semantic": SEMANTIC}
            contents |= {suffix: "music " * (size // 6) for suffix, size in OTHER_FILES.items()}
            for suffix, text in contents.items():
                member = tarfile.TarInfo(f"./package_aa/{name}/{name}{suffix}")
                member.size = len(text)
                archive.addfile(member, io.BytesIO(text.encode()))
    return path


def main() -> None:
    """Prints the table."""
    corpus = PrimusCorpus(write_archive(Path(tempfile.mkdtemp()) / "primus.tgz"))

    def convert(complete: bool) -> None:
        for _ in range(INCIPITS):
            to_mashcima(AGNOSTIC, complete=complete)

    def parse() -> None:
        for _ in range(INCIPITS):
            parse_agnostic(AGNOSTIC)
            parse_semantic(SEMANTIC)

    def load(text: str, encoding: str) -> None:
        for _ in range(INCIPITS):
            load_score(data=text, format=encoding)

    def convert_corpus() -> int:
        return sum(
            to_mashcima(found.agnostic or "") is not None for found in corpus.incipits(kinds=["agnostic"])
        )

    timings = [
        measure("parse both encodings", parse),
        measure("convert to Mashcima by the rules", lambda: convert(False)),
        measure("convert to Mashcima, complete", lambda: convert(True)),
        measure("load the agnostic encoding", lambda: load(AGNOSTIC, "agnostic"), repeats=3),
        measure("load the semantic encoding", lambda: load(SEMANTIC, "semantic"), repeats=3),
        measure("stream the archive, all files", lambda: sum(1 for _ in corpus), repeats=3),
        measure("stream the archive and convert", convert_corpus, repeats=3),
    ]
    budgets = {timing.name: INCIPITS / 2 for timing in timings if timing.name.startswith("convert")}
    print_table(timings, python_reference(), budgets)


if __name__ == "__main__":
    main()
