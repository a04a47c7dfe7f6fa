"""Vector ink."""

from __future__ import annotations

from smashcima.geometry import Contours, Rectangle, Transform
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual.affine_space import AffineSpace
from smashcima.scene.visual.ink_load import InkLoad

ColorBGRA = tuple[int, int, int, int]
"""Blue, green, red and opacity, 0 to 255 each."""

BLACK: ColorBGRA = (0, 0, 0, 255)


class InkPath(SceneObject):
    """A filled outline with holes, filled by the non-zero winding rule."""

    space: AffineSpace
    contours: Contours
    """The outline before `transform`; several paths can share a value."""

    color: ColorBGRA = BLACK
    transform: Transform = Transform.identity()
    """Maps the coordinates of `contours` to those of `space`."""

    load: InkLoad | None = None
    """How the ink varies within the path; `None` for ink of one colour. Vector formats show `color` alone."""

    @property
    def outline(self) -> Contours:
        """The outline before `transform`."""
        return self.contours

    @property
    def outline_to_space(self) -> Transform:
        """Maps coordinates of the outline to `space`."""
        return self.transform

    @property
    def picture(self) -> None:
        """`None`: a path is drawn by its outline."""
        return None

    @property
    def fill_color(self) -> ColorBGRA:
        """The colour of the path."""
        return self.color

    def fresh_picture(self, dpi: float) -> None:
        """`None`: outlines are independent of resolution."""

    def contours_in(self, space: AffineSpace) -> Contours:
        """The outline in coordinates of an enclosing space, or of the path's own space."""
        return self.transform.then(space.transform_from(self.space)).apply_to(self.contours)

    def bbox_in(self, space: AffineSpace) -> Rectangle:
        """The bounding box of the ink in an enclosing space; raises `GeometryError` if the path is empty."""
        return self.contours_in(space).bbox()
