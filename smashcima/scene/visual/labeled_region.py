"""Ground truth: labelled areas."""

from __future__ import annotations

from smashcima.geometry import Contours, Rectangle
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual.affine_space import AffineSpace


class LabeledRegion(SceneObject):
    """The exact area of an object, with holes, and its label."""

    space: AffineSpace
    label: str
    """The label, such as `smufl::noteheadBlack`: the text of a member of `SmuflLabels` or `SmashcimaLabels`, or a
    custom label."""

    contours: Contours
    """The area, in `space`; several regions can share a value."""

    def contours_in(self, space: AffineSpace) -> Contours:
        """The area in coordinates of an enclosing space, or of the region's own space."""
        return space.transform_from(self.space).apply_to(self.contours)

    def bbox_in(self, space: AffineSpace) -> Rectangle:
        """The bounding box of the area in an enclosing space; raises `GeometryError` if the area is empty."""
        return self.contours_in(space).bbox()
