"""Grouping of voices on staves: the directives `%%score` and `%%staves`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_WORD = re.compile(r"[()\[\]{}|]|[^\s()\[\]{}|]+")

_SYMBOLS = {"{": "brace", "[": "bracket"}

_CLOSING = {"}": "brace", "]": "bracket", ")": "parenthesis"}

_DEEPEST = 6
"""Maximum depth of nested groups."""


@dataclass(slots=True)
class StaffPlan:
    """A staff with its voices."""

    voices: list[str] = field(default_factory=list)


@dataclass(slots=True)
class GroupPlan:
    """Staves and groups joined by a brace or bracket, or all staves."""

    symbol: str | None = None
    """`brace` or `bracket`; `None` for the outermost group."""

    members: list[StaffPlan | GroupPlan] = field(default_factory=list)

    joined: int = 0
    """Number of the places between its members where the barlines continue."""

    @property
    def staves(self) -> list[StaffPlan]:
        """All its staves, from top to bottom."""
        found: list[StaffPlan] = []
        for member in self.members:
            found += [member] if isinstance(member, StaffPlan) else member.staves
        return found

    @property
    def is_joined(self) -> bool:
        """Whether its barlines continue from the first staff to the last."""
        return len(self.members) > 1 and self.joined >= len(self.members) - 1


def parse_staves(directive: str) -> GroupPlan | None:
    """Reads `score (A T) | B` or `staves {r l}`; `None` if brackets do not match or nothing is inside.

    In `%%score`, barlines continue where there is a bar between the staves; in `%%staves`, within groups and where
    there is none.
    """
    name, _, rest = directive.partition(" ")
    try:
        plan = _Parser(_WORD.findall(rest), name == "staves").group(None, 0)
    except ValueError:
        return None
    return plan if plan.members else None


class _Parser:
    """Reads words from left to right; raises `ValueError` where brackets do not match."""

    def __init__(self, words: list[str], joins_by_default: bool) -> None:
        self._words = words[::-1]
        self._joins_by_default = joins_by_default

    def group(self, symbol: str | None, depth: int) -> GroupPlan:
        """The words up to the bracket that closes a group, or all words for the outermost group."""
        if depth > _DEEPEST:
            raise ValueError
        group = GroupPlan(symbol)
        bars = 0
        while self._words:
            word = self._words.pop()
            if word in _SYMBOLS:
                inner = self.group(_SYMBOLS[word], depth + 1)
                group.members += [inner] if inner.members else []
            elif word == "(":
                staff = self._staff()
                group.members += [staff] if staff.voices else []
            elif word == "|":
                bars += 1
            elif word in _CLOSING:
                if _CLOSING[word] != symbol:
                    raise ValueError
                return self._joined(group, bars)
            elif voice := word.removeprefix("*"):
                group.members.append(StaffPlan([voice]))
        if symbol is not None:
            raise ValueError
        return self._joined(group, bars)

    def _staff(self) -> StaffPlan:
        """The voices up to a closing parenthesis."""
        staff = StaffPlan()
        while True:
            word = self._words.pop() if self._words else "("
            if word == ")":
                return staff
            if word in "([{|]}":
                raise ValueError
            staff.voices.append(word.removeprefix("*"))

    def _joined(self, group: GroupPlan, bars: int) -> GroupPlan:
        """Counts the places where barlines continue: a bar means one in `%%score`, and the contrary in `%%staves`."""
        if self._joins_by_default and group.symbol is not None:
            bars = max(len(group.members) - 1 - bars, 0)
        group.joined = bars
        return group
