"""The layout of pages: pages, systems, staves and measures, with their regions.

```
Page ← System ← SystemStaff ← StaffMeasure → SystemMeasure → System
              ← GrandStaff (→ its staves) ← GrandStaffMeasure → SystemMeasure
```

Each arrow is an edge; `of` and `many_of` follow it backwards: `System.many_of(page, "page")`.
All regions are in the space of the page.
"""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.graph import SceneObject
from smashcima.scene.visual.affine_space import AffineSpace
from smashcima.scene.visual.ink_path import InkPath
from smashcima.scene.visual.labeled_region import LabeledRegion
from smashcima.scene.visual.notebook import DisplayedInNotebook
from smashcima.scene.visual.sprite import Sprite
from smashcima.scene.visual.view_box import ViewBox


class Page(DisplayedInNotebook, SceneObject):
    """One sheet; the origin of its space is the top left corner."""

    space: AffineSpace
    view_box: ViewBox
    """The view box of the whole sheet."""

    index: int = 0
    """From 0."""

    paper: Sprite | InkPath | None = None
    """The paper; `None` for a transparent background."""

    region: LabeledRegion | None = None

    @property
    def width(self) -> float:
        """Millimetres."""
        return self.view_box.rectangle.width

    @property
    def height(self) -> float:
        """Millimetres."""
        return self.view_box.rectangle.height

    @property
    def systems(self) -> list[System]:
        """From top to bottom."""
        return System.many_of(self, "page")

    @property
    def staves(self) -> list[SystemStaff]:
        """The staves of all systems, from top to bottom."""
        return [staff for system in self.systems for staff in system.staves]


class System(SceneObject):
    """Staves that are played together, from one system break to the next.

    Its region extends from the top line of the first staff to the bottom line of the last one.
    """

    page: Page
    index: int
    """Index on the whole score, from 0."""

    region: LabeledRegion

    @property
    def staves(self) -> list[SystemStaff]:
        """From top to bottom."""
        return SystemStaff.many_of(self, "system")

    @property
    def measures(self) -> list[SystemMeasure]:
        """From left to right."""
        return SystemMeasure.many_of(self, "system")

    @property
    def grand_staves(self) -> list[GrandStaff]:
        """Its grand staves, from top to bottom."""
        return GrandStaff.many_of(self, "system")


class SystemStaff(SceneObject):
    """One staff within one system. Its region extends from the top line to the bottom line."""

    system: System
    number: int
    """Number of the staff in the score, from 1."""

    region: LabeledRegion
    line_ys: tuple[float, ...]
    """y of the staff lines as engraved, in the space of the page, from top to bottom."""

    staff_space: float
    """Distance between adjacent staff lines in mm."""

    semantic: SceneObject | None = None
    """The staff of the score."""

    @property
    def measures(self) -> list[StaffMeasure]:
        """From left to right."""
        return StaffMeasure.many_of(self, "staff")


class SystemMeasure(SceneObject):
    """One measure across all staves of a system."""

    system: System
    index: int
    """Index on the whole score, from 0."""

    region: LabeledRegion
    semantic: SceneObject | None = None
    """The measure of the score."""

    @property
    def staff_measures(self) -> list[StaffMeasure]:
        """From top to bottom."""
        return StaffMeasure.many_of(self, "system_measure")


class StaffMeasure(SceneObject):
    """One measure on one staff. Its region extends from the top line to the bottom line."""

    staff: SystemStaff
    system_measure: SystemMeasure
    region: LabeledRegion


class GrandStaff(SceneObject):
    """Staves with a common brace, within one system."""

    system: System
    region: LabeledRegion
    staves: list[SystemStaff] = field(default_factory=list)


class GrandStaffMeasure(SceneObject):
    """One measure across the staves of a grand staff."""

    grand_staff: GrandStaff
    system_measure: SystemMeasure
    region: LabeledRegion
