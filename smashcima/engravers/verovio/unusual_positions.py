"""Preparation of written staff positions in the MEI used for layout; the score is not modified.

Verovio draws a note at its `@loc`, regardless of its pitch. These cases need preparation:

- Verovio ignores a note position given as a pitch (`@ploc`, `@oloc`); it is converted to `@loc`.
- In a chord, the stem and the sides of noteheads follow the pitches; if some notes have a position and some a pitch,
  all are laid out by position.
- Verovio draws an accidental without a note only in a voice; inside a beam, chord or tuplet it is moved to the next
note.
- Objects with neither a pitch nor a position are drawn on the lowest line, which is reported as an issue.
- Verovio draws clefs on lines; for one at another position, the line is reported as an issue.
"""

from __future__ import annotations

from collections.abc import Iterator

from smashcima.engravers.verovio.mei_edits import Additions, moved_into, with_attributes
from smashcima.engravers.verovio.score_part import ScorePart
from smashcima.errors import Issue
from smashcima.scene.semantic import (
    Accidental,
    Chord,
    Clef,
    Note,
    Score,
    SemanticObject,
    TabChord,
    Voice,
    place_in_score,
)
from smashcima.scene.semantic.clef_in_force import staff_around


def with_drawable_positions(mei: str, score: Score | ScorePart) -> tuple[str, list[Issue]]:
    """The MEI of a score with positions that Verovio draws, and issues for objects without a position."""
    additions: Additions = {}
    issues: list[Issue] = []
    moves: dict[str, str] = {}
    for found in score.descendants():
        if isinstance(found, Note):
            if found.staff_position is not None:
                additions.update(_located(found))
            elif found.pitch is None and not _is_in_tablature(found):
                issues.append(_unplaced(found, "without a pitch or a staff position"))
        elif isinstance(found, Clef) and found.staff_position is not None:
            what = f"drawn on line {found.line}, not at staff position {found.staff_position} (id {found.id})"
            issues.append(Issue(place_in_score(found), found.tag, what))
        elif isinstance(found, Accidental) and found.note is None and found.is_visible:
            if found.staff_position is None:
                issues.append(_unplaced(found, "without a note or a staff position"))
            note = None if isinstance(found.parent, Voice) else _note_behind(found)
            if note is not None:
                moves[found.id] = note.id
    if additions:
        mei = with_attributes(mei, additions)
    return moved_into(mei, moves) if moves else mei, issues


def _located(note: Note) -> Iterator[tuple[str, dict[str, str | None]]]:
    """The attributes with which Verovio draws a note at its written position."""
    if "ploc" in note.mei and "loc" not in note.mei:
        yield note.id, {"loc": _location(note)}
    notes = note.chord.notes if note.chord is not None else []
    if any(other.pitch is not None for other in notes):
        for other in notes:
            if other.position is not None:
                yield other.id, {"loc": _location(other), "pname": None, "oct": None}


def _location(note: Note) -> str:
    """`@loc` of a note: its position relative to the lowest line of its staff."""
    staff = staff_around(note)
    assert note.position is not None
    return str(note.position + (5 if staff is None else staff.lines) - 1)


def _is_in_tablature(note: Note) -> bool:
    return note.tab_fret is not None or note.tab_course is not None or isinstance(note.parent, TabChord)


def _note_behind(accidental: Accidental) -> Note | None:
    """The next note of the same voice, including notes in chords, or else the first note of the accidental's chord."""
    voice = accidental.ancestor(Voice)
    is_behind = False
    for found in voice.descendants() if voice is not None else ():
        is_behind = is_behind or found is accidental
        if is_behind and isinstance(found, Note):
            return found
    chord = accidental.ancestor(Chord)
    return chord.notes[0] if chord is not None and chord.notes else None


def _unplaced(found: SemanticObject, what: str) -> Issue:
    return Issue(place_in_score(found), found.tag, f"{what}, drawn on the lowest line (id {found.id})")
