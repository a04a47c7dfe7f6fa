"""Written positions that Verovio does not draw by itself, prepared in the MEI for the layout; the score itself stays as it is.

Verovio draws a note where its `@loc` says, whatever its pitch. It needs help in four cases:

- A position that the source gives as a pitch (`@ploc`, `@oloc`) is ignored at notes; they get `@loc`.
- In a chord the stem and the sides of the heads follow the pitches; where some notes have a position and some have a
  pitch, all are laid out by position alone.
- An accidental without a note is drawn in a voice only; from within a beam, chord or tuplet it goes to the note behind it.
- What has neither a pitch nor a position is drawn on the lowest line, which an issue says.
"""

from __future__ import annotations

from collections.abc import Iterator

from smashcima.engravers.verovio.mei_edits import Additions, moved_into, with_attributes
from smashcima.errors import Issue
from smashcima.scene.semantic import (
    Accidental,
    Chord,
    Measure,
    Note,
    Score,
    SemanticObject,
    TabChord,
    Voice,
)
from smashcima.scene.semantic.clef_in_force import staff_around


def with_drawable_positions(mei: str, score: Score) -> tuple[str, list[Issue]]:
    """The MEI of a score in which Verovio draws what has a position, and issues for what has none."""
    additions: Additions = {}
    issues: list[Issue] = []
    moves: dict[str, str] = {}
    for found in score.descendants():
        if isinstance(found, Note):
            if found.staff_position is not None:
                additions.update(_located(found))
            elif found.pitch is None and not _is_in_tablature(found):
                issues.append(_unplaced(found, "a note with neither a pitch nor a staff position"))
        elif isinstance(found, Accidental) and found.note is None and found.is_visible:
            if found.staff_position is None:
                issues.append(_unplaced(found, "an accidental with neither a note nor a staff position"))
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
    """`@loc` of the position of a note, from the lowest line of its staff."""
    staff = staff_around(note)
    assert note.position is not None
    return str(note.position + (5 if staff is None else staff.lines) - 1)


def _is_in_tablature(note: Note) -> bool:
    return note.tab_fret is not None or note.tab_course is not None or isinstance(note.parent, TabChord)


def _note_behind(accidental: Accidental) -> Note | None:
    """The note of the same voice that follows, be it in a chord."""
    voice = accidental.ancestor(Voice)
    is_behind = False
    for found in voice.descendants() if voice is not None else ():
        is_behind = is_behind or found is accidental
        if is_behind and isinstance(found, Note):
            return found
    chord = accidental.ancestor(Chord)
    return chord.notes[0] if chord is not None and chord.notes else None


def _unplaced(found: SemanticObject, what: str) -> Issue:
    measure = found.ancestor(Measure)
    where = f"measure {measure.n}" if measure is not None else "score"
    return Issue(where, found.tag, f"{what}, drawn on the lowest line (id {found.id})")
