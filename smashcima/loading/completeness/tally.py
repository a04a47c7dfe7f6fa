"""Counts of what a document prints, by part and measure, and the comparison of two of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from smashcima.errors import Issue

IN_STAFF = frozenset({"note", "rest", "lyric syllable", "accidental", "articulation"})
"""Kinds inside a staff, whose part and measure are known exactly. Other kinds lie between notes, and an importer may
attach them to a neighbouring measure."""

UNKNOWN = -1
"""Index of an unknown part or measure."""

Cell = tuple[int, int]
"""Part and measure, each counted from 0, or `UNKNOWN`."""


@dataclass(slots=True)
class Tally:
    """Number of printed objects of a document, by kind, part and measure."""

    counts: dict[str, Counter[Cell]] = field(default_factory=dict)
    """Numbers of objects, by kind, then by part and measure."""

    parts: list[str] = field(default_factory=list)
    """Names of the parts, as in the source, such as `P1`."""

    measures: list[str] = field(default_factory=list)
    """Numbers of the measures, as in the source."""

    words: list[tuple[str, Cell]] = field(default_factory=list)
    """Texts of directions with collapsed white space, and their places."""

    def add(self, kind: str, part: int, measure: int, number: int = 1) -> None:
        """Adds `number` objects of a kind."""
        if number > 0:
            self.counts.setdefault(kind, Counter())[part, measure] += number

    def total(self, kind: str) -> int:
        """Number of objects of a kind in the whole document."""
        return sum(self.counts.get(kind, Counter()).values())


def compare(source: Tally, result: Tally) -> list[Issue]:
    """Issues for objects that `source` prints and `result` lacks.

    Kinds in `IN_STAFF` are compared measure by measure. For other kinds, no more objects are reported than the whole
    score lacks, because an object that moved to a neighbouring measure is not lost.
    """
    parts_agree = len(source.parts) == len(result.parts)
    measures_agree = len(source.measures) == len(result.measures)
    issues = []
    for kind, wanted in source.counts.items():
        found = result.counts.get(kind, Counter())
        wanted, found = (_coarsened(cells, parts_agree, measures_agree) for cells in (wanted, found))
        missing = wanted - found
        if not (kind in IN_STAFF and measures_agree):
            missing = _at_most(missing, sum(wanted.values()) - sum(found.values()))
        for cell, number in sorted(missing.items()):
            what = "lost at import" if number == 1 else f"{number} of them lost at import"
            issues.append(Issue(_place(source, cell), kind, what))
    return issues + _missing_words(source, result, measures_agree)


def _missing_words(source: Tally, result: Tally, measures_agree: bool) -> list[Issue]:
    """Issues for texts not contained in the texts of the result; importers may join and split texts."""
    wanted: dict[str, Counter[Cell]] = {}
    for text, (part, measure) in source.words:
        wanted.setdefault(text, Counter())[part, measure] += 1
    printed: dict[int, list[str]] = {}
    for text, (_, measure) in result.words:
        printed.setdefault(measure if measures_agree else UNKNOWN, []).append(text)
    issues = []
    for text, cells in wanted.items():
        found = {measure: sum(each.count(text) for each in texts) for measure, texts in printed.items()}
        short = sum(cells.values()) - sum(found.values())
        missing: Counter[Cell] = Counter()
        for (part, measure), number in sorted(cells.items()):
            place = measure if measures_agree else UNKNOWN
            here = min(number, found.get(place, 0))
            found[place] = found.get(place, 0) - here
            missing[part, measure] = number - here
        for cell in sorted(_at_most(+missing, short)):
            issues.append(Issue(_place(source, cell), "words", f"{text!r} lost at import"))
    return issues


def _coarsened(cells: Counter[Cell], by_part: bool, by_measure: bool) -> Counter[Cell]:
    coarse: Counter[Cell] = Counter()
    for (part, measure), number in cells.items():
        coarse[part if by_part else UNKNOWN, measure if by_measure else UNKNOWN] += number
    return coarse


def _at_most(missing: Counter[Cell], total: int) -> Counter[Cell]:
    chosen: Counter[Cell] = Counter()
    for cell, number in sorted(missing.items()):
        if total <= 0:
            break
        chosen[cell] = min(number, total)
        total -= number
    return chosen


def _place(source: Tally, cell: Cell) -> str:
    part, measure = cell
    names = []
    if 0 <= part < len(source.parts):
        names.append(source.parts[part])
    if 0 <= measure < len(source.measures):
        names.append(f"measure {source.measures[measure]}")
    return ", ".join(names) or "score"
