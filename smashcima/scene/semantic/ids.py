"""Ids for objects without one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from smashcima.errors import Issue
from smashcima.scene.semantic.measure import place_in_score
from smashcima.scene.semantic.semantic_object import SemanticObject

if TYPE_CHECKING:
    from smashcima.scene.semantic.score import Score


def assign_ids(score: Score, below: Sequence[SemanticObject] | None = None) -> list[Issue]:
    """See `Score.assign_ids`; `below` are all objects below the score, if they are known."""
    used: set[str] = set()
    nameless: list[SemanticObject] = []
    issues: list[Issue] = []
    for found in (score, *(score.all_below() if below is None else below), *score.parts):
        id = found.__dict__["id"]
        if not id:
            nameless.append(found)
        elif id in used:
            issues.append(_repeated(found))
            nameless.append(found)
        else:
            used.add(id)
    name_all(nameless, used)
    return issues


def name_all(nameless: Iterable[SemanticObject], used: Container[str]) -> None:
    """Gives new ids to objects, in this order, which are not among those that are used."""
    counts: dict[str, int] = {}
    for found in nameless:
        tag = found.tag or "part"
        number = counts.get(tag, 0) + 1
        while (new := f"{tag}-{number}") in used:
            number += 1
        counts[tag] = number
        # Without `__setattr__`, which would take most of the time: an id is no edge.
        values = found.__dict__
        values["id"] = new
        if "_tree_index_state" in values:
            found._has_changed("id")


def _repeated(found: SemanticObject) -> Issue:
    where = place_in_score(found)
    return Issue(where, found.tag, f"the id {found.id!r} occurs twice; this element gets a new id")
