"""Points in a scene."""

from __future__ import annotations

from smashcima.geometry import Point
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual.affine_space import AffineSpace


class ScenePoint(SceneObject):
    """A point in an affine space."""

    space: AffineSpace
    point: Point
    """Position in `space`."""

    def in_space(self, space: AffineSpace) -> Point:
        """The position in an enclosing space."""
        return space.transform_from(self.space).apply_to(self.point)
