"""Elements of a score that `**kern` cannot express."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from smashcima.errors import Issue
from smashcima.exporting.humdrum.mark_tokens import SAID
from smashcima.exporting.humdrum.signs import ARTICULATIONS
from smashcima.scene.semantic import (
    Accidental,
    Arpeggio,
    Articulation,
    BeamSpan,
    Breath,
    Clef,
    ControlEvent,
    Ending,
    Event,
    Fermata,
    Measure,
    MeasureNumber,
    MeasureStaff,
    Mordent,
    Note,
    Score,
    SemanticObject,
    Slur,
    Syllable,
    Tie,
    TimeSignature,
    Trill,
    TupletSpan,
    Turn,
)

_AT_NOTES = (Arpeggio, BeamSpan, Breath, Fermata, MeasureNumber, Mordent, Slur, Tie, Trill, TupletSpan, Turn)


def kern_omissions(score: Score, with_marks: bool) -> list[Issue]:
    """Returns an issue for each such element. Without marks (ekern, bekern), includes lyrics, dynamics and
    words.
    """
    issues = [
        Issue(_place(found), found.tag, what) for found in score.descendants() for what in _unsaid_of(found)
    ]
    if not with_marks:
        counts = Counter(f.tag for f in score.descendants() if isinstance(f, (*SAID, Syllable)))
        issues.extend(Issue("score", tag, f"{count} drawn, not written") for tag, count in counts.items())
    return issues


def _place(found: SemanticObject) -> str:
    measure = found if isinstance(found, Measure) else found.ancestor(Measure)
    return f"measure {measure.n}" if measure is not None else "score"


def _unsaid_of(found: SemanticObject) -> Iterator[str]:
    if isinstance(found, Ending):
        yield f"ending {found.n} is not written"
    elif isinstance(found, ControlEvent):
        if not isinstance(found, (*SAID, *_AT_NOTES)):
            yield "not written: kern has no notation for it"
        elif isinstance(found, Slur) and not _is_of_one_staff(found):
            yield "not written: it leads from one staff to another"
    elif isinstance(found, Note):
        yield from _unsaid_of_note(found)
    elif isinstance(found, Articulation):
        yield from (f"kern has no articulation {kind!r}" for kind in found.kinds if kind not in ARTICULATIONS)
    elif isinstance(found, TimeSignature) and found.count is not None and not found.unit:
        yield f"not written: kern has no {found.count}{'' if found.unit is None else '/0'}"
    elif isinstance(found, Clef) and found.staff_position is not None:
        yield f"written on line {found.line}, not at staff position {found.staff_position}"
    elif isinstance(found, Accidental) and found.note is None:
        yield "not written: kern has no accidental without a note"


def _unsaid_of_note(note: Note) -> Iterator[str]:
    if note.ratio != 1:
        yield f"written with its duration, not as the {note.written_duration} that is drawn"
    if note.cross_staff is not None:
        yield "written on the staff of its voice"
    if note.pitch is None:
        yield "without pitch; written as the pitch that its staff position has under the clef"
    elif note.staff_position not in (None, note.pitch_position):
        yield f"written at the position of its pitch, not at staff position {note.staff_position}"


def _is_of_one_staff(slur: Slur) -> bool:
    ends: list[Event] = [end for end in (slur.start, slur.end) if end is not None]
    holders = [end.ancestor(MeasureStaff) for end in ends]
    return len({holder.n for holder in holders if holder is not None}) < 2
