"""Links between symbols, in the directions of MuNG: from noteheads to their modifiers.

Source of the directions: the dependency grammar of MUSCIMA++ (`mff-muscima-mlclasses-annot.deprules`), and
the links in its documents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from smashcima.exporting.annotation.accessory_signs import accessory_signs
from smashcima.exporting.annotation.event_signs import EventSigns, event_of
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import (
    ControlEvent,
    Event,
    EventGroup,
    FingeredTremolo,
    Hairpin,
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
    TablatureMark,
    TieCurve,
    TremoloMark,
    VisualObject,
)

Pair = tuple[SceneObject, SceneObject]

_ON_STAFF = (Notehead, RestMark, MeasureRestMark, MultiRestMark, ClefMark, TablatureMark)
"""Classes that link to their staff."""


def links_among(drawn: Iterable[VisualObject], signs: EventSigns) -> Iterator[Pair]:
    """Returns all links between visual objects, and from them to their staves."""
    things = list(drawn)
    accessories = list(accessory_signs(things))
    yield from accessories
    following = {part for _, part in accessories}
    for thing in things:
        is_on_staff, find = _LINKED.get(type(thing)) or _linked(type(thing))
        if (find is None and not is_on_staff) or thing in following:
            continue
        if is_on_staff and thing.staff is not None:
            yield thing, thing.staff
        if find is not None:
            for source in find(thing, signs):
                yield source, thing


def _of_flag(flag: Flag, signs: EventSigns) -> Iterable[VisualObject]:
    return signs.on_stem(flag.stem) if flag.stem is not None else signs.of(event_of(flag))


def _of_beam(beam: BeamSegment, signs: EventSigns) -> Iterable[VisualObject]:
    heads = [head for stem in beam.stems for head in signs.on_stem(stem)]
    if not heads and isinstance(beam.semantic, EventGroup):
        return [sign for event in beam.semantic.events for sign in signs.of(event)]
    return heads


def _of_ledger_line(line: LedgerLine, signs: EventSigns) -> Iterable[VisualObject]:
    """Noteheads of a ledger line, or rests outside the staff."""
    return line.noteheads or (signs.of(line.semantic) if isinstance(line.semantic, Event) else ())


def _of_accidental(mark: AccidentalMark, signs: EventSigns) -> Iterable[VisualObject]:
    return _some(mark.notehead) or signs.of(event_of(mark))[:1]


def _of_dot(dot: AugmentationDot, signs: EventSigns) -> Iterable[VisualObject]:
    return dot.noteheads or _some(dot.rest) or signs.of(event_of(dot))[:1]


def _by_heads(mark: Any, signs: EventSigns) -> Iterable[VisualObject]:
    return mark.noteheads or signs.of(event_of(mark))


def _at_start(mark: VisualObject, signs: EventSigns) -> Iterable[VisualObject]:
    return signs.of(mark.semantic.start) if isinstance(mark.semantic, ControlEvent) else ()


def _of_syllable(words: VisualObject, signs: EventSigns) -> Iterable[VisualObject]:
    return signs.of(words.semantic.event) if isinstance(words.semantic, Syllable) else ()


def _of_tremolo(mark: TremoloMark, signs: EventSigns) -> Iterable[VisualObject]:
    """Stems that a tremolo crosses or connects; noteheads if there are no stems."""
    if not isinstance(mark.semantic, FingeredTremolo):
        return _some(mark.stem) or mark.noteheads
    heads = [head for event in mark.semantic.events for head in signs.of(event)]
    stems = dict.fromkeys(stem for head in heads for stem in Stem.many_of(head, "noteheads"))
    return list(stems) or heads


def _at_ends(curve: SlurCurve | TieCurve, signs: EventSigns) -> list[VisualObject]:
    """Noteheads at both ends of a curve that are in its system."""
    found: list[VisualObject] = [*curve.start_noteheads, *curve.end_noteheads]
    mark = curve.semantic
    if isinstance(mark, ControlEvent):
        for known, event in ((curve.start_noteheads, mark.start), (curve.end_noteheads, mark.end)):
            if not known:
                found += [head for head in signs.of(event) if head.system is curve.system]
    return found


def _some(thing: VisualObject | None) -> tuple[VisualObject, ...]:
    return () if thing is None else (thing,)


def _under_hairpin(mark: HairpinMark, signs: EventSigns) -> list[VisualObject]:
    """Noteheads of its staff and system from its start to its end."""
    hairpin = mark.semantic
    if not isinstance(hairpin, Hairpin) or hairpin.start is None:
        return []
    last = hairpin.end.onset if hairpin.end is not None else hairpin.onset + hairpin.quarter_length
    return [
        head
        for event, head in signs.heads_on(mark.staff, mark.system)
        if hairpin.onset <= event.onset <= last
    ]


_SOURCES: dict[type[VisualObject], Callable[[Any, EventSigns], Iterable[VisualObject]]] = {
    Stem: lambda stem, signs: signs.on_stem(stem),
    Flag: _of_flag,
    BeamSegment: _of_beam,
    GraceSlash: lambda slash, _: _some(slash.stem),
    TremoloMark: _of_tremolo,
    LedgerLine: _of_ledger_line,
    AccidentalMark: _of_accidental,
    AugmentationDot: _of_dot,
    **dict.fromkeys((ArticulationMark, FingeringMark, ClusterMark), _by_heads),
    ArpeggioMark: lambda mark, _: mark.noteheads,
    **dict.fromkeys((SlurCurve, TieCurve), _at_ends),
    GlissandoMark: lambda mark, _: [*mark.start_noteheads, *mark.end_noteheads],
    LaissezVibrerCurve: lambda curve, _: curve.start_noteheads,
    HairpinMark: _under_hairpin,
    **dict.fromkeys((FermataMark, OrnamentMark, PedalMark), _at_start),
    **dict.fromkeys((LyricMark, LyricLineMark), _of_syllable),
}
"""Function that finds the noteheads, rests and stems to which a symbol belongs, by class."""

_Linked = tuple[bool, Callable[[Any, EventSigns], Iterable[VisualObject]] | None]

_LINKED: dict[type[VisualObject], _Linked] = {}
"""Whether symbols of a class link to their staff, and the function of `_SOURCES`; found once for each class."""


def _linked(kind: type[VisualObject]) -> _Linked:
    found = _LINKED[kind] = (issubclass(kind, _ON_STAFF), _SOURCES.get(kind))
    return found


def noteheads_of_tuplet(tuplet: SceneObject | None, signs: EventSigns) -> list[VisualObject]:
    """Returns the noteheads and rests in a tuplet."""
    if not isinstance(tuplet, Tuplet | TupletSpan):
        return []
    return [sign for event in tuplet.events for sign in signs.of(event)]
