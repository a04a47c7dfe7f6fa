"""Beams of Mashcima annotations."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.notations.primus.agnostic import AgnosticNote, AgnosticToken, BeamPlace

Sides = tuple[bool, bool]
"""Whether a note has a beam on its left and on its right."""

_SIDES: dict[BeamPlace, Sides] = {
    BeamPlace.FIRST: (False, True),
    BeamPlace.INSIDE: (True, True),
    BeamPlace.LAST: (True, False),
}


def beam_sides(tokens: Sequence[AgnosticToken]) -> dict[int, Sides]:
    """Sides on which notes have beams, by the index of their token.

    PrIMuS counts grace notes inside a beam as its notes; in Mashcima annotations they stand between its notes and have
    beams of their own.
    """
    sides: dict[int, Sides] = {}
    members: list[int] = []
    for index, token in enumerate(tokens):
        if not isinstance(token, AgnosticNote) or token.beam is None:
            continue
        sides[index] = _SIDES[token.beam]
        if token.beam is BeamPlace.FIRST:
            members = []
        members.append(index)
        if token.beam is BeamPlace.LAST:
            _leave_out_grace_notes(tokens, members, sides)
            members = []
    return sides


def _leave_out_grace_notes(
    tokens: Sequence[AgnosticToken], members: list[int], sides: dict[int, Sides]
) -> None:
    """Moves the ends of a beam of notes and grace notes to its notes; grace notes get no beam."""
    graces = [index for index in members if _is_grace(tokens[index])]
    notes = [index for index in members if not _is_grace(tokens[index])]
    if not graces or not notes:
        return
    for index in graces:
        sides[index] = (False, False)
    for place, index in enumerate(notes):
        sides[index] = (place > 0, place + 1 < len(notes))


def _is_grace(token: AgnosticToken) -> bool:
    return isinstance(token, AgnosticNote) and token.is_grace
