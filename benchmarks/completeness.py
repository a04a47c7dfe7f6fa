"""Completeness: counts printed elements in third-party files, in the scores read from them, and on the pages; proves pages.

Run: `python benchmarks/completeness.py [DATA]`. DATA is a folder of scores, by default `../shared/data`. Writes
`docs/completeness.md`; exits with code 1 if an element was lost without an issue. Files are read in parallel; one that
fails is a row of the tables.

Elements in source and score are counted by code independent of the importers (`smashcima.loading.completeness`). An
element of the score counts as drawn if a primitive of the engraving has its id.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from disagreements import ProofRow, prove, section
from lxml import etree

from smashcima.engravers.verovio import engrave
from smashcima.errors import Issue, SmashcimaError
from smashcima.loading import load_scores
from smashcima.loading.completeness import Tally, tally_abc, tally_humdrum, tally_mei, tally_musicxml
from smashcima.loading.mei import wrap_staff_definitions
from smashcima.loading.mxl import open_mxl
from smashcima.loading.source import Source, read_source
from smashcima.loading.text import decode
from smashcima.mei import write_mei
from smashcima.notations.abc import split_tunes
from smashcima.scene.semantic import Score

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "completeness.md"
FOLDERS = ("tutorial", "lieder", "musicxml", "formats/mei", "formats/kern", "formats/abc")
CASES = "cases"
"""Folder of files that are proven, and not counted: they contain what importers are known to lose."""

SUFFIXES = {".musicxml", ".xml", ".mxl", ".mei", ".krn", ".abc", ".pae"}

TAGS = {
    "note": ("note",),
    "rest": ("rest", "mRest"),
    "clef": ("clef",),
    "key signature": ("keySig",),
    "time signature": ("meterSig",),
    "slur": ("slur",),
    "tie": ("tie",),
    "dynamic": ("dynam",),
    "lyric syllable": ("syl",),
}
"""Counted element types, with their MEI elements."""

_KIND_OF_TAG = {tag: kind for kind, tags in TAGS.items() for tag in tags}
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LOST = re.compile(r"(?:(\d+) of them )?lost at import")


@dataclass
class Row:
    """Counts of one file, by element type."""

    name: str
    scores: int = 0
    pages: int = 0
    in_source: Counter[str] = field(default_factory=Counter)
    in_score: Counter[str] = field(default_factory=Counter)
    drawn: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    """Number of elements reported by issues as lost or not drawn."""

    issues: int = 0
    """Number of all issues."""

    error: str = ""

    def unnamed(self, kind: str) -> int:
        """Number of elements that are neither drawn nor reported as lost."""
        return max(0, self.in_source[kind] - self.drawn[kind] - self.named[kind])


def row_of(path: Path) -> Row:
    """Loads, counts and engraves one file."""
    row = Row(path.name)
    try:
        row.in_source = chosen(tallies_of_source(path))
        loaded = load_scores(path)
        issues = list(loaded.issues)
        for score in loaded.scores:
            issues += count_score(score, row)
    except SmashcimaError as error:
        row.error = type(error).__name__
        return row
    row.scores = len(loaded.scores)
    row.issues = len(issues)
    row.named = named_in(issues)
    return row


def tallies_of_source(path: Path) -> list[Tally]:
    """Counts the printed elements of a file."""
    source = read_source(path)
    if path.suffix == ".mxl":
        source, _ = open_mxl(source)
    if path.suffix == ".abc":
        return [tally_abc(tune.text) for tune in split_tunes(decode(source)[0])]
    if path.suffix == ".krn":
        return [tally_humdrum(decode(source)[0])]
    if path.suffix == ".mei":
        root = root_of(source)
        wrap_staff_definitions(root)  # removes clefs that repeat the one in force
        return [tally_mei(root)]
    return [tally_musicxml(root_of(source))]


def root_of(source: Source) -> etree._Element:
    return etree.fromstring(source.data, etree.XMLParser(huge_tree=True, resolve_entities=False))


def count_score(score: Score, row: Row) -> list[Issue]:
    """Counts the elements of a score and those that are drawn; returns the issues of the engraving."""
    root = etree.fromstring(write_mei(score).encode())
    remove(
        element for element in root.iter("{*}clef") if "sameas" in element.attrib
    )  # repeated for each voice
    row.in_score += chosen([tally_mei(root)])
    engraving = engrave(score)
    row.pages += len(engraving.pages)
    drawn = {primitive.element for page in engraving.pages for primitive in page.primitives}
    remove(undrawn_in(root, drawn))
    row.drawn += chosen([tally_mei(root)])
    return list(engraving.issues)


def remove(elements: Iterable[etree._Element]) -> None:
    """Removes elements from their tree."""
    for element in list(elements):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def undrawn_in(root: etree._Element, drawn: Collection[str | None]) -> Iterator[etree._Element]:
    """Elements of the types in `TAGS` such that no primitive has their id or the id of a descendant.

    Keys without accidentals and free metres are skipped, since nothing is drawn for them.
    """
    for element in root.iter("{*}*"):
        tag = etree.QName(element).localname
        if tag not in _KIND_OF_TAG or (
            tag == "keySig" and element.get("sig", "0") == "0" and not len(element)
        ):
            continue
        if tag == "meterSig" and element.get("sym") == "open" and element.get("count") is None:
            continue
        if not any(inner.get(_XML_ID) in drawn for inner in element.iter()):
            yield element


def chosen(tallies: Iterable[Tally]) -> Counter[str]:
    """Totals of the element types in `TAGS`."""
    totals: Counter[str] = Counter()
    for tally in tallies:
        for kind in TAGS:
            totals[kind] += tally.total(kind)
    return totals


def named_in(issues: Iterable[Issue]) -> Counter[str]:
    """Number of elements of each type that issues report as lost or not drawn."""
    named: Counter[str] = Counter()
    for issue in issues:
        lost = _LOST.match(issue.what)
        if lost:
            named[issue.element] += int(lost[1] or 1)
        elif issue.what.startswith("not drawn") and issue.element in _KIND_OF_TAG:
            named[_KIND_OF_TAG[issue.element]] += 1
    return named


def table(header: list[str], rows: list[list[object]]) -> str:
    """Markdown table with a text column followed by numeric ones."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def by_kind(rows: list[Row]) -> str:
    lines: list[list[object]] = []
    for kind in TAGS:
        totals = (
            sum(getattr(row, counts)[kind] for row in rows)
            for counts in ("in_source", "in_score", "drawn", "named")
        )
        lines.append([kind, *totals, sum(row.unnamed(kind) for row in rows)])
    return table(
        ["element", "in the source", "in the score", "drawn", "reported as lost", "lost without an issue"],
        lines,
    )


