"""Counts both ways: each printed object of the score is drawn, once, and nothing that is hidden."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from smashcima.errors import Issue
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import (
    Accidental,
    Clef,
    KeySignature,
    Measure,
    Note,
    Rest,
    SemanticObject,
    TimeSignature,
    TimeSignatureGroup,
)
from smashcima.scene.visual import (
    AccidentalMark,
    Flag,
    MeasureRestMark,
    Notehead,
    RestMark,
    Stem,
    VisualObject,
)
from smashcima.verifying.drawn_page import DrawnPage
from smashcima.verifying.score_survey import ScoreSurvey, has_ink
from smashcima.verifying.verification import Findings
from smashcima.verifying.words import place_words

_ONCE: dict[type[VisualObject], str] = {
    Notehead: "notehead",
    RestMark: "rest",
    MeasureRestMark: "rest",
    AccidentalMark: "accidental",
    Stem: "stem",
    Flag: "flag",
}
"""Classes of which an object of the score has one at most."""


class PresenceChecker:
    """Counts the drawn objects of a score."""

    def __init__(self, survey: ScoreSurvey, issues: Iterable[Issue], findings: Findings) -> None:
        """`issues` are those of the scene: what they name as not drawn is not reported again."""
        self._survey = survey
        self._findings = findings
        self._named: Counter[tuple[str, str]] = Counter()
        self._named_ids: set[str] = set()
        for issue in issues:
            if "not drawn" in issue.what:
                self._named[issue.where, issue.element] += 1
                id = issue.what.rpartition("(id ")[2]
                self._named_ids.add(id.removesuffix(")"))
        self._shown: set[SceneObject] = set()
        """Measures of the pages that were read."""
        self._staves: dict[SceneObject, set[str]] = defaultdict(set)
        """The staves that are shown, by measure."""

    def count_page(self, drawn: DrawnPage) -> None:
        """Counts what a page has more than once, and what it should not have at all."""
        for system in drawn.page.systems:
            numbers = {str(staff.number) for staff in system.staves}
            for measure in system.measures:
                if measure.semantic is not None:
                    self._shown.add(measure.semantic)
                    self._staves[measure.semantic] |= numbers
        for kind, word in _ONCE.items():
            self._once(drawn, kind, word)
        if self._survey.hidden:
            self._hidden(drawn)

    def _once(self, drawn: DrawnPage, kind: type[VisualObject], word: str) -> None:
        seen: dict[SceneObject, int] = {}
        for row in drawn.rows.get(kind, ()):
            values = drawn.things[row].__dict__
            semantic = values["note"] if kind is Notehead else values["semantic"]
            if semantic is None:
                continue
            if semantic in seen and not self._is_allowed(drawn, kind, seen[semantic], row):
                self._findings.report(
                    "surplus", place_words(drawn, row), getattr(semantic, "tag", ""),
                    f"drawn with a second {word}, the score has one",
                )  # fmt: skip
            seen[semantic] = row

    def _is_allowed(self, drawn: DrawnPage, kind: type[VisualObject], first: int, second: int) -> bool:
        """Whether an object may have two: the flags of a chord that are drawn one by one, stems at both sides of a chord
        that is shared by two staves.
        """
        return kind in (Stem, Flag) and drawn.staves[first] is not drawn.staves[second]

    def _hidden(self, drawn: DrawnPage) -> None:
        hidden = self._survey.hidden
        for row, thing in enumerate(drawn.things):
            semantic = thing.__dict__["semantic"]
            if semantic in hidden and semantic.tag not in ("staffDef", "measure"):
                self._findings.report(
                    "hidden", place_words(drawn, row), semantic.tag,
                    f"drawn as {drawn.names[row]}, the score hides it",
                )  # fmt: skip

    def finish(self) -> None:
        """Reports what is drawn on none of the pages."""
        findings = self._findings
        findings.page = None
        has_pages = bool(self._shown)
        for thing, measure, staff in self._survey.printed:
            if _is_drawn(thing):
                findings.checked["objects of the score that are drawn"] += 1
                continue
            if not has_pages or not has_ink(thing):
                continue
            if not isinstance(thing, Note) and any(
                inner.sources("semantic") for inner in thing.descendants()
            ):
                continue
            self._missing(thing, measure, staff)

    def _missing(self, thing: SemanticObject, measure: Measure | None, staff: str | None) -> None:
        findings = self._findings
        first = self._survey.measures[0] if self._survey.measures else None
        if (measure or first) not in self._shown:
            findings.unproven["object of a page that was not made"] += 1
            return
        if measure is not None and staff is not None and staff not in self._staves[measure]:
            findings.unproven["object on a staff that is hidden in its system"] += 1
            return
        where = measure.place if measure is not None else "score"
        if thing.id in self._named_ids or (where, thing.tag) in self._named:
            findings.unproven["object that an issue of the scene names as not drawn"] += 1
            return
        if isinstance(thing, (Clef, KeySignature, TimeSignature)) and self._is_superseded(
            thing, measure, staff
        ):
            findings.unproven["signature that another one replaces at the same place"] += 1
            return
        if staff is not None:
            where += f", staff {staff}"
        findings.report("missing", where, thing.tag, f"not drawn: the score has {_words(thing)}")

    def _is_superseded(self, thing: SemanticObject, measure: Measure | None, staff: str | None) -> bool:
        """Whether a signature is replaced before any music, such as the one of all staves by that of each staff."""
        if isinstance(thing.parent, TimeSignatureGroup) and thing.parent.sources("semantic"):
            return True
        return any(
            other.thing is not thing
            and other.measure is measure
            and type(other.thing) is type(thing)
            and (other.staff is None or staff is None or other.staff == staff)
            and bool(other.thing.sources("semantic"))
            for other in self._survey.printed
        )


def _is_drawn(thing: SemanticObject) -> bool:
    """Whether an object of the score has its sign. Stems, flags and dots of a note or rest do not count."""
    if isinstance(thing, Note):
        return bool(thing.sources("note"))
    if isinstance(thing, Rest):
        return any(isinstance(drawn, RestMark) for drawn in thing.sources("semantic"))
    return bool(thing.sources("semantic"))


def _words(thing: SemanticObject) -> str:
    if isinstance(thing, Note):
        return f"the note {thing.pitch}" if thing.pitch is not None else "a note"
    if isinstance(thing, Accidental):
        note = thing.note
        return f"an accidental ({thing.kind})" + (f" at {note.pitch}" if note is not None else "")
    if isinstance(thing, Clef):
        return f"a clef of shape {thing.shape.value if thing.shape else '?'}"
    if isinstance(thing, KeySignature):
        return f"a key signature of {thing.fifths} fifths"
    if isinstance(thing, TimeSignature):
        return f"a time signature of {thing.count}/{thing.unit}"
    return f"a {type(thing).__name__}"
