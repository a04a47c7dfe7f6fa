"""Marks that are broken by page turns, so that a page can tell of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from smashcima.engraving.engraving import EngravedPage
from smashcima.engraving.primitive_kind import PrimitiveKind

_K = PrimitiveKind

SPANNERS = frozenset(
    {
        _K.SLUR, _K.TIE, _K.HAIRPIN, _K.VOLTA, _K.OCTAVE, _K.PEDAL, _K.GLISSANDO, _K.ANNOTATION_LINE,
        _K.EXTENDER_LINE,
    }
)  # fmt: skip
"""Kinds of marks with a piece in each system."""

SystemsOfMarks = Mapping[tuple[PrimitiveKind, str], int]
"""Numbers of systems in which marks are drawn, by kind and id."""


def systems_elsewhere(
    pages: Sequence[EngravedPage], before: SystemsOfMarks = MappingProxyType({})
) -> list[dict[int, tuple[int, int]]]:
    """`PageBelonging.systems_elsewhere` of each page; `before` counts the systems on pages before these."""
    systems_of: dict[tuple[PrimitiveKind, str], dict[int | None, int]] = {}
    """Pages by system, for each mark."""
    for number, page in enumerate(pages):
        for primitive in page.primitives:
            if primitive.kind in SPANNERS and primitive.element is not None:
                mark = primitive.kind, primitive.element
                systems_of.setdefault(mark, {}).setdefault(primitive.place.system, number)
    broken = {
        mark: systems
        for mark, systems in systems_of.items()
        if mark in before or len(set(systems.values())) > 1
    }
    found: list[dict[int, tuple[int, int]]] = []
    for number, page in enumerate(pages):
        own: dict[int, tuple[int, int]] = {}
        for index, primitive in enumerate(page.primitives):
            if primitive.kind in SPANNERS and primitive.element is not None:
                mark = primitive.kind, primitive.element
                others = broken.get(mark, {}).values()
                if others:
                    earlier = before.get(mark, 0) + sum(each < number for each in others)
                    own[index] = earlier, sum(each > number for each in others)
        found.append(own)
    return found


def systems_up_to(page: EngravedPage) -> SystemsOfMarks:
    """For the marks that go on after a page with relations: the numbers of systems on this page and before."""
    if page.belonging is None:
        return {}
    here: dict[tuple[PrimitiveKind, str], set[int | None]] = {}
    earlier: dict[tuple[PrimitiveKind, str], int] = {}
    for index, (before, after) in page.belonging.systems_elsewhere.items():
        primitive = page.primitives[index]
        if after and primitive.element is not None:
            mark = primitive.kind, primitive.element
            here.setdefault(mark, set()).add(primitive.place.system)
            earlier[mark] = before
    return {mark: earlier[mark] + len(systems) for mark, systems in here.items()}
