"""Scoring: who plays what."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.composing.ensembles import LARGE, Ensemble, Instrument
from smashcima.composing.grammar.plan import Plan
from smashcima.composing.grammar.skeleton import Range
from smashcima.composing.theory import Tone, midi_of

_HIGH = ("piccolo", "flute", "oboe", "violin", "clarinet in b", "trumpet in b")
_DEEP = ("double bass", "tuba", "bassoon", "cello", "trombone", "bass pedals", "bass", "harp")


@dataclass(frozen=True)
class Role:
    """What one staff plays."""

    kind: str
    """`melody`, `melody double`, `bass`, `bass double`, `inner`, `right hand`, `left hand`, `chords`, or `middle`, a left hand
    above pedals."""

    staff: int
    """Index of the staff."""

    instrument: Instrument
    octaves: int = 0
    """Octaves by which a doubling differs."""


def assign_roles(plan: Plan) -> list[Role]:
    """The role of each staff, from top to bottom."""
    ensemble = plan.ensemble
    others = [each for each in ensemble.instruments if not each.is_keyboard]
    leader = ensemble.leader
    deepest = _deepest(ensemble, leader)
    roles: list[Role] = []
    staff = 0
    doubled = len(others) >= LARGE
    for index, instrument in enumerate(ensemble.instruments):
        if instrument.is_keyboard:
            is_solo = leader == index
            upper = "right hand" if is_solo else "chords"
            lower = "middle" if "bass pedals" in [each.name for each in ensemble.instruments] else "left hand"
            roles += [Role(upper, staff, instrument), Role(lower, staff + 1, instrument)]
        elif index == leader:
            roles.append(Role("melody", staff, instrument))
        elif index == deepest:
            roles.append(Role("bass", staff, instrument))
        elif doubled and instrument.name in _HIGH and _is_first(ensemble, index):
            roles.append(Role("melody double", staff, instrument))
        elif doubled and instrument.name in _DEEP and _is_first(ensemble, index):
            roles.append(Role("bass double", staff, instrument))
        else:
            roles.append(Role("inner", staff, instrument))
        staff += instrument.staves
    return roles


def _is_first(ensemble: Ensemble, index: int) -> bool:
    """Whether it is the first of its kind."""
    names = [each.name for each in ensemble.instruments]
    return names.index(names[index]) == index


def _deepest(ensemble: Ensemble, leader: int) -> int | None:
    """Index of the instrument with the bass; `None` if only a keyboard has it."""
    names = [each.name for each in ensemble.instruments]
    if any(each.is_keyboard for each in ensemble.instruments):
        below = [name for name in ("bass pedals", "bass") if name in names and names.index(name) != leader]
        return names.index(below[0]) if below else None
    lowest = sorted(
        (midi_of(each.low), index) for index, each in enumerate(ensemble.instruments) if index != leader
    )
    for name in ("cello", "bass"):
        if len(names) >= LARGE and name in names and names.index(name) != leader:
            return names.index(name)
    return lowest[0][1] if lowest else None


def melody_range(plan: Plan, roles: list[Role]) -> Range:
    """The range of the melody: as given, cut to that of the instrument, else its best octave and a half."""
    lead = next(role for role in roles if role.kind in ("melody", "right hand"))
    low, high = comfortable(lead.instrument, is_upper=True)
    if plan.melody_range is not None:
        given_low, given_high = plan.melody_range
        low = max(given_low, lead.instrument.low, key=midi_of)
        high = min(given_high, lead.instrument.high, key=midi_of)
        if midi_of(high) - midi_of(low) < 7:
            low, high = comfortable(lead.instrument, is_upper=True)
    return low, high


def comfortable(instrument: Instrument, is_upper: bool) -> Range:
    """The part of the range of an instrument that is used: for the right or left hand, or all of a small range."""
    if instrument.is_keyboard:
        return ((28, 0), (40, 0)) if is_upper else ((16, 0), (28, 0))
    low, high = instrument.low, instrument.high
    if high[0] - low[0] > 13:
        low = (low[0] + (high[0] - low[0]) // 8, 0)
        high = (min(high[0], low[0] + 12), 0)
        low = low if midi_of(low) >= midi_of(instrument.low) else (low[0] + 1, 0)
    return low, high


def bass_range(roles: list[Role], keyboard: Range, melody: Range) -> Range:
    """The range of the bass: that of its instrument, for keyboards that of the figure; below a melody alone."""
    role = next((role for role in roles if role.kind in ("bass", "left hand")), None)
    if role is None:
        return (melody[0][0] - 14, 0), (melody[0][0] - 2, 0)
    if role.kind == "left hand":
        return keyboard
    low, high = role.instrument.low, role.instrument.high
    return low, (min(high[0], low[0] + 13), high[1] if high[0] <= low[0] + 13 else 0)


def fitted(tone: Tone, instrument: Instrument, octaves: int = 0) -> Tone:
    """The tone in an octave that an instrument has."""
    low, high = instrument.midi_range
    diatonic, alter = tone[0] + 7 * octaves, tone[1]
    while midi_of((diatonic, alter)) < low:
        diatonic += 7
    while midi_of((diatonic, alter)) > high:
        diatonic -= 7
    return diatonic, alter
