"""Ids for objects without one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from smashcima.errors import Issue
from smashcima.scene.semantic.measure import place_in_score
from smashcima.scene.semantic.semantic_object import SemanticObject

if TYPE_CHECKING:
    from smashcima.scene.semantic.score import Score


def assign_ids(score: Score) -> list[Issue]:
    """See `Score.assign_ids`."""
    used: dict[str, SemanticObject] = {}
    nameless: list[SemanticObject] = []
    issues: list[Issue] = []
    for found in _all_of(score):
        if not found.id:
            nameless.append(found)
        elif found.id in used:
            issues.append(_repeated(found))
            nameless.append(found)
        else:
            used[found.id] = found
    counts: Counter[str] = Counter()
    for found in nameless:
        tag = found.tag or "part"
        new = ""
        while not new or new in used:
            counts[tag] += 1
            new = f"{tag}-{counts[tag]}"
        used[new] = found
        # Without `__setattr__`, which would take most of the time: an id is no edge.
        found.__dict__["id"] = new
        found._has_changed("id")
    return issues


def _all_of(score: Score) -> list[SemanticObject]:
    return [score, *score.descendants(), *score.parts]


def _repeated(found: SemanticObject) -> Issue:
    where = place_in_score(found)
    return Issue(where, found.tag, f"the id {found.id!r} occurs twice; this element gets a new id")
