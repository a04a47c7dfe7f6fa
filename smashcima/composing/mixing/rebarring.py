"""Other barlines: measures that are divided into shorter ones."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from smashcima.composing.theory import QUARTER, Metre
from smashcima.errors import SettingsError
from smashcima.scene.semantic import (
    BarlineForm,
    Chord,
    Duration,
    Ending,
    Event,
    Measure,
    MeasureRest,
    MeasureStaff,
    Note,
    Rest,
    Score,
    ScoreDefinition,
    SemanticObject,
    Slur,
    Tie,
    TimeSignature,
    Voice,
    WholeMeasureEvent,
    time_signature,
)
from smashcima.scene.semantic.control_event import ControlEvent


@dataclass
class _Piece:
    """What a voice gets in one of the new measures."""

    element: SemanticObject
    duration: Duration | None = None
    """A new duration, for an event that is divided."""
    continues: Event | None = None
    """The event before the barline that it continues."""


_Cuts = dict[Voice, list[list[_Piece]]]


def rebar(score: Score, metre: str) -> None:
    """Divides each measure of a score in place into measures of another metre: 4/4 into two of 2/4.

    Music and marks stay the same; notes that sound over a new barline are tied across it. The score must have one metre,
    of which the new one is a half, a third or a quarter, and no beam or tuplet may go over a new barline.

    Raises:
        SettingsError: the score cannot be divided; it is left as it was.
    """
    score.update()
    length = Fraction(Metre.parse(metre).ticks, QUARTER)
    parts = _parts(score, length, metre)
    planned = [(measure, _cuts(measure, length, parts)) for measure in score.measures]
    for number, (measure, cuts) in enumerate(planned):
        _divide(measure, cuts, number * parts, parts)
    definition = score.definition
    for signature in list(definition.descendants(TimeSignature)) if definition is not None else ():
        signature.replace_with(time_signature(metre))
    score.layout = None
    score.update()


def _parts(score: Score, length: Fraction, metre: str) -> int:
    """The number of new measures in each old one."""
    lengths = {measure.quarter_length for measure in score.measures}
    changes = [found for found in score.descendants(ScoreDefinition) if found is not score.definition]
    if len(lengths) != 1 or any(found.time_signature is not None for found in changes):
        raise SettingsError(
            "Only a score with full measures of one metre can be divided into other measures."
        )
    parts = lengths.pop() / length
    if parts.denominator != 1 or not 2 <= parts <= 4:
        raise SettingsError(
            f"The measures are not two to four times as long as those of {metre}, so they cannot be divided."
        )
    if any(True for _ in score.descendants(Ending)):
        raise SettingsError("A score with endings cannot be divided into other measures.")
    return int(parts)


# -- planning ----------------------------------------------------------------------------------------------


def _cuts(measure: Measure, length: Fraction, parts: int) -> _Cuts:
    """The pieces of each voice for each new measure; changes nothing. Raises a `SettingsError`."""
    for mark in measure.children_of(ControlEvent):
        if mark.start is None:
            raise SettingsError(f"Measure {measure.n} has a mark that does not start at an event.")
    return {voice: _cut(voice, measure, length, parts) for voice in measure.voices}


def _cut(voice: Voice, measure: Measure, length: Fraction, parts: int) -> list[list[_Piece]]:
    pieces: list[list[_Piece]] = [[] for _ in range(parts)]
    place = 0
    for child in voice.objects():
        events = [child] if isinstance(child, Event) else list(child.descendants(Event))
        timed = [event for event in events if not event.is_grace]
        if timed and isinstance(timed[0], WholeMeasureEvent):
            if not isinstance(timed[0], MeasureRest):
                raise _refusal(measure, child)
            return [[_Piece(child)], *([_Piece(MeasureRest())] for _ in range(parts - 1))]
        if timed:
            place = int(timed[0].onset_in_measure / length)
            if timed[-1].onset_in_measure + timed[-1].quarter_length > (place + 1) * length:
                for index, piece in _divided(child, length, measure):
                    pieces[index].append(piece)
                continue
        pieces[place].append(_Piece(child))
    return pieces


def _divided(child: SemanticObject, length: Fraction, measure: Measure) -> list[tuple[int, _Piece]]:
    """The parts of an event that sounds over new barlines, with the indices of their measures."""
    if not isinstance(child, Note | Chord | Rest):
        raise _refusal(measure, child)
    found: list[tuple[int, _Piece]] = []
    onset, left = child.onset_in_measure, child.quarter_length
    before: Event | None = None
    while left > 0:
        place = int(onset / length)
        here = min(left, (place + 1) * length - onset)
        duration = Duration.of_quarter_length(here)
        if duration is None:
            raise _refusal(measure, child)
        made = child if before is None else _continuation(child, duration)
        found.append((place, _Piece(made, duration, before)))
        before = made
        onset, left = onset + here, left - here
    return found


def _continuation(event: Note | Chord | Rest, duration: Duration) -> Note | Chord | Rest:
    if isinstance(event, Chord):
        return Chord(children=[Note(note.pitch) for note in event.notes], duration=duration)
    if isinstance(event, Note):
        return Note(event.pitch, duration=duration, notehead=event.notehead)
    return Rest(duration=duration)


def _refusal(measure: Measure, element: SemanticObject) -> SettingsError:
    return SettingsError(f"Measure {measure.n} cannot be divided: its {element.tag} goes over a new barline.")


# -- dividing ----------------------------------------------------------------------------------------------


def _divide(measure: Measure, cuts: _Cuts, number: int, parts: int) -> None:
    made = [measure]
    for index in range(1, parts):
        following = Measure(str(number + index + 1))
        for holder in measure.staves:
            staff = MeasureStaff(holder.n, holder.staff)
            for voice in holder.voices:
                staff.children.append(_voice(voice.n, cuts[voice][index]))
            following.children.append(staff)
        made.append(following)
    for voice in cuts:
        for piece in cuts[voice][0]:
            _shorten(piece)
    measure.n = str(number + 1)
    made[-1].right, measure.right = measure.right, BarlineForm.SINGLE
    parent = measure.parent
    assert parent is not None
    place = parent.children.index(measure)
    parent.children[place + 1 : place + 1] = list(made[1:])
    for pieces in cuts.values():
        for piece in (piece for part in pieces for piece in part if piece.continues is not None):
            _tie(piece)
    for mark in list(measure.children_of(ControlEvent)):
        home = mark.start.measure if mark.start is not None else None
        if home is not None and home is not measure:
            mark.detach()
            home.children.append(mark)


def _voice(n: str | None, pieces: list[_Piece]) -> Voice:
    voice = Voice(n)
    for piece in pieces:
        piece.element.detach()
        _shorten(piece)
        voice.children.append(piece.element)
    return voice


def _shorten(piece: _Piece) -> None:
    if piece.duration is not None and isinstance(piece.element, Event):
        piece.element.duration = piece.duration


def _tie(piece: _Piece) -> None:
    """Ties a piece to the event that it continues; what ended or went on there ends or goes on from the piece."""
    before, after = piece.continues, piece.element
    assert before is not None
    assert before.measure is not None
    assert isinstance(after, Event)
    for slur in Slur.many_of_end(before):
        slur.end = after
    olds = before.notes if isinstance(before, Chord) else [before]
    news = after.notes if isinstance(after, Chord) else [after]
    for old, new in zip(olds, news, strict=True):
        if isinstance(old, Note) and isinstance(new, Note):
            for tie in Tie.many_of_start(old):
                tie.start = new
            before.measure.children.append(Tie(old, new))
