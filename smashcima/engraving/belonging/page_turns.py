"""Marks that are broken by page turns, so that a page can tell of the others."""

from __future__ import annotations

from collections.abc import Sequence

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


def systems_elsewhere(pages: Sequence[EngravedPage]) -> list[dict[int, tuple[int, int]]]:
    """`PageBelonging.systems_elsewhere` of each page."""
    systems_of: dict[tuple[PrimitiveKind, str], dict[int | None, int]] = {}
    """Pages by system, for each mark."""
    for number, page in enumerate(pages):
        for primitive in page.primitives:
            if primitive.kind in SPANNERS and primitive.element is not None:
                mark = primitive.kind, primitive.element
                systems_of.setdefault(mark, {}).setdefault(primitive.place.system, number)
    broken = {mark: systems for mark, systems in systems_of.items() if len(set(systems.values())) > 1}
    found: list[dict[int, tuple[int, int]]] = []
    for number, page in enumerate(pages):
        own: dict[int, tuple[int, int]] = {}
        for index, primitive in enumerate(page.primitives):
            if primitive.kind in SPANNERS and primitive.element is not None:
                others = broken.get((primitive.kind, primitive.element), {}).values()
                if others:
                    own[index] = sum(each < number for each in others), sum(each > number for each in others)
        found.append(own)
    return found
