"""Drawing one page: a visual object for every primitive."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from smashcima.engraving import EngravedPage, Line, Place, Primitive, PrimitiveKind, Text
from smashcima.errors import Issue, UnsupportedLabelError
from smashcima.geometry import Point
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Note, Score
from smashcima.scene.visual import (
    BeamSegment,
    BraceMark,
    Glyph,
    Notehead,
    Page,
    SmashcimaLabels,
    SmuflLabels,
    StaffLine,
    System,
    SystemMeasure,
    SystemStaff,
    VisualObject,
    WordsMark,
)
from smashcima.synthesis.interfaces import StafflinesSynthesizer, TextSynthesizer
from smashcima.synthesis.notation.barline_strokes import BarlineStrokes
from smashcima.synthesis.notation.beam_planner import BeamPlanner
from smashcima.synthesis.notation.frame_builder import PageFrame
from smashcima.synthesis.notation.kinds import entry_of
from smashcima.synthesis.notation.parent_linker import ParentLinker
from smashcima.synthesis.notation.primitive_inker import PrimitiveInker
from smashcima.synthesis.notation.staffline_stretches import staffline_stretches

_DEFAULT_STAFF_SPACE = 1.8
_BARLINE_GROUP_SS = 1.2
"""Strokes that lie closer than this belong to one barline."""


class _Setting(NamedTuple):
    """What primitives of one place have in common."""

    system: System | None
    staff: SystemStaff | None
    measure: SystemMeasure | None
    staff_space: float


class PageInker:
    """Draws one page: staff lines, then primitives, then edges; in this order."""

    def __init__(
        self,
        score: Score,
        page: Page,
        engraved: EngravedPage,
        inker: PrimitiveInker,
        planned: Sequence[Primitive],
    ) -> None:
        """`planned` are the primitives of the page where the engraver put them: they tell what belongs together."""
        self.issues: list[Issue] = []
        """What could not be drawn, or not as it is."""
        self._score = score
        self._page = page
        self._primitives = engraved.primitives
        self._planned = planned
        self._inker = inker
        self._frame = PageFrame(page, engraved, score)
        spaces = [staff.staff_space for system in engraved.systems for staff in system.staves]
        self._staff_space = max(spaces, default=_DEFAULT_STAFF_SPACE)
        self._settings: dict[Place, _Setting] = {}
        self._drawn: dict[int, VisualObject] = {}
        self._beams = BeamPlanner(score).plan(planned, self._staff_space)
        self._barlines = self._barline_places()
        self._strokes = BarlineStrokes(planned, engraved.primitives, inker)

    # -- drawing -------------------------------------------------------------------------------------------

    def draw_stafflines(self, synthesizer: StafflinesSynthesizer) -> None:
        """Staff lines, the pieces of each measure joined to whole lines."""
        for stretch in staffline_stretches(self._primitives):
            glyphs = synthesizer.synthesize_stafflines(
                self._page.space, stretch.left, stretch.right, stretch.line_ys, stretch.thickness
            )
            setting = self._setting(stretch.place)
            for glyph, y in zip(glyphs, stretch.line_ys, strict=True):
                line = replace(stretch.sample, start=Point(stretch.left, y), end=Point(stretch.right, y))
                StaffLine(
                    glyph=glyph,
                    semantic=setting.staff.semantic if setting.staff is not None else None,
                    page=self._page,
                    system=setting.system,
                    staff=setting.staff,
                    kind=PrimitiveKind.STAFF_LINE.value,
                    layer="stafflines",
                    primitive=line,
                )

    def draw_primitives(self, text_synthesizer: TextSynthesizer) -> None:
        """Everything else, in the order of drawing."""
        for index, primitive in enumerate(self._primitives):
            if primitive.kind is PrimitiveKind.STAFF_LINE and isinstance(primitive, Line):
                continue
            setting = self._setting(primitive.place)
            label = self._special_label(index, primitive, setting)
            try:
                glyph = None
                if primitive.kind is PrimitiveKind.BARLINE:
                    glyph = self._strokes.ink(index, self._page.space, setting.staff_space, label)
                if glyph is None:
                    glyph = self._inker.ink(primitive, self._page.space, setting.staff_space, label)
            except UnsupportedLabelError as error:
                self._report(primitive, self._inker.label_of(primitive), f"not drawn: {error}")
                continue
            self._drawn[index] = self._make(index, primitive, setting, glyph)
            if isinstance(primitive, Text):
                self._report_missing_characters(primitive, text_synthesizer)

    def link(self) -> None:
        """The edges between drawn things, and the grand staves that the braces show."""
        ParentLinker(self._drawn, self._planned).link(self._beams)
        self._frame.add_grand_staves(thing for thing in self._drawn.values() if isinstance(thing, BraceMark))

    # -- one primitive -------------------------------------------------------------------------------------

    def _make(self, index: int, primitive: Primitive, setting: _Setting, glyph: Glyph) -> VisualObject:
        drawn_as = entry_of(primitive.kind).drawn_as
        semantic: SceneObject | None = None
        if primitive.element is not None:
            semantic = self._score.by_id(primitive.element)
        system, staff, measure, _ = setting
        place = (self._page, system, staff, measure, primitive.kind.value, "ink", primitive)
        if drawn_as is Notehead:
            return Notehead(glyph, semantic, *place, semantic if isinstance(semantic, Note) else None)
        if drawn_as is BeamSegment and index in self._beams:
            piece = self._beams[index]
            return BeamSegment(glyph, semantic, *place, piece.level, piece.is_hook)
        if isinstance(primitive, Text) and issubclass(drawn_as, WordsMark):
            return drawn_as(glyph, semantic, *place, primitive.content)
        return drawn_as(glyph, semantic, *place)

    def _special_label(self, index: int, primitive: Primitive, setting: _Setting) -> str:
        """A label that depends on more than the kind of the primitive; empty for all others."""
        if primitive.kind is PrimitiveKind.BEAM:
            piece = self._beams.get(index)
            return SmashcimaLabels.beamHook.value if piece is not None and piece.is_hook else ""
        planned = self._planned[index]
        if primitive.kind is PrimitiveKind.BARLINE and isinstance(planned, Line):
            return self._barline_label(planned, setting.staff_space)
        return ""

    def _setting(self, place: Place) -> _Setting:
        setting = self._settings.get(place)
        if setting is None:
            frame = self._frame
            system = frame.systems.get(place.system) if place.system is not None else None
            staff = None
            if place.system is not None and place.staff is not None:
                staff = frame.staves.get((place.system, place.staff))
            measure = frame.measures.get(place.measure) if place.measure is not None else None
            space = staff.staff_space if staff is not None else self._staff_space
            setting = self._settings[place] = _Setting(system, staff, measure, space)
        return setting

    # -- barlines ------------------------------------------------------------------------------------------

    def _barline_places(self) -> dict[int | None, list[float]]:
        """The places of all strokes of barlines in each system, sorted."""
        places: dict[int | None, set[float]] = defaultdict(set)
        for primitive in self._planned:
            if primitive.kind is PrimitiveKind.BARLINE and isinstance(primitive, Line):
                places[primitive.place.system].add(round(primitive.start.x, 3))
        return {system: sorted(xs) for system, xs in places.items()}

    def _barline_label(self, stroke: Line, staff_space: float) -> str:
        """A continuous stroke by itself is a single barline; others are only part of what they mean."""
        xs = self._barlines[stroke.place.system]
        x = round(stroke.start.x, 3)
        at = bisect_left(xs, x)
        neighbours = [*xs[max(at - 1, 0) : at], *xs[at + 1 : at + 2]]
        alone = all(abs(other - x) > _BARLINE_GROUP_SS * staff_space for other in neighbours)
        return SmuflLabels.barlineSingle.value if alone and not stroke.dashes else ""

    # -- issues --------------------------------------------------------------------------------------------

    def _report(self, primitive: Primitive, element: str, what: str) -> None:
        where = f"page {primitive.place.page + 1}"
        if primitive.place.measure is not None:
            where += f", measure {primitive.place.measure + 1} of the score"
        self.issues.append(Issue(where, element, what))

    def _report_missing_characters(self, text: Text, synthesizer: TextSynthesizer) -> None:
        for run in text.runs:
            if run.text.isascii():
                continue
            for character in synthesizer.missing_characters(run):
                self._report(
                    text,
                    f"character {character!r} (U+{ord(character):04X})",
                    f"not in the font; something else stands for it in {text.content!r}",
                )
