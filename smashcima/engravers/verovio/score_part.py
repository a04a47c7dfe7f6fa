"""Some measures of a score, after the clefs, keys and times in force before them, as a document of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar, overload

from smashcima.engravers.verovio.cut_marks import CutMarks
from smashcima.engravers.verovio.mei_edits import with_attributes
from smashcima.engravers.verovio.signatures_before import SignaturesBefore
from smashcima.mei import write_mei_part
from smashcima.scene.semantic import Measure, Note, Score, SemanticObject
from smashcima.scene.semantic.slicing import ScoreIndex

T = TypeVar("T", bound=SemanticObject)


class ScorePart:
    """Consecutive measures of a score, after what is in force before them. All objects in them are those of the score."""

    def __init__(
        self, score: Score, index: ScoreIndex, before: SignaturesBefore, first: int, last: int
    ) -> None:
        """Measures `first` to `last`, by their indices in the score."""
        self._score = score
        self._index = index
        self._before = before
        self._first, self._last = first, last
        self.measures = index.measures[first : last + 1]
        self._marks = CutMarks(index, first, last)
        self._children: dict[SemanticObject, Sequence[Any]] = {}
        inner = self._chosen(score)
        if first > 0:
            definition = [] if score.definition is None else [score.definition]
            inner = [*definition, *inner]
        self._children[score] = inner
        if self._marks.coming_in:
            self._children[self.measures[0]] = [*self.measures[0].children, *self._marks.coming_in]

    def _chosen(self, container: SemanticObject) -> list[Any]:
        """The children of a container in this part; enters those of the containers in it."""
        index, wanted = self._index, range(self._first, self._last + 1)
        is_start = self._first == 0
        chosen: list[Any] = []
        start = 0 if is_start else index.start_in(container, self._first)
        for child in islice(container.children, start, None):
            if isinstance(child, Measure):
                if child.index > self._last:
                    break
                if child.index in wanted:
                    if child.index == self._first and not is_start:
                        chosen.extend(self._before.of(self._first))
                    chosen.append(child)
            elif isinstance(child, SemanticObject) and index.has_measures(child):
                inner = self._chosen(child)
                if any(isinstance(each, Measure) or each in self._children for each in inner):
                    self._children[child] = inner
                    chosen.append(child)
                elif chosen:
                    break
            elif (is_start or chosen) and getattr(child, "tag", "") != "expansion":
                chosen.append(child)
        return chosen

    # -- as a score ----------------------------------------------------------------------------------------

    def mei(self) -> str:
        """The MEI of the part."""
        written = write_mei_part(self._score, self._children)
        changes = self._marks.changes
        return with_attributes(written, changes) if changes else written

    @overload
    def descendants(self) -> Iterator[SemanticObject]: ...

    @overload
    def descendants(self, kind: type[T]) -> Iterator[T]: ...

    def descendants(self, kind: type[Any] = SemanticObject) -> Iterator[Any]:
        """All objects of the part, or those of a class."""
        yield from self._below(self._score, kind)

    def _below(self, parent: SemanticObject, kind: type[Any]) -> Iterator[Any]:
        for child in self._children[parent]:
            if isinstance(child, SemanticObject):
                if isinstance(child, kind):
                    yield child
                if child in self._children and not isinstance(child, Measure):
                    yield from self._below(child, kind)
                else:
                    yield from child.descendants(kind)

    def notes(self) -> Iterator[Note]:
        """All notes of the part."""
        return self.descendants(Note)

    def by_id(self, id: str) -> SemanticObject | None:
        """The object of the score with an id."""
        return self._score.by_id(id)
