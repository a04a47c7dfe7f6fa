"""Scores from annotations."""

from __future__ import annotations

from smashcima.errors import Issue
from smashcima.loading.mashcima.measure_draft import MeasureDraft
from smashcima.loading.mashcima.reader import StaffReader
from smashcima.notations.mashcima import parse_annotation_into_token_groups
from smashcima.scene.semantic import (
    Clef,
    Measure,
    MeasureStaff,
    Score,
    ScoreDefinition,
    Section,
    SemanticObject,
    Staff,
    StaffChange,
    StaffGroup,
    TimePoint,
    Voice,
)


def score_of_annotation(annotation: str) -> tuple[Score, list[Issue]]:
    """Makes a score of one staff from an annotation.

    Positions are kept as written: notes have a `staff_position`, and also a pitch where a clef precedes them. Key
    signatures at their usual positions under the clef have a number of sharps or flats, others explicit accidentals.
    Barlines are those of the annotation; without one at the end, that of the last measure is invisible.

    An annotation that is not valid is repaired. Issues report repairs, unknown symbols (`?`), unbalanced slurs, and
    tuplets whose notes do not add up.
    """
    groups, warnings = parse_annotation_into_token_groups(annotation)
    issues = [Issue("annotation", "tokens", warning) for warning in warnings]
    if not groups:
        issues.append(Issue("annotation", "tokens", "it is empty; the staff has no symbols"))
    reader = StaffReader()
    reader.read(groups)
    score = _score(reader, issues)
    _settle(score, reader)
    return score, issues + reader.issues


def _score(reader: StaffReader, issues: list[Issue]) -> Score:
    staff = Staff("1")
    definition = ScoreDefinition()
    for child in _opening(reader.measures[0]):
        (staff if isinstance(child, Clef) else definition).children.append(child)
    definition.children.append(StaffGroup(children=[staff]))
    content: list[SemanticObject] = []
    for draft in reader.measures:
        content += _measure(draft, staff, issues)
    return Score(children=[definition, Section(children=list(content))])


def _opening(first: MeasureDraft) -> list[SemanticObject]:
    """Clef, key and time at the start of the staff, which the definition of the score holds."""
    opening, first.prefix = first.prefix, []
    return opening


def _measure(draft: MeasureDraft, staff: Staff, issues: list[Issue]) -> list[SemanticObject]:
    """A measure, after a definition if its key or time changes."""
    content, incomplete = draft.content()
    issues += (
        Issue(
            f"measure {draft.n}",
            "tuplet",
            f"no {tuplet.number} notes of equal length belong to it; only its number is drawn",
        )
        for tuplet in incomplete
    )
    made: list[SemanticObject] = []
    prefix = draft.prefix
    if prefix:
        # A single clef stays in the voice, so that it is drawn behind the barline.
        if len(prefix) == 1 and isinstance(prefix[0], Clef):
            content = [*prefix, *content]
        else:
            change = StaffChange("1", staff, children=list(prefix))
            made.append(ScoreDefinition(children=[StaffGroup(children=[change])]))
    voice = Voice("1", children=list(content))
    holder = MeasureStaff("1", staff, children=[voice])
    made.append(Measure(str(draft.n), draft.left, draft.right, children=[holder, *draft.marks]))
    return made


def _settle(score: Score, reader: StaffReader) -> None:
    """Computes the derived values, and places the marks at barlines, which depend on the lengths of measures."""
    found = score.update()
    measures = score.measures
    edges = [*reader.edges, *reader.curves.edges]
    if found:
        # Annotations need not fill their measures; this is no flaw.
        expected = {issue.where for issue in found if issue.element == "layer"}
        for measure in measures:
            if measure.place in expected:
                measure.mei["metcon"] = "false"
    if not edges:
        return
    staff = score.staves[0]
    for edge in edges:
        measure = measures[edge.draft.n - 1]
        time = edge.draft.time
        beat = measure.quarter_length / (time.beat_length if time is not None else 1) + 1
        if edge.is_end:
            assert edge.owner is not None
            edge.mark.end_point = TimePoint(edge.draft.n - edge.owner.n, beat)
        else:
            edge.mark.beat = beat
        if not edge.mark.staves:
            edge.mark.staves.append(staff)
    score.update()
