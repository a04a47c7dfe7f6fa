"""One annotated thing."""

from __future__ import annotations

from typing import NamedTuple

from smashcima.exporting.classes import Sign
from smashcima.scene.graph import SceneObject


class Node(NamedTuple):
    """One annotated thing: a sign that is drawn, a group of signs, or a part of the page frame."""

    id: str
    """The same in every format and every run: that of the (first) region it is made of, or of a group."""

    sign: Sign
    """Its label and traits, from which each vocabulary takes its class."""

    scene_object: SceneObject
    """The (first) object of the scene that it is: a visual object, a staff, a measure, a page, ..."""

    is_ink: bool
    """Whether it is something drawn, rather than a group of drawn things or a part of the page frame."""

    members: tuple[int, ...] = ()
    """Indices of the nodes that a group consists of."""

    pieces: tuple[SceneObject, ...] = ()
    """All objects that it is drawn as, from the top down, where the engraver draws it in several; `scene_object` is
    the first of them."""
