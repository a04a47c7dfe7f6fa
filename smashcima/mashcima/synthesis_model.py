"""The model that draws the staves of an image."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

from smashcima.engravers.staff import StaffEngraver
from smashcima.engraving import Engraving, Primitive, PrimitiveKind, Symbol, with_belonging
from smashcima.engraving.stacking import cut_to_width, with_neighbours
from smashcima.errors import EngravingError
from smashcima.geometry import Rectangle
from smashcima.loading import Loaded
from smashcima.mashcima.canvas_options import CanvasOptions
from smashcima.mashcima.frame import (
    DPI,
    FULL_WIDTH_PX,
    LONGEST_STAFF_PX,
    PX_PER_MM,
    STAFF_DISTANCE_SS,
    STAFF_HEIGHT_MM,
    Frame,
)
from smashcima.orchestration import BaseHandwrittenModel, StaffModel, StaffScene
from smashcima.orchestration.staff_model import LoadedStaff
from smashcima.scene.semantic import Score
from smashcima.scene.visual.labels import Label
from smashcima.synthesis.interfaces import GlyphSynthesizer
from smashcima.synthesis.line import PenStafflinesSynthesizer

_BLACK = (0, 0, 0, 255)

_ROOM_PX = 9.0
"""Distance from usual ink to the ends of the staff lines in pixels; symbols vary by about as much."""

_WIDEST_SS = 3.0
"""Maximum difference of the width of a handwritten symbol from that of the engraved one, in staff spaces."""


@dataclass(frozen=True, slots=True)
class CanvasStaff(LoadedStaff):
    """A staff with its options, and with the staves above and below it."""

    options: CanvasOptions = field(default_factory=CanvasOptions)
    min_width_px: float = 0.0
    is_cropped: bool = True
    """Whether the staff lines end with its content; otherwise they have the width of a page, or of the widest staff."""

    @property
    def length_px(self) -> float:
        """Minimum length of the staff lines in pixels."""
        return self.min_width_px if self.is_cropped else max(self.min_width_px, FULL_WIDTH_PX)


class SynthesisModel(StaffModel):
    """Draws staves as Mashcima 1.0 lays them out, in black ink.

    The staves above and below are as long as the staff between them. Staves are given as a `CanvasStaff`.
    """

    def __init__(self, **options: Any) -> None:
        """`options` are those of `BaseHandwrittenModel`, except for sizes and the resolution."""
        super().__init__(staff_height_mm=STAFF_HEIGHT_MM, dpi=DPI, **options)

    def configure_services(self) -> None:
        super().configure_services()
        self.writers.ink = _BLACK
        self.container.resolve(PenStafflinesSynthesizer).color = _BLACK

    def call(  # type: ignore[override]
        self,
        annotation: str | Score | Loaded,
        *,
        index: int,
        above: str | Score | None = None,
        below: str | Score | None = None,
    ) -> StaffScene:
        """Draws a `CanvasStaff`, which is used, not copied; draws anything else as a `StaffModel`."""
        if isinstance(annotation, CanvasStaff):
            return self.draw(annotation, index)
        return super().call(annotation, index=index, above=above, below=below)

    def lay_out(self, loaded: Loaded) -> Engraving:
        if isinstance(loaded, CanvasStaff):
            self.spacing = loaded.options.spacing(loaded.length_px)
        return _checked(super().lay_out(loaded))

    def place(self, engraving: Engraving, score: Score, index: int) -> Engraving:
        """Joins barlines, adds the staves above and below, and moves all symbols to where the writer places them."""
        staff = self._staff
        if not isinstance(staff, CanvasStaff):
            return super().place(engraving, score, index)
        placed = BaseHandwrittenModel.place(self, self._stacked(engraving, staff), score, index)
        return self._with_room(placed, staff)

    def _stacked(self, engraving: Engraving, staff: CanvasStaff) -> Engraving:
        distance = STAFF_DISTANCE_SS * self.layout.staff_space
        above, below = (self._engraved_neighbour(each, distance) for each in (staff.above, staff.below))
        length = _length(engraving)
        if not staff.is_cropped:
            length = max(length, *(_length(each) for each in (above, below) if each is not None), 0.0)
        left = engraving.pages[0].systems[0].staves[0].left
        main = _extended(_joined(engraving, staff.options, distance), left, left + length)
        return with_neighbours(
            main, _related(above, staff.above, length), _related(below, staff.below, length), distance
        )[0]

    def _engraved_neighbour(self, loaded: Loaded | None, distance: float) -> Engraving | None:
        """The layout of a staff above or below, without relations."""
        if loaded is None:
            return None
        assert isinstance(loaded, CanvasStaff)
        assert isinstance(self.engraver, StaffEngraver)
        self.engraver.spacing = loaded.options.spacing(loaded.length_px)
        engraving = self.engraver.lay_out(loaded.score, self.layout)
        return _joined(_checked(engraving), loaded.options, distance)

    def _with_room(self, engraving: Engraving, staff: CanvasStaff) -> Engraving:
        """The engraving with staff lines that begin before all symbols of the staff and end after them."""
        system = int(staff.above is not None)
        lines = engraving.pages[0].systems[system].staves[0]
        first, last = self._ends_of_symbols(engraving, system)
        room, least = _ROOM_PX / PX_PER_MM, staff.length_px / PX_PER_MM
        left = min(lines.left, first - room)
        is_least = math.isclose(lines.right - lines.left, least, abs_tol=1e-6)
        right = max(last + room, left + least if is_least else lines.right)
        return _extended(engraving, left, right)

    def _ends_of_symbols(self, engraving: Engraving, system: int) -> tuple[float, float]:
        """Left and right end of the symbols of a system, as the writer usually draws them, x in mm."""
        (page,) = engraving.pages
        staff = page.systems[system].staves[0]
        near = _WIDEST_SS * staff.staff_space
        first, last = staff.right, staff.left
        for primitive in page.primitives:
            if primitive.place.system != system or primitive.kind in _UNTIL_THE_END:
                continue
            left, _, right, _ = primitive.sides()
            is_inside = left > staff.left + near and right < staff.right - near
            if isinstance(primitive, Symbol) and not is_inside:
                reach = self._ink_reach(primitive.name)
                left = min(left, primitive.origin.x + primitive.scale_x * reach[0])
                right = max(right, primitive.origin.x + primitive.scale_x * reach[1])
            first, last = min(first, left), max(last, right)
        return first, last

    def _ink_reach(self, name: str) -> tuple[float, float]:
        """Ends of the ink of a symbol relative to its origin, in staff spaces, as the writer usually draws it."""
        glyphs = self.container.resolve(GlyphSynthesizer)
        label = Label.smufl(name)
        return (glyphs.ink_reach(label) if glyphs.supports_label(label) else None) or (0.0, 0.0)

    def make_scene(self, loaded: Loaded, **fields: Any) -> StaffScene:
        scene = super().make_scene(loaded, **fields)
        frame = Frame.of(scene, one_staff=True)
        scene.window = Rectangle(
            frame.left, frame.top, frame.width_px / PX_PER_MM, frame.height_px / PX_PER_MM
        )
        return scene


def _checked(engraving: Engraving) -> Engraving:
    """The same engraving; raises an `EngravingError` if its staff is too long for an image."""
    length_px = round(_length(engraving) * PX_PER_MM)
    if length_px > LONGEST_STAFF_PX:
        raise EngravingError(
            f"The staff would be {length_px} px long; the limit is {LONGEST_STAFF_PX} px. Divide the annotation."
        )
    return engraving


def _related(engraving: Engraving | None, loaded: Loaded | None, length: float) -> Engraving | None:
    """The engraving of a staff above or below with staff lines of the given length, and with relations."""
    if engraving is None or loaded is None:
        return None
    return with_belonging(cut_to_width(engraving, length), loaded.score)


def _length(engraving: Engraving) -> float:
    """Length of the staff lines in mm."""
    staff = engraving.pages[0].systems[0].staves[0]
    return staff.right - staff.left


_UNTIL_THE_END = (PrimitiveKind.STAFF_LINE, PrimitiveKind.SLUR, PrimitiveKind.TIE)
"""Kinds of primitives that may reach to the end of the staff lines."""


def _extended(engraving: Engraving, left: float, right: float) -> Engraving:
    """The engraving with all staff lines from `left` to `right`; their ends are the same before."""
    (page,) = engraving.pages
    staff = page.systems[0].staves[0]
    if (left, right) == (staff.left, staff.right):
        return engraving

    def drawn(primitive: Primitive) -> Primitive:
        if primitive.kind is not PrimitiveKind.STAFF_LINE:
            return primitive
        _, y0, _, y1 = primitive.coordinates()
        return primitive.with_coordinates((left, y0, right, y1))

    systems = tuple(
        replace(system, staves=tuple(replace(each, left=left, right=right) for each in system.staves))
        for system in page.systems
    )
    longer = replace(
        page,
        width=page.width + right - staff.right,
        systems=systems,
        primitives=tuple(map(drawn, page.primitives)),
    )
    return replace(engraving, pages=(longer,))


def _joined(engraving: Engraving, options: CanvasOptions, distance: float) -> Engraving:
    """The engraving of one staff with barlines that reach to the staves above and below, if the options say so."""
    if not (options.barlines_up or options.barlines_down):
        return engraving
    (page,) = engraving.pages
    staff = page.systems[0].staves[0]
    gap = distance - (staff.line_ys[-1] - staff.line_ys[0])
    up, down = (gap if asked else 0.0 for asked in (options.barlines_up, options.barlines_down))

    def drawn(primitive: Primitive) -> Primitive:
        if primitive.kind is not PrimitiveKind.BARLINE:
            return primitive
        x0, y0, x1, y1 = primitive.coordinates()
        return primitive.with_coordinates((x0, y0 - up, x1, y1 + down))

    return replace(engraving, pages=(replace(page, primitives=tuple(map(drawn, page.primitives))),))
