"""Long scores, which are laid out in runs of some pages each, so that neither the time to the first page nor the memory
depends on the length of the score.

A run starts at the first measure of a page. Its document also contains some measures before and after it: those before
are not laid out, but ties, slurs and other marks that come from them are drawn as on any page of a whole score; those
after it are on the last page, which is not kept, since the next run starts with it. Lines and pages are filled from the
start of a score to its end, so a page that is full is the same whatever follows. Where systems or pages are overfull, staves
are smaller from that run on, rather than in the whole score.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from smashcima.engravers.verovio.fitting import verovio_breaks
from smashcima.engravers.verovio.laying_out import PortionOfScore
from smashcima.engravers.verovio.mei_edits import SourceBreaks
from smashcima.engravers.verovio.mei_index import Portion
from smashcima.engravers.verovio.score_part import ScorePart
from smashcima.engravers.verovio.signatures_before import SignaturesBefore
from smashcima.engraving import EngravedPage, Engraving
from smashcima.engraving.belonging import SystemsOfMarks, systems_up_to
from smashcima.engraving.layout_options import Breaks, LayoutOptions
from smashcima.scene.semantic import Ending, Measure, PageBreak, Score, SemanticObject, SystemBreak
from smashcima.scene.semantic.slicing import ScoreIndex, reach_of
from smashcima.scene.semantic.spanners import Pedal, PedalAction
from smashcima.scene.semantic.texts import PageFoot, PageHead

MOST_IN_ONE = 12_000
"""Objects of a score (notes, rests, syllables, ...) up to which it is laid out as a whole: some 12 pages."""

_FIRST_RUN = 2_000
"""Objects of the first run: two or three pages, so that the first one comes soon."""

_PAGES = 8
"""Pages of the other runs. One more page is laid out for each, and 2 MB of memory are needed for a page."""

_LEAST_BEFORE = 4
"""Measures that a document has before its run, for hyphens and extenders of syllables from there."""

_MOST_AROUND = 48
"""Measures by which a document is extended, for marks over the borders of its run; longer marks are cut."""


@dataclass(frozen=True)
class RunStart:
    """Where a run starts."""

    measure: int
    page: int
    system: int
    objects: int
    """Number of objects that the run contains at least."""
    scale: float = 1.0
    """Largest scale of the staves: that of the run before."""
    open_marks: SystemsOfMarks = field(default_factory=dict)
    """Marks that go on from earlier pages."""


@dataclass(frozen=True)
class Run:
    """Measures to be laid out together."""

    part: ScorePart
    start: RunStart
    last: int
    """Index of the first measure whose page is not kept; beyond the last measure if the score ends in the run."""
    portion: PortionOfScore

    def kept(self, pages: list[EngravedPage], index_of: Mapping[str, int]) -> int:
        """The number of pages that do not depend on the music after the run."""
        for number, page in enumerate(pages):
            if any(index_of[m.element] >= self.last for system in page.systems for m in system.measures):
                return number
        return len(pages)


class LongScore:
    """The runs of a score."""

    def __init__(self, score: Score, options: LayoutOptions) -> None:
        self._score = score
        score.by_id("")  # makes the index
        self._index = ScoreIndex(score, score.__dict__["_id_index"].state)
        self._before = SignaturesBefore(score, self._index)
        self._measures = self._index.measures
        self._mode = verovio_breaks(_breaks_of(score), options)
        self.index_of = {measure.id: measure.index for measure in self._measures}
        """Indices of the measures, by id."""
        self._objects: dict[int, int] = {}

    def first(self) -> Run:
        """The first run."""
        return self._run(RunStart(0, 0, 0, _FIRST_RUN))

    def after(self, run: Run, made: Engraving) -> Run | None:
        """The run after another one, of which the pages were kept; `None` at the end of the score."""
        if not made.pages:
            return self._run(replace(run.start, objects=2 * run.start.objects))
        last = made.pages[-1]
        systems = made.systems
        measure = 1 + self.index_of[systems[-1].measures[-1].element]
        if measure == len(self._measures):
            return None
        objects = sum(map(self._count, range(run.start.measure, measure)))
        return self._run(
            RunStart(
                measure,
                last.index + 1,
                systems[-1].index + 1,
                objects * _PAGES // len(made.pages) + 1,
                made.staff_scale,
                systems_up_to(last),
            )
        )

    def part(self, first: int, last: int) -> ScorePart:
        """Some measures of the score, from the index of the first to that of the last."""
        return ScorePart(self._score, self._index, self._before, first, last)

    def _count(self, measure: int) -> int:
        count = self._objects.get(measure)
        if count is None:
            count = self._objects[measure] = sum(1 for _ in self._measures[measure].descendants())
        return count

    def _run(self, start: RunStart) -> Run:
        measures = self._measures
        total, last = 0, start.measure
        while total < start.objects and last < len(measures) - 1:
            total += self._count(last)
            last += 1
        until, end = last, self._end(last)
        if end == len(measures) - 1:
            until = len(measures)
        first = self._begin(start.measure)
        part = self.part(first, end)
        portion = Portion(
            None if first == start.measure else measures[start.measure].id,
            start.page,
            start.system,
            start.measure,
        )
        return Run(part, start, until, PortionOfScore(portion, self._mode, start.scale))

    def _begin(self, start: int) -> int:
        """Index of the first measure of a document whose run starts with measure `start`."""
        if start == 0:
            return 0
        least = max(start - _MOST_AROUND, 0)
        found = [max(start - _LEAST_BEFORE, 0), self._ending_around(start)[0]]
        found.extend(m.measure.index for m in self._index.marks_into(start) if m.measure is not None)
        found.extend(self._pedals_down(least, start))
        return min(each for each in found if each >= least)

    def _end(self, last: int) -> int:
        """Index of the last measure of a document whose run should contain measure `last`."""
        measures = self._measures
        if last + 1 >= len(measures):
            return len(measures) - 1
        most = min(last + _MOST_AROUND, len(measures) - 1)
        found = [last, self._ending_around(last)[1]]
        for mark in self._index.marks_into(last + 1):
            reach = reach_of(mark, mark.measure) if mark.measure is not None else None
            if reach is not None:
                found.append(reach)
        return max(each for each in found if each <= most)

    def _ending_around(self, measure: int) -> tuple[int, int]:
        """Indices of the first and last measure of the ending that contains a measure, or of the measure itself."""
        ending = self._measures[measure].ancestor(Ending)
        inner = ending.children_of(Measure) if ending is not None else []
        return (inner[0].index, inner[-1].index) if inner else (measure, measure)

    def _pedals_down(self, least: int, start: int) -> list[int]:
        """Indices of the measures with a pedal that is still down at measure `start`."""
        down: dict[tuple[str, ...], int] = {}
        for number in range(least, start):
            for pedal in self._measures[number].children_of(Pedal):
                staves = tuple(staff.n for staff in pedal.staves)
                if pedal.action is PedalAction.UP:
                    down.pop(staves, None)
                else:
                    down.setdefault(staves, number)
        return list(down.values())


def is_long(score: Score, options: LayoutOptions) -> bool:
    """Whether a score is laid out in runs."""
    if options.breaks is Breaks.NONE or _prints_on_every_page(score, options):
        return False
    objects = (1 for measure in score.measures for _ in measure.descendants())
    return next(islice(objects, MOST_IN_ONE, None), None) is not None


def _prints_on_every_page(score: Score, options: LayoutOptions) -> bool:
    """Whether later pages have a head or a foot, which may contain the page number."""
    definition = score.definition
    if definition is None:
        return False
    printed = [
        *(definition.descendants(PageHead) if options.titles else ()),
        *(definition.descendants(PageFoot) if options.page_foot else ()),
    ]
    return any((text.function or "first") != "first" for text in printed)


def _breaks_of(score: Score) -> SourceBreaks:
    """The breaks between the first measure and the last."""
    lines = pages = 0
    is_started = False
    found: list[type[SemanticObject]] = []
    for each in _in_order(score):
        if isinstance(each, Measure):
            if is_started:
                lines += found.count(SystemBreak)
                pages += found.count(PageBreak)
            is_started, found = True, []
        else:
            found.append(type(each))
    return SourceBreaks(lines, pages)


def _in_order(container: SemanticObject) -> Iterator[SemanticObject]:
    """The measures and breaks of a score or a section."""
    for child in container.children:
        if isinstance(child, Measure):
            yield child
            yield from child.descendants(SystemBreak)
            yield from child.descendants(PageBreak)
        elif isinstance(child, SystemBreak | PageBreak):
            yield child
        elif isinstance(child, SemanticObject) and child.is_transparent:
            yield from _in_order(child)
