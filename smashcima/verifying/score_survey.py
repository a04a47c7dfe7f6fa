"""One pass over the score: what should be drawn in each measure, what is hidden, where keys change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from smashcima.scene.semantic import (
    Accidental,
    Arpeggio,
    Breath,
    Caesura,
    Chord,
    Clef,
    Dynamic,
    Event,
    Fermata,
    FingeredTremolo,
    Glissando,
    Hairpin,
    KeySignature,
    Measure,
    MeasureRepeat,
    MeasureRest,
    MeasureStaff,
    MultiMeasureRest,
    Note,
    OctaveShift,
    Ornament,
    Rest,
    Score,
    ScoreDefinition,
    SemanticObject,
    Slur,
    Staff,
    StaffChange,
    Syllable,
    TabChord,
    Tie,
    TimeSignature,
    Tuplet,
    TupletSpan,
    Voice,
)

PRINTED: tuple[type[SemanticObject], ...] = (
    Note, Rest, MeasureRest, MultiMeasureRest, MeasureRepeat, Accidental, Clef, KeySignature, TimeSignature, Slur, Tie,
    Hairpin, Dynamic, OctaveShift, Fermata, Ornament, Arpeggio, Glissando, Breath, Caesura, Syllable, Tuplet,
)  # fmt: skip
"""Classes of objects that must be drawn, if the score does not hide them."""


class Printed(NamedTuple):
    """An object that should be drawn."""

    thing: SemanticObject
    measure: Measure | None
    """`None` for a definition before the first measure."""
    staff: str | None
    """Number of the staff; `None` for marks, and for definitions of all staves."""


class Context(NamedTuple):
    """What surrounds an event in its voice."""

    parent: SemanticObject
    """The chord, group or voice that holds it, without editorial mark-up."""
    factor: float = 1.0
    """Factor of the durations inside tuplets and tremolos."""
    is_tuplet: bool = False
    is_tremolo: bool = False
    is_grace: bool = False


@dataclass(slots=True)
class ScoreSurvey:
    """What a proof has to know about a score before it reads the pages."""

    printed: list[Printed] = field(default_factory=list)
    hidden: set[SemanticObject] = field(default_factory=set)
    """Objects that the score hides, including everything inside them."""
    keys_at: set[tuple[Measure | None, str | None]] = field(default_factory=set)
    """Measures and staves (`None` for all staves) at which a key signature stands, or that follow it."""
    voices: list[tuple[Measure, str, Voice]] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    contexts: dict[Event, Context] = field(default_factory=dict)
    """What surrounds each note, chord and rest."""
    spans: dict[SemanticObject, float] = field(default_factory=dict)
    """Factors of tuplets that name their events instead of holding them."""
    transposed: dict[str, set[int]] = field(default_factory=dict)
    """Steps from written to sounding pitches, by staff; several if they change."""
    _pending_keys: list[str | None] = field(default_factory=list)

    def has_key(self, staff: str) -> bool:
        """Whether a key signature with accidentals is to be seen at the start of a staff."""
        keys = [
            found.thing
            for found in self.printed
            if isinstance(found.thing, KeySignature)
            and found.measure is None
            and found.staff in (staff, None)
        ]
        return bool(keys) and has_ink(keys[-1])

    def has_clef(self, staff: str) -> bool:
        """Whether a clef is to be seen at the start of a staff."""
        return any(
            isinstance(found.thing, Clef) and found.measure is None and found.staff in (staff, None)
            for found in self.printed
        )


def survey(score: Score) -> ScoreSurvey:
    """Surveys a score."""
    result = ScoreSurvey()
    for found, is_hidden in _parts(score, False):
        if isinstance(found, Measure):
            _enter_measure(found, is_hidden, result)
        else:
            _enter_definition(found, is_hidden, result)
    return result


def _parts(container: SemanticObject, is_hidden: bool) -> Iterator[tuple[SemanticObject, bool]]:
    """Measures and definitions in the order of the score."""
    for child in container.chosen_children:
        if isinstance(child, (Measure, ScoreDefinition, Staff, StaffChange)):
            yield child, is_hidden or _hides(child)
        elif isinstance(child, SemanticObject) and child.is_transparent:
            yield from _parts(child, is_hidden or _hides(child))


def _hides(found: SemanticObject) -> bool:
    mei = found.__dict__["mei"]
    return "visible" in mei and mei["visible"] == "false"


def _enter_definition(definition: SemanticObject, is_hidden: bool, result: ScoreSurvey) -> None:
    measure = result.measures[-1] if result.measures else None
    stack: list[tuple[SemanticObject, str | None, bool]] = [(definition, None, is_hidden)]
    while stack:
        found, staff, hidden = stack.pop()
        if isinstance(found, (Staff, StaffChange)):
            staff = found.n
            if found.transposition_diatonic is not None:
                result.transposed.setdefault(staff, set()).add(found.transposition_diatonic)
        hidden = hidden or _hides(found)
        if hidden:
            result.hidden.add(found)
        elif isinstance(found, (Clef, KeySignature, TimeSignature)):
            result.printed.append(Printed(found, measure, staff))
        if isinstance(found, KeySignature):
            result._pending_keys.append(staff)
        stack.extend((child, staff, hidden) for child in found.objects())


def _enter_measure(measure: Measure, is_hidden: bool, result: ScoreSurvey) -> None:
    result.measures.append(measure)
    result.keys_at.update((measure, staff) for staff in result._pending_keys)
    result._pending_keys = []
    for child in measure.children_of(SemanticObject):
        if isinstance(child, MeasureStaff):
            hidden = is_hidden or _hides(child)
            for voice in child.voices:
                result.voices.append((measure, child.n, voice))
            _enter(child, measure, child.n, hidden, result, Context(child))
        else:
            if isinstance(child, TupletSpan):
                for event in child.events:
                    result.spans[event] = result.spans.get(event, 1.0) * float(child.factor)
            _enter(child, measure, None, is_hidden, result, Context(child))


def _enter(
    container: SemanticObject,
    measure: Measure,
    staff: str | None,
    is_hidden: bool,
    result: ScoreSurvey,
    around: Context,
) -> None:
    is_hidden = is_hidden or _hides(container)
    if is_hidden:
        result.hidden.add(container)
    elif isinstance(container, PRINTED):
        result.printed.append(Printed(container, measure, staff))
    if isinstance(container, KeySignature):
        result._pending_keys.append(staff)
        result.keys_at.add((measure, staff))
    if container.is_event:
        result.contexts[container] = around  # type: ignore[index]  # `is_event` tells that it is one
    if container.__dict__["children"]:
        inside = _inside(container, around)
        for child in container.chosen_children:
            if isinstance(child, SemanticObject):
                _enter(child, measure, staff, is_hidden, result, inside)


def _inside(container: SemanticObject, around: Context) -> Context:
    """The context of the children of a container."""
    if container.is_transparent:
        return around
    _, factor, is_tuplet, is_tremolo, is_grace = around
    if isinstance(container, Tuplet):
        factor, is_tuplet = factor * float(container.factor), True
    elif isinstance(container, FingeredTremolo):
        factor, is_tremolo = factor / 2, True
    elif isinstance(container, Chord):
        is_grace = is_grace or container.grace is not None
    elif container.tag == "graceGrp":
        is_grace = True
    return Context(container, factor, is_tuplet, is_tremolo, is_grace)


def has_ink(found: SemanticObject) -> bool:
    """Whether the score says that something of an object of `PRINTED` is to be seen."""
    for kind, test in _INK.items():
        if isinstance(found, kind):
            return test(found)
    return True


_INK: dict[type[SemanticObject], Callable[[Any], bool]] = {
    Accidental: lambda found: found.kind is not None,
    Clef: lambda found: found.same_as is None and found.shape is not None,
    KeySignature: lambda found: bool(found.fifths) or bool(found.accidentals),
    TimeSignature: lambda found: (
        (found.count is not None or found.symbol is not None) and found.mei.get("form") != "invis"
    ),
    Note: lambda found: found.mei.get("head.visible") != "false" and not isinstance(found.parent, TabChord),
    Rest: lambda found: not isinstance(found.parent, TabChord),
    MeasureRest: lambda found: found.mei.get("cutout") != "cutout",
    Syllable: lambda found: bool(found.text.strip()),
    Tuplet: lambda found: (
        found.mei.get("num.visible") != "false" or found.mei.get("bracket.visible") == "true"
    ),
}
