"""Which signs belong to which, in the directions of MuNG: from noteheads to what modifies them.

Source of the directions: the dependency grammar of MUSCIMA++ (`mff-muscima-mlclasses-annot.deprules`), and the links
that occur in its documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from smashcima.exporting.annotation.companions import companions
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import (
    ControlEvent,
    Event,
    FingeredTremolo,
    Hairpin,
    Note,
    StemmedEvent,
    Syllable,
    Tuplet,
    TupletSpan,
)
from smashcima.scene.visual import (
    AccidentalMark,
    ArpeggioMark,
    ArticulationMark,
    AugmentationDot,
    BeamSegment,
    ClefMark,
    ClusterMark,
    FermataMark,
    FingeringMark,
    Flag,
    GlissandoMark,
    GraceSlash,
    HairpinMark,
    LaissezVibrerCurve,
    LedgerLine,
    LyricLineMark,
    LyricMark,
    MeasureRestMark,
    MultiRestMark,
    Notehead,
    OrnamentMark,
    PedalMark,
    RestMark,
    SlurCurve,
    Stem,
    TieCurve,
    TremoloMark,
    VisualObject,
)

Pair = tuple[SceneObject, SceneObject]

_ON_STAFF = (Notehead, RestMark, MeasureRestMark, MultiRestMark, ClefMark)
"""What links to the staff that it stands on."""


class Sounding:
    """The noteheads and rests of one page by the events that they draw."""

    def __init__(self, drawn: Iterable[VisualObject]) -> None:
        self._signs: dict[SceneObject, list[VisualObject]] = {}
        self.events: list[Event] = []
        """Notes and rests that are drawn, in the order of drawing."""
        for thing in drawn:
            is_sounding = isinstance(thing, Notehead | RestMark | MeasureRestMark | MultiRestMark)
            if is_sounding and isinstance(thing.semantic, Event):
                self.events.append(thing.semantic)
                self._signs.setdefault(thing.semantic, []).append(thing)

    def of(self, event: Event | None) -> list[VisualObject]:
        """What draws an event: the heads of a chord, the rest."""
        if event is None:
            return []
        own = self._signs.get(event)
        if own is not None:
            return own
        if isinstance(event, StemmedEvent):
            return [sign for note in event.children_of(Note) for sign in self._signs.get(note, ())]
        return []


def links_among(drawn: Iterable[VisualObject], sounding: Sounding) -> Iterator[Pair]:
    """All links between drawn things, and from drawn things to their staves."""
    things = list(drawn)
    together = list(companions(things))
    yield from together
    following = {part for _, part in together}
    for thing in things:
        if isinstance(thing, _ON_STAFF) and thing.staff is not None:
            yield thing, thing.staff
        if thing not in following:
            for source in _sources_of(thing, sounding):
                yield source, thing


def _sources_of(thing: VisualObject, sounding: Sounding) -> Iterable[VisualObject]:
    """The noteheads, rests and stems that a thing belongs to."""
    if isinstance(thing, HairpinMark):
        return _under_hairpin(thing, sounding)
    if isinstance(thing, TremoloMark):
        return _of_tremolo(thing, sounding)
    if isinstance(thing, LedgerLine):
        return thing.noteheads or sounding.of(
            _event_of(thing)
        )  # rests beyond the staff have ledger lines, too
    if isinstance(thing, FermataMark | OrnamentMark | PedalMark):
        return sounding.of(thing.semantic.start) if isinstance(thing.semantic, ControlEvent) else ()
    if isinstance(thing, LyricMark | LyricLineMark):
        return sounding.of(thing.semantic.event) if isinstance(thing.semantic, Syllable) else ()
    find = _SOURCES.get(type(thing))
    return find(thing) if find is not None else ()


def _of_dot(dot: AugmentationDot) -> Iterable[VisualObject]:
    return dot.noteheads or _some(dot.rest)


def _of_tremolo(mark: TremoloMark, sounding: Sounding) -> Iterable[VisualObject]:
    """The stems that it crosses, or lies between; the noteheads where there are no stems."""
    if not isinstance(mark.semantic, FingeredTremolo):
        return _some(mark.stem) or mark.noteheads
    heads = [head for event in mark.semantic.events for head in sounding.of(event)]
    stems = dict.fromkeys(stem for head in heads for stem in Stem.many_of(head, "noteheads"))
    return list(stems) or heads


def _event_of(thing: VisualObject) -> Event | None:
    return thing.semantic if isinstance(thing.semantic, Event) else None


def _some(thing: VisualObject | None) -> tuple[VisualObject, ...]:
    return () if thing is None else (thing,)


_SOURCES: dict[type[VisualObject], Callable[[Any], Iterable[VisualObject]]] = {
    **dict.fromkeys(
        (Stem, ArticulationMark, ArpeggioMark, FingeringMark, ClusterMark),
        lambda thing: thing.noteheads,
    ),
    **dict.fromkeys(
        (SlurCurve, TieCurve, GlissandoMark), lambda thing: [*thing.start_noteheads, *thing.end_noteheads]
    ),
    LaissezVibrerCurve: lambda curve: curve.start_noteheads,
    BeamSegment: lambda beam: [head for stem in beam.stems for head in stem.noteheads],
    Flag: lambda flag: flag.stem.noteheads if flag.stem is not None else (),
    GraceSlash: lambda slash: _some(slash.stem),
    AccidentalMark: lambda mark: _some(mark.notehead),
    AugmentationDot: _of_dot,
}
"""For the kinds of things whose edges say it: where they lead."""


def _under_hairpin(mark: HairpinMark, sounding: Sounding) -> list[VisualObject]:
    """The noteheads of its staff (those that it is drawn in, of this system) from its start to its end."""
    hairpin = mark.semantic
    if not isinstance(hairpin, Hairpin) or hairpin.start is None:
        return []
    last = hairpin.end.onset if hairpin.end is not None else hairpin.onset + hairpin.quarter_length
    return [
        sign
        for event in sounding.events
        if hairpin.onset <= event.onset <= last
        for sign in sounding.of(event)
        if isinstance(sign, Notehead) and sign.staff is mark.staff and sign.system is mark.system
    ]


def noteheads_of_tuplet(tuplet: SceneObject | None, sounding: Sounding) -> list[VisualObject]:
    """Noteheads and rests in a tuplet."""
    if not isinstance(tuplet, Tuplet | TupletSpan):
        return []
    return [sign for event in tuplet.events for sign in sounding.of(event)]
