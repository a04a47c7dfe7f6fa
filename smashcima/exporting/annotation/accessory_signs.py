"""Signs that consist of a main part and what goes with it: a trill and its line, `8va` and its dashes, ..."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smashcima.engraving import Symbol, Text
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import (
    DirectionMark,
    DynamicMark,
    ExtenderMark,
    MultiRestMark,
    OctaveMark,
    OrnamentMark,
    PedalMark,
    TempoMark,
    VisualObject,
)

_LEADING = (OctaveMark, OrnamentMark, PedalMark, MultiRestMark, DynamicMark, DirectionMark, TempoMark)
_FOLLOWING = (OctaveMark, OrnamentMark, PedalMark, MultiRestMark, ExtenderMark)

MULTI_REST_NUMBER = "multi_rest_number"
"""The kind of the digits above a rest of several measures."""


def accessory_signs(drawn: Iterable[VisualObject]) -> Iterator[tuple[VisualObject, VisualObject]]:
    """Each main part with each of the things that go with it: lines, parentheses, accidentals, the number of a rest.

    Parts belong together if they are drawn for one mark in one system.
    """
    marks: dict[tuple[SceneObject, SceneObject | None], list[VisualObject]] = {}
    for thing in drawn:
        if isinstance(thing, (*_LEADING, ExtenderMark)) and thing.semantic is not None:
            marks.setdefault((thing.semantic, thing.system), []).append(thing)
    for parts in marks.values():
        leading = [part for part in parts if isinstance(part, _LEADING)]
        if not leading:
            continue
        main = min(leading, key=_comes_after)
        if isinstance(main, MultiRestMark) or not _comes_after(main):
            yield from ((main, part) for part in parts if part is not main and isinstance(part, _FOLLOWING))


def _comes_after(part: VisualObject) -> bool:
    """Whether a part goes with a main part, if there is one."""
    name = part.label.name
    if isinstance(part, MultiRestMark):
        return part.kind == MULTI_REST_NUMBER
    is_sign = isinstance(part.primitive, Symbol | Text)
    return not is_sign or name.startswith(("accidental", "wiggle", "ornamentZigZag", "octaveParens"))
