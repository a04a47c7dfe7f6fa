"""Glyphs of one outline whose space, region and ink are made when someone asks for them.

A page has a thousand glyphs, whose insides are seven thousand objects. Composing and labelling need of each only its outline,
label, colour and place, so a glyph from a synthesizer of the library holds these, as an `UnmadeInk`. The first reader of
`glyph.space`, `region`, `paths`, ... makes all of them, as does whoever asks a space for what it contains; then the `UnmadeInk`
is gone, and the glyph is like any other.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from smashcima.geometry import Contours, Point, Transform
from smashcima.scene.graph import EdgeList, SceneObject
from smashcima.scene.graph.attributes import attributes_of
from smashcima.scene.graph.incoming import UnmadeSources, many_sources, remove_source
from smashcima.scene.visual.affine_space import AffineSpace
from smashcima.scene.visual.ink_path import ColorBGRA, InkPath
from smashcima.scene.visual.labeled_region import LabeledRegion
from smashcima.scene.visual.labels import Label
from smashcima.scene.visual.scene_point import ScenePoint
from smashcima.scene.visual.sprite import Sprite

if TYPE_CHECKING:
    from smashcima.scene.visual.glyph import Glyph

_UNMADE = "_unmade"
"""The attribute of a glyph that holds its `UnmadeInk`."""

_UNMOVED = Transform.identity()

_making = threading.RLock()
"""Held while insides are made: several threads can read a scene."""


class UnmadeInk:
    """What the insides of a glyph are made of. Only the placement changes, and only as long as nothing has been made."""

    __slots__ = ("color", "contours", "end", "label", "parent_space", "start", "transform")

    parent_space: AffineSpace | None
    """The space in which the glyph is placed."""

    transform: Transform
    """Maps coordinates of the outline to the parent space."""

    def __init__(
        self,
        label: Label,
        contours: Contours,
        color: ColorBGRA,
        start: Point | None = None,
        end: Point | None = None,
    ) -> None:
        """`start` and `end` are those of a line."""
        self.label = label
        self.contours = contours
        self.color = color
        self.start = start
        self.end = end
        self.parent_space = None
        self.transform = _UNMOVED


def hold(glyph: SceneObject, ink: UnmadeInk) -> None:
    """Gives a new glyph without attributes what its insides are made of."""
    attributes_of(glyph)[_UNMADE] = ink


def unmade_ink(glyph: SceneObject) -> UnmadeInk | None:
    """What the insides of a glyph are made of; `None` if they have been made."""
    return attributes_of(glyph).get(_UNMADE)


def area_of(glyph: Glyph) -> Contours:
    """The area of the region of a glyph, in the space of the region."""
    ink = unmade_ink(glyph)
    return glyph.region.contours if ink is None else ink.contours


def place_unmade(ink: UnmadeInk, glyph: SceneObject, parent_space: AffineSpace, transform: Transform) -> None:
    """Places a glyph without insides, which must not have been placed, as `AffineSpace.place` does for others."""
    ink.parent_space, ink.transform = parent_space, transform
    values = attributes_of(parent_space)
    if "_index_state" in values:
        values["_index_state"].is_stale = True
    incoming = values.get("_incoming")
    spaces = incoming.get("parent_space") if type(incoming) is dict else None
    if type(spaces) is not _UnmadeSpaces:
        spaces = _UnmadeSpaces(many_sources(parent_space, "parent_space"))
        values["_incoming"]["parent_space"] = spaces
    spaces[glyph] = None


def remove_unmade(ink: UnmadeInk, glyph: SceneObject) -> None:
    """Takes a glyph without insides out of the space in which it is placed."""
    if ink.parent_space is not None:
        remove_source(ink.parent_space, "parent_space", glyph)
        ink.parent_space = None


def spaces_below(space: AffineSpace) -> list[SceneObject]:
    """The spaces placed directly in a space; in place of a space that has not been made, its glyph."""
    incoming = attributes_of(space).get("_incoming")
    sources = incoming.get("parent_space", ()) if isinstance(incoming, dict) else ()
    if type(sources) is _UnmadeSpaces:
        return [key if made is None else made for key, made in sources.items()]
    return list(space.sources("parent_space"))


class MadeLater:
    """An attribute of glyphs that is read from the class as long as the glyph does not have it."""

    def __init__(self, name: str, **default: object) -> None:
        """`default` is the value of the field in the class, if it has one."""
        self._name = name
        self._default = default

    def __get__(self, glyph: SceneObject | None, owner: type) -> object:
        values = self._default
        if glyph is not None:
            make_insides(glyph)
            values = attributes_of(glyph)
            if self._name not in values:
                values = self._default
        if self._name not in values:
            raise AttributeError(
                f"{owner.__name__!r} has no attribute {self._name!r}", name=self._name, obj=glyph
            )
        return values[self._name]


class _UnmadeSpaces(UnmadeSources):
    """The spaces in a space, of which some belong to glyphs without insides."""

    __slots__ = ()

    def made(self) -> dict[Any, None]:
        with _making:
            for key, space in list(self.items()):
                if space is None and not isinstance(key, AffineSpace):
                    make_insides(key)
            return {(key if space is None else space): None for key, space in self.items()}


def make_insides(glyph: SceneObject) -> None:
    """Makes space, region and ink of a glyph, unless it has them."""
    own = attributes_of(glyph)
    if _UNMADE not in own:
        return
    with _making:
        ink: UnmadeInk | None = own.get(_UNMADE)
        if ink is None:
            return
        # Attributes have the order in which a constructor and later edges set them.
        incoming = own.pop("_incoming", None)
        space = AffineSpace(None, ink.transform)
        if ink.parent_space is not None:
            # The space takes the place of the glyph among those in the parent, so no edge of that changes.
            attributes_of(space)["parent_space"] = ink.parent_space
            attributes_of(ink.parent_space)["_incoming"]["parent_space"][glyph] = space
        set_insides(glyph, space, ink)
        if incoming is not None:
            own["_incoming"] = incoming
        # The last step: until then, other threads wait for the lock.
        del own[_UNMADE]


def set_insides(glyph: SceneObject, space: AffineSpace, ink: UnmadeInk) -> None:
    """Sets space, region, ink and ends of a glyph that does not have them.

    The same as the constructors do. All edges of these new objects are known, so they are set at once.
    """
    _resolve(type(glyph))
    own, ends = attributes_of(glyph), _scene_points(space, ink)
    region, path = object.__new__(LabeledRegion), object.__new__(InkPath)
    inside = attributes_of(space)
    if "_index_state" in inside:
        inside["_index_state"].is_stale = True
    users = many_sources(space, "space")
    for point in ends:
        users[point] = None
    users[region] = users[path] = users[glyph] = None
    values = region.__dict__
    values["space"], values["label"], values["contours"] = space, ink.label, ink.contours
    values["_incoming"] = ("region", glyph)
    values = path.__dict__
    values["space"], values["contours"], values["color"] = space, ink.contours, ink.color
    values["transform"], values["load"] = _UNMOVED, None
    values["_incoming"] = ("paths", glyph)
    own["space"], own["region"] = space, region
    # Not `EdgeList[Sprite]()`, a call of `typing` that takes as long as half of this function.
    sprites: EdgeList[Sprite] = EdgeList()
    own["sprites"] = sprites
    sprites._owner, sprites._name = glyph, "sprites"
    own["paths"] = paths = EdgeList((path,))
    paths._owner, paths._name = glyph, "paths"
    for name, point in zip(("start_point", "end_point"), ends, strict=False):
        own[name] = point
        point.__dict__["_incoming"] = (name, glyph)


def _scene_points(space: AffineSpace, ink: UnmadeInk) -> list[ScenePoint]:
    """The start and end point of a line; their edges are set by the caller."""
    points = []
    for end in (ink.start, ink.end):
        if end is None:
            continue
        point = object.__new__(ScenePoint)
        values = point.__dict__
        values["space"], values["point"] = space, end
        points.append(point)
    return points


def _resolve(cls: type[SceneObject]) -> None:
    """Determines the edges of a class of glyphs, and of what it is made of, unless this has been done."""
    if cls not in _linked:
        for known in (cls, LabeledRegion, InkPath, ScenePoint):
            known._edge_fields = known.edges()
        _linked.add(cls)


_linked: set[type[SceneObject]] = set()
"""Classes of glyphs whose edges have been resolved, which the first call of their constructor does otherwise."""
