"""Comparison of two scores, symbol by symbol."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from smashcima.comparing.alignment import align_groups
from smashcima.comparing.reading import read_staves
from smashcima.comparing.staff_pairs import pair_staves
from smashcima.comparing.symbols import KINDS, StaffSymbols, Symbol
from smashcima.errors import SettingsError
from smashcima.exporting.symbolic import ScoreSource, score_of
from smashcima.short_repr import ShortRepr


@dataclass(frozen=True, slots=True)
class KindCounts:
    """Numbers of symbols of one kind."""

    symbols: int = 0
    """Symbols of the truth."""

    missing: int = 0
    """Symbols of the truth that the result lacks."""

    extra: int = 0
    """Symbols of the result that the truth lacks."""

    wrong: int = 0
    """Symbols of the truth in whose place the result has another of the same kind."""

    @property
    def errors(self) -> int:
        """Missing, extra and wrong symbols together."""
        return self.missing + self.extra + self.wrong

    @property
    def error_rate(self) -> float:
        """Errors divided by the symbols of the truth; with no symbol, the number of errors."""
        return self.errors / max(1, self.symbols)

    def __add__(self, other: KindCounts) -> KindCounts:
        return KindCounts(
            self.symbols + other.symbols,
            self.missing + other.missing,
            self.extra + other.extra,
            self.wrong + other.wrong,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A symbol that differs."""

    kind: str
    """One of `KINDS`."""

    truth: str | None
    """The symbol in the truth, without its kind; `None` if the result has an extra symbol."""

    result: str | None
    """The symbol in the result; `None` if the result lacks it."""

    measure: str
    """Number of the measure in the truth; for an extra symbol, in the result."""

    staff: int
    """Number of the staff from the top, from 1, in the truth; of a staff that the truth lacks, in the result."""

    def __str__(self) -> str:
        place = f"measure {self.measure}, staff {self.staff}"
        if self.result is None:
            return f"{place}: missing {Symbol(self.kind, self.truth or '')}"
        if self.truth is None:
            return f"{place}: extra {Symbol(self.kind, self.result)}"
        return f"{place}: {Symbol(self.kind, self.result)} instead of {self.truth}"


@dataclass(frozen=True, slots=True)
class Comparison(ShortRepr):
    """The differences between two scores, and the symbol error rate."""

    kinds: Mapping[str, KindCounts]
    """Counts by kind, in the order of `KINDS`, of all kinds that occur in one of the scores."""

    differences: tuple[Difference, ...]
    """All differences, staff by staff, in order of time."""

    @property
    def total(self) -> KindCounts:
        """The counts of all kinds together."""
        return sum(self.kinds.values(), KindCounts())

    @property
    def errors(self) -> int:
        """The number of differences."""
        return self.total.errors

    @property
    def error_rate(self) -> float:
        """The symbol error rate: errors divided by the symbols of the truth. It is 0 for equal scores, and above 1 if
        there are more errors than symbols.
        """
        return self.total.error_rate

    def __str__(self) -> str:
        return (
            f"symbol error rate {self.error_rate:.2%}: {self.errors} errors in {self.total.symbols} symbols"
        )

    @classmethod
    def summed(cls, comparisons: Iterable[Comparison]) -> Comparison:
        """The counts of several comparisons together, such as those of a test set, without their differences."""
        found = list(comparisons)
        kinds = {
            kind: sum((each.kinds[kind] for each in found if kind in each.kinds), KindCounts())
            for kind in KINDS
            if any(kind in each.kinds for each in found)
        }
        return cls(kinds, ())

    def to_dict(self) -> dict[str, Any]:
        """The comparison as JSON-compatible data."""

        def of(counts: KindCounts) -> dict[str, Any]:
            return {**asdict(counts), "errors": counts.errors, "error_rate": counts.error_rate}

        return {
            "error_rate": self.error_rate,
            "total": of(self.total),
            "kinds": {kind: of(counts) for kind, counts in self.kinds.items()},
            "differences": [asdict(difference) for difference in self.differences],
        }


def compare_scores(
    truth: ScoreSource, result: ScoreSource, *, kinds: Collection[str] | None = None
) -> Comparison:
    """Compares a score with another one that should be the same, such as the output of a recogniser.

    Both scores are read as sequences of symbols, one for each staff, and aligned with the least number of errors.
    Staves correspond by their order, or by their symbols if one score has more of them. Derived values of the scores
    are updated (`Score.update`).

    Args:
        truth: the correct score; a `Score`, the result of `load_score`, or a scene.
        result: the score to be judged.
        kinds: the kinds of symbols to compare; by default all of `KINDS`.

    Raises:
        SettingsError: a kind is unknown.
        ExportError: an object has no score.
    """
    truth, result = score_of(truth, "compared"), score_of(result, "compared")
    for kind in kinds or ():
        if kind not in KINDS:
            raise SettingsError(f"There is no kind of symbols {kind!r}; available: {', '.join(KINDS)}.")
    chosen = KINDS if kinds is None else frozenset(kinds)
    staves, others = read_staves(truth, chosen), read_staves(result, chosen)
    differences: list[Difference] = []
    for one, other in pair_staves(staves, others):
        if one is not None:
            number = one + 1
        else:
            assert other is not None
            number = other + 1
        found = _differences(
            staves[one] if one is not None else _NOTHING,
            others[other] if other is not None else _NOTHING,
            number,
        )
        differences.extend(found)
    return Comparison(_counts(staves, others, differences), tuple(differences))


_NOTHING = StaffSymbols((), ())


def _differences(truth: StaffSymbols, result: StaffSymbols, staff: int) -> Iterator[Difference]:
    for i, j in align_groups(truth.groups, result.groups):
        group = truth.groups[i] if i is not None else None
        other = result.groups[j] if j is not None else None
        if group is not None and other is not None and group.symbols == other.symbols:
            continue
        missing: Counter[Symbol] = Counter(group.symbols if group is not None else ())
        extra: Counter[Symbol] = Counter(other.symbols if other is not None else ())
        missing, extra = missing - extra, extra - missing
        if group is not None:
            measure = truth.measures[group.measure]
        else:
            assert other is not None
            measure = result.measures[other.measure]
        for kind in dict.fromkeys(symbol.kind for symbol in (*missing, *extra)):
            lost, added = _values(missing, kind), _values(extra, kind)
            for index in range(max(len(lost), len(added))):
                yield Difference(
                    kind,
                    lost[index] if index < len(lost) else None,
                    added[index] if index < len(added) else None,
                    measure,
                    staff,
                )


def _values(symbols: Counter[Symbol], kind: str) -> list[str]:
    return sorted(symbol.value for symbol in symbols.elements() if symbol.kind == kind)


def _counts(
    staves: list[StaffSymbols], others: list[StaffSymbols], differences: list[Difference]
) -> dict[str, KindCounts]:
    present: Counter[str] = Counter()
    known: set[str] = set()
    for each in staves:
        for group in each.groups:
            present.update(symbol.kind for symbol in group.symbols)
    for each in others:
        known.update(symbol.kind for group in each.groups for symbol in group.symbols)
    missing = Counter(d.kind for d in differences if d.result is None)
    extra = Counter(d.kind for d in differences if d.truth is None)
    wrong = Counter(d.kind for d in differences if d.truth is not None and d.result is not None)
    return {
        kind: KindCounts(present[kind], missing[kind], extra[kind], wrong[kind])
        for kind in KINDS
        if present[kind] or kind in known
    }
