"""Runs of measures as scores of their own, and one score from several runs."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.scene.semantic import (
    Clef,
    Definition,
    Event,
    KeySignature,
    MeasureStaff,
    Score,
    ScoreDefinition,
    Section,
    SemanticObject,
    StaffChange,
    StaffGroup,
    SystemBreak,
    TimeSignature,
    TimeSignatureGroup,
)

_SIGNATURES = (Clef, KeySignature, TimeSignature, TimeSignatureGroup)


def run_of(score: Score, measures: range) -> Score:
    """Some measures of a score as a score that begins with the clefs, keys and times in force.

    Marks that the borders cut are left out.
    """
    run = score.slice(measures=measures)
    excerpt = run.excerpt
    if excerpt is not None:
        cut = excerpt.coming_in | excerpt.going_on
        for mark in [mark for mark in run.marks() if mark.id in cut]:
            mark.detach()
    run.excerpt = None
    definition = run.definition
    if definition is not None:
        for found in definition.descendants():
            if isinstance(found, _SIGNATURES):
                found.mei.pop("visible", None)
    run.update()
    return run


def is_alike(first: Score, second: Score) -> bool:
    """Whether two scores have the same staves in the same parts, so that one can follow the other."""
    return _structure(first) == _structure(second)


def joined(runs: Sequence[Score]) -> Score:
    """The runs one after the other, each on a new system with its clefs, keys and times. They are used up.

    They must be alike.
    """
    score, *others = runs
    section = score.child_of(Section) or score
    for other in others:
        section.children.append(SystemBreak())
        section.children.append(_changes(score, other))
        _move_to_staves(other, score)
        for child in [child for child in other.objects() if not isinstance(child, Definition)]:
            child.detach()
            section.children.append(child)
    score.update()
    return score


def _move_to_staves(other: Score, score: Score) -> None:
    """Lets all that belongs to a staff of one score belong to that of another."""
    own = dict(zip(other.staves, score.staves, strict=True))
    for measure in other.measures:
        for found in measure.descendants():
            if isinstance(found, MeasureStaff) and found.staff is not None:
                found.staff = own[found.staff]
            elif isinstance(found, Event) and found.cross_staff is not None:
                found.cross_staff = own[found.cross_staff]


def _structure(score: Score) -> list[list[tuple[object, ...]]]:
    return [
        [
            (staff.n, staff.lines, staff.transposition_diatonic, staff.transposition_semitones)
            for staff in part.staves
        ]
        for part in score.parts
    ]


def _changes(score: Score, other: Score) -> ScoreDefinition:
    """What sets the clefs, keys and times of a score to those with which another begins."""
    common = _signatures(other.definition) if other.definition is not None else []
    staves = [
        StaffChange(staff.n, staff, children=list(_signatures(new)))
        for staff, new in zip(score.staves, other.staves, strict=True)
    ]
    return ScoreDefinition(children=[*common, StaffGroup(children=list(staves))])


def _signatures(definition: Definition) -> list[SemanticObject]:
    """The clefs, keys and times of a definition, detached from it."""
    found: list[SemanticObject] = [each for each in definition.objects() if isinstance(each, _SIGNATURES)]
    for each in found:
        each.detach()
    return found
