"""The base of all drawn objects, which link ink to its meaning and its position on the page."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, TypeVar

from smashcima.scene.graph import SceneObject
from smashcima.scene.visual.glyph import Glyph
from smashcima.scene.visual.labels import Label
from smashcima.scene.visual.page import Page, StaffMeasure, System, SystemMeasure, SystemStaff
from smashcima.short_repr import short_repr

if TYPE_CHECKING:
    from smashcima.geometry import Rectangle

V = TypeVar("V", bound="VisualObject")


class VisualObject(SceneObject):
    """One drawn object of a page.

    Subclasses are the kinds of objects, with edges to related objects. Every edge can be `None` or empty if the
    engraver drew an isolated object.
    """

    glyph: Glyph
    """Its ink and region, placed in the space of the page."""

    semantic: SceneObject | None = None
    """The object of the score that this draws."""

    page: Page | None = None
    system: System | None = None
    staff: SystemStaff | None = None
    """The staff of the object; `None` for objects of a whole system or page."""

    measure: SystemMeasure | None = None
    kind: str = "generic"
    """Its role on the page: the value of an `engraving.PrimitiveKind`."""

    layer: str = "ink"
    """The layer of the image on which it is drawn: `ink` or `stafflines`."""

    primitive: object | None = field(default=None, repr=False)
    """The `engraving.Primitive` from which it was drawn: frozen, in mm on the page."""

    def __repr__(self) -> str:
        return short_repr(type(self).__name__, [("", str(self.label)), ("", self.semantic)])

    @property
    def label(self) -> Label:
        """The label of the region, such as `smufl::noteheadBlack`."""
        return self.glyph.label

    @property
    def staff_measure(self) -> StaffMeasure | None:
        """The measure of its staff that contains it."""
        if self.staff is None or self.measure is None:
            return None
        for staff_measure in self.measure.staff_measures:
            if staff_measure.staff is self.staff:
                return staff_measure
        return None

    def bbox(self) -> Rectangle:
        """The bounding box of its region in the space of its page, or in the root space without a page."""
        space = self.page.space if self.page is not None else self.glyph.space.root
        return self.glyph.bbox_in(space)

    @classmethod
    def all_of(cls: type[V], semantic: SceneObject) -> list[V]:
        """All objects of this class that draw an object of the score, in drawing order."""
        return cls.many_of(semantic, "semantic")
