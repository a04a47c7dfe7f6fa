"""View boxes, the visible rectangles of a scene."""

from __future__ import annotations

from smashcima.geometry import Rectangle
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual.affine_space import AffineSpace
from smashcima.scene.visual.notebook import DisplayedInNotebook


class ViewBox(DisplayedInNotebook, SceneObject):
    """A rectangle of an affine space to be rendered; it shows objects in and below that space."""

    space: AffineSpace
    rectangle: Rectangle
    """In `space`."""

    @property
    def width(self) -> float:
        """Millimetres."""
        return self.rectangle.width

    @property
    def height(self) -> float:
        """Millimetres."""
        return self.rectangle.height
