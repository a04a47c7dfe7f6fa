"""Assembly of one laid-out page: one visual object per primitive, with its place, its semantic object and its edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from smashcima.engraving.assembly.edges import link
from smashcima.engraving.assembly.page_frame import PageFrame
from smashcima.engraving.assembly.staffline_stretches import StafflineStretch, staffline_stretches
from smashcima.engraving.assembly.visual_classes import entry_of
from smashcima.engraving.belonging import find_belonging
from smashcima.engraving.engraving import EngravedPage
from smashcima.engraving.page_belonging import PageBelonging
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Place, Primitive
from smashcima.engraving.text import Text
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Note, Score
from smashcima.scene.visual import (
    BeamSegment,
    BraceMark,
    Glyph,
    LineGlyph,
    Notehead,
    Page,
    SmashcimaLabels,
    SmuflLabels,
    SpannerMark,
    StaffLine,
    System,
    SystemMeasure,
    SystemStaff,
    VisualObject,
    WordsMark,
)
from smashcima.scene.visual.labels import Label

_BEAM_HOOK = Label.of(SmashcimaLabels.beamHook)
_SINGLE_BARLINE = Label.of(SmuflLabels.barlineSingle)


class _Setting(NamedTuple):
    """Values shared by the primitives of one place."""

    system: System | None
    staff: SystemStaff | None
    measure: SystemMeasure | None
    staff_space: float


class PageAssembler:
    """Creates the visual objects of one page from given glyphs, and links them.

    The caller draws the page: it gets the label and staff space of each primitive, adds the glyph, and finally calls
    `finish`. Primitives without an added glyph do not appear on the page.
    """

    def __init__(self, score: Score, page: Page, engraved: EngravedPage) -> None:
        """Creates the frame of the page (systems, staves and measures) in `page`."""
        self._score = score
        self._page = page
        self._engraved = engraved
        self._belonging: PageBelonging = (
            find_belonging(engraved, score) if engraved.belonging is None else engraved.belonging
        )
        self._frame = PageFrame(page, engraved, score)
        self._staff_space = engraved.staff_space
        self._settings: dict[Place, _Setting] = {}
        self._last: tuple[Place, _Setting] | None = None
        self._drawn: dict[int, VisualObject] = {}

    @property
    def belonging(self) -> PageBelonging:
        """Relations between the primitives of the page."""
        return self._belonging

    @property
    def drawn(self) -> Mapping[int, VisualObject]:
        """The added visual objects, by the indices of their primitives."""
        return self._drawn

    # -- staff lines ---------------------------------------------------------------------------------------

    def staffline_stretches(self) -> list[StafflineStretch]:
        """The stretches of continuous staff lines; each line of a stretch is drawn by one glyph."""
        return staffline_stretches(self._engraved.primitives)

    def add_stafflines(self, stretch: StafflineStretch, glyphs: Sequence[LineGlyph]) -> None:
        """Adds the glyphs of the lines of a stretch, from top to bottom."""
        setting = self._setting(stretch.place)
        for glyph, y in zip(glyphs, stretch.line_ys, strict=True):
            line = stretch.sample.with_coordinates((stretch.left, y, stretch.right, y))
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

    # -- everything else -----------------------------------------------------------------------------------

    def label_of(self, index: int) -> str:
        """The label of a primitive if it depends on more than its kind; otherwise an empty string."""
        kind = self._engraved.primitives[index].kind
        if kind is PrimitiveKind.BEAM:
            piece = self._belonging.beams.get(index)
            return _BEAM_HOOK if piece is not None and piece.is_hook else ""
        if kind is PrimitiveKind.BARLINE and index in self._belonging.single_barlines:
            return _SINGLE_BARLINE
        return ""

    def staff_space_of(self, index: int) -> float:
        """Staff space of a primitive's staff, or of the page if it has none, in mm."""
        return self._setting(self._engraved.primitives[index].place).staff_space

    def add(self, index: int, glyph: Glyph) -> VisualObject:
        """Adds the visual object of a primitive; `glyph` must be in the page's space."""
        primitive = self._engraved.primitives[index]
        made = self._drawn[index] = self._make(index, primitive, glyph)
        return made

    def finish(self) -> None:
        """Sets the edges between the visual objects, and creates grand staves from the braces."""
        link(self._drawn, self._belonging)
        self._frame.add_grand_staves(thing for thing in self._drawn.values() if isinstance(thing, BraceMark))

    def _make(self, index: int, primitive: Primitive, glyph: Glyph) -> VisualObject:
        drawn_as, kind, is_plain = _drawn_as(primitive.kind)
        semantic: SceneObject | None = None
        if primitive.element is not None:
            semantic = self._score.by_id(primitive.element)
        system, staff, measure, _ = self._setting(primitive.place)
        if is_plain:
            return drawn_as(glyph, semantic, self._page, system, staff, measure, kind, "ink", primitive)
        place = (self._page, system, staff, measure, kind, "ink", primitive)
        if drawn_as is Notehead:
            return Notehead(glyph, semantic, *place, semantic if isinstance(semantic, Note) else None)
        if drawn_as is BeamSegment and index in self._belonging.beams:
            piece = self._belonging.beams[index]
            return BeamSegment(glyph, semantic, *place, piece.level, piece.is_hook)
        if isinstance(primitive, Text) and issubclass(drawn_as, WordsMark):
            return drawn_as(glyph, semantic, *place, primitive.content)
        if index in self._belonging.systems_elsewhere and issubclass(drawn_as, SpannerMark):
            before, after = self._belonging.systems_elsewhere[index]
            return drawn_as(glyph, semantic, *place, systems_before=before, systems_after=after)
        return drawn_as(glyph, semantic, *place)

    def _setting(self, place: Place) -> _Setting:
        if self._last is not None and place is self._last[0]:
            # Neighbouring primitives have the same place, whose hash takes longer than all the rest.
            return self._last[1]
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
        self._last = place, setting
        return setting


@lru_cache(maxsize=256)  # more than there are kinds
def _drawn_as(kind: PrimitiveKind) -> tuple[type[VisualObject], str, bool]:
    """The class of the objects of a kind, the kind as text, and whether objects of this class have no further values."""
    drawn_as = entry_of(kind).drawn_as
    is_plain = not issubclass(drawn_as, (Notehead, BeamSegment, WordsMark, SpannerMark))
    return drawn_as, kind.value, is_plain
