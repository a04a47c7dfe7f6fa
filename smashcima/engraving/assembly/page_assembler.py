"""Assembly of one laid-out page: one visual object per primitive, with its place, its semantic object and its edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from smashcima.scene.graph.blueprint import Blueprint, blueprint_of, set_new_edge
from smashcima.scene.graph.scene_object import link_new, users_of
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

    def users(self) -> list[dict[SceneObject, None]]:
        """The objects that lead to system, staff and measure, to which the caller adds more."""
        named = (("system", self.system), ("staff", self.staff), ("measure", self.measure))
        return [users_of(target, name) for name, target in named if target is not None]


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
        self._glyphs: dict[int, Glyph] = {}
        self._drawn: dict[int, VisualObject] = {}

    @property
    def belonging(self) -> PageBelonging:
        """Relations between the primitives of the page."""
        return self._belonging

    @property
    def drawn(self) -> Mapping[int, VisualObject]:
        """The finished visual objects, by the indices of their primitives."""
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

    def add(self, index: int, glyph: Glyph) -> None:
        """Adds the glyph of a primitive, which must be in the page's space."""
        self._glyphs[index] = glyph

    def finish(self) -> None:
        """Makes the visual objects in the order of their glyphs, with their edges, and grand staves from the braces."""
        makers: dict[PrimitiveKind, _Maker] = {}
        page, primitives, drawn = self._page, self._engraved.primitives, self._drawn
        on_page = users_of(page, "page")
        users_at: dict[_Setting, tuple[dict[SceneObject, None], ...]] = {}
        find = self._score.finder()
        place: Place | None = None
        for index, glyph in self._glyphs.items():
            primitive = primitives[index]
            maker = makers.get(primitive.kind)
            if maker is None:
                maker = makers[primitive.kind] = _Maker.of(primitive.kind)
            if primitive.place is not place:
                place = primitive.place
                setting = self._setting(place)
                system, staff, measure, _ = setting
                if setting not in users_at:
                    users_at[setting] = (on_page, *setting.users())
                users = users_at[setting]
            thing = drawn[index] = maker.blueprint.make()
            own = thing.__dict__
            own["glyph"], own["page"], own["kind"], own["primitive"] = glyph, page, maker.kind, primitive
            own["system"], own["staff"], own["measure"] = system, staff, measure
            link_new(thing, "glyph", glyph)
            semantic = None if primitive.element is None else find(primitive.element)
            if semantic is not None:
                own["semantic"] = semantic
                link_new(thing, "semantic", semantic)
            for each in users:
                each[thing] = None
            if maker.has_more:
                self._set_more(index, primitive, thing)
            if maker.blueprint.finish is not None:
                maker.blueprint.finish(thing)
        link(self._drawn, self._belonging)
        self._frame.add_grand_staves(thing for thing in self._drawn.values() if isinstance(thing, BraceMark))

    def _set_more(self, index: int, primitive: Primitive, thing: VisualObject) -> None:
        """Sets the fields that only some classes have, except edges to other visual objects."""
        own = thing.__dict__
        if isinstance(thing, Notehead):
            if isinstance(thing.semantic, Note):
                set_new_edge(thing, "note", thing.semantic)
        elif isinstance(thing, BeamSegment):
            piece = self._belonging.beams.get(index)
            if piece is not None:
                own["level"], own["is_hook"] = piece.level, piece.is_hook
        elif isinstance(thing, WordsMark):
            if isinstance(primitive, Text):
                own["text"] = primitive.content
        elif index in self._belonging.systems_elsewhere:
            own["systems_before"], own["systems_after"] = self._belonging.systems_elsewhere[index]

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


class _Maker(NamedTuple):
    """How the objects of a kind of primitives are made."""

    blueprint: Blueprint[VisualObject]
    kind: str
    has_more: bool
    """Whether the class has fields of its own that depend on more than the relations between objects."""

    @staticmethod
    def of(kind: PrimitiveKind) -> _Maker:
        drawn_as = entry_of(kind).drawn_as
        has_more = issubclass(drawn_as, (Notehead, BeamSegment, WordsMark, SpannerMark))
        return _Maker(blueprint_of(drawn_as), kind.value, has_more)
