"""Edges between drawn things: stems and noteheads, flags and stems, dots and noteheads, and so on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from smashcima.engraving import Line, Primitive, Symbol
from smashcima.geometry import Point
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Arpeggio, Chord, ControlEvent, Note, Rest, SemanticObject
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
    MeasureRestMark,
    Notehead,
    RestMark,
    SlurCurve,
    Stem,
    TieCurve,
    TremoloMark,
    VisualObject,
)
from smashcima.synthesis.notation.beam_planner import BeamPiece

_LEDGER_SLACK_SS = 0.3


class ParentLinker:
    """Links the visual objects of one page, given what each of them draws."""

    def __init__(self, drawn: Mapping[int, VisualObject], planned: Sequence[Primitive]) -> None:
        """Sets up the linker.

        Args:
            drawn: the visual objects by the indices of their primitives on the page.
            planned: all primitives of the page where the engraver put them.
        """
        self._drawn = drawn
        self._planned: dict[SceneObject, Primitive] = {
            thing: planned[index] for index, thing in drawn.items()
        }
        self._heads: dict[SceneObject, list[Notehead]] = defaultdict(list)
        self._stems: dict[SceneObject, list[Stem]] = defaultdict(list)
        self._rests: dict[SceneObject, VisualObject] = {}
        self._owners: dict[SceneObject, SemanticObject | None] = {}
        for thing in drawn.values():
            semantic = thing.semantic
            if semantic is None:
                continue
            if isinstance(thing, Notehead):
                self._heads[thing.note or semantic].append(thing)
            elif isinstance(thing, Stem):
                self._stems[semantic].append(thing)
            elif isinstance(thing, (RestMark, MeasureRestMark)):
                self._rests.setdefault(semantic, thing)

    def link(self, beams: Mapping[int, BeamPiece]) -> None:
        """Sets all edges; `beams` are the pieces of beams by the indices of their primitives."""
        for thing in self._drawn.values():
            link = _LINKS.get(type(thing))
            if link is not None and thing.semantic is not None:
                link(self, thing)
        self._link_beams(beams)

    # -- finding -------------------------------------------------------------------------------------------

    def _owner(self, semantic: SceneObject) -> SemanticObject | None:
        """The note, chord or rest that something belongs to."""
        if isinstance(semantic, (Note, Chord, Rest)):
            return semantic
        if semantic not in self._owners:
            found: SemanticObject | None = None
            if isinstance(semantic, ControlEvent):
                found = semantic.start
            elif isinstance(semantic, SemanticObject):
                found = next((a for a in semantic.ancestors() if isinstance(a, (Note, Chord, Rest))), None)
                if found is None:
                    found = next(iter(semantic.descendants(Note)), None)
            self._owners[semantic] = found
        return self._owners[semantic]

    def heads_of(self, semantic: SceneObject | None) -> list[Notehead]:
        """Noteheads of a note, or of all notes of a chord."""
        if isinstance(semantic, Chord):
            return [head for note in semantic.notes for head in self._heads.get(note, ())]
        return list(self._heads.get(semantic, ())) if semantic is not None else []

    def _stem_of(self, semantic: SceneObject) -> Stem | None:
        """The stem of a note, or of the chord that it is in."""
        owner = self._owner(semantic)
        if owner is None:
            return None
        found = self._stems.get(owner)
        if not found and isinstance(owner, Note) and owner.chord is not None:
            found = self._stems.get(owner.chord)
        return found[0] if found else None

    def _place_of(self, thing: VisualObject) -> Point | None:
        """Where the engraver put something: the origin of a symbol or the middle of a dot."""
        primitive = self._planned[thing]
        if isinstance(primitive, Symbol):
            return primitive.origin
        center = getattr(primitive, "center", None)
        return center if isinstance(center, Point) else None

    def _nearest(self, heads: Sequence[Notehead], place: Point | None) -> Notehead | None:
        """The head whose height is nearest."""
        if not heads or place is None:
            return heads[0] if heads else None
        heights = [
            (abs(at.y - place.y), i)
            for i, head in enumerate(heads)
            if (at := self._place_of(head)) is not None
        ]
        return heads[min(heights)[1]] if heights else heads[0]

    # -- linking -------------------------------------------------------------------------------------------

    def _link_heads(self, thing: VisualObject) -> None:
        assert isinstance(thing, (Stem, ArticulationMark, FingeringMark, ClusterMark, TremoloMark))
        if thing.semantic is not None:
            thing.noteheads = self.heads_of(self._owner(thing.semantic))
            if isinstance(thing, TremoloMark):
                thing.stem = self._stem_of(thing.semantic)

    def _link_stem(self, thing: VisualObject) -> None:
        assert isinstance(thing, (Flag, GraceSlash))
        if thing.semantic is not None:
            thing.stem = self._stem_of(thing.semantic)

    def _link_accidental(self, thing: VisualObject) -> None:
        assert isinstance(thing, AccidentalMark)
        assert thing.semantic is not None
        heads = self.heads_of(self._owner(thing.semantic))
        thing.notehead = self._nearest(heads, self._place_of(thing))

    def _link_dot(self, thing: VisualObject) -> None:
        assert isinstance(thing, AugmentationDot)
        assert thing.semantic is not None
        owner = self._owner(thing.semantic)
        nearest = self._nearest(self.heads_of(owner), self._place_of(thing))
        if nearest is not None:
            thing.noteheads = [nearest]
        elif owner is not None:
            thing.rest = self._rests.get(owner)

    def _link_ledger_line(self, thing: VisualObject) -> None:
        assert isinstance(thing, LedgerLine)
        line, staff = self._planned[thing], thing.staff
        owner = self._owner(thing.semantic) if thing.semantic is not None else None
        heads = self.heads_of(owner.chord or owner if isinstance(owner, Note) else owner)
        if not isinstance(line, Line) or staff is None or not staff.line_ys:
            thing.noteheads = heads
            return
        above = line.start.y < staff.line_ys[0]
        slack = _LEDGER_SLACK_SS * staff.staff_space
        thing.noteheads = [
            head
            for head in heads
            if (place := self._place_of(head)) is not None
            and (place.y <= line.start.y + slack if above else place.y >= line.start.y - slack)
            and head.staff is staff
        ]

    def _link_arpeggio(self, thing: VisualObject) -> None:
        assert isinstance(thing, ArpeggioMark)
        semantic = thing.semantic
        events: list[SceneObject | None] = []
        if isinstance(semantic, Arpeggio):
            events = list(semantic.events) or [semantic.start]
        thing.noteheads = list(dict.fromkeys(head for event in events for head in self.heads_of(event)))

    def _link_curve(self, thing: VisualObject) -> None:
        assert isinstance(thing, (SlurCurve, TieCurve, GlissandoMark, LaissezVibrerCurve))
        semantic = thing.semantic
        if not isinstance(semantic, ControlEvent):
            return
        # Of a curve over several systems, each piece has only those ends that lie in its own system.
        thing.start_noteheads = [h for h in self.heads_of(semantic.start) if h.system is thing.system]
        if not isinstance(thing, LaissezVibrerCurve):
            thing.end_noteheads = [h for h in self.heads_of(semantic.end) if h.system is thing.system]

    def _link_beams(self, beams: Mapping[int, BeamPiece]) -> None:
        for index, piece in beams.items():
            segment = self._drawn.get(index)
            if isinstance(segment, BeamSegment):
                found = [self._drawn.get(number) for number in piece.stems]
                stems = [stem for stem in found if isinstance(stem, Stem)]
                segment.stems = stems
                segment.chords = [s.semantic for s in stems if isinstance(s.semantic, (Chord, Note))]


_LINKS = {
    Stem: ParentLinker._link_heads,
    ArticulationMark: ParentLinker._link_heads,
    FingeringMark: ParentLinker._link_heads,
    ClusterMark: ParentLinker._link_heads,
    TremoloMark: ParentLinker._link_heads,
    Flag: ParentLinker._link_stem,
    GraceSlash: ParentLinker._link_stem,
    AccidentalMark: ParentLinker._link_accidental,
    AugmentationDot: ParentLinker._link_dot,
    LedgerLine: ParentLinker._link_ledger_line,
    ArpeggioMark: ParentLinker._link_arpeggio,
    SlurCurve: ParentLinker._link_curve,
    TieCurve: ParentLinker._link_curve,
    GlissandoMark: ParentLinker._link_curve,
    LaissezVibrerCurve: ParentLinker._link_curve,
}
