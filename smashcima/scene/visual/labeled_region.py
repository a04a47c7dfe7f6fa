"""Ground truth: labelled areas."""

from __future__ import annotations

from smashcima.geometry import Contours, Rectangle, Transform
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
        return bbox_after(space.transform_from(self.space), self.contours)


def bbox_after(transform: Transform, contours: Contours) -> Rectangle:
    """The bounding box of an area after a transform; raises `GeometryError` if the area is empty."""
    if transform.b or transform.c:
        return transform.apply_to(contours).bbox()
    # Rounding keeps the order of numbers, so this is the same box as that of all points.
    left, top, right, bottom = contours.sides()
    x0, x1 = left * transform.a + transform.e, right * transform.a + transform.e
    y0, y1 = top * transform.d + transform.f, bottom * transform.d + transform.f
    return Rectangle.from_sides(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
