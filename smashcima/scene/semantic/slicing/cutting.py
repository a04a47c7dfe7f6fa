"""Construction of a slice: a page, a system, some staves, or some measures as a separate score."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from smashcima.errors import Issue
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.measure import Ending, Measure, Voice
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.slicing.copies import Copies
from smashcima.scene.semantic.slicing.cut_marks import SliceMarks
from smashcima.scene.semantic.slicing.excerpt import Excerpt
from smashcima.scene.semantic.slicing.request import SliceRequest
from smashcima.scene.semantic.slicing.score_index import ScoreIndex
from smashcima.scene.semantic.slicing.start import SliceStart
from smashcima.scene.semantic.slicing.voices import SliceVoices, straighten
from smashcima.scene.semantic.texts import PageBreak, SystemBreak
from smashcima.scene.semantic.time_signature import TimeSignature

if TYPE_CHECKING:
    from smashcima.scene.semantic.score import Score

_BREAKS = (PageBreak, SystemBreak)


def cut_slice(score: Score, index: ScoreIndex, request: SliceRequest) -> Score:
    """Makes the slice; see `Score.slice`."""
    return _Slicer(score, index, request).cut()


class _Slicer:
    """The state of one cut."""

    def __init__(self, score: Score, index: ScoreIndex, request: SliceRequest) -> None:
        self._score = score
        self._index = index
        self._request = request
        self._copies = Copies()
        self._issues: list[Issue] = []
        self._wanted = set(request.measures)
        self._started = False
        self._finished = False
        self._break: SemanticObject | None = None
        """The last break in the source after the last measure."""
        self._new_break: SemanticObject | None = None
        """The break to insert before the element being copied."""
        self._endings: list[Ending] = []
        every = tuple(staff.n for staff in score.staves)
        self._voices = SliceVoices(request.staves, every, self._copies, self._issues)
        self._marks = SliceMarks(request, self._copies, self._issues)

    def cut(self) -> Score:
        score, request = self._score, self._request
        start = SliceStart(score, self._index, request, self._copies).definition()
        children = [start, *self._children(score)]
        made = self._copies.node(score, children)
        self._add_marks()
        self._copies.connect()
        if set(request.staves) < {staff.n for staff in score.staves}:
            straighten(list(made.descendants(Voice)))
        layout = score.layout
        if layout is not None:
            made.layout = layout.restricted(
                frozenset(measure.id for measure in request.measures),
                frozenset(request.staves),
                request.systems,
            )
        made.excerpt = self._excerpt()
        made.update_if_edited()
        return made

    def _excerpt(self) -> Excerpt:
        request = self._request
        first = request.measures[0]
        before = self._score.excerpt
        self._tell_of_warnings()
        coming_in, going_on = self._marks.coming_in, self._marks.going_on
        for ending in self._endings:
            measures = ending.children_of(Measure)
            if measures[0] not in self._wanted:
                coming_in.add(ending.id)
            if measures[-1] not in self._wanted:
                going_on.add(ending.id)
        if before is not None:  # a slice of a slice
            kept = {found.id for found in self._marks_of_slice()}
            coming_in |= before.coming_in & kept
            going_on |= before.going_on & kept
        return Excerpt(
            first.index + (before.first_measure if before is not None else 0),
            len(request.measures),
            first.onset + (before.onset if before is not None else 0),
            request.staves,
            request.pages,
            request.systems,
            frozenset(coming_in),
            frozenset(going_on),
            tuple(self._issues),
        )

    def _tell_of_warnings(self) -> None:
        """Reports the cautionary keys and times at the end of a system."""
        last = self._request.measures[-1]
        following = self._index.measures[last.index + 1 : last.index + 2]
        layout = self._score.layout
        if not following or layout is None or following[0].id not in layout.system_starts:
            return
        told: set[str] = set()
        for found in self._index.states(following[0])[1]:
            if isinstance(found, (KeySignature, TimeSignature)):
                told.add(found.tag)
        for tag in sorted(told):
            what = "drawn at the end of the system as a cautionary signature; it is in force after this slice"
            self._issues.append(Issue(last.place, tag, what))

    def _marks_of_slice(self) -> list[SemanticObject]:
        return [
            mark for measure in self._request.measures for mark in measure.objects() if mark in self._copies
        ]

    # -- structure -----------------------------------------------------------------------------------------

    def _children(self, container: SemanticObject) -> list[Any]:
        """Copies of the children of a container that are inside the slice, with the breaks of the layout."""
        made: list[Any] = []
        start = self._index.start_in(container, self._request.measures[0].index)
        for child in islice(container.children, start, None):
            if self._finished:
                break
            if not isinstance(child, SemanticObject):
                if self._started:
                    made.append(child)
                continue
            copied = self._child(child)
            if copied is None:
                continue
            is_first_of_ending = isinstance(container, Ending) and not any(
                isinstance(m, Measure) for m in made
            )
            if self._new_break is not None and not is_first_of_ending:
                made.append(self._new_break)
                self._new_break = None
            made.append(copied)
        return made

    def _child(self, child: SemanticObject) -> SemanticObject | None:
        if isinstance(child, Measure):
            return self._measure(child)
        if isinstance(child, _BREAKS):
            if not isinstance(self._break, PageBreak):
                self._break = child
            return None
        if self._index.has_measures(child):
            return self._container(child)
        if not self._started or child.tag == "expansion":
            return None
        return self._copies.tree(child)

    def _container(self, source: SemanticObject) -> SemanticObject | None:
        """Copies the part of a section or ending that is in the slice; `None` if no measure of it is."""
        inner = self._children(source)
        made = self._copies.node(source, inner)
        if made.child_of(Measure) is None:
            return None
        if isinstance(source, Ending):
            self._endings.append(source)
        return made

    def _measure(self, measure: Measure) -> Measure | None:
        before, self._break = self._break, None
        if measure not in self._wanted:
            return None
        if self._started:
            self._new_break = self._break_before(measure, before)
        self._started = True
        self._finished = measure is self._request.measures[-1]
        return self._voices.measure(measure)

    def _break_before(self, measure: Measure, source: SemanticObject | None) -> SemanticObject | None:
        """The break of the layout before a measure, or that of the source if there is no layout."""
        layout = self._score.layout
        if layout is None:
            return Copies().tree(source) if source is not None else None
        if measure.id in layout.page_starts:
            return Copies().tree(source) if isinstance(source, PageBreak) else PageBreak()
        if measure.id in layout.system_starts:
            return Copies().tree(source) if isinstance(source, SystemBreak) else SystemBreak()
        return None

    def _add_marks(self) -> None:
        request = self._request
        for measure in request.measures:
            twin = self._copies.of(measure)
            assert twin is not None
            marks = self._marks.from_before(self._index) if measure is request.measures[0] else []
            twin.children.extend([*marks, *self._marks.of_measure(measure)])
