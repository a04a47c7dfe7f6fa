"""What the nodes and links of an image depend on, other than the music: read in columns, and compared as a whole.

Samples of the same score have the same objects with the same edges between them, and differ in shapes and places. So what
follows from the objects is found once, and kept as long as the columns are equal. Objects are given by the numbers of
their regions, since each sample has objects of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from itertools import chain, compress
from operator import attrgetter, itemgetter
from typing import Any, TypeAlias

import numpy as np

from smashcima.engraving import Symbol
from smashcima.exporting.classes.sign import SMALLER, is_thick, sign_of, staff_space_of
from smashcima.imaging import Regions
from smashcima.scene.graph import SceneObject
from smashcima.scene.graph.incoming import sources_in
from smashcima.scene.semantic import ControlEvent, FingeredTremolo, Score, SemanticObject
from smashcima.scene.semantic.known_music import KnownMusic, known_music
from smashcima.scene.semantic.semantic_object import TreeState
from smashcima.scene.visual import (
    AccidentalMark,
    BarlineMark,
    FermataMark,
    Flag,
    GraceSlash,
    Notehead,
    SpannerMark,
    SystemMeasure,
    SystemStaff,
    TremoloMark,
    VisualObject,
)

Structure: TypeAlias = tuple[Any, ...]
"""Columns of values without objects of a scene."""

Numbers: TypeAlias = dict[Any, int]
"""Numbers of the regions of objects; -1 for `None`."""

_OF_ALL = frozenset(VisualObject.__dataclass_fields__)

_IN_SCORE = frozenset({"note", "chords", "announced"})
"""Edges to objects of the score that nothing here follows."""

_SIZED = (Notehead, Flag, AccidentalMark)
"""Classes of symbols that can be small."""


class NotComparableError(Exception):
    """A scene has something that cannot be given by numbers and values, such as an edge to an object without a region."""


def music_of(objects: Iterable[SceneObject]) -> tuple[KnownMusic, TreeState] | None:
    """What is known of the music that objects draw, with the state of its score; `None` if it is not a copy of a kept score
    that nobody has edited.
    """
    for thing in objects:
        semantic = thing.__dict__.get("semantic")
        if isinstance(semantic, SemanticObject):
            root = [semantic, *semantic.ancestors()][-1]
            known = known_music(root) if isinstance(root, Score) else None
            return None if known is None else (known, root.__dict__["_tree_index_state"])
    return None


def numbers_of(regions: Regions) -> Numbers:
    """The number of the region of each object."""
    numbers: Numbers = dict(zip(regions.scene_objects, range(len(regions)), strict=True))
    if len(numbers) < len(regions):
        raise NotComparableError
    numbers[None] = -1
    return numbers


class StructureReader:
    """Reads the structure of images whose regions have objects of the same classes."""

    def __init__(self, objects: Sequence[SceneObject]) -> None:
        """Finds what there is to read; raises `NotComparableError` for objects with unknown values."""
        self.types = tuple(map(type, objects))
        drawn = [index for index, kind in enumerate(self.types) if issubclass(kind, VisualObject)]
        if any(not kind.__module__.startswith("smashcima.scene.visual.") for kind in self.types):
            raise NotComparableError  # classes of a user, whose properties can be anything
        if any(_depends_on_more(objects[index]) for index in drawn):
            raise NotComparableError
        of_score = [i for i, kind in enumerate(self.types) if issubclass(kind, SystemStaff | SystemMeasure)]
        self._drawn = _chooser(drawn)
        self._of_score = _chooser(of_score)
        self._staves = _chooser([i for i, kind in enumerate(self.types) if issubclass(kind, SystemStaff)])
        self._sized = _chooser(
            [
                i
                for i in drawn
                if issubclass(self.types[i], _SIZED) and isinstance(objects[i].primitive, Symbol)  # type: ignore[attr-defined]
            ]
        )
        self._barlines = _chooser([i for i in drawn if issubclass(self.types[i], BarlineMark)])
        self._slashes = _chooser([i for i in drawn if issubclass(self.types[i], GraceSlash)])
        self._spanners = _chooser([i for i in drawn if issubclass(self.types[i], SpannerMark)])
        self._fields: list[tuple[_Chooser, str, _Reader]] = []
        first = {kind: objects[self.types.index(kind)] for kind in {self.types[i]: None for i in drawn}}
        for kind, thing in first.items():
            chosen = _chooser([index for index in drawn if self.types[index] is kind])
            for field in fields(thing):  # type: ignore[arg-type]  # which is a dataclass
                if field.name not in _OF_ALL and field.name not in _IN_SCORE:
                    edge = _numbers if isinstance(thing.__dict__[field.name], list) else _number
                    is_edge = field.name in thing.edges()
                    self._fields.append((chosen, field.name, edge if is_edge else _values))

    def read(self, regions: Regions, numbers: Numbers, music: TreeState) -> Structure:
        """The structure of an image; raises `NotComparableError` if it has something that cannot be given by numbers."""
        objects = regions.scene_objects
        if tuple(map(type, objects)) != self.types:
            raise NotComparableError
        try:
            return self._read(regions, numbers, music)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise NotComparableError from None  # an edge that leads elsewhere, or has an unusual value

    def _read(self, regions: Regions, numbers: Numbers, music: TreeState) -> Structure:
        objects = regions.scene_objects
        # Attributes of an object are taken from its dictionary, in a third of the time.
        values = map(_ATTRIBUTES, self._drawn(objects))
        *places, kinds, primitives, glyphs, drawn = zip(*map(_OF_DRAWN, values), strict=True)
        semantics = [*drawn, *map(_SEMANTIC, map(_ATTRIBUTES, self._of_score(objects)))]
        has_meaning = [each is not None for each in semantics]
        ids, states = zip(*map(_OF_MEANING, map(_ATTRIBUTES, compress(semantics, has_meaning))), strict=True)
        if set(states) != {music}:
            raise NotComparableError
        staves = self._staves(objects)
        return (
            regions.labels,
            np.isnan(regions.bboxes[:, 0]).tobytes(),
            kinds,
            list(map(type, primitives)),
            list(map(_LABEL, glyphs)),
            [list(map(numbers.__getitem__, each)) for each in places],
            has_meaning,
            ids,
            [(staff.staff_space, len(staff.line_ys)) for staff in staves],
            self._have_traits(objects),
            list(map(sign_of, self._slashes(objects))),
            self._pieces(objects, numbers),
            [read(chosen(objects), name, numbers) for chosen, name, read in self._fields],
        )

    def _have_traits(self, objects: tuple[SceneObject, ...]) -> tuple[bytes, list[bool]]:
        """Whether each symbol that can be small is so, and whether each barline is thick."""
        spaces: dict[object, float] = {staff: staff.staff_space for staff in self._staves(objects)}

        def space_of(thing: VisualObject) -> float:
            place: Any = thing.system if thing.staff is None else thing.staff
            found = spaces.get(place)
            if found is None:
                found = spaces[place] = staff_space_of(thing.system)
            return found

        symbols = self._sized(objects)
        small = np.array(list(map(_SCALE, symbols))) < SMALLER * np.array(list(map(space_of, symbols)))
        return small.tobytes(), [is_thick(each, space_of(each)) for each in self._barlines(objects)]

    def _pieces(self, objects: tuple[SceneObject, ...], numbers: Numbers) -> list[list[int]]:
        """The objects that draw the same mark as each spanner, in the order in which they were linked."""
        marks = dict.fromkeys([thing.semantic for thing in self._spanners(objects)])
        return [
            [numbers.get(piece, -2) for piece in sources_in(mark.__dict__.get("_incoming"), "semantic")]
            for mark in marks
            if mark is not None
        ]


_ATTRIBUTES = attrgetter("__dict__")
_OF_DRAWN = itemgetter("page", "system", "staff", "measure", "kind", "primitive", "glyph", "semantic")
_SEMANTIC = itemgetter("semantic")
_OF_MEANING = itemgetter("id", "_tree_index_state")
_LABEL = attrgetter("label")
_SCALE = attrgetter("primitive.scale_y")

_Chooser: TypeAlias = Callable[[Sequence[Any]], tuple[Any, ...]]
_Reader: TypeAlias = Callable[[Sequence[Any], str, Numbers], Any]


def _chooser(places: Sequence[int]) -> _Chooser:
    """A function that returns the items at some places."""
    if not places:
        return lambda items: ()
    get = itemgetter(*places)
    return (lambda items: (get(items),)) if len(places) == 1 else get


def _depends_on_more(thing: Any) -> bool:
    """Whether the links of an object depend on places, or on objects without regions."""
    semantic = thing.semantic
    if isinstance(thing, FermataMark):
        return not isinstance(semantic, ControlEvent) or semantic.start is None
    return isinstance(thing, TremoloMark) and isinstance(semantic, FingeredTremolo)


def _values(things: Sequence[Any], name: str, numbers: Numbers) -> list[Any]:
    return [thing.__dict__[name] for thing in things]


def _number(things: Sequence[Any], name: str, numbers: Numbers) -> list[int]:
    """Edges to one object."""
    return [numbers[thing.__dict__[name]] for thing in things]


def _numbers(things: Sequence[Any], name: str, numbers: Numbers) -> tuple[list[int], list[int]]:
    """Edges to several objects: their number, and the numbers of all."""
    lists = [thing.__dict__[name] for thing in things]
    return list(map(len, lists)), list(map(numbers.__getitem__, chain.from_iterable(lists)))