def by_file(rows: list[Row]) -> str:
    lines: list[list[object]] = []
    for row in rows:
        if row.error:
            lines.append([f"`{row.name}`", row.error, *[""] * 7])
            continue
        counts = (sum(c[kind] for kind in TAGS) for c in (row.in_source, row.in_score, row.drawn, row.named))
        unnamed = sum(row.unnamed(kind) for kind in TAGS)
        lines.append([f"`{row.name}`", row.scores, row.pages, *counts, unnamed, row.issues])
    header = [
        "file",
        "scores",
        "pages",
        "in the source",
        "in the score",
        "drawn",
        "reported as lost",
        "lost without an issue",
        "all issues",
    ]
    return table(header, lines)


PAGE = """# Completeness

Importing music from other programs loses some elements. Smashcima aims to lose few, and to report every loss. This page
counts printed elements in
{files} files: {where}.
`benchmarks/completeness.py` generates it.

The counted elements are printed
{kinds}.
*In the source*: counted in the file, by code independent of the importers. *In the score*: counted in the score that was read.
*Drawn*: elements whose id is on a primitive of the pages. *Reported as lost*: elements that an issue reports as lost or not drawn. A score
may have more elements than its source: a clef or key that is repeated for each staff, a key that the file leaves implicit, a
tie that Humdrum writes as part of a note. (In Humdrum and ABC sources, only notes, rests and syllables are counted.)

## By element type

{by_kind}

## By file

All element types together. The last column counts all issues, including those that report no loss, such as which importer
read the file.

{by_file}

{proofs}"""


def work_on(job: tuple[Path, bool]) -> tuple[Row | None, list[ProofRow]]:
    """Counts (if asked for) and proves one file."""
    path, is_counted = job
    row = row_of(path) if is_counted else None
    return row, prove(path)


def main() -> int:
    """Writes the page. Returns 1 if an element was lost without an issue, 2 if there are no scores."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data"
    jobs = [
        (path, folder != CASES)
        for folder in (*FOLDERS, CASES)
        for path in sorted((data / folder).glob("*"))
        if path.suffix in SUFFIXES
    ]
    rows: list[Row] = []
    proofs: list[ProofRow] = []
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for (path, _), future in [(job, pool.submit(work_on, job)) for job in jobs]:
            try:
                row, proven = future.result()
            except Exception as error:  # noqa: BLE001 - a file that fails is a row, whatever the reason
                row, proven = None, [ProofRow(path.name, "printed", error=type(error).__name__)]
            if row is not None:
                rows.append(row)
            proofs += proven
            print(
                path.name,
                *(dict(found.kinds) or found.error or "proven" for found in proven),
                file=sys.stderr,
            )
    if not rows:
        print(f"There are no scores in {data}.", file=sys.stderr)
        return 2
    read = [row for row in rows if not row.error]
    TABLE.write_text(
        PAGE.format(
            files=len(rows),
            where="songs of the OpenScore Lieder corpus, test files of other programs, and scores in MEI, Humdrum and ABC",
            kinds=", ".join(f"{kind}s" for kind in TAGS),
            by_kind=by_kind(read),
            by_file=by_file(rows),
            proofs=section(proofs),
        ),
        encoding="utf-8",
    )
    print(by_kind(read))
    return int(any(row.unnamed(kind) for row in read for kind in TAGS))


if __name__ == "__main__":
    sys.exit(main())
