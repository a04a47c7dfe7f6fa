"""Coordinate systems in the plane, each placed in its parent."""

from __future__ import annotations

from smashcima.errors import SceneGraphError
from smashcima.geometry import Transform
from smashcima.scene.graph import SceneObject


class AffineSpace(SceneObject):
    """A coordinate system (x right, y down, millimetres) that things are placed in.

    The chain of parents must end; a space without a parent is a root.
    """

    parent_space: AffineSpace | None = None
    """The space that this one is placed in."""

    transform: Transform = Transform.identity()
    """Maps coordinates of this space to coordinates of the parent."""

    def transform_from(self, sub_space: AffineSpace) -> Transform:
        """The map of coordinates of `sub_space` to coordinates of this space.

        `sub_space` is this space or lies below it, else a `SceneGraphError` is raised.
        """
        if sub_space is self:
            return Transform.identity()
        transform = sub_space.transform
        space = sub_space.parent_space
        while space is not self:
            if space is None:
                raise SceneGraphError(
                    "The two spaces are not on one chain of parents: ask the outer space for the transform "
                    "from the inner one, and see that every space has its `parent_space` set."
                )
            transform = transform.then(space.transform)
            space = space.parent_space
        return transform

    @property
    def root(self) -> AffineSpace:
        """The outermost space around this one (itself, if it has no parent)."""
        space = self
        while space.parent_space is not None:
            space = space.parent_space
        return space

    @property
    def sub_spaces(self) -> list[AffineSpace]:
        """The spaces placed directly in this one, in the order in which they were."""
        return AffineSpace.many_of(self, "parent_space")
