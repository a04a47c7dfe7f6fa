"""Nested coordinate systems in the plane."""

from __future__ import annotations

from smashcima.errors import SceneGraphError
from smashcima.geometry import Transform
from smashcima.scene.graph import SceneObject
from smashcima.scene.graph.scene_object import users_of


class AffineSpace(SceneObject):
    """A coordinate system (x right, y down, millimetres), placed in its parent space.

    The chain of parents must not contain cycles; a space without a parent is a root.
    """

    parent_space: AffineSpace | None = None
    """The space that contains this one."""

    transform: Transform = Transform.identity()
    """Maps coordinates of this space to coordinates of the parent."""

    def transform_from(self, sub_space: AffineSpace) -> Transform:
        """The transform from coordinates of `sub_space` to coordinates of this space.

        Raises:
            SceneGraphError: `sub_space` is neither this space nor below it.
        """
        if sub_space is self:
            return Transform.identity()
        transform = sub_space.transform
        space = sub_space.parent_space
        while space is not self:
            if space is None:
                raise SceneGraphError(
                    "The two spaces are not on one chain of parents: call `transform_from` of the outer space with "
                    "the inner one, and check that every space has its `parent_space` set."
                )
            transform = transform.then(space.transform)
            space = space.parent_space
        return transform

    def place(self, parent_space: AffineSpace, transform: Transform) -> None:
        """Places this space, which must not have a parent, in another one: sets both fields faster than one by one."""
        if self.parent_space is not None or "_index_state" in self.__dict__:
            self.parent_space = parent_space
            self.transform = transform
            return
        own = self.__dict__
        own["parent_space"], own["transform"] = parent_space, transform
        users_of(parent_space, "parent_space")[self] = None

    @property
    def root(self) -> AffineSpace:
        """The outermost space that contains this one (itself, if it has no parent)."""
        space = self
        while space.parent_space is not None:
            space = space.parent_space
        return space

    @property
    def sub_spaces(self) -> list[AffineSpace]:
        """The spaces placed directly in this one, in the order of placement."""
        return AffineSpace.many_of(self, "parent_space")
