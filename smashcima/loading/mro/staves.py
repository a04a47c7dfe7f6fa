"""Staves of the score, and which of them the staves of each system are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import TypeVar

from smashcima.errors import MalformedSourceError
from smashcima.loading.mro.findings import Findings, Located
from smashcima.notations.mro import MroClefShape, MroDocument, MroStave, MroSystem

_V = TypeVar("_V")

_MAX_STAVES = 100

_MAX_CHOICES = 200
"""Number of ways to choose the staves of a system up to which all are compared."""


def systems_of(document: MroDocument) -> list[Located[MroSystem]]:
    """All systems of a document that have staves, in order."""
    return [
        Located(system, (page_index, index))
        for page_index, page in enumerate(document.score.pages)
        for index, system in enumerate(page.systems)
        if system.staves
    ]


def match_staves(systems: list[Located[MroSystem]], findings: Findings) -> list[list[int]]:
    """Index of the staff in the score of each stave of each system.

    The score has as many staves as the largest system. Of a smaller system, the staves are those of the score with
    the same clefs and joined in the same way, as far as possible; staves keep their order.

    Raises:
        MalformedSourceError: a system has more than 100 staves.
    """
    count = max((len(system.value.staves) for system in systems), default=0)
    if count > _MAX_STAVES:
        raise MalformedSourceError(
            f"A system of the MRO document has {count} staves; at most {_MAX_STAVES} are read. Check that the file is not damaged."
        )
    largest = [system.value for system in systems if len(system.value.staves) == count]
    clefs = [_most_common(_first_clef(system.staves[index]) for system in largest) for index in range(count)]
    joins = [
        _most_common(system.staves[index].is_joined_to_below for system in largest) for index in range(count)
    ]
    matched = []
    for system in systems:
        staves = system.value.staves
        if len(staves) == count:
            matched.append(list(range(count)))
            continue
        chosen = _best_choice(staves, clefs, joins)
        matched.append(chosen)
        names = ", ".join(str(index + 1) for index in chosen)
        what = f"{len(staves)} of {count} staves: read as those with the numbers {names}"
        findings.tell(system.indices, "staves", what)
    return matched


def joined_groups(systems: list[Located[MroSystem]], matched: list[list[int]]) -> list[list[int]]:
    """Staves of the score, those of one piano together."""
    count = max((index + 1 for staves in matched for index in staves), default=0)
    joined = {
        index
        for system, indices in zip(systems, matched, strict=True)
        for stave, index in zip(system.value.staves, indices, strict=True)
        if stave.is_joined_to_below
    }
    groups: list[list[int]] = []
    for index in range(count):
        if index and index - 1 in joined:
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _best_choice(
    staves: tuple[MroStave, ...], clefs: list[MroClefShape | None], joins: list[bool]
) -> list[int]:
    best, best_score = list(range(len(staves))), -1
    for number, choice in enumerate(combinations(range(len(clefs)), len(staves))):
        if number >= _MAX_CHOICES:
            break
        score = sum(
            2 * (stave.is_joined_to_below == joins[index]) + (_first_clef(stave) == clefs[index])
            for stave, index in zip(staves, choice, strict=True)
        )
        if score > best_score:
            best, best_score = list(choice), score
    return best


def _first_clef(stave: MroStave) -> MroClefShape | None:
    clefs = stave.bars[0].clefs if stave.bars else ()
    return min(clefs, key=lambda clef: clef.centre_units.column).shape if clefs else None


def _most_common(values: Iterable[_V]) -> _V:
    return Counter(values).most_common(1)[0][0]
