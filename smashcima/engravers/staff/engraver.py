"""Layout of a single staff with one voice."""

from __future__ import annotations

import numpy as np

from smashcima.engravers.staff.curves import draw_slur_or_tie
from smashcima.engravers.staff.drawing import ItemDrawer
from smashcima.engravers.staff.drawn_event import DrawnEvent
from smashcima.engravers.staff.extents import item_extent
from smashcima.engravers.staff.marks import MarkDrawer
from smashcima.engravers.staff.reading import Item, only_staff, read_items
from smashcima.engravers.staff.spacing import place_items
from smashcima.engravers.staff.staff_spacing import StaffSpacing
from smashcima.engravers.staff.stems import beam_groups, stem_directions
from smashcima.engraving import (
    EngravedMeasure,
    EngravedPage,
    EngravedStaff,
    EngravedSystem,
    Engraver,
    Engraving,
    LayoutOptions,
    Primitive,
    PrimitiveKind,
)
from smashcima.engraving.drafting import StaffDraft
from smashcima.engraving.layout_options import Breaks
from smashcima.engraving.page_content import PageContent, Scaling
from smashcima.errors import Issue, SettingsError
from smashcima.scene.semantic import (
    BeamSpan,
    ControlEvent,
    Event,
    Note,
    Score,
    SemanticObject,
    Slur,
    Tie,
    Tuplet,
    TupletSpan,
)

_EMPTY_MEASURE_SS = 0.5
"""Width of a measure without content in staff spaces."""


_BEFORE_FIRST_NOTE_SS = 1.2
"""Distance before the first note or rest at which curves from the left begin, in staff spaces."""


class StaffEngraver(Engraver):
    """Lays out a single staff with one voice as one line, much faster than an engraver of whole scores.

    The page is as wide and as high as its content with the margins. Staff positions are primary: any clef, key, time
    signature, loose accidental and beam is drawn as the score gives it. Raises `EngravingError` for scores with several
    staves or voices, and for chords.
    """

    def __init__(self, spacing: StaffSpacing | None = None, rng: np.random.Generator | None = None) -> None:
        """`rng` is the source of random spaces and stem directions; by default, each score starts a new one."""
        self.spacing: StaffSpacing = spacing or StaffSpacing()
        """How staves are laid out; can be replaced between calls."""
        self._rng = rng

    def check_options(self, options: LayoutOptions) -> None:
        if options.breaks is not Breaks.NONE:
            raise SettingsError(
                "StaffEngraver lays out one line. Set LayoutOptions(breaks='none'), or use VerovioEngraver."
            )

    def lay_out(self, score: Score, options: LayoutOptions) -> Engraving:
        issues: list[Issue] = []
        staff = only_staff(score)
        rng = self._rng if self._rng is not None else np.random.default_rng(0)
        unit = options.staff_space
        margins = options.page_margins
        left, middle_y = margins.left, margins.top + (self.spacing.room_above_ss + 2) * unit
        draft = StaffDraft(middle_y, unit, options.music_font_name, staff=staff.number)
        items = read_items(score, issues)
        notes = [item.element for item in items if isinstance(item.element, Note)]
        groups = beam_groups(notes)
        beamed = {note for members in groups.values() for note in members}
        up = stem_directions(notes, groups, self.spacing, rng)

        def extents(item: Item) -> tuple[float, float]:
            element = item.element
            flag_up = up[element] if isinstance(element, Note) and element not in beamed else None
            return item_extent(draft, item, flag_up)

        right = place_items(items, extents, left, unit, options, self.spacing, rng)
        line_ys = self._lines(draft, score, left, right)
        drawer = ItemDrawer(draft, up, beamed, issues)
        for number, item in enumerate(items):
            drawer.draw(item, is_first=number == 0)
        measure_of = {item.element: item.measure for item in items if item.barline is None}
        for beam, members in groups.items():
            drawer.beam(beam, members, measure_of[members[0]])
        self._marks(score, draft, drawer, measure_of, right, issues)
        system = EngravedSystem(
            0,
            0,
            (EngravedStaff(staff.number, line_ys, left, right, unit),),
            _measures(score, items, left, right, unit),
        )
        return _on_page(draft.primitives, system, options, self.spacing, tuple(issues))

    def _lines(self, draft: StaffDraft, score: Score, left: float, right: float) -> tuple[float, ...]:
        measures = score.measures
        holder = measures[0].staves[0] if measures and measures[0].staves else None
        draft.go_to_measure(0 if measures else None)
        return draft.staff_lines(left, right, None if holder is None else holder.id)

    def _marks(
        self,
        score: Score,
        draft: StaffDraft,
        drawer: ItemDrawer,
        measure_of: dict[SemanticObject, int],
        right: float,
        issues: list[Issue],
    ) -> None:
        """Draws articulations, then tuplets, slurs, and other marks, each beyond those before it."""
        marks = MarkDrawer(draft, drawer.drawn, issues)
        for event in drawer.drawn:
            draft.go_to_measure(measure_of[event])
            if isinstance(event, Note) and event.articulations:
                marks.articulations(event)
        tuplets: dict[Tuplet | TupletSpan, list[Event]] = {}
        for event in drawer.drawn:
            tuplet = event.tuplet
            if tuplet is not None:
                tuplets.setdefault(tuplet, []).append(event)
        for tuplet, members in tuplets.items():
            draft.go_to_measure(measure_of[members[0]])
            marks.tuplet(tuplet, members)
        found = list(score.marks())
        found.sort(key=lambda mark: not isinstance(mark, (Slur, Tie)))
        for mark in found:
            start, end = _ends(mark, drawer)
            measure = mark.measure
            draft.go_to_measure(None if measure is None else measure.index)
            if isinstance(mark, (Slur, Tie)):
                start, end = _with_edges(mark, start, end, drawer, right, draft.staff_space)
                is_drawn = draw_slur_or_tie(draft, mark, start, end, drawer.drawn.values())
            else:
                is_drawn = isinstance(mark, (TupletSpan, BeamSpan)) or marks.mark(mark, start, end)
            if not is_drawn:
                where = "staff" if measure is None else f"measure {measure.n or measure.index + 1}"
                issues.append(Issue(where, mark.tag, "not drawn by StaffEngraver"))


