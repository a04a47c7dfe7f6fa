"""Node of an annotation."""

from __future__ import annotations

from typing import NamedTuple

from smashcima.exporting.classes import Sign
from smashcima.scene.graph import SceneObject


class Node(NamedTuple):
    """Annotated object: a drawn symbol, a group of symbols, or an area."""

    id: str
    """Id of the node, the same in every format and every run: that of its first region, or of the group."""

    sign: Sign
    """Label and traits, which determine the class in each vocabulary."""

    scene_object: SceneObject
    """The object of the scene: a visual object, a staff, a measure, a page, ... The first one if there are
    several."""

    is_ink: bool
    """Whether the node is a drawn symbol, not a group or an area."""

    members: tuple[int, ...] = ()
    """Indices of the members of a group."""

    pieces: tuple[SceneObject, ...] = ()
    """All pieces of the symbol, from top to bottom, if the engraver draws it in several; `scene_object` is
    the first of them."""
