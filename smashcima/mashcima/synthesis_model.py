"""The model that draws the staves of an image."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from smashcima.engravers.staff import StaffEngraver
from smashcima.engraving import Engraving, Primitive, PrimitiveKind, with_belonging
from smashcima.engraving.stacking import cut_to_width, with_neighbours
from smashcima.geometry import Rectangle
from smashcima.loading import Loaded
from smashcima.mashcima.canvas_options import CanvasOptions
from smashcima.mashcima.frame import (
    DPI,
    FULL_WIDTH_PX,
    PX_PER_MM,
    STAFF_DISTANCE_SS,
    STAFF_HEIGHT_MM,
    Frame,
)
from smashcima.orchestration import BaseHandwrittenModel, StaffModel, StaffScene
from smashcima.orchestration.staff_model import LoadedStaff
from smashcima.scene.semantic import Score
from smashcima.synthesis.line import PenStafflinesSynthesizer

_BLACK = (0, 0, 0, 255)


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
        return super().lay_out(loaded)

    def place(self, engraving: Engraving, score: Score, index: int) -> Engraving:
        """Joins barlines, adds the staves above and below, and moves all symbols to where the writer places them."""
        staff = self._staff
        if not isinstance(staff, CanvasStaff):
            return super().place(engraving, score, index)
        return BaseHandwrittenModel.place(self, self._stacked(engraving, staff), score, index)

    def _stacked(self, engraving: Engraving, staff: CanvasStaff) -> Engraving:
        distance = STAFF_DISTANCE_SS * self.layout.staff_space
        above, below = (self._laid_out(each, distance) for each in (staff.above, staff.below))
        length = _length(engraving)
        if not staff.is_cropped:
            length = max(length, *(_length(each) for each in (above, below) if each is not None), 0.0)
        main = _lengthened(_joined(engraving, staff.options, distance), length)
        return with_neighbours(
            main, _related(above, staff.above, length), _related(below, staff.below, length), distance
        )[0]

    def _laid_out(self, loaded: Loaded | None, distance: float) -> Engraving | None:
        """The layout of a staff above or below, without relations."""
        if loaded is None:
            return None
        assert isinstance(loaded, CanvasStaff)
        assert isinstance(self.engraver, StaffEngraver)
        self.engraver.spacing = loaded.options.spacing(loaded.length_px)
        return _joined(self.engraver.lay_out(loaded.score, self.layout), loaded.options, distance)

    def make_scene(self, loaded: Loaded, **fields: Any) -> StaffScene:
        scene = super().make_scene(loaded, **fields)
        frame = Frame.of(scene, one_staff=True)
        scene.window = Rectangle(
            frame.left, frame.top, frame.width_px / PX_PER_MM, frame.height_px / PX_PER_MM
        )
        return scene


def _related(engraving: Engraving | None, loaded: Loaded | None, length: float) -> Engraving | None:
    """The engraving of a staff above or below with staff lines of the given length, and with relations."""
    if engraving is None or loaded is None:
        return None
    return with_belonging(cut_to_width(engraving, length), loaded.score)


def _length(engraving: Engraving) -> float:
    """Length of the staff lines in mm."""
    staff = engraving.pages[0].systems[0].staves[0]
    return staff.right - staff.left


def _lengthened(engraving: Engraving, length: float) -> Engraving:
    """The engraving of one staff with staff lines of a length that is not less than their own."""
    more = length - _length(engraving)
    if more <= 0:
        return engraving
    (page,) = engraving.pages
    (system,) = page.systems
    (staff,) = system.staves

    def drawn(primitive: Primitive) -> Primitive:
        if primitive.kind is not PrimitiveKind.STAFF_LINE:
            return primitive
        x0, y0, x1, y1 = primitive.coordinates()
        return primitive.with_coordinates((x0, y0, x1 + more, y1))

    longer = replace(
        page,
        width=page.width + more,
        systems=(replace(system, staves=(replace(staff, right=staff.right + more),)),),
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
