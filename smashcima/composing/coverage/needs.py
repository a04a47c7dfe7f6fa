"""How often signs, and pairs of signs, are still wanted."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Sequence

from smashcima.composing.coverage.signs import POSITIONS, SIGNS, Sign
from smashcima.composing.draws import Draws
from smashcima.errors import SettingsError

Pair = tuple[str, str]
"""The names of two signs at one note, or of an accidental and its staff position."""

_ATTACHED = ("articulation", "ornament", "mark", "tremolo", "dot")


def signs_named(names: Iterable[str]) -> tuple[Sign, ...]:
    """The signs with these names; an empty list stands for all. Raises a `SettingsError`."""
    found = []
    for name in names:
        if name not in SIGNS:
            close = difflib.get_close_matches(str(name), SIGNS, 1)
            hint = f" (did you mean {close[0]!r}?)" if close else ""
            raise SettingsError(
                f"{name!r} is not a sign that can be asked for{hint}; there are {', '.join(SIGNS)}."
            )
        found.append(SIGNS[name])
    return tuple(dict.fromkeys(found)) or tuple(SIGNS.values())


class Needs:
    """Counts down what is wanted."""

    def __init__(self, signs: Sequence[Sign], times: int, pairs: int, draws: Draws) -> None:
        self._draws = draws
        self._left: dict[str, int] = {sign.name: times for sign in signs}
        self._of_kind: dict[str, list[Sign]] = {}
        for sign in signs:
            self._of_kind.setdefault(sign.kind, []).append(sign)
        self._partners: Counter[str] = Counter()
        """How many pairs of each sign are still wanted."""
        self._pairs: dict[Pair, int] = dict.fromkeys(self._all_pairs(), pairs) if pairs else {}
        for pair in self._pairs:
            self._partners[pair[0]] += pairs

    def _all_pairs(self) -> list[Pair]:
        notes = [sign.name for sign in self.of_kind("note")]
        attached = [sign.name for kind in _ATTACHED[:2] for sign in self.of_kind(kind)]
        found = [(note, mark) for note in notes for mark in attached]
        for sign in self.of_kind("accidental"):
            found += [(sign.name, str(position)) for position in POSITIONS]
        return found

    def of_kind(self, *kinds: str) -> list[Sign]:
        """The wanted signs of some kinds, whether they are still needed or not."""
        return [sign for kind in kinds for sign in self._of_kind.get(kind, ())]

    def left(self, name: str) -> int:
        """How often a sign is still wanted; negative if it has been used more often."""
        return self._left.get(name, 0)

    def pair_left(self, first: str, second: str) -> int:
        """How often a pair is still wanted."""
        return self._pairs.get((first, second), 0)

    def use(self, name: str) -> None:
        """Counts a sign that is written."""
        self._left[name] = self._left.get(name, 0) - 1

    def use_pair(self, first: str, second: str) -> None:
        """Counts a pair that is written."""
        if (first, second) in self._pairs:
            if self._pairs[first, second] > 0:
                self._partners[first] -= 1
            self._pairs[first, second] -= 1

    def most_wanted(self, signs: Iterable[Sign], partner: str = "") -> Sign | None:
        """The sign that is wanted most, together with a partner if given; `None` if none is wanted any more."""
        best: Sign | None = None
        most = 0.0
        for sign in signs:
            wanted = max(self._left.get(sign.name, 0), self._partners[sign.name], 0)
            wanted += 3 * max(self.pair_left(partner, sign.name), 0)
            score = wanted + self._draws.uniform() if wanted else 0
            if score > most:
                best, most = sign, score
        return best

    @property
    def is_met(self) -> bool:
        """Whether nothing is wanted any more."""
        return all(left <= 0 for left in self._left.values()) and all(
            left <= 0 for left in self._pairs.values()
        )

    @property
    def total(self) -> int:
        """How many signs and pairs are still wanted."""
        return sum(self.unmet.values())

    @property
    def unmet(self) -> dict[str, int]:
        """What is still wanted, by name; pairs are joined by ` with `."""
        found = {name: left for name, left in self._left.items() if left > 0}
        found |= {" with ".join(pair): left for pair, left in self._pairs.items() if left > 0}
        return found
