"""Groups of symbols with their own name: key signatures, tuplets, measure separators, ..."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from smashcima.exporting.annotation.whole_signs import WholeSign
from smashcima.scene.visual import (
    BarlineMark,
    BraceMark,
    BracketMark,
    DynamicMark,
    KeySignatureMark,
    RepeatDotMark,
    System,
    SystemStaff,
    SystemStartLine,
    TimeSignatureMark,
    TupletMark,
    VoltaMark,
)
from smashcima.scene.visual.labels.dynamics import DYNAMIC_LETTERS

_ONE_BORDER_SS = 3.0
"""Maximum distance, in staff spaces, of barlines and repeat dots at the same measure border."""

GROUPED = (
    KeySignatureMark,
    TimeSignatureMark,
    TupletMark,
    VoltaMark,
    BarlineMark,
    RepeatDotMark,
    DynamicMark,
    BraceMark,
    BracketMark,
    SystemStartLine,
)
"""Classes of symbols that can belong to a group."""

_LETTERS = frozenset(DYNAMIC_LETTERS.values())


class Group(NamedTuple):
    """Group of symbols."""

    label: str
    members: tuple[int, ...]
    """Indices of symbols."""

    staves: tuple[SystemStaff, ...]
    """Staves of the group."""

    inner: tuple[int, ...] = ()
    """Indices of nested groups in the list of groups."""


def groups_of(wholes: Sequence[WholeSign]) -> list[Group]:
    """Returns key and time signatures, tuplets, endings, dynamics, measure borders, repeats and staff
    groupings.
    """
    signatures: dict[Hashable, list[int]] = {}
    spans: dict[Hashable, list[int]] = {}
    borders: dict[Hashable, list[int]] = {}
    starts: list[int] = []
    found: list[Group] = []
    staves_of = _StavesOfSystems()
    grouped = [(index, whole) for index, whole in enumerate(wholes) if isinstance(whole.first, GROUPED)]
    for index, whole in grouped:
        first = whole.first
        match first:
            case KeySignatureMark() | TimeSignatureMark():
                key = (type(first), first.semantic, first.staff, first.measure)
                signatures.setdefault(key, []).append(index)
            case TupletMark() | VoltaMark():
                spans.setdefault((type(first), first.semantic, first.system), []).append(index)
            case BarlineMark() | RepeatDotMark():
                borders.setdefault(first.system, []).append(index)
            case DynamicMark() if first.label in _LETTERS:
                # Dynamics of several letters are linked to their letters already.
                found.append(Group("dynamicText", (index,), ()))
            case BraceMark() | BracketMark():
                found.append(Group("staffGrouping", (index,), whole.crossed_among(staves_of(first.system))))
            case SystemStartLine():
                starts.append(index)
    for index in starts:
        system = wholes[index].first.system
        crossed = wholes[index].crossed_among(staves_of(system))
        inner = [
            place
            for place, group in enumerate(found)
            if group.label == "staffGrouping" and wholes[group.members[0]].first.system is system
        ]
        found.append(Group("staffGrouping", (index,), crossed, tuple(inner)))
    for members in signatures.values():
        first = wholes[members[0]].first
        label = "keySignature" if isinstance(first, KeySignatureMark) else "timeSignature"
        found.append(Group(label, tuple(members), () if first.staff is None else (first.staff,)))
    for members in spans.values():
        label = "tuplet" if isinstance(wholes[members[0]].first, TupletMark) else "volta"
        found.append(Group(label, tuple(members), ()))
    for members in borders.values():
        found.extend(_borders(wholes, members, staves_of(wholes[members[0]].first.system)))
    return found


class _StavesOfSystems:
    """The staves of systems, which are looked for once."""

    def __init__(self) -> None:
        self._found: dict[System | None, Sequence[SystemStaff]] = {None: ()}

    def __call__(self, system: System | None) -> Sequence[SystemStaff]:
        found = self._found.get(system)
        if found is None:
            assert system is not None
            found = self._found[system] = system.staves
        return found


def _borders(
    wholes: Sequence[WholeSign], members: list[int], all_staves: Sequence[SystemStaff]
) -> Iterator[Group]:
    """Measure separators and repeats of a system, from left to right."""
    placed = sorted((wholes[index].box.center.x, index) for index in members)
    gap = _ONE_BORDER_SS * wholes[members[0]].staff_space
    clusters: list[list[int]] = [[placed[0][1]]]
    for (before, _), (after, index) in pairwise(placed):
        if after - before > gap:
            clusters.append([])
        clusters[-1].append(index)
    for cluster in clusters:
        bars = sorted(index for index in cluster if isinstance(wholes[index].first, BarlineMark))
        staves = tuple(
            dict.fromkeys(staff for index in bars for staff in wholes[index].crossed_among(all_staves))
        )
        if bars:
            yield Group("measureSeparator", tuple(bars), staves)
        if len(bars) < len(cluster):
            yield Group("repeat", tuple(sorted(cluster)), ())
