"""Ground truth: the area that something covers, and what it is."""

from __future__ import annotations

from smashcima.geometry import Contours, Rectangle
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual.affine_space import AffineSpace


class LabeledRegion(SceneObject):
    """The exact area of a thing, with holes, and its label."""

    space: AffineSpace
    label: str
    """`smufl::noteheadBlack` and the like: the text of a `SmuflLabels` or `SmashcimaLabels` member, or any
    label of one's own."""

    contours: Contours
    """In `space`; the same value may be shared by any number of regions."""

    def contours_in(self, space: AffineSpace) -> Contours:
        """The area in the coordinates of a space around (or of the region's own space)."""
        return space.transform_from(self.space).apply_to(self.contours)

    def bbox_in(self, space: AffineSpace) -> Rectangle:
        """The smallest rectangle around the area in a space around; a `GeometryError` if it is empty."""
        return self.contours_in(space).bbox()
