"""The result of a proof: what was checked, what could not be proven, and where page and score disagree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from smashcima.errors import Issue


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where what is drawn and what the score says differ."""

    kind: str
    """What disagrees: one of `KINDS`."""

    page: int | None
    """Index of the page; `None` for something that is on no page."""

    issue: Issue
    """Both sides in words, with the measure and the staff."""

    def __str__(self) -> str:
        return str(self.issue)


KINDS = (
    "pitch",
    "sounding pitch",
    "duration",
    "measure length",
    "clef",
    "key signature",
    "time signature",
    "rest",
    "missing",
    "surplus",
    "hidden",
    "label",
    "ink",
    "link",
    "meaning",
)
"""Kinds of disagreements."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of `verify`."""

    disagreements: tuple[Disagreement, ...]
    """By page, and on a page by kind."""

    checked: dict[str, int]
    """Number of proven things by what was proven, such as `pitches` and `durations`."""

    unproven: dict[str, int]
    """Number of things that could not be proven, by reason. None of them is known to be wrong."""

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The disagreements as issues."""
        return tuple(found.issue for found in self.disagreements)

    @property
    def is_proven(self) -> bool:
        """Whether page and score agree in everything that was checked."""
        return not self.disagreements

    def by_kind(self) -> dict[str, int]:
        """Number of disagreements by kind, only of kinds that occur, in the order of `KINDS`."""
        counts = Counter(found.kind for found in self.disagreements)
        return {kind: counts[kind] for kind in KINDS if counts[kind]}

    def __repr__(self) -> str:
        return (
            f"Verification({len(self.disagreements)} disagreements, {sum(self.checked.values())} facts proven, "
            f"{sum(self.unproven.values())} not provable)"
        )


@dataclass(slots=True)
class Findings:
    """Collects disagreements and counts during a proof."""

    disagreements: list[Disagreement] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    unproven: Counter[str] = field(default_factory=Counter)
    page: int | None = None
    """Index of the page that is being read."""

    def report(self, kind: str, where: str, element: str, what: str) -> None:
        """Adds a disagreement on the current page."""
        self.disagreements.append(Disagreement(kind, self.page, Issue(where, element, what)))

    def result(self) -> Verification:
        """The result, with counts by name."""
        found = tuple(dict.fromkeys(self.disagreements))
        return Verification(found, dict(sorted(self.checked.items())), dict(sorted(self.unproven.items())))
