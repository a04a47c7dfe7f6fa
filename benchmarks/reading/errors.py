"""Errors of a reader by the class of tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Errors:
    """Tokens of the truth, and edits that turn what was read into it, by class."""

    tokens: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    """Tokens of the truth that are missing or replaced, and tokens that were read where there are none."""

    def add(self, truth: Sequence[str], read: Sequence[str]) -> None:
        """Counts the edits of one strip."""
        self.tokens.update(map(kind_of, truth))
        self.wrong.update(kind_of(token) for token in faults(truth, read))

    @property
    def rate(self) -> float:
        """Edits for each token of the truth."""
        return sum(self.wrong.values()) / max(sum(self.tokens.values()), 1)

    def rate_of(self, kind: str) -> float:
        """The rate of one class."""
        return self.wrong[kind] / max(self.tokens[kind], 1)


def kind_of(token: str) -> str:
    """The class of a token in the table of errors."""
    if "_" in token:
        return "notes: " + token.partition("_")[0]
    if token in ("sharp", "flat", "natural"):
        return "accidentals"
    return {"clef": "clefs", "rest": "rests", "dot": "dots"}[token.partition("-")[0]]


def faults(truth: Sequence[str], read: Sequence[str]) -> list[str]:
    """The tokens at fault in a shortest list of edits: those of the truth, or those read where there are none."""
    rows = [list(range(len(read) + 1))]
    for number, wanted in enumerate(truth, 1):
        last = rows[-1]
        row = [number]
        for column, found in enumerate(read, 1):
            row.append(min(last[column] + 1, row[-1] + 1, last[column - 1] + (wanted != found)))
        rows.append(row)
    i, j = len(truth), len(read)
    at_fault: list[str] = []
    while i or j:
        if i and j and rows[i][j] == rows[i - 1][j - 1] + (truth[i - 1] != read[j - 1]):
            i, j = i - 1, j - 1
            if truth[i] != read[j]:
                at_fault.append(truth[i])
        elif i and rows[i][j] == rows[i - 1][j] + 1:
            i -= 1
            at_fault.append(truth[i])
        else:
            j -= 1
            at_fault.append(read[j])
    return at_fault[::-1]
