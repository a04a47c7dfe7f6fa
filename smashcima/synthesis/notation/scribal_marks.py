"""Signs and traces of scribes on a page: custodes, corrections, erasures, blots, page-turn marks, empty staves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from smashcima.engraving import (
    EngravedPage,
    EngravedStaff,
    EngravedSystem,
    PrimitiveKind,
    Symbol,
    TextRun,
)
from smashcima.geometry import Contours, Point, Transform, Vector2
from smashcima.geometry.ruling import empty_tops, staff_step
from smashcima.scene.semantic import Chord, Measure, MeasureStaff, Note, Score, Space
from smashcima.scene.visual import (
    AffineSpace,
    BlotMark,
    CancellationMark,
    ColorBGRA,
    CustosMark,
    ErasureMark,
    Glyph,
    InkPath,
    LabeledRegion,
    LabelLike,
    Notehead,
    Page,
    SmashcimaLabels,
    StaffLine,
    System,
    SystemStaff,
    TurnMark,
    VisualObject,
    merge_contours,
)
from smashcima.scene.visual.labels import Label
from smashcima.synthesis.interfaces import StafflinesSynthesizer, TextSynthesizer
from smashcima.synthesis.notation.free_areas import free_areas
from smashcima.synthesis.notation.mark_forms import CUSTODES, blot, crossing_out, wrong_note
from smashcima.synthesis.pen import Pen, PenWriter, Scribe, SkeletonStroke, ink_color
from smashcima.synthesis.pen.ink import thinned

_CUSTOS_X_SS = 0.7
"""Distance of a custos from the end of its staff."""

_ERASED_SS = 2.2
"""Distance of erased notes from the one beside which they were."""

_ERASED_OPACITY, _SCRAPED_OPACITY = 0.16, 0.07
"""Opacity of what is left of the ink, and of the roughened paper around it."""

_BLOT_EDGE = 8.0
"""Smallest distance of a blot from the edge of the page, in mm."""

_BLOT_PLACES = 12
"""Number of places of which a blot takes the first one that is clear; it falls on none of them if all are written on."""

_LARGEST_BLOT = 1.3
"""Largest radius of a blot in mm."""

_CLEAR_OF_BLOTS = 0.8
"""Least distance of blots from what is written, in mm: nothing that has a label may be hidden."""

_UNDER_BLOTS = frozenset({PrimitiveKind.STAFF_LINE, PrimitiveKind.SLUR, PrimitiveKind.HAIRPIN})
"""What a blot may touch without hiding it: lines, and curves, whose boxes are mostly empty."""

_TURN_WORDS = ("V.S.", "V. S.", "volti", "volti subito", "V: S:", "volti presto")
_TURN_SIZE_SS = 2.6
_FOOT_MM = 9.0
"""Height at the foot of a page that is left clear."""

_CLOSEST_STAVES = 1.8
"""Smallest distance of empty staves, in heights of a staff."""

_STEP_SS = 0.5


@dataclass(frozen=True, slots=True)
class _Head:
    """A notehead on the page."""

    primitive: Symbol
    mark: Notehead


class ScribalMarks:
    """Adds the marks of a scribe to one page.

    No mark changes the music: wrong notes are crossed out and stand in empty bars, blots lie away from all notes, and each
    mark has a label of its own.
    """

    def __init__(
        self,
        page: Page,
        engraved: EngravedPage,
        drawn: Mapping[int, VisualObject],
        pen: Pen,
        writer: PenWriter,
        rng: np.random.Generator,
    ) -> None:
        assert writer.scribe is not None
        self._page = page
        self._engraved = engraved
        self._pen = pen
        self._writer = writer
        self._scribe: Scribe = writer.scribe
        self._rng = rng
        self._systems = {system.index: system for system in page.systems}
        self._heads = [
            _Head(primitive, mark)
            for index, primitive in enumerate(engraved.primitives)
            if primitive.kind is PrimitiveKind.NOTEHEAD
            and isinstance(primitive, Symbol)
            and isinstance(mark := drawn.get(index), Notehead)
        ]

    # -- custodes ------------------------------------------------------------------------------------------

    def add_custodes(self) -> None:
        """Adds a custos to each staff whose next system, on the same page, begins with a note in this staff."""
        for system, following in pairwise(self._engraved.systems):
            for staff in system.staves:
                below = next((each for each in following.staves if each.number == staff.number), None)
                if below is None or not below.line_ys or not self._wants_custos(staff):
                    continue
                head = self._first_note(following, staff.number)
                if head is not None:
                    steps = round((below.middle_y - head.primitive.origin.y) / (_STEP_SS * below.staff_space))
                    self._add_custos(system, staff, steps, head.mark, None)

    def add_custodes_to_next_page(self, score: Score) -> None:
        """Adds a custos to each staff at the foot of the page whose next measure, on another page, begins with a note."""
        system = self._engraved.systems[-1] if self._engraved.systems else None
        last = score.by_id(system.measures[-1].element) if system is not None and system.measures else None
        if system is None or not isinstance(last, Measure) or last.index + 1 >= len(score.measures):
            return
        for staff in system.staves:
            content = score.measures[last.index + 1].staff(staff.number)
            if content is None or not self._wants_custos(staff):
                continue
            note = _first_note_of(content)
            if note is not None and note.position is not None:
                self._add_custos(system, staff, note.position, None, note)

    def _wants_custos(self, staff: EngravedStaff) -> bool:
        return bool(self._rng.random() < self._scribe.custodes) and len(staff.line_ys) >= 2

    def _add_custos(
        self,
        system: EngravedSystem,
        staff: EngravedStaff,
        steps: int,
        head: Notehead | None,
        note: Note | None,
    ) -> None:
        """Adds a custos `steps` above the middle of the staff, which announces a note."""
        place = Point(
            staff.right + _CUSTOS_X_SS * staff.staff_space,
            staff.middle_y - steps * _STEP_SS * staff.staff_space,
        )
        form = self._writer.allograph("custos", CUSTODES)
        glyph = self._written(SmashcimaLabels.custos, form.strokes, place, staff.staff_space)
        if not self._fits(glyph):
            glyph.space.parent_space = None
            return
        if head is not None:
            note = next(iter(head.notes), None)
        own_system, own_staff = self._place(system.index, staff.number)
        CustosMark(glyph, None, self._page, own_system, own_staff, None, "custos", "ink", None, head, note)

    def _first_note(self, system: EngravedSystem, staff: int) -> _Head | None:
        """The highest head of the first event of a staff in a system; `None` if that is no note."""
        first = system.measures[0].index if system.measures else None
        kinds = (PrimitiveKind.NOTEHEAD, PrimitiveKind.REST, PrimitiveKind.MEASURE_REST)
        events = [
            each
            for each in self._engraved.primitives
            if each.kind in kinds
            and isinstance(each, Symbol)
            and (each.place.system, each.place.measure, each.place.staff) == (system.index, first, staff)
        ]
        if not events:
            return None
        left = min(each.origin.x for each in events)
        space = self._engraved.staff_space_at(events[0].place)
        chord = [each for each in events if each.origin.x - left < space]
        if any(each.kind is not PrimitiveKind.NOTEHEAD for each in chord):
            return None
        top = min(chord, key=lambda each: each.origin.y)
        return next((head for head in self._heads if head.primitive is top), None)

    # -- corrections ---------------------------------------------------------------------------------------

    def add_cancellations(self) -> None:
        """Adds notes that were written into an empty bar by mistake and crossed out."""
        for system in self._engraved.systems:
            if self._rng.random() < self._scribe.cancellations:
                areas = free_areas(self._engraved, system)
                if areas:
                    self._add_cancellation(system, *areas[int(self._rng.integers(len(areas)))])

    def _add_cancellation(
        self, system: EngravedSystem, staff: EngravedStaff, left: float, right: float
    ) -> None:
        space = staff.staff_space
        width = min((right - left) / space, 12.0)
        count = max(1, int(width / 1.9))
        strokes: list[SkeletonStroke] = []
        step = int(self._rng.integers(-3, 4))
        for x in np.linspace(0.2, width - 1.4, count):
            step = min(max(step + int(self._rng.integers(-2, 3)), -5), 5)
            length = 2.4 if step < 0 else -2.4
            strokes += wrong_note(float(x), step * _STEP_SS, length)
        strokes += crossing_out(0.0, width, -2.3, 2.3, self._rng)
        glyph = self._written(
            SmashcimaLabels.cancellation, tuple(strokes), Point(left, staff.middle_y), space
        )
        own_system, own_staff = self._place(system.index, staff.number)
        CancellationMark(glyph, None, self._page, own_system, own_staff, None, "cancellation")

    def add_erasures(self) -> None:
        """Adds what is left of notes that were scraped off, beside others."""
        for system in self._engraved.systems:
            if self._rng.random() < self._scribe.erasures:
                heads = [head for head in self._heads if head.primitive.place.system == system.index]
                if heads:
                    self._add_erasure(heads[int(self._rng.integers(len(heads)))])

    def _add_erasure(self, head: _Head) -> None:
        space = self._engraved.staff_space_at(head.primitive.place)
        side = 1.0 if self._rng.random() < 0.5 else -1.0
        away = Vector2(side * _ERASED_SS * space * float(self._rng.uniform(0.2, 1.0)), side * space)
        place = head.primitive.origin + away
        (ink,) = self._pen.write(wrong_note(-0.5, 0.0, -2.6), space, self._rng)
        rubbed = Contours(tuple(ring * (1.0, 1.4) for ring in blot(0.9 * space, self._rng)[:1]))
        color = ink_color(self._writer, 0.0)
        # Only iron gall ink leaves brown traces.
        brown = 1.0 if self._scribe.thin_warmth > 0 else 0.0
        rough = (*thinned(color, 1.0, brown)[:3], round(255 * _SCRAPED_OPACITY))
        glyph = self._glyph(SmashcimaLabels.erasure, rubbed, place, rough)
        glyph.paths.append(InkPath(glyph.space, ink, (*color[:3], round(255 * _ERASED_OPACITY))))
        glyph.region.contours = merge_contours([rubbed, ink])
        if not self._fits(glyph):
            glyph.space.parent_space = None
            return
        mark = head.mark
        ErasureMark(glyph, None, self._page, mark.system, mark.staff, None, "erasure")

    def add_blots(self) -> None:
        """Adds blots beside everything that is written."""
        page = self._engraved
        boxes = np.array(
            [each.sides() for each in page.primitives if each.kind not in _UNDER_BLOTS] or [(0.0,) * 4]
        )
        size = np.array([page.width, page.height])
        edge = np.minimum(_BLOT_EDGE, size / 4)  # the sheet of a single staff is small
        for _ in range(int(self._rng.poisson(self._scribe.blots))):
            places = self._rng.uniform(edge, size - edge, (_BLOT_PLACES, 2))
            radius = min(float(np.exp(self._rng.normal(-0.55, 0.45))), _LARGEST_BLOT)
            rings = blot(radius, self._rng)
            middle = places[:, np.newaxis]
            outside = np.maximum(np.maximum(boxes[:, :2] - middle, middle - boxes[:, 2:]), 0.0)
            away = np.hypot(outside[..., 0], outside[..., 1]).min(axis=1)
            clear = np.flatnonzero(away >= radius + _CLEAR_OF_BLOTS)
            if not len(clear):
                continue
            x, y = places[int(clear[0])].tolist()
            glyph = self._glyph(
                SmashcimaLabels.distractorBlot,
                Contours(tuple(rings)),
                Point(x, y),
                ink_color(self._writer, 0.0),
            )
            BlotMark(glyph, None, self._page, kind="blot")

    # -- the foot of the page ------------------------------------------------------------------------------

    def add_turn_mark(self, texts: TextSynthesizer) -> None:
        """Adds a request to turn the page below the last system, at the right; above the empty staves of ruled paper."""
        bounds = self._engraved.systems[-1].bounds if self._engraved.systems else None
        if bounds is None or self._rng.random() >= self._scribe.turn_marks:
            return
        space = self._engraved.staff_space
        words = _TURN_WORDS[int(self._rng.integers(len(_TURN_WORDS)))]
        low = max(
            (
                side[3]
                for each in self._engraved.primitives
                if (each.kind is not PrimitiveKind.STAFF_LINE or each.place.system is not None)
                and (side := each.sides())[2] > bounds.right - 30.0
            ),
            default=bounds.bottom,
        )
        y = max(low, bounds.bottom) + 2.2 * space
        if y > self._engraved.height - 3.0:
            return
        origin = Point(bounds.right - float(self._rng.uniform(0.0, 6.0)), y)
        run = TextRun(words, _TURN_SIZE_SS * space, origin=origin, anchor="end")
        glyph = texts.synthesize_text(SmashcimaLabels.turnMark, self._page.space, [run])
        if not self._fits(glyph):
            glyph.space.parent_space = None
            return
        TurnMark(glyph, None, self._page, kind="turn_mark", text=words)

    def add_empty_staves(self, stafflines: StafflinesSynthesizer) -> None:
        """Adds ruled staves without music below the last system."""
        staves = [
            staff for system in self._engraved.systems for staff in system.staves if len(staff.line_ys) > 1
        ]
        if not staves or self._rng.random() >= self._scribe.empty_staves:
            return
        last = max(staves, key=lambda staff: staff.line_ys[-1])
        height = last.line_ys[-1] - last.line_ys[0]
        step = max(staff_step([staff.line_ys[0] for staff in staves], height), _CLOSEST_STAVES * height)
        left, right = min(staff.left for staff in staves), max(staff.right for staff in staves)
        low = max((each.sides()[3] for each in self._engraved.primitives), default=0.0)
        top = max(last.line_ys[0] + step, low + height / 2)
        for each in empty_tops(top, step, height, self._engraved.height - _FOOT_MM):
            ys = [each + y - last.line_ys[0] for y in last.line_ys]
            glyphs = stafflines.synthesize_stafflines(self._page.space, left, right, ys, 0.15)
            for glyph in glyphs:
                StaffLine(glyph, None, self._page, kind=PrimitiveKind.STAFF_LINE.value, layer="stafflines")

    # -- drawing -------------------------------------------------------------------------------------------

    def _written(
        self, label: LabelLike, strokes: Sequence[SkeletonStroke], place: Point, staff_space: float
    ) -> Glyph:
        (contours,) = self._pen.write(tuple(strokes), staff_space, self._rng)
        return self._glyph(
            label, contours, place, ink_color(self._writer, float(self._rng.standard_normal()))
        )

    def _glyph(self, label: LabelLike, contours: Contours, place: Point, color: ColorBGRA) -> Glyph:
        space = AffineSpace(self._page.space, Transform.translate(place.vector))
        region = LabeledRegion(space, Label.of(label), contours)
        return Glyph(space, region, [], [InkPath(space, contours, color)])

    def _fits(self, glyph: Glyph) -> bool:
        """Whether a glyph lies on the page."""
        box = glyph.bbox_in(self._page.space)
        return (
            box.left >= 0
            and box.top >= 0
            and box.right <= self._engraved.width
            and box.bottom <= self._engraved.height
        )

    def _place(self, system: int, staff: int) -> tuple[System | None, SystemStaff | None]:
        own = self._systems.get(system)
        if own is None:
            return None, None
        return own, next((each for each in own.staves if each.number == staff), None)


def _first_note_of(content: MeasureStaff) -> Note | None:
    """The highest note of the first event in a measure on a staff; `None` if a voice begins with something else."""
    found: list[Note] = []
    for voice in content.voices:
        first = next((event for event in voice.events if not isinstance(event, Space)), None)
        if first is None:
            continue
        if isinstance(first, Chord):
            found.extend(first.notes)
        elif isinstance(first, Note):
            found.append(first)
        else:
            return None
    on_staff = [note for note in found if note.staff is content.staff and note.position is not None]
    return max(on_staff, key=lambda note: note.position or 0, default=None)
