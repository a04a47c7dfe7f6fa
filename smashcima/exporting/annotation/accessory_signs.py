"""Symbols with accessory parts: a trill and its line, `8va` and its dashes, ..."""

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
"""Kind of the digits above a multi-measure rest."""


def accessory_signs(drawn: Iterable[VisualObject]) -> Iterator[tuple[VisualObject, VisualObject]]:
    """Pairs of a main part and an accessory part: lines, parentheses, accidentals, the number of a rest.

    Parts belong together if they are drawn for the same mark in the same system.
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
    """Whether a part is an accessory, if there is a main part."""
    name = part.label.name
    if isinstance(part, MultiRestMark):
        return part.kind == MULTI_REST_NUMBER
    is_sign = isinstance(part.primitive, Symbol | Text)
    return not is_sign or name.startswith(("accidental", "wiggle", "ornamentZigZag", "octaveParens"))
