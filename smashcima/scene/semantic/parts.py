"""Detection of the parts of a score from its groups of staves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.staves import Definition, GroupSymbol, Instrument, Part, Staff, StaffGroup

if TYPE_CHECKING:
    from smashcima.scene.semantic.score import Score

_ONE_PLAYER = "brace"
"""The symbol that joins the staves of one player."""


def find_parts(score: Score, below: Iterable[SemanticObject]) -> None:
    """Updates `score.parts`; parts whose staves have not changed stay the same objects.

    `below` are all objects below the score, whose ids no part may have.
    """
    definition = score.definition
    found: list[tuple[Definition, list[Staff]]] = []
    if definition is not None:
        _collect(definition, found)
    old = {tuple(part.staves): part for part in score.parts}
    parts: list[Part] = []
    for index, (source, staves) in enumerate(found):
        part = old.get(tuple(staves)) or Part(id=_free_id(below, index + 1), staves=list(staves))
        for name, value in (("n", index + 1), ("name", source.name), ("abbreviation", source.abbreviation)):
            if getattr(part, name) != value:  # an update of what is up to date is no edit
                setattr(part, name, value)
        parts.append(part)
    if parts != list(score.parts):
        for part in score.parts:
            if part not in parts:
                part.staves = []
        score.parts = parts


def _free_id(below: Iterable[SemanticObject], n: int) -> str:
    id = f"part-{n}"
    similar = {each.id for each in below if each.__dict__["id"].startswith(id)}
    while id in similar:
        id += "-"
    return id


def _collect(container: SemanticObject, found: list[tuple[Definition, list[Staff]]]) -> None:
    for child in container.objects():
        if isinstance(child, Staff):
            found.append((child, [child]))
        elif isinstance(child, StaffGroup):
            if is_one_part(child):
                found.append((child, child.staves))
            else:
                _collect(child, found)


def is_one_part(group: StaffGroup) -> bool:
    """Whether the staves of a group belong to one player, that is, share an instrument or a brace."""
    if group.children_of(Instrument):
        return True
    symbols = [symbol.symbol for symbol in group.children_of(GroupSymbol)]
    if _ONE_PLAYER not in symbols and group.mei.get("symbol") != _ONE_PLAYER:
        return False
    inner = list(group.objects())
    has_own_names = sum(1 for child in inner if isinstance(child, Staff) and child.name) > 1
    return not any(isinstance(child, StaffGroup) for child in inner) and not has_own_names
