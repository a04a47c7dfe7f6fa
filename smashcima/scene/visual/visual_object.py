"""The base of all that is drawn: ink with its meaning and its place on the page."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, TypeVar

from smashcima.scene.graph import SceneObject
from smashcima.scene.visual.glyph import Glyph
from smashcima.scene.visual.labels import Label
from smashcima.scene.visual.page import Page, StaffMeasure, System, SystemMeasure, SystemStaff

if TYPE_CHECKING:
    from smashcima.geometry import Rectangle

V = TypeVar("V", bound="VisualObject")


class VisualObject(SceneObject):
    """One drawn thing of a page.

    Subclasses say what it is and add edges to what it belongs to. Every edge may be `None` or empty, where
    the engraver drew something that stands alone.
    """

    glyph: Glyph
    """Its ink and region, placed in the space of the page."""

    semantic: SceneObject | None = None
    """The object of the score that this draws."""

    page: Page | None = None
    system: System | None = None
    staff: SystemStaff | None = None
    """The staff it stands on; `None` for what belongs to the whole system or page."""

    measure: SystemMeasure | None = None
    kind: str = "generic"
    """The role on the page: the value of an `engraving.PrimitiveKind`."""

    layer: str = "ink"
    """`ink` or `stafflines`: the layer of the picture that it is drawn on."""

    primitive: object | None = field(default=None, repr=False)
    """The `engraving.Primitive` that was inked: frozen, in mm on the page."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.label!r}, {self.semantic!r})"

    @property
    def label(self) -> Label:
        """The label of the region, such as `smufl::noteheadBlack`."""
        return self.glyph.label

    @property
    def staff_measure(self) -> StaffMeasure | None:
        """The measure on the staff that it stands on."""
        if self.staff is None or self.measure is None:
            return None
        for staff_measure in self.measure.staff_measures:
            if staff_measure.staff is self.staff:
                return staff_measure
        return None

    def bbox(self) -> Rectangle:
        """The smallest rectangle around its region, in the space of its page (or the root, without one)."""
        space = self.page.space if self.page is not None else self.glyph.space.root
        return self.glyph.region.bbox_in(space)

    @classmethod
    def all_of(cls: type[V], semantic: SceneObject) -> list[V]:
        """All objects of this class that draw an object of the score, in the order of drawing."""
        return cls.many_of(semantic, "semantic")
