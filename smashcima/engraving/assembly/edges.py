"""Edges between visual objects, as declared by their classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from smashcima.engraving.page_belonging import PageBelonging
from smashcima.scene.graph.blueprint import set_new_edge, set_new_edges
from smashcima.scene.semantic import Chord, Note
from smashcima.scene.visual import (
    AccidentalMark,
    ArpeggioMark,
    ArticulationMark,
    AugmentationDot,
    BeamSegment,
    ClusterMark,
    FingeringMark,
    Flag,
    GlissandoMark,
    GraceSlash,
    LaissezVibrerCurve,
    LedgerLine,
    Notehead,
    SlurCurve,
    Stem,
    TieCurve,
    TremoloMark,
    VisualObject,
)

_WithHeads = (
    Stem
    | ArticulationMark
    | FingeringMark
    | ClusterMark
    | LedgerLine
    | ArpeggioMark
    | TremoloMark
    | AugmentationDot
)
_Curved = SlurCurve | TieCurve | GlissandoMark


def link(drawn: Mapping[int, VisualObject], belonging: PageBelonging) -> None:
    """Sets the edges between visual objects, given by the indices of their primitives.

    Objects that were not drawn are skipped.
    """
    edges = _Edges(drawn, belonging)
    for index, thing in drawn.items():
        set_edges = _SETTERS.get(type(thing))
        if set_edges is not None:
            set_edges(edges, index, thing)
    for index in belonging.beams:
        edges.of_beam(index)


class _Edges:
    """Looks up the targets of edges among the drawn objects."""

    def __init__(self, drawn: Mapping[int, VisualObject], belonging: PageBelonging) -> None:
        self._drawn = drawn
        self._belonging = belonging

    def to_heads(self, index: int, thing: _WithHeads) -> None:
        set_new_edges(thing, "noteheads", self._heads(self._belonging.noteheads.get(index)))

    def to_head(self, index: int, thing: AccidentalMark) -> None:
        heads = self._heads(self._belonging.noteheads.get(index))
        set_new_edge(thing, "notehead", heads[0] if heads else None)

    def to_stem(self, index: int, thing: Flag | GraceSlash | TremoloMark) -> None:
        stem = self._drawn.get(self._belonging.stems.get(index, -1))
        set_new_edge(thing, "stem", stem if isinstance(stem, Stem) else None)

    def to_heads_and_stem(self, index: int, thing: TremoloMark) -> None:
        self.to_heads(index, thing)
        self.to_stem(index, thing)

    def to_head_or_rest(self, index: int, dot: AugmentationDot) -> None:
        self.to_heads(index, dot)
        set_new_edge(dot, "rest", self._drawn.get(self._belonging.rests.get(index, -1)))

    def to_start(self, index: int, curve: _Curved | LaissezVibrerCurve) -> None:
        set_new_edges(curve, "start_noteheads", self._heads(self._belonging.start_noteheads.get(index)))

    def to_both_ends(self, index: int, curve: _Curved) -> None:
        self.to_start(index, curve)
        set_new_edges(curve, "end_noteheads", self._heads(self._belonging.end_noteheads.get(index)))

    def of_beam(self, index: int) -> None:
        beam = self._drawn.get(index)
        if isinstance(beam, BeamSegment):
            found = [self._drawn.get(number) for number in self._belonging.beams[index].stems]
            stems = [stem for stem in found if isinstance(stem, Stem)]
            set_new_edges(beam, "stems", stems)
            chords = [s.semantic for s in stems if isinstance(s.semantic, (Chord, Note))]
            set_new_edges(beam, "chords", chords)

    def _heads(self, indices: Iterable[int] | None) -> list[Notehead]:
        if indices is None:
            return []
        found = [self._drawn.get(index) for index in indices]
        return [head for head in found if isinstance(head, Notehead)]


_SETTERS: dict[type[VisualObject], Callable[[_Edges, int, Any], None]] = {
    **dict.fromkeys(
        (Stem, ArticulationMark, FingeringMark, ClusterMark, LedgerLine, ArpeggioMark), _Edges.to_heads
    ),
    **dict.fromkeys((Flag, GraceSlash), _Edges.to_stem),
    TremoloMark: _Edges.to_heads_and_stem,
    AccidentalMark: _Edges.to_head,
    AugmentationDot: _Edges.to_head_or_rest,
    **dict.fromkeys((SlurCurve, TieCurve, GlissandoMark), _Edges.to_both_ends),
    LaissezVibrerCurve: _Edges.to_start,
}
"""Function that sets the edges of each class."""
