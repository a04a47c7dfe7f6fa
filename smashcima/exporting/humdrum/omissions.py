"""What a score has and `**kern` cannot say."""

from __future__ import annotations

from collections import Counter

from smashcima.errors import Issue
from smashcima.exporting.humdrum.mark_tokens import SAID
from smashcima.exporting.humdrum.signs import ARTICULATIONS
from smashcima.scene.semantic import (
    Arpeggio,
    Articulation,
    BeamSpan,
    Breath,
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
    Trill,
    TupletSpan,
    Turn,
)

_AT_NOTES = (Arpeggio, BeamSpan, Breath, Fermata, MeasureNumber, Mordent, Slur, Tie, Trill, TupletSpan, Turn)


def kern_omissions(score: Score, with_marks: bool) -> list[Issue]:
    """An issue for each; without marks (ekern, bekern) lyrics, dynamics and words count too."""
    issues: list[Issue] = []

    def tell(element: SemanticObject, what: str) -> None:
        measure = element if isinstance(element, Measure) else element.ancestor(Measure)
        issues.append(Issue(f"measure {measure.n}" if measure is not None else "score", element.tag, what))

    for found in score.descendants():
        if isinstance(found, Ending):
            issues.append(Issue("score", "ending", f"ending {found.n} is not written"))
        elif isinstance(found, ControlEvent):
            if not isinstance(found, (*SAID, *_AT_NOTES)):
                tell(found, "not written: kern has no place for it")
            elif isinstance(found, Slur) and not _is_of_one_staff(found):
                tell(found, "not written: it leads from one staff to another")
        elif isinstance(found, Note) and found.cross_staff is not None:
            tell(found, "written on the staff of its voice")
        elif isinstance(found, Articulation):
            for kind in found.kinds:
                if kind not in ARTICULATIONS:
                    tell(found, f"kern has no articulation {kind!r}")
    if not with_marks:
        counts = Counter(f.tag for f in score.descendants() if isinstance(f, (*SAID, Syllable)))
        issues.extend(Issue("score", tag, f"{count} drawn, not written") for tag, count in counts.items())
    return issues


def _is_of_one_staff(slur: Slur) -> bool:
    ends: list[Event] = [end for end in (slur.start, slur.end) if end is not None]
    holders = [end.ancestor(MeasureStaff) for end in ends]
    return len({holder.n for holder in holders if holder is not None}) < 2