def _ends(mark: ControlEvent, drawer: ItemDrawer) -> tuple[DrawnEvent | None, DrawnEvent | None]:
    """Where a mark starts and ends: a note, a rest, or the barline at the end of a measure."""
    measure = mark.measure
    start = end = None
    if isinstance(mark.start, Event):
        start = drawer.drawn.get(mark.start)
    elif measure is not None and mark.onset_in_measure >= measure.quarter_length:
        start = drawer.ends.get(measure.index)
    if isinstance(mark.end, Event):
        end = drawer.drawn.get(mark.end)
    elif measure is not None and mark.end_point is not None:
        end = drawer.ends.get(measure.index + mark.end_point.measures)
    return start, end


def _with_edges(
    curve: Slur | Tie,
    start: DrawnEvent | None,
    end: DrawnEvent | None,
    drawer: ItemDrawer,
    right: float,
    unit: float,
) -> tuple[DrawnEvent | None, DrawnEvent | None]:
    """The ends of a curve; one that the score does not have is at the edge of the staff, as after a system break."""
    if start is None and end is not None and curve.start is None:
        left = min(drawn.left for drawn in drawer.drawn.values())
        return end.at_edge(left - _BEFORE_FIRST_NOTE_SS * unit), end
    if end is None and start is not None and curve.end is None and curve.end_point is None:
        return start, start.at_edge(right)
    return start, end


def _measures(
    score: Score, items: list[Item], left: float, right: float, unit: float
) -> tuple[EngravedMeasure, ...]:
    """Measures from left to right: each ends at the left edge of its last barline or where the next begins."""
    ends: dict[int, float] = {}
    for item in items:
        ends[item.measure] = item.x
    measures = []
    for measure in score.measures:
        end = max(ends.get(measure.index, left), left + _EMPTY_MEASURE_SS * unit)
        measures.append(EngravedMeasure(measure.id, measure.index, 0, left, end))
        left = end
    if measures:
        last = measures[-1]
        measures[-1] = EngravedMeasure(last.element, last.index, 0, last.left, max(last.left, right))
    return tuple(measures)


def _on_page(
    primitives: list[Primitive],
    system: EngravedSystem,
    options: LayoutOptions,
    spacing: StaffSpacing,
    issues: tuple[Issue, ...],
) -> Engraving:
    """The page of a drawn staff. If its content needs more room above or on the left, it is moved."""
    ink = [primitive for primitive in primitives if primitive.kind is not PrimitiveKind.STAFF_LINE]
    extent = PageContent(ink, (system,)).extent()
    margins = options.page_margins
    (staff,) = system.staves
    bottom = max(extent.bottom, staff.line_ys[-1] + spacing.room_below_ss * options.staff_space)
    dx, dy = max(0.0, margins.left - extent.left), max(0.0, margins.top - extent.top)
    content = PageContent(primitives, (system,))
    if dx or dy:
        content = content.scaled(Scaling(1.0, dx, dy))
    width, height = extent.right + dx + margins.right, bottom + dy + margins.bottom
    page = EngravedPage(0, width, height, content.systems, tuple(content.primitives))
    return Engraving((page,), issues, options.music_font_name)
