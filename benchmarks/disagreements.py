"""Proofs of all pages of a file, printed and by pen, for `completeness.py`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from smashcima.errors import Issue, SmashcimaError
from smashcima.loading import load_scores
from smashcima.orchestration import BaseHandwrittenModel, EngravedModel, ScoreModel
from smashcima.verifying import Verification, verify

SOURCE = "the source"
ENGRAVER = "the engraver"
IMPORT = "the import"
OURS = "ours"
BY_HAND = (OURS, "placed further off than the proof allows")
"""Of disagreements on handwritten pages only, unless listed below."""

FAULTS: dict[tuple[str, str], tuple[str, str]] = {
    ("Altenburg_Macht_auf_die_Tor.mei", "measure length"): (SOURCE, "measure 11 has half of its beats"),
    ("Hummel_Preludes_Op67_No11.mei", "pitch"): (
        SOURCE,
        "naturals in the bars that cancel five sharps are not encoded as signs",
    ),
    ("Hummel_Preludes_Op67_No11.mei", "measure length"): (SOURCE, "a cadenza under a time signature"),
    ("Mahler_Song.mei", "measure length"): (SOURCE, "4/4 of music under 5/4"),
    ("sonata14-2.krn", "duration"): (
        ENGRAVER,
        "a fifth beam where a beam of 64ths crosses to the other staff",
    ),
    ("osmd__test_fingering_reversed_rare_1587_onefingering.musicxml", "duration"): (
        SOURCE,
        "a quarter between the notes of a beam of eighths",
    ),
    ("lc5079629.mxl", "pitch"): (IMPORT, "a note of the second voice at a clef that the first voice changes"),
    ("05-numbers-restart.musicxml", "pitch"): (SOURCE, "alterations without accidentals"),
    ("32-figbass-harmony.musicxml", "pitch"): (SOURCE, "an alteration without an accidental"),
    ("47-accidentals.musicxml", "pitch"): (SOURCE, "a triple sharp for an alteration of two semitones"),
    ("14-percussion.musicxml", "duration"): (ENGRAVER, "the x head of a whole note has a stem"),
    ("36-long-words.musicxml", "ink"): (SOURCE, "words that are longer than the page"),
    **dict.fromkeys(
        [("33-short-long.musicxml", "duration"), ("58-type-vs-duration.musicxml", "duration")],
        (SOURCE, "a type and a duration that disagree, named by an issue"),
    ),
    ("42-tuplets-loose.musicxml", "duration"): (
        SOURCE,
        "a tuplet that its rest does not belong to, named by an issue",
    ),
    ("81-mei-editorial.mei", "duration"): (OURS, "notes of an ossia are drawn, and have no time"),
    **{
        (name, "measure length"): (SOURCE, "bars that do not fill the metre")
        for name in ("ballad10.abc", "ballad60.abc", "erk5.abc", "1116-1135_mh.abc", "66-abc-octaves.abc")
    },
}
"""Whose fault known disagreements are, by file and kind, with what they are."""

UNKNOWN = ("not assigned", "")


@dataclass
class ProofRow:
    """Proofs of the pages of one file by one model."""

    name: str
    model: str
    pages: int = 0
    notes: int = 0
    """Number of notes whose pitch or position was proven."""
    facts: int = 0
    """Number of all proven facts."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Number of disagreements by kind."""
    unproven: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    """The first disagreement of each kind."""
    error: str = ""

    def add(self, result: Verification) -> None:
        """Adds the proof of one score."""
        self.notes += result.checked.get("pitches", 0) + result.checked.get("positions", 0)
        self.facts += sum(result.checked.values())
        self.kinds.update(result.by_kind())
        self.unproven.update(result.unproven)
        for found in result.disagreements:
            self.examples.setdefault(found.kind, f"{found.issue.where}: {_short(found.issue)}")


def _short(issue: Issue) -> str:
    return issue.what.replace("|", "/")


def prove(path: Path) -> list[ProofRow]:
    """Proves all pages of a file, printed and by pen; an error is part of the row."""
    rows = []
    for name, make in (("printed", _printed), ("by pen", _by_pen)):
        row = ProofRow(path.name, name)
        try:
            model = make()
            for score in load_scores(path).each():
                scene = model(score)
                row.pages += len(scene.pages)
                row.add(verify(scene))
        except SmashcimaError as error:
            row.error = type(error).__name__
        rows.append(row)
    return rows


def _printed() -> ScoreModel:
    return EngravedModel(seed=0)


def _by_pen() -> ScoreModel:
    return BaseHandwrittenModel(seed=0, hand="pen")


def fault_of(row: ProofRow, kind: str) -> tuple[str, str]:
    """Whose fault the disagreements of a kind in a file are, and what they are."""
    return FAULTS.get((row.name, kind), UNKNOWN if row.model == "printed" else BY_HAND)


def table(header: list[str], rows: list[list[object]], texts: int = 1) -> str:
    """Markdown table whose first columns are text, and the others numbers."""
    lines = [header, [*["---"] * texts, *["---:"] * (len(header) - texts)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def section(rows: list[ProofRow]) -> str:
    """The part of the page about proofs."""
    return SECTION.format(
        totals=_totals(rows), kinds=_by_kind(rows), files=_by_file(rows), reasons=_reasons(rows)
    )


def _totals(rows: list[ProofRow]) -> str:
    lines: list[list[object]] = []
    for model in dict.fromkeys(row.model for row in rows):
        own = [row for row in rows if row.model == model]
        read = [row for row in own if not row.error]
        lines.append(
            [
                model, len(read), len(own) - len(read), sum(row.pages for row in read), sum(row.notes for row in read),
                sum(row.facts for row in read), sum(sum(row.kinds.values()) for row in read),
            ]
        )  # fmt: skip
    header = [
        "pages",
        "files",
        "files not read",
        "pages proven",
        "notes proven",
        "facts proven",
        "disagreements",
    ]
    return table(header, lines)


def _by_kind(rows: list[ProofRow]) -> str:
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        for kind, count in row.kinds.items():
            counts.setdefault((kind, fault_of(row, kind)[0]), Counter())[row.model] += count
    models = list(dict.fromkeys(row.model for row in rows))
    lines: list[list[object]] = [
        [kind, whose, *(found[model] for model in models)] for (kind, whose), found in sorted(counts.items())
    ]
    return table(["kind", "whose fault", *models], lines, 2)


def _by_file(rows: list[ProofRow]) -> str:
    lines: list[list[object]] = []
    for row in rows:
        if row.error:
            lines.append([f"`{row.name}`", row.model, "not read", row.error, "", ""])
        for kind, count in sorted(row.kinds.items()):
            whose, why = fault_of(row, kind)
            lines.append(
                [
                    f"`{row.name}`",
                    row.model,
                    kind,
                    row.examples[kind],
                    f"{whose}: {why}" if why else whose,
                    count,
                ]
            )
    return table(["file", "pages", "kind", "the first one", "whose fault", "number"], lines, 5)


def _reasons(rows: list[ProofRow]) -> str:
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row.unproven)
    return table(
        ["not provable, because of a", "number"], [[reason, count] for reason, count in total.most_common()]
    )


SECTION = """## Proofs

Each page is read as a musician reads it, and compared with its score ([Verifying pages](verifying.md)); all pages once printed, and once by a pen. The cases
of known bug reports are included.

{totals}

### Disagreements by kind

{kinds}

### Disagreements by file

Files without disagreements are left out.

{files}

### What the pages do not tell

{reasons}
"""
