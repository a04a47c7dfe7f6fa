"""Record of what a document leaves out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from smashcima.errors import Issue
from smashcima.exporting.mro.marks import Mark
from smashcima.scene.semantic import Measure, Score, SemanticObject


class Losses:
    """Collects what is left out, and which marks are written; whatever is neither is left out as well."""

    def __init__(self, score: Score) -> None:
        self._score = score
        self._issues: list[Issue] = []
        self._told: set[tuple[SemanticObject, str]] = set()
        self._written: set[Mark] = set()

    def object_of(self, mark: Mark) -> SemanticObject | None:
        """The object of the score that a mark draws."""
        return None if mark.element is None else self._score.by_id(mark.element)

    def tell(self, element: SemanticObject, what: str) -> None:
        """Reports an element of the score, once."""
        if (element, what) not in self._told:
            self._told.add((element, what))
            measure = element if isinstance(element, Measure) else element.ancestor(Measure)
            where = "score" if measure is None else f"measure {measure.n or measure.index + 1}"
            self._issues.append(Issue(where, element.tag, what))

    def tell_mark(self, mark: Mark, what: str) -> None:
        """Reports the element that a mark draws."""
        element = self.object_of(mark)
        if element is not None:
            self.tell(element, what)
        else:
            self._issues.append(Issue("score", mark.kind.value, what))

    def tell_of(self, where: str, element: str, what: str) -> None:
        """Reports something that is not an element of the score."""
        self._issues.append(Issue(where, element, what))

    def wrote(self, *marks: Mark) -> None:
        """Notes that marks are expressed by the document."""
        self._written.update(marks)

    def issues(self, marks: Iterable[Mark]) -> list[Issue]:
        """All reports, and the marks that are not written, counted by kind."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for mark in marks:
            if mark not in self._written:
                element = self.object_of(mark)
                counts[mark.kind.value][mark.kind.value if element is None else element.tag] += 1
        left = [
            Issue("score", tag, f"{count} drawn as {kind}, not written")
            for kind, tags in counts.items()
            for tag, count in tags.items()
        ]
        return [*self._issues, *left]
