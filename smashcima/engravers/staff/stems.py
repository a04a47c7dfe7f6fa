"""Directions of stems."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from smashcima.engravers.staff.staff_spacing import StaffSpacing
from smashcima.scene.semantic import DurationType, Note, SemanticObject, StemDirection

_STEMLESS = frozenset({DurationType.BREVE, DurationType.WHOLE, DurationType.MAXIMA})


def has_stem(note: Note) -> bool:
    """Whether a note value is written with a stem; a long is."""
    duration = note.written_duration
    return duration is None or duration.type not in _STEMLESS


def beam_groups(notes: Iterable[Note]) -> dict[SemanticObject, list[Note]]:
    """Notes of each beam, without grace notes inside a beam of others; beams of a single note are omitted."""
    groups: dict[SemanticObject, list[Note]] = {}
    for note in notes:
        if (beam := note.beam) is not None and has_stem(note):
            groups.setdefault(beam, []).append(note)
    found: dict[SemanticObject, list[Note]] = {}
    for group, members in groups.items():
        if not all(note.is_grace for note in members):
            members = [note for note in members if not note.is_grace]
        if len(members) > 1:
            found[group] = members
    return found


def stem_directions(
    notes: Iterable[Note],
    groups: dict[SemanticObject, list[Note]],
    spacing: StaffSpacing,
    rng: np.random.Generator,
) -> dict[Note, bool]:
    """Whether the stem of each note points up.

    A direction given in the score is used. Otherwise grace notes point up, a beam points away from its outermost note,
    and a single note away from the edge of the staff, or at random at the positions in `flip_stems_at`.
    """
    up: dict[Note, bool] = {}
    for members in groups.values():
        given = next((note.stem_direction for note in members if note.stem_direction is not None), None)
        if given is not None:
            direction = given is StemDirection.UP
        elif members[0].is_grace:
            direction = True
        else:
            positions = [note.position or 0 for note in members]
            highest, lowest = max(positions), min(positions)
            balance = highest + lowest if highest != -lowest else sum(positions)
            direction = balance < 2 * spacing.stems_down_from
        up.update(dict.fromkeys(members, direction))
    for note in notes:
        if note in up:
            continue
        position = note.position or 0
        if note.stem_direction is not None:
            up[note] = note.stem_direction is StemDirection.UP
        elif note.is_grace:
            up[note] = True
        elif position in spacing.flip_stems_at:
            up[note] = bool(rng.integers(2))
        else:
            up[note] = position < spacing.stems_down_from
    return up
