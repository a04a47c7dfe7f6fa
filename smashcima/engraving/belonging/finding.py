"""Detection of relations between primitives: noteheads of stems, stems of flags, noteheads of dots, and so on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from smashcima.engraving.belonging.barlines import Barlines
from smashcima.engraving.belonging.beam_pieces import find_beam_pieces
from smashcima.engraving.belonging.owners import Owners, event_around
from smashcima.engraving.belonging.page_turns import SystemsOfMarks, systems_elsewhere
from smashcima.engraving.engraving import EngravedPage, Engraving
from smashcima.engraving.page_belonging import PageBelonging
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Line, Primitive
from smashcima.scene.semantic import Arpeggio, Chord, ControlEvent, Note, Score, SemanticObject

_K = PrimitiveKind

PARTS_OF_EVENTS = frozenset(
    {
        _K.NOTEHEAD, _K.STEM, _K.FLAG, _K.GRACE_SLASH, _K.LEDGER_LINE, _K.ACCIDENTAL, _K.AUGMENTATION_DOT,
        _K.ARTICULATION, _K.TREMOLO, _K.REST, _K.MEASURE_REST, _K.ARPEGGIO, _K.FINGERING, _K.ORNAMENT, _K.FERMATA,
        _K.LYRIC, _K.CLUSTER, _K.TABLATURE_NUMBER, _K.MULTI_REST, _K.MULTI_REST_NUMBER, _K.MEASURE_REPEAT,
    }
)  # fmt: skip
"""Kinds of primitives that belong to a single chord, note or rest."""

_LEDGER_SLACK_SS = 0.3
"""Maximum distance of a ledger line beyond the centre of its notehead, in staff spaces."""


def find_belonging(page: EngravedPage, score: Score) -> PageBelonging:
    """Relations between the primitives of a page, whose positions must be those set by the engraver."""
    return _Finder(page, score).find()


def with_belonging(
    engraving: Engraving, score: Score, kept: int | None = None, before: SystemsOfMarks = MappingProxyType({})
) -> Engraving:
    """The engraving with relations on every page; pages that already have them are unchanged.

    Args:
        engraving: the layout of a score, or of some consecutive pages of it.
        score: the whole score.
        kept: number of pages to return; by default all.
        before: the marks that go on from earlier pages (`systems_up_to`).
    """
    if all(page.belonging is not None for page in engraving.pages[:kept]):
        return engraving if kept is None else replace(engraving, pages=engraving.pages[:kept])
    pages: list[EngravedPage] = []
    for page, elsewhere in zip(engraving.pages, systems_elsewhere(engraving.pages, before), strict=True):
        if len(pages) == kept:
            break
        if page.belonging is None:
            found = replace(find_belonging(page, score), systems_elsewhere=elsewhere)
            page = replace(page, belonging=found)
        pages.append(page)
    return replace(engraving, pages=tuple(pages))


class _Finder:
    """Search on one page."""

    def __init__(self, page: EngravedPage, score: Score) -> None:
        self._page = page
        self._score = score
        self._primitives = page.primitives
        self._owners = Owners(score)
        self._heads: dict[SemanticObject, list[int]] = defaultdict(list)
        self._stems: dict[SemanticObject, list[int]] = defaultdict(list)
        self._rests: dict[SemanticObject, int] = {}
        for index, primitive in enumerate(page.primitives):
            kind = primitive.kind
            if kind not in _ANCHORS:
                continue
            semantic = self._owners.object_of(primitive.element)
            if semantic is None:
                continue
            if kind is _K.NOTEHEAD:
                self._heads[semantic].append(index)
            elif kind is _K.STEM:
                self._stems[semantic].append(index)
            else:
                self._rests.setdefault(semantic, index)
        self._noteheads: dict[int, tuple[int, ...]] = {}
        self._stem_of: dict[int, int] = {}
        self._rest_of: dict[int, int] = {}
        self._start_heads: dict[int, tuple[int, ...]] = {}
        self._end_heads: dict[int, tuple[int, ...]] = {}
        self._start_events: dict[int, str] = {}
        self._end_events: dict[int, str] = {}
        self._covered: dict[int, tuple[str, ...]] = {}

    def find(self) -> PageBelonging:
        for index, primitive in enumerate(self._primitives):
            link = _LINKS.get(primitive.kind)
            if link is not None and self._owners.object_of(primitive.element) is not None:
                link(self, index, primitive)
        barlines = Barlines(self._page)
        groups = barlines.groups()
        return PageBelonging(
            events=self._events(),
            noteheads=self._noteheads,
            stems=self._stem_of,
            rests=self._rest_of,
            start_noteheads=self._start_heads,
            end_noteheads=self._end_heads,
            start_events=self._start_events,
            end_events=self._end_events,
            covered_events=self._covered,
            beams=find_beam_pieces(self._page, self._score),
            barline_strokes=barlines.strokes_in_pieces(),
            barlines=groups,
            single_barlines=barlines.single(groups),
        )

    def _events(self) -> tuple[str | None, ...]:
        found: list[str | None] = []
        for primitive in self._primitives:
            event = None
            if primitive.element is not None and primitive.kind in PARTS_OF_EVENTS:
                event = self._owners.event_of(primitive.element)
            found.append(None if event is None else event.id)
        return tuple(found)

    # -- looking up ----------------------------------------------------------------------------------------

    def _heads_of(self, semantic: SemanticObject | None) -> list[int]:
        """Noteheads of a note, or of all notes of a chord."""
        if isinstance(semantic, Chord):
            return [head for note in semantic.notes for head in self._heads.get(note, ())]
        return list(self._heads.get(semantic, ())) if semantic is not None else []

    def _heads_in_system(self, semantic: SemanticObject | None, system: int | None) -> tuple[int, ...]:
        found = self._heads_of(semantic)
        return tuple(head for head in found if self._primitives[head].place.system == system)

    def _find_stem(self, owner: SemanticObject | None) -> int | None:
        """The stem of a note, or of the chord that it is in."""
        if owner is None:
            return None
        found = self._stems.get(owner)
        if not found and isinstance(owner, Note) and owner.chord is not None:
            found = self._stems.get(owner.chord)
        return found[0] if found else None

    def _nearest(self, heads: Sequence[int], primitive: Primitive) -> int | None:
        """The notehead with the nearest y."""
        if not heads:
            return None
        y = _height(primitive)
        return min(heads, key=lambda head: abs(_height(self._primitives[head]) - y))

    # -- linking -------------------------------------------------------------------------------------------

    def _link_heads(self, index: int, primitive: Primitive) -> None:
        owner = self._owners.owner_of(primitive.element)
        self._noteheads[index] = tuple(self._heads_of(owner))
        if primitive.kind is _K.TREMOLO:
            self._link_stem(index, primitive)

    def _link_stem(self, index: int, primitive: Primitive) -> None:
        stem = self._find_stem(self._owners.owner_of(primitive.element))
        if stem is not None:
            self._stem_of[index] = stem

    def _link_nearest_head(self, index: int, primitive: Primitive) -> None:
        owner = self._owners.owner_of(primitive.element)
        nearest = self._nearest(self._heads_of(owner), primitive)
        if nearest is not None:
            self._noteheads[index] = (nearest,)
        elif primitive.kind is _K.AUGMENTATION_DOT and owner in self._rests:
            self._rest_of[index] = self._rests[owner]

    def _link_ledger_line(self, index: int, line: Primitive) -> None:
        owner = self._owners.owner_of(line.element)
        heads = self._heads_of((owner.chord or owner) if isinstance(owner, Note) else owner)
        staff = self._page.staff_at(line.place)
        if isinstance(line, Line) and staff is not None and staff.line_ys:
            here = (line.place.system, line.place.staff)
            above = line.start.y < staff.line_ys[0]
            slack = _LEDGER_SLACK_SS * staff.staff_space
            heads = [
                head
                for head in heads
                if _reaches(_height(self._primitives[head]), line.start.y, above, slack)
                and (self._primitives[head].place.system, self._primitives[head].place.staff) == here
            ]
        self._noteheads[index] = tuple(heads)

    def _link_arpeggio(self, index: int, primitive: Primitive) -> None:
        semantic = self._owners.object_of(primitive.element)
        if isinstance(semantic, Arpeggio):
            events: list[SemanticObject | None] = [*semantic.events] or [semantic.start]
            heads = dict.fromkeys(head for event in events for head in self._heads_of(event))
            self._noteheads[index] = tuple(heads)
        if isinstance(semantic, ControlEvent):
            self._covered[index] = _ids(semantic.events)

    def _link_ends(self, index: int, primitive: Primitive) -> None:
        mark = self._owners.object_of(primitive.element)
        if not isinstance(mark, ControlEvent):
            return
        # Each piece of a curve across several systems has only the ends in its own system.
        system = primitive.place.system
        self._start_heads[index] = self._heads_in_system(mark.start, system)
        if primitive.kind is not _K.LAISSEZ_VIBRER:
            self._end_heads[index] = self._heads_in_system(mark.end, system)
        for ends, event in ((self._start_events, mark.start), (self._end_events, mark.end)):
            around = event_around(event)
            if around is not None:
                ends[index] = around.id


def _ids(events: Iterable[SemanticObject]) -> tuple[str, ...]:
    return tuple(around.id for event in events if (around := event_around(event)) is not None)


def _height(primitive: Primitive) -> float:
    """Y of the origin of a symbol, or of the centre of a dot."""
    return primitive.coordinates()[1]


def _reaches(head_y: float, line_y: float, above: bool, slack: float) -> bool:
    """Whether a notehead lies on a ledger line or beyond it."""
    return head_y <= line_y + slack if above else head_y >= line_y - slack


_ANCHORS = frozenset({_K.NOTEHEAD, _K.STEM, _K.REST, _K.MEASURE_REST})
"""Kinds to which other primitives are related."""

_LINKS: dict[PrimitiveKind, Callable[[_Finder, int, Primitive], None]] = {
    **dict.fromkeys((_K.STEM, _K.ARTICULATION, _K.FINGERING, _K.CLUSTER, _K.TREMOLO), _Finder._link_heads),
    **dict.fromkeys((_K.FLAG, _K.GRACE_SLASH), _Finder._link_stem),
    **dict.fromkeys((_K.ACCIDENTAL, _K.AUGMENTATION_DOT), _Finder._link_nearest_head),
    _K.LEDGER_LINE: _Finder._link_ledger_line,
    _K.ARPEGGIO: _Finder._link_arpeggio,
    **dict.fromkeys((_K.SLUR, _K.TIE, _K.GLISSANDO, _K.LAISSEZ_VIBRER), _Finder._link_ends),
}
